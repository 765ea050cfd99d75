/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lanes: a run's messages by device and a legend, and the chart that they are drawn on: rows of characters over
 * one time axis. Shared by lanes_*.c. */
#ifndef LWSIM_SIM_FORMATS_LANES_CHART_H
#define LWSIM_SIM_FORMATS_LANES_CHART_H

#include <stdio.h>

#include "sim/formats/lanes_axis.h"
#include "sim/language/fold.h"
#include "sim/run/writer.h"

/* So wide that mail quotes it unbroken. */
#define LANES_MAX_COLUMNS 78

struct lane_message {
	int64_t t_ns;
	uint32_t flags;
	uint8_t operstate;
	bool is_deleted;
	int64_t waited_ns; /* from UP to RUNNING, which this message brings; -1: it does not */
};

/* One device; if it was renamed, by all its names. */
struct lane {
	char *name;   /* shorter than LABEL_MAX_BYTES */
	size_t order; /* of the first message */
	struct lane_message *messages;
	size_t count, capacity;
	size_t base_order; /* private to lanes_fold.c: of the first whose name is this one but for its number */
};

/* A line of the legend. */
struct lane_note {
	int64_t t_ns; /* of the first */
	char *text;   /* ASCII */
	size_t times; /* that it was said */
};

struct lanes {
	struct lane **lanes; /* in the order of their first messages */
	size_t lanes_count, lanes_capacity;
	struct lane_note *notes;
	size_t notes_count, notes_capacity;
	int64_t *agains_ns; /* what comes again: when; none twice */
	size_t agains_count, agains_capacity;
};

/* Devices that are told the same at the same times, and whose names count up. */
struct lane_group {
	const struct lane *lane; /* of the first */
	struct fold fold;
	size_t devices;
};

/* Sorts the lanes by their first messages, but d0, d1, ... together, and groups them. Of more than
 * `most` groups those are taken of which most is told. Returns how many; the caller frees. */
size_t lanes_group(struct lanes *lanes, size_t most, struct lane_group **ret_groups);

/* Draws the lanes as a chart of ASCII. */
void lanes_draw(FILE *out, const struct run_info *info, struct lanes *lanes);

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
	struct lanes_axis axis;
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
