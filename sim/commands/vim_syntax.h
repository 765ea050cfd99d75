/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Vim's syntax file for scenarios, from the parser's words. */
#ifndef LWSIM_SIM_COMMANDS_VIM_SYNTAX_H
#define LWSIM_SIM_COMMANDS_VIM_SYNTAX_H

#include <stdio.h>

void vim_syntax_write(FILE *out);

#endif
