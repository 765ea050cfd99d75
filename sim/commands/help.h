/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Help, from the table of commands. */
#ifndef LWSIM_SIM_COMMANDS_HELP_H
#define LWSIM_SIM_COMMANDS_HELP_H

#include "sim/commands/table.h"

/* The options that a command takes, and their values. */
struct option_set command_options(const struct command *command);

void help_all(FILE *out, const struct command *all);
/* A command's usage and options. */
void help_of(const struct command *command, FILE *out);

#endif
