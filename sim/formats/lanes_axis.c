/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Maps instants to columns of a text line. */
#include "sim/formats/lanes_axis.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"

/* A gap of about this many columns is long enough to be left out. */
#define QUIET_COLUMNS 8
#define FINEST_COLUMN_NS 1000

static int64_t gap_ns(const struct lanes_axis *axis, size_t i)
{
	return axis->times_ns[i] - axis->times_ns[i - 1];
}

/*
 * Assigns columns at one scale; false if that takes more than width_max. If a column was taken,
 * only that instant moves right; later ones return to their exact place.
 */
static bool lay_out(struct lanes_axis *axis, int64_t column_ns, unsigned int width_max)
{
	const unsigned int step = axis->is_merged ? 0 : 1;
	unsigned int column = 0, from_column = 0;
	int64_t from_ns = axis->times_ns[0];

	axis->columns[0] = 0;
	for (size_t i = 1; i < axis->count; i++) {
		uint64_t ideal =
			(uint64_t)((axis->times_ns[i] - from_ns) / column_ns) + from_column;

		if (axis->is_cut[i]) {
			column += LANES_AXIS_CUT_COLUMNS;
			from_column = column;
			from_ns = axis->times_ns[i];
		} else if (ideal > column + step) {
			if (ideal >= width_max)
				return false;
			column = (unsigned int)ideal;
		} else {
			column += step;
		}
		axis->columns[i] = column;
	}
	axis->width = column + 1;
	axis->column_ns = column_ns;
	return axis->width <= width_max;
}

/* Picks the finest round scale that fits. */
static void fit(struct lanes_axis *axis, unsigned int width_max)
{
	static const int64_t tenths[] = { 10, 12, 15, 20, 25, 30, 40, 50, 60, 80 };

	for (int64_t decade_ns = FINEST_COLUMN_NS;; decade_ns *= 10)
		for (size_t i = 0; i < sizeof(tenths) / sizeof(tenths[0]); i++)
			if (lay_out(axis, tenths[i] * (decade_ns / 10), width_max))
				return;
}

/* Counts gaps narrower than a column; *ret_drawn counts all gaps that are not left out. */
static size_t count_crammed(const struct lanes_axis *axis, size_t *ret_drawn)
{
	size_t crammed = 0;

	*ret_drawn = 0;
	for (size_t i = 1; i < axis->count; i++) {
		if (axis->is_cut[i])
			continue;
		(*ret_drawn)++;
		crammed += gap_ns(axis, i) < axis->column_ns;
	}
	return crammed;
}

static int64_t longest_ns(const struct lanes_axis *axis)
{
	int64_t longest = 0;

	for (size_t i = 1; i < axis->count; i++)
		if (!axis->is_cut[i] && gap_ns(axis, i) > longest)
			longest = gap_ns(axis, i);
	return longest;
}

/* Whether so many cuts leave enough room for the rest. */
static bool may_cut(const struct lanes_axis *axis, size_t cuts, unsigned int width_max)
{
	size_t instants = axis->is_merged ? 0 : axis->count;

	return 2 * cuts * LANES_AXIS_CUT_COLUMNS <= width_max &&
	       instants + cuts * LANES_AXIS_CUT_COLUMNS <= width_max;
}

/*
 * Leaves out the longest gaps, together with those more than half as long. False if none is long
 * enough or there is no room.
 */
static bool cut_longest(struct lanes_axis *axis, unsigned int width_max)
{
	int64_t least_ns = longest_ns(axis) / 2;
	size_t cuts = axis->cuts;

	if (least_ns / axis->column_ns < QUIET_COLUMNS / 2)
		return false;
	for (size_t i = 1; i < axis->count; i++)
		cuts += !axis->is_cut[i] && gap_ns(axis, i) > least_ns;
	if (!may_cut(axis, cuts, width_max))
		return false;
	for (size_t i = 1; i < axis->count; i++)
		axis->is_cut[i] |= gap_ns(axis, i) > least_ns;
	axis->cuts = cuts;
	return true;
}

void lanes_axis_make(const int64_t *times_ns, size_t count, unsigned int width_max,
		     struct lanes_axis *ret_axis)
{
	size_t drawn, crammed = 0;

	memset(ret_axis, 0, sizeof(*ret_axis));
	ret_axis->times_ns = times_ns;
	ret_axis->count = count;
	if (!count)
		return;
	ret_axis->columns = xcalloc(count, sizeof(ret_axis->columns[0]));
	ret_axis->is_cut = xcalloc(count, sizeof(ret_axis->is_cut[0]));
	ret_axis->is_merged = count > width_max;
	do {
		fit(ret_axis, width_max);
		crammed = count_crammed(ret_axis, &drawn);
	} while (2 * crammed > drawn && cut_longest(ret_axis, width_max));
	ret_axis->is_even = !crammed;
}

void lanes_axis_free(struct lanes_axis *axis)
{
	free(axis->columns);
	free(axis->is_cut);
}

unsigned int lanes_axis_column(const struct lanes_axis *axis, int64_t t_ns)
{
	size_t low = 0, high = axis->count; /* finds the last instant at or before t_ns */
	uint64_t column;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (axis->times_ns[middle] <= t_ns)
			low = middle;
		else
			high = middle;
	}
	if (high == axis->count || t_ns <= axis->times_ns[low] ||
	    axis->columns[high] == axis->columns[low])
		return axis->columns[low];
	if (axis->is_cut[high]) /* in a cut: its start, as its end has another scale */
		return axis->columns[low] + 1;
	column = axis->columns[low] + (uint64_t)((t_ns - axis->times_ns[low]) / axis->column_ns);
	return column < axis->columns[high] ? (unsigned int)column : axis->columns[high] - 1;
}
