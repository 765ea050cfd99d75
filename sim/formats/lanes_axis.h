/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Maps instants to columns of a text line, and decides which gaps to leave out. */
#ifndef LWSIM_SIM_FORMATS_LANES_AXIS_H
#define LWSIM_SIM_FORMATS_LANES_AXIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Columns between the instants before and after a gap that is left out. */
#define LANES_AXIS_CUT_COLUMNS 4

struct lanes_axis {
	const int64_t *times_ns; /* ascending, unique; owned by the caller */
	size_t count;
	unsigned int *columns; /* one per instant */
	bool *is_cut;	       /* per instant: the gap before it is left out */
	size_t cuts;
	unsigned int width; /* columns up to the last instant */
	int64_t column_ns;
	bool is_even;	/* outside of cuts, no gap is narrower than column_ns */
	bool is_merged; /* there are more instants than columns, so some share one */
};

/*
 * Gives each instant a column of its own, as far as width_max (at least 32) allows. Distances are
 * proportional to time where there is room. If a single scale would cram most instants, the longest
 * gaps are left out, so that the others get a finer scale.
 */
void lanes_axis_make(const int64_t *times_ns, size_t count, unsigned int width_max,
		     struct lanes_axis *ret_axis);
void lanes_axis_free(struct lanes_axis *axis);

/* The column of any time, clamped to the first and last instant. */
unsigned int lanes_axis_column(const struct lanes_axis *axis, int64_t t_ns);

#endif
