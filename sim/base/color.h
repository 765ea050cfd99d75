/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Colours of a terminal, and whether to use them. Nothing is said by colour alone. */
#ifndef LWSIM_SIM_BASE_COLOR_H
#define LWSIM_SIM_BASE_COLOR_H

#include <stdbool.h>

#define COLOR_GREEN "\033[32m" /* RUNNING gained, a test that passed */
#define COLOR_RED "\033[31m"   /* RUNNING lost, an error */
#define COLOR_BOLD "\033[1m"   /* a statement, a heading */
#define COLOR_OFF "\033[0m"

/* The values of --color. */
enum color_choice {
	COLOR_AUTO, /* on a terminal but TERM=dumb, unless NO_COLOR is set (https://no-color.org) */
	COLOR_ALWAYS,
	COLOR_NEVER
};

/* Whether standard output gets colour. */
bool color_is_wanted(enum color_choice choice);

/* code, or "" if there is to be no colour. */
static inline const char *color_code(bool is_colored, const char *code)
{
	return is_colored ? code : "";
}

#endif
