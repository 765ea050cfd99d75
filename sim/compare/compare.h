/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several kernels' runs of one scenario, side by side. */
#ifndef LWSIM_SIM_COMPARE_COMPARE_H
#define LWSIM_SIM_COMPARE_COMPARE_H

#include <stdio.h>

#include "sim/compare/runs.h"

/* One time axis, a column a kernel; then a table of waits and numbers. */
void compare_write(FILE *out, const struct scenario *scenario, const struct compared_run *runs,
		   size_t count);

#endif
