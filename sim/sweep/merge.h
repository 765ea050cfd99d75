/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Merges the parts of a sweep. */
#ifndef LWSIM_SIM_SWEEP_MERGE_H
#define LWSIM_SIM_SWEEP_MERGE_H

#include <stdio.h>

#include "sim/cli/command.h"

/*
 * Writes the output of the whole sweep. EXIT_USAGE, after printing all errors and without any
 * output, if a file is not a part, is incomplete or of another sweep, or if a part is missing or
 * given twice.
 */
enum exit_code merge_files(char *const *paths, int count, FILE *out);
/* The same, but draws the chart of the whole sweep. */
enum exit_code merge_chart(char *const *paths, int count, const struct drawing *drawing,
			   const char *path);

#endif
