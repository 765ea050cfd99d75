/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lanes: a run's messages by device, a legend, and the chart of character rows over one time axis.
 * Shared by lanes_*.c.
 */
#ifndef LWSIM_SIM_FORMATS_LANES_CHART_H
#define LWSIM_SIM_FORMATS_LANES_CHART_H

#include <stdio.h>

#include "sim/formats/lanes_axis.h"
#include "sim/language/fold.h"
#include "sim/run/writer.h"

/* Fits a quoted mail without wrapping. */
#define LANES_MAX_COLUMNS 78

struct lane_message {
	int64_t t_ns;
	uint32_t flags;
	uint8_t operstate;
	bool is_deleted;
	int64_t waited_ns; /* from UP to this message, the first with RUNNING; -1: it is not that */
};

/* One device, under all names it had. */
struct lane {
	char *name;   /* shorter than LABEL_MAX_BYTES */
	size_t order; /* position of the first message */
	struct lane_message *messages;
	size_t count, capacity;
	/* private to lanes_fold.c: lowest order among names that differ only in the number */
	size_t base_order;
};

/* A line of the legend. */
struct lane_note {
	int64_t t_ns; /* of the first occurrence */
	char *text;   /* ASCII */
	size_t times; /* number of occurrences */
};

struct lanes {
	struct lane **lanes; /* ordered by first message */
	size_t lanes_count, lanes_capacity;
	struct lane_note *notes;
	size_t notes_count, notes_capacity;
	int64_t *agains_ns; /* times of a repeat's later iterations; unique */
	size_t agains_count, agains_capacity;
};

/* Devices with the same messages at the same times, and with numbered names (d0, d1, ...). */
struct lane_group {
	const struct lane *lane; /* the first device's */
	struct fold fold;
	size_t devices;
};

/*
 * Sorts the lanes by first message, but keeps d0, d1, ... together, and groups them. Of more than
 * `most` groups it keeps those with the most messages. Returns their number; the caller frees.
 */
size_t lanes_group(struct lanes *lanes, size_t most, struct lane_group **ret_groups);

/* Draws the lanes as an ASCII chart. */
void lanes_draw(FILE *out, const struct run_info *info, struct lanes *lanes);

/* Width of the names in front of the rows. */
#define GUTTER 12
#define CHART_COLUMNS (LANES_MAX_COLUMNS - GUTTER)
/* Columns after the last instant, so that its state can be named. */
#define TAIL 6
#define UNTOLD_MAX 10
#define AXIS_COLUMNS (CHART_COLUMNS - TAIL)

/* Marks of bands; the operstates DOWN and UP use them, too. */
#define LANE_OFF '.'
#define LANE_ON '='
/* Indexed by operstate. */
extern const char lane_state_marks[];

typedef char row_t[CHART_COLUMNS + 1];

struct chart {
	FILE *out;
	const struct run_info *info;
	struct lanes *lanes;
	struct lanes_axis axis;
	unsigned int width;	/* width of the bands */
	unsigned int states;	/* bit N: operstate N was drawn without its name */
	unsigned int most;	/* the most notifications of one device in one column */
	bool has_left;		/* a band changes and changes back within one column */
	bool has_come_and_gone; /* a device is created and deleted within one column */
	bool has_unwritten;	/* a time did not fit on the axis */
	/* waits that did not fit in their lane; untold_count also counts those beyond UNTOLD_MAX */
	char *untold[UNTOLD_MAX];
	size_t untold_count;
};

unsigned int chart_column_of(const struct chart *chart, int64_t t_ns);

void row_clear(row_t row);
/* Marks the columns of gaps that are left out; every row has the marks at the same columns. */
void chart_mark_cuts(const struct chart *chart, row_t row);
/*
 * Writes text over [from, to), centered or at the start, avoiding cuts; false if it does not fit.
 */
bool row_write(row_t row, unsigned int from, unsigned int to, const char *text, bool is_centered);

void chart_write_row(const struct chart *chart, const char *name, row_t row);
/* Writes a line, truncated to the width of a mail. */
void chart_write_line(const struct chart *chart, const char *text);

/* lanes_bands.c: the lane of one device, or of several with the same messages. */
void lane_draw(struct chart *chart, const struct lane *lane, const char *name);

#endif
