/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `lwsim repl`. */
#ifndef LWSIM_SIM_REPL_REPL_H
#define LWSIM_SIM_REPL_REPL_H

#include "sim/cli/command.h"

enum exit_code command_repl(const struct options *options, int argc, char **argv);

#endif
