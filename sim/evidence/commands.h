/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands on captures. */
#ifndef LWSIM_SIM_EVIDENCE_COMMANDS_H
#define LWSIM_SIM_EVIDENCE_COMMANDS_H

#include "sim/cli/command.h"

enum exit_code command_import(const struct options *options, int argc, char **argv);

/*
 * Records this machine's link messages until a signal, or until the command in argv ends. Exit
 * codes: 0; 1: the command failed; 2: nothing can be recorded, or the command cannot be started;
 * 130: a signal ended it before the command ended.
 */
enum exit_code command_record(const struct options *options, int argc, char **argv);

extern const struct captures captures;

#endif
