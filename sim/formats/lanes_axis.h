/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Instants on a line of characters: which column each has, and where time is left out. */
#ifndef LWSIM_SIM_FORMATS_LANES_AXIS_H
#define LWSIM_SIM_FORMATS_LANES_AXIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Columns from the instant before a stretch that is left out to the one behind it. */
#define LANES_AXIS_CUT_COLUMNS 4

struct lanes_axis {
	const int64_t *times_ns; /* ascending, none twice; the caller's */
	size_t count;
	unsigned int *columns; /* of each */
	bool *is_cut;	       /* of each: time before it is left out */
	size_t cuts;
	unsigned int width; /* columns up to the last instant */
	int64_t column_ns;
	bool is_even;	/* no column stands for less than column_ns, but for cuts */
	bool is_merged; /* instants share columns: there are more than would fit */
};

/*
 * Each instant gets a column of its own, as far as width_max (at least 32) allows it; the distance
 * is that in time where there is room. If one scale would cram most of the instants, the longest
 * stretches in which nothing happens are left out, so that the others have a finer one.
 */
void lanes_axis_make(const int64_t *times_ns, size_t count, unsigned int width_max,
		     struct lanes_axis *ret_axis);
void lanes_axis_free(struct lanes_axis *axis);

/* Of any time; before the first instant: its column, behind the last one: that one's. */
unsigned int lanes_axis_column(const struct lanes_axis *axis, int64_t t_ns);

#endif
