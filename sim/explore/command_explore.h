/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim explore. */
#ifndef LWSIM_SIM_EXPLORE_COMMAND_EXPLORE_H
#define LWSIM_SIM_EXPLORE_COMMAND_EXPLORE_H

#include "sim/cli/command.h"

enum exit_code command_explore(const struct options *options, int argc, char **argv);

#endif
