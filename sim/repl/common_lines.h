/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compares two texts by lines. */
#ifndef LWSIM_SIM_REPL_COMMON_LINES_H
#define LWSIM_SIM_REPL_COMMON_LINES_H

#include <stddef.h>

/* Offset of the first line that differs. */
size_t common_lines(const char *a, const char *b);

#endif
