/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Draws linkwatch's lane: events and runs, the second that a full run opens, its list and its work.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/report/layout_private.h"

#define ROWS_Y 38.

/* brief: a short form for little room. */
static char *duty_words(const struct timeline *timeline, enum duty duty,
			const struct stretch *stretch, bool is_brief)
{
	char t[FORMAT_MAX_BYTES];

	switch (duty) {
	case DUTY_WINDOW:
		format_moment(stretch->to_ns, t);
		if (stretch->to_ns == timeline->end_ns)
			return xasprintf(is_brief ? "1 s" : "non-urgent events wait");
		return xasprintf(is_brief ? "until %s" : "until %s: non-urgent events wait", t);
	case DUTY_QUEUE:
		if (is_brief)
			return xasprintf("%" PRIu64, stretch->value);
		return xasprintf("%" PRIu64 " device%s", stretch->value,
				 stretch->value == 1 ? "" : "s");
	case DUTY_WORK:
	case DUTY_COUNT:
		break;
	}
	if (!stretch->value)
		return xasprintf(is_brief ? "waits" : "waits for its worker, or for rtnl");
	format_moment((int64_t)stretch->value, t);
	if (stretch->to_ns < (int64_t)stretch->value && stretch->to_ns < timeline->end_ns)
		return xasprintf(is_brief ? "timer" : "timer for %s, cancelled", t);
	return xasprintf(is_brief ? "timer" : "timer, fires at %s", t);
}

static const struct {
	const char *name, *what;
	enum ink ink;
} rows[DUTY_COUNT] = {
	[DUTY_WINDOW] = { "limit", "linkwatch's limit", INK_WINDOW },
	[DUTY_QUEUE] = { "list", "on linkwatch's list", INK_QUEUE },
	[DUTY_WORK] = { "work", "linkwatch's work", INK_WORK },
};

static void draw_duty(struct layout *layout, const struct timeline *timeline,
		      const struct bars *bars, double row, enum duty duty, size_t at)
{
	const struct stretch *stretch = &timeline->duties[duty].items[at];
	char *words = duty_words(timeline, duty, stretch, false);
	char *brief = duty_words(timeline, duty, stretch, true);
	const struct band_style style = { rows[duty].ink, rows[duty].ink,  INK_BLACK,
					  words,	  rows[duty].what, brief };

	band_draw(layout, bars, row, stretch, &style);
	free(words);
	free(brief);
}

static void draw_rows(struct layout *layout, const struct timeline *timeline,
		      const struct bars *bars, double y)
{
	for (unsigned int duty = 0; duty < DUTY_COUNT; duty++) {
		const struct stretches *stretches = &timeline->duties[duty];
		double row = y + ROWS_Y + duty * BAND_HEIGHT;

		row_label(layout, row + BAND_HEIGHT - 4.5, rows[duty].name);
		for (size_t i = 0; i < stretches->count; i++) {
			size_t last = band_crowd(&layout->axis, stretches, i);

			if (last > i)
				crowd_draw(layout, bars, row, stretches, i, last, rows[duty].what);
			else
				draw_duty(layout, timeline, bars, row, (enum duty)duty, i);
			i = last;
		}
	}
}

/* A row of linkwatch's marks. */
struct row {
	const char *name;
	const char *plain, *urgent, *both; /* labels: for non-urgent, urgent, and mixed marks */
	double y;
};

static const struct row events_row = { "events", "not urgent", "urgent", "urgent and not", 14. };
static const struct row runs_row = { "runs", "full", "urgent", "full, urgent", 30. };
static const struct row errors_row = { "errors", "failed", NULL, NULL, 8. };

static char *marks_story(const struct timeline *timeline, const struct timeline_marks *marks,
			 const struct cluster *cluster)
{
	struct tip tip = { .text = NULL };
	bool has_room = true;

	for (size_t i = cluster->first; i <= cluster->last && has_room; i++) {
		const struct timeline_mark *mark = &marks->items[i];

		has_room = tip_add_sentence(&tip, timeline, mark->t_ns, mark->sentence, "",
					    cluster->last - i + 1);
	}
	return tip.text;
}

