/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Terminal colours, and whether to use them. No information is in a colour alone. */
#ifndef LWSIM_SIM_BASE_COLOR_H
#define LWSIM_SIM_BASE_COLOR_H

#include <stdbool.h>

#define COLOR_GREEN "\033[32m" /* RUNNING gained, a test that passed */
#define COLOR_RED "\033[31m"   /* RUNNING lost, an error */
#define COLOR_BOLD "\033[1m"   /* a statement, a heading */
#define COLOR_OFF "\033[0m"

/* The values of --color. */
enum color_choice {
	COLOR_AUTO, /* on a terminal, unless TERM=dumb or NO_COLOR is set (https://no-color.org) */
	COLOR_ALWAYS,
	COLOR_NEVER
};

/* Whether standard output is coloured. */
bool color_is_wanted(enum color_choice choice);

/* Returns code, or "" without colour. */
static inline const char *color_code(bool is_colored, const char *code)
{
	return is_colored ? code : "";
}

#endif
