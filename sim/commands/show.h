/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One scenario, run and shown on standard output: what run, explain, compare and lesson have in common. */
#ifndef LWSIM_SIM_COMMANDS_SHOW_H
#define LWSIM_SIM_COMMANDS_SHOW_H

#include "sim/cli/cli.h"

/* The kernel of the command line, else the file's. */
const struct kernel *show_kernel(const struct options *options, const struct scenario *scenario);

/* One run on that kernel, in options->format or as options->observer has it. */
enum exit_code show_run(const struct scenario *scenario, const struct options *options);

/* The kernels of the command line side by side; else those of the file's `compare` line; else its one. */
enum exit_code show_compare(const struct scenario *scenario, const struct options *options);

#endif
