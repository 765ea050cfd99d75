/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What two texts have in common. */
#include "sim/repl/common_lines.h"

size_t common_lines(const char *a, const char *b)
{
	size_t start = 0;

	for (size_t i = 0; a[i] && a[i] == b[i]; i++)
		if (a[i] == '\n')
			start = i + 1;
	return start;
}
