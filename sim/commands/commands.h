/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands, and what runs them. */
#ifndef LWSIM_SIM_COMMANDS_COMMANDS_H
#define LWSIM_SIM_COMMANDS_COMMANDS_H

#include "sim/cli/command.h"

enum exit_code command_run(const struct options *options, int argc, char **argv);
enum exit_code command_explain(const struct options *options, int argc, char **argv);
enum exit_code command_compare(const struct options *options, int argc, char **argv);
enum exit_code command_diff(const struct options *options, int argc, char **argv);
enum exit_code command_test(const struct options *options, int argc, char **argv);
enum exit_code command_states(const struct options *options, int argc, char **argv);
enum exit_code command_sweep(const struct options *options, int argc, char **argv);
enum exit_code command_check(const struct options *options, int argc, char **argv);
enum exit_code command_lesson(const struct options *options, int argc, char **argv);
enum exit_code command_kernels(const struct options *options, int argc, char **argv);

/* The number of lessons that this lwsim finds. */
size_t lessons_count(void);

/*
 * Runs the command that argv names; returns an enum exit_code. If this program lacks the command or
 * an option, it starts the program that has it.
 */
int commands_main(int argc, char **argv, const struct parts *parts);

#endif
