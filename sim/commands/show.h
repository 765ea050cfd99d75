/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs one scenario and prints it to standard output; shared by run, explain, compare and lesson.
 */
#ifndef LWSIM_SIM_COMMANDS_SHOW_H
#define LWSIM_SIM_COMMANDS_SHOW_H

#include "sim/cli/command.h"

/* Runs it on the command line's kernel, else the file's, and writes it in that format. */
enum exit_code show_run(const struct scenario *scenario, const struct options *options,
			const struct format *format);

/*
 * Prints the kernels side by side: those of the command line, else of the file's `compare` line,
 * else its single one.
 */
enum exit_code show_compare(const struct scenario *scenario, const struct options *options);

#endif
