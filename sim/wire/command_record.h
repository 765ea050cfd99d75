/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LWSIM_SIM_WIRE_COMMAND_RECORD_H
#define LWSIM_SIM_WIRE_COMMAND_RECORD_H

#include "sim/cli/command.h"

/*
 * Records this machine's link messages until a signal, or until the command in argv ends. Exit
 * codes: 0; 1: the command failed; 2: nothing can be recorded, or the command cannot be started;
 * 130: a signal ended it before the command ended.
 */
enum exit_code command_record(const struct options *options, int argc, char **argv);

#endif
