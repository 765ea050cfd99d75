/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decides whether to use colour. */
#include "sim/base/color.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool color_is_wanted(enum color_choice choice)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	if (choice != COLOR_AUTO)
		return choice == COLOR_ALWAYS;
	return isatty(STDOUT_FILENO) && !(no_color && *no_color) && term &&
	       strcmp(term, "dumb") != 0;
}