static const char *row_words(const struct timeline *timeline, const struct row *row,
			     const struct timeline_marks *marks, const struct cluster *cluster)
{
	bool has_plain = false, has_urgent = false;

	if (!row->urgent && cluster->first == cluster->last) /* a single mark has its own text */
		return timeline->sentences[marks->items[cluster->first].sentence].text;
	for (size_t i = cluster->first; i <= cluster->last; i++) {
		has_plain |= !marks->items[i].is_urgent;
		has_urgent |= marks->items[i].is_urgent;
	}
	return !has_urgent ? row->plain : has_plain ? row->both : row->urgent;
}

static void draw_marks(struct layout *layout, const struct panel *panel, const struct bars *bars,
		       double lane_y, const struct row *row, const struct timeline_marks *marks)
{
	double y = lane_y + row->y;

	for (size_t at = 0; at < marks->count;) {
		struct cluster cluster =
			cluster_make(marks->items, marks->count, mark_time, at, &layout->axis);
		const char *words = row_words(panel->timeline, row, marks, &cluster);
		double next_x = layout->picture->width - MARGIN, x, width;
		struct spot *spot;

		at = cluster.last + 1;
		if (at < marks->count)
			next_x = axis_at(&layout->axis, marks->items[at].t_ns) - MARK_RADIUS;
		mark_draw(layout, &cluster, y, false);
		width = text_width(words, TEXT_SIZE, false);
		if (bars_place(bars, cluster.right + 4., next_x - 6., width, &x) &&
		    x < cluster.right + 6.)
			picture_text(layout->picture, x, y + 3.6, width + 1., TEXT_SIZE, INK_TEXT,
				     words);
		spot = picture_spot(layout->picture, cluster.left - 1., y - 7.,
				    cluster.right - cluster.left + 2., 14.,
				    marks_story(panel->timeline, marks, &cluster));
		spot->kernel = panel->kernel;
		spot->sentence = marks->items[cluster.first].sentence;
	}
}

void errors_draw(struct layout *layout, const struct panel *panel, double y)
{
	struct bars folds = { .x = NULL };

	bars_of_folds(&folds, &layout->axis);
	row_label(layout, y + errors_row.y + 3.6, errors_row.name);
	draw_marks(layout, panel, &folds, y, &errors_row, &panel->timeline->errors);
	free(folds.x);
}

void duties_draw_bands(struct layout *layout, const struct panel *panel, double y)
{
	struct bars folds = { .x = NULL };

	bars_of_folds(&folds, &layout->axis);
	picture_bold(layout->picture, MARGIN, y + events_row.y + 3.6, GUTTER - MARGIN - 8., 12.,
		     INK_TEXT, "linkwatch");
	row_label(layout, y + events_row.y + 3.6, events_row.name);
	row_label(layout, y + runs_row.y + 3.6, runs_row.name);
	draw_rows(layout, panel->timeline, &folds, y);
	free(folds.x);
}

void duties_draw_front(struct layout *layout, const struct panel *panel, double y)
{
	struct bars folds = { .x = NULL };

	bars_of_folds(&folds, &layout->axis);
	draw_marks(layout, panel, &folds, y, &events_row, &panel->timeline->events);
	draw_marks(layout, panel, &folds, y, &runs_row, &panel->timeline->runs);
	if (panel->timeline->kernel.source && !panel->timeline->duties[DUTY_QUEUE].count)
		picture_text(layout->picture, GUTTER + 4.,
			     y + ROWS_Y + (DUTY_QUEUE + 1) * BAND_HEIGHT - 4.5, layout->axis.width,
			     TEXT_SIZE, INK_MUTED, "not visible in a link_watch.c from a file");
	free(folds.x);
}
