/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `lwsim play`. */
#ifndef LWSIM_SIM_PLAY_PLAY_H
#define LWSIM_SIM_PLAY_PLAY_H

#include "sim/cli/command.h"

/* argv[0] is the scenario. */
enum exit_code command_play(const struct options *options, int argc, char **argv);

#endif
