/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The time axis: to scale, but for stretches in which nothing happens and nothing is waited for. */
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

/* Over all of the runs, beginning at x. */
void axis_make(struct axis *axis, double x, struct timeline *const *timelines, size_t count);
void axis_free(struct axis *axis);
double axis_at(const struct axis *axis, int64_t t_ns);
/* The least of 1, 2 and 5 times a power of ten that is not below least, which is positive. */
double axis_round_step(double least);
/* Between labels of a piece: 1, 2 or 5 times a power of ten, ns. 0: it has no room for two. */
int64_t axis_step(const struct axis_piece *piece, double label_width);

#endif
