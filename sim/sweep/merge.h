/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Joins the parts of a sweep. */
#ifndef LWSIM_SIM_SWEEP_MERGE_H
#define LWSIM_SIM_SWEEP_MERGE_H

#include <stdio.h>

#include "sim/cli/command.h"

/* Writes what the sweep would have written as a whole. EXIT_USAGE, with nothing written, after saying all that
 * is wrong: a file is no part, or one of another sweep, or not all of one; a part is missing, or there twice. */
enum exit_code merge_files(char *const *paths, int count, FILE *out);
/* The same, but draws the chart that the sweep would have drawn. */
enum exit_code merge_chart(char *const *paths, int count, const struct drawing *drawing,
			   const char *path);

#endif
