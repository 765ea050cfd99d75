/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What shells complete, and the manual's synopsis, from the table of commands. */
#ifndef LWSIM_SIM_COMMANDS_COMPLETION_H
#define LWSIM_SIM_COMMANDS_COMPLETION_H

#include "sim/commands/table.h"

/* shell: "bash", "zsh", "vim" for a syntax file, or "mdoc" for the synopsis. False: another one, and nothing is written. */
bool completion_write(FILE *out, const struct command *all, const char *shell);

#endif
