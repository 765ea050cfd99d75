/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which lines and branches of a kernel's own link_watch.c the scenarios reach: compiled with gcc's
 * coverage, counted by gcov, drawn by gcovr. One per process, as the loader's objects are.
 */
#ifndef LWSIM_SIM_LOADER_COVERAGE_H
#define LWSIM_SIM_LOADER_COVERAGE_H

#include <stdbool.h>
#include <stdio.h>

#include "sim/base/exit.h"

/* Begins: from now on, files are compiled with coverage. False after printing why. */
bool coverage_begin(const char *folder);

/*
 * A folder for the counters of one compilation, with a '/' at its end; shown: the source's path in
 * them. Valid until the end of the process. NULL: no coverage is wanted, or after printing why.
 */
const char *coverage_folder(const char *shown, FILE *messages);

/* Attributes what was reached since the last call to a scenario. */
void coverage_take(const char *scenario);

/* Prints what was reached, and lets gcovr write pages. EXIT_USAGE after printing why. */
enum exit_code coverage_end(FILE *out);

#endif
