/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by the files of the layout. */
#ifndef LWSIM_SIM_REPORT_LAYOUT_PRIVATE_H
#define LWSIM_SIM_REPORT_LAYOUT_PRIVATE_H

#include "sim/report/grouping.h"
#include "sim/report/layout.h"

/* Width of the names left of the plot, and of the space for text right of it. */
#define GUTTER 176.
#define MARGIN 14.
#define RIGHT_ROOM 104.

#define TEXT_SIZE 10.
#define BAND_HEIGHT 14.

/* One kernel's part of the drawing. */
struct panel {
	const struct timeline *timeline;
	size_t kernel;
	struct device_rows lanes;
	size_t shown; /* number of lanes shown; the rest is only counted */
	double y, height;
};

struct layout {
	struct picture *picture;
	const struct scenario *scenario;
	struct axis axis;
	struct panel *panels;
	size_t count;
	double y; /* y of the next element */
};

/* Statements too near to each other for a label each. */
struct group {
	double x;
	size_t first, last; /* indexes of actions */
};

struct groups {
	const struct timeline *timeline; /* source of the actions */
	struct group *groups;
	size_t count, capacity;
};

void groups_make(struct groups *groups, const struct layout *layout);

/* Each draws at layout->y and moves it down. */
void layout_head(struct layout *layout, bool has_head);
void layout_actions(struct layout *layout, const struct groups *groups);
void layout_axis(struct layout *layout, bool is_at_top);

struct bars;

double lane_height(const struct device_row *lane);
/* The bands; then, in front of them and of the breaks in the axis, marks and text. */
void lane_draw_bands(struct layout *layout, const struct device_row *lane, double y);
void lane_draw_front(struct layout *layout, const struct panel *panel,
		     const struct device_row *lane, double y);
/* Draws a device's waits in the row below its bands. */
void waits_draw(struct layout *layout, const struct panel *panel, const struct bars *bars,
		const struct timeline_device *device, double y);
/* Draws the failed commands. */
void errors_draw(struct layout *layout, const struct panel *panel, double y);
#define DUTIES_HEIGHT 88.
void duties_draw_bands(struct layout *layout, const struct panel *panel, double y);
void duties_draw_front(struct layout *layout, const struct panel *panel, double y);

/* Positions that text must not cover, from left to right, such as the breaks in the axis. */
struct bars {
	double *x;
	size_t count, capacity;
};
void bars_of_folds(struct bars *bars, const struct axis *axis);
void bars_add(struct bars *bars, double x);
/* Finds the first place of that width between from and to without a bar; false: none. */
bool bars_place(const struct bars *bars, double from, double to, double width, double *ret_x);

/* How to draw a stretch, with its text if it fits. */
struct band_style {
	enum ink fill, stroke, text;
	const char *words;
	const char *what;  /* "carrier" */
	const char *brief; /* a shorter text; NULL: none */
};
void band_draw(struct layout *layout, const struct bars *bars, double y,
	       const struct stretch *stretch, const struct band_style *style);
/*
 * Index of the last of the stretches from `first` on that are too short to be told apart; `first`
 * if that one is visible.
 */
size_t band_crowd(const struct axis *axis, const struct stretches *stretches, size_t first);
/* Draws one shape with their number in place of these stretches. */
void crowd_draw(struct layout *layout, const struct bars *bars, double y,
		const struct stretches *stretches, size_t first, size_t last, const char *what);
/*
 * The text of a tip, up to a readable number of lines; the caller frees it. told_add() returns
 * whether there is room for more; if not, it adds the number of lines left out.
 */
struct told {
	char *text;
	size_t lines;
};
bool told_add(struct told *told, char *line, size_t left); /* takes ownership of line */
/* Adds a sentence with its time; for NO_SENTENCE, other_words. */
bool told_add_sentence(struct told *told, const struct timeline *timeline, int64_t t_ns,
		       size_t sentence, const char *other_words, size_t left);
/* Writes a label in front of a row. */
void row_label(struct layout *layout, double y, const char *text);
/* Draws a mark, or one with a count for several. */
void mark_draw(struct layout *layout, const struct cluster *cluster, double y, bool is_hollow);

#endif
