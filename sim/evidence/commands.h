/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands on captures. */
#ifndef LWSIM_SIM_EVIDENCE_COMMANDS_H
#define LWSIM_SIM_EVIDENCE_COMMANDS_H

#include "sim/cli/command.h"

enum exit_code command_import(const struct options *options, int argc, char **argv);

extern const struct captures captures;

#endif
