/* SPDX-License-Identifier: GPL-2.0-or-later */
/* linkwatch's lane: its runs, the second that a full one opens, its list and its work. */
#include <inttypes.h>
#include <stdlib.h>

#include "../format.h"
#include "../xalloc.h"
#include "layout_private.h"

#define RUNS_Y 14.
#define ROWS_Y 22.
#define TOLD_MAX 8

/* brief: where there is little room. */
static char *duty_words(const struct tale *tale, enum duty duty, const struct stretch *stretch,
			bool is_brief)
{
	char t[FORMAT_MAX_BYTES];

	switch (duty) {
	case DUTY_WINDOW:
		format_seconds(stretch->to_ns, t);
		if (stretch->to_ns == tale->end_ns)
			return xasprintf(is_brief ? "1 s" : "a second since a full run");
		return xasprintf(is_brief ? "until %s" : "a second since a full run: until %s", t);
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
	format_seconds((int64_t)stretch->value, t);
	return xasprintf(is_brief ? "timer" : "timer, fires at %s", t);
}

static const struct {
	const char *name, *what;
	enum ink ink;
} rows[DUTY_COUNT] = {
	[DUTY_WINDOW] = { "window", "linkwatch's window", INK_WINDOW },
	[DUTY_QUEUE] = { "list", "on linkwatch's list", INK_QUEUE },
	[DUTY_WORK] = { "work", "linkwatch's work", INK_WORK },
};

static void draw_duty(struct layout *layout, const struct tale *tale, const struct bars *bars,
		      double row, enum duty duty, size_t at)
{
	const struct stretch *stretch = &tale->duties[duty].items[at];
	char *words = duty_words(tale, duty, stretch, false);
	char *brief = duty_words(tale, duty, stretch, true);
	const struct band_style style = { rows[duty].ink, rows[duty].ink,  INK_BLACK,
					  words,	  rows[duty].what, brief };

	band_draw(layout, bars, row, stretch, &style);
	free(words);
	free(brief);
}

static void draw_rows(struct layout *layout, const struct tale *tale, const struct bars *bars,
		      double y)
{
	for (unsigned int duty = 0; duty < DUTY_COUNT; duty++) {
		const struct stretches *stretches = &tale->duties[duty];
		double row = y + ROWS_Y + duty * BAND_HEIGHT;

		row_label(layout, row + BAND_HEIGHT - 4.5, rows[duty].name);
		for (size_t i = 0; i < stretches->count; i++) {
			size_t last = band_crowd(&layout->axis, stretches, i);

			if (last > i)
				crowd_draw(layout, bars, row, stretches, i, last, rows[duty].what);
			else
				draw_duty(layout, tale, bars, row, (enum duty)duty, i);
			i = last;
		}
	}
}

static char *runs_story(const struct tale *tale, const struct cluster *cluster)
{
	char *text = xstrdup(""), *longer;

	for (size_t i = cluster->first; i <= cluster->last; i++) {
		const struct tale_run *run = &tale->runs[i];
		const char *said = run->is_full ? "linkwatch runs in full"
						: "linkwatch runs, for urgent events only";
		char t[FORMAT_MAX_BYTES];

		if (i - cluster->first == TOLD_MAX) {
			longer = xasprintf("%s\nand %zu more", text, cluster->last - i + 1);
			free(text);
			return longer;
		}
		if (run->sentence != NO_SENTENCE)
			said = tale->sentences[run->sentence].text;
		format_seconds(run->t_ns, t);
		longer = xasprintf("%s%s%s %s", text, *text ? "\n" : "", t, said);
		free(text);
		text = longer;
	}
	return text;
}

static void draw_runs(struct layout *layout, const struct panel *panel, const struct bars *bars,
		      double y)
{
	const struct tale *tale = panel->tale;

	for (size_t at = 0; at < tale->runs_count;) {
		struct cluster cluster =
			cluster_make(tale->runs, tale->runs_count, run_time, at, &layout->axis);
		bool is_full = false, is_urgent = false;
		double next_x = layout->picture->width - MARGIN, x, width;
		const char *words;
		struct spot *spot;

		for (size_t i = cluster.first; i <= cluster.last; i++) {
			is_full |= tale->runs[i].is_full;
			is_urgent |= !tale->runs[i].is_full;
		}
		words = !is_urgent ? "full" : is_full ? "full, urgent" : "urgent";
		at = cluster.last + 1;
		if (at < tale->runs_count)
			next_x = axis_at(&layout->axis, tale->runs[at].t_ns) - MARK_RADIUS;
		mark_draw(layout, &cluster, y + RUNS_Y, !is_full);
		width = text_width(words, TEXT_SIZE, false);
		if (bars_place(bars, cluster.right + 4., next_x - 6., width, &x) &&
		    x < cluster.right + 6.)
			picture_text(layout->picture, x, y + RUNS_Y + 3.6, width + 1., TEXT_SIZE,
				     INK_TEXT, words);
		spot = picture_spot(layout->picture, cluster.left - 1., y + RUNS_Y - 7.,
				    cluster.right - cluster.left + 2., 14.,
				    runs_story(tale, &cluster));
		spot->kernel = panel->kernel;
		spot->sentence = tale->runs[cluster.first].sentence;
	}
}

void duties_draw_bands(struct layout *layout, const struct panel *panel, double y)
{
	struct bars folds = { .x = NULL };

	bars_of_folds(&folds, &layout->axis);
	picture_bold(layout->picture, MARGIN, y + RUNS_Y + 3.6, GUTTER - MARGIN - 8., 12., INK_TEXT,
		     "linkwatch");
	row_label(layout, y + RUNS_Y + 3.6, "runs");
	draw_rows(layout, panel->tale, &folds, y);
	free(folds.x);
}

void duties_draw_front(struct layout *layout, const struct panel *panel, double y)
{
	struct bars folds = { .x = NULL };

	bars_of_folds(&folds, &layout->axis);
	draw_runs(layout, panel, &folds, y);
	if (panel->tale->kernel.source)
		picture_text(layout->picture, GUTTER + 4.,
			     y + ROWS_Y + (DUTY_QUEUE + 1) * BAND_HEIGHT - 4.5, layout->axis.width,
			     TEXT_SIZE, INK_MUTED, "not to be seen in a link_watch.c from a file");
	free(folds.x);
}
