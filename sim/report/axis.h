/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The time axis: to scale, except for stretches in which nothing happens and nothing waits. */
#ifndef LWSIM_SIM_REPORT_AXIS_H
#define LWSIM_SIM_REPORT_AXIS_H

#include "sim/report/timeline.h"

struct axis_piece {
	int64_t from_ns, to_ns;
	double x, width;
	bool is_folded;
};

struct axis {
	struct axis_piece *pieces;
	size_t count, capacity;
	double x, width;
};

/* Covers all runs; starts at x. */
void axis_make(struct axis *axis, double x, struct timeline *const *timelines, size_t count);
void axis_free(struct axis *axis);
double axis_at(const struct axis *axis, int64_t t_ns);
/* The smallest 1, 2 or 5 times a power of ten that is >= least; least must be positive. */
double axis_round_step(double least);
/* Distance of a piece's labels in ns: 1, 2 or 5 times a power of ten. 0: no room for two labels. */
int64_t axis_step(const struct axis_piece *piece, double label_width);

#endif
