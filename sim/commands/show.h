/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One scenario, run and shown on standard output: what run, explain, compare and lesson have in common. */
#ifndef LWSIM_SIM_COMMANDS_SHOW_H
#define LWSIM_SIM_COMMANDS_SHOW_H

#include "sim/cli/command.h"

/* One run on the kernel of the command line, else the file's, in that format. */
enum exit_code show_run(const struct scenario *scenario, const struct options *options,
			const struct format *format);

/* The kernels of the command line side by side; else those of the file's `compare` line; else its one. */
enum exit_code show_compare(const struct scenario *scenario, const struct options *options);

#endif
