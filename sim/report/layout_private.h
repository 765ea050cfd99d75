/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the layout share. */
#ifndef LWSIM_SIM_REPORT_LAYOUT_PRIVATE_H
#define LWSIM_SIM_REPORT_LAYOUT_PRIVATE_H

#include "sim/report/grouping.h"
#include "sim/report/layout.h"

/* Left of the plot are names, right of it is room for words. */
#define GUTTER 176.
#define MARGIN 14.
#define RIGHT_ROOM 104.

#define TEXT_SIZE 10.
#define BAND_HEIGHT 14.

/* One kernel. */
struct panel {
	const struct timeline *timeline;
	size_t kernel;
	struct lanes lanes;
	size_t shown; /* of the lanes; the rest is counted */
	double y, height;
};

struct layout {
	struct picture *picture;
	const struct scenario *scenario;
	struct axis axis;
	struct panel *panels;
	size_t count;
	double y; /* where the next thing goes */
};

/* Statements too near to each other for a label each. */
struct group {
	double x;
	size_t first, last; /* of the actions */
};

struct groups {
	const struct timeline *timeline; /* whose actions */
	struct group *groups;
	size_t count, capacity;
};

void groups_make(struct groups *groups, const struct layout *layout);

/* Each goes on at layout->y. */
void layout_head(struct layout *layout);
void layout_actions(struct layout *layout, const struct groups *groups);
void layout_axis(struct layout *layout, bool is_at_top);

struct bars;

double lane_height(const struct lane *lane);
/* Bands; in front of them, and of the breaks of the axis, what is marked and said. */
void lane_draw_bands(struct layout *layout, const struct lane *lane, double y);
void lane_draw_front(struct layout *layout, const struct panel *panel, const struct lane *lane,
		     double y);
/* A device's waits, in the row below its bands. */
void waits_draw(struct layout *layout, const struct panel *panel, const struct bars *bars,
		const struct timeline_device *device, double y);
/* Commands that failed. */
void errors_draw(struct layout *layout, const struct panel *panel, double y);
#define DUTIES_HEIGHT 88.
void duties_draw_bands(struct layout *layout, const struct panel *panel, double y);
void duties_draw_front(struct layout *layout, const struct panel *panel, double y);

/* What is not to be written over, from left to right: where the axis is broken, and more. */
struct bars {
	double *x;
	size_t count, capacity;
};
void bars_of_folds(struct bars *bars, const struct axis *axis);
void bars_add(struct bars *bars, double x);
/* The first place of that width between from and to that no bar is in; false: there is none. */
bool bars_place(const struct bars *bars, double from, double to, double width, double *ret_x);

/* A stretch with its words, if there is room for them. */
struct band_style {
	enum ink fill, stroke, text;
	const char *words;
	const char *what;  /* "carrier" */
	const char *brief; /* where there is no room for the words; NULL: nothing */
};
void band_draw(struct layout *layout, const struct bars *bars, double y,
	       const struct stretch *stretch, const struct band_style *style);
/* The last of the stretches from first on that are too short to be seen one by one; first: it can be. */
size_t band_crowd(const struct axis *axis, const struct stretches *stretches, size_t first);
/* As many of them in place of each. */
void crowd_draw(struct layout *layout, const struct bars *bars, double y,
		const struct stretches *stretches, size_t first, size_t last, const char *what);
/* An explanation: lines, as many as one reads; the caller frees. Returns whether there is room for more,
 * and says how many are left out if there is none. */
struct told {
	char *text;
	size_t lines;
};
bool told_add(struct told *told, char *line, size_t left); /* takes line over */
/* A sentence with its time; NO_SENTENCE: other words. */
bool told_add_sentence(struct told *told, const struct timeline *timeline, int64_t t_ns,
		       size_t sentence, const char *other_words, size_t left);
/* In front of a row. */
void row_label(struct layout *layout, double y, const char *text);
/* A mark, or one that counts several. */
void mark_draw(struct layout *layout, const struct cluster *cluster, double y, bool is_hollow);

#endif
