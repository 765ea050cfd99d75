/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints several kernels' runs of one scenario side by side. */
#ifndef LWSIM_SIM_COMPARE_COMPARE_H
#define LWSIM_SIM_COMPARE_COMPARE_H

#include <stdio.h>

#include "sim/compare/runs.h"

struct compare_style {
	unsigned int columns; /* width of the lines, at least WRAP_COLUMNS; 0: no limit */
	bool is_colored;
};

/*
 * Writes one time axis with a column per kernel, or a letter where there are too many, then a table
 * of waits and counts.
 */
void compare_write(FILE *out, const struct scenario *scenario, const struct compared_run *runs,
		   size_t count, const struct compare_style *style);

#endif
