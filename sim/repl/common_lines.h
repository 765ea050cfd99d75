/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What two texts have in common. */
#ifndef LWSIM_SIM_REPL_COMMON_LINES_H
#define LWSIM_SIM_REPL_COMMON_LINES_H

#include <stddef.h>

/* The start of the first line in which they differ. */
size_t common_lines(const char *a, const char *b);

#endif
