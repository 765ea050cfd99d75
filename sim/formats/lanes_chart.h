/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What lanes_draw.c and lanes_bands.c share: rows of characters over one time axis. */
#ifndef LWSIM_SIM_FORMATS_LANES_CHART_H
#define LWSIM_SIM_FORMATS_LANES_CHART_H

#include "sim/formats/lanes.h"
#include "sim/formats/lanes_axis.h"

/* Names stand in front of the rows. */
#define GUTTER 12
#define CHART_COLUMNS (LANES_MAX_COLUMNS - GUTTER)
/* What is left behind the last instant, so that its state can be named. */
#define TAIL 6
#define UNTOLD_MAX 10
#define AXIS_COLUMNS (CHART_COLUMNS - TAIL)

/* Bands, also of the operstates DOWN and UP. */
#define LANE_OFF '.'
#define LANE_ON '='
/* By operstate. */
extern const char lane_state_marks[];

typedef char row_t[CHART_COLUMNS + 1];

struct chart {
	FILE *out;
	const struct run_info *info;
	struct lanes *lanes;
	struct time_axis axis;
	unsigned int width;	/* columns that the bands have */
	unsigned int states;	/* a bit for each operstate that was drawn without its name */
	unsigned int most;	/* notifications of a device in one column */
	bool has_left;		/* a band is left and come back to within a column */
	bool has_come_and_gone; /* so is a device made and deleted */
	bool has_unwritten;	/* an instant whose time had no room at the axis */
	/* waits that had no room in their lane; of more than there is room for, the number */
	char *untold[UNTOLD_MAX];
	size_t untold_count;
};

unsigned int chart_column_of(const struct chart *chart, int64_t t_ns);

void row_clear(row_t row);
/* The same column of all rows: there is more time here than it seems. */
void chart_mark_cuts(const struct chart *chart, row_t row);
/* Writes text over what is in [from, to), in the middle of it or at its beginning, and beside a
 * cut; false if there is no room. */
bool row_write(row_t row, unsigned int from, unsigned int to, const char *text, bool is_centered);

void chart_write_row(const struct chart *chart, const char *name, row_t row);
/* A line that may be too long for a mail: its end is taken away. */
void chart_write_line(const struct chart *chart, const char *text);

/* lanes_bands.c: one lane of a device, or of several that are told the same. */
void lane_draw(struct chart *chart, const struct lane *lane, const char *name);

#endif
