/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Draws a device's lane: causes, messages, states, waits. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/language/names.h"
#include "sim/report/layout_private.h"
#include "sim/run/trace.h"

/* Rows, relative to the lane's top. */
#define CAUSES_Y 11.  /* baseline of "line 14" */
#define DELAYED_Y 24. /* the line from an earlier cause; its text is above it */
#define MARKS_Y 37.
#define BANDS_Y 45.
#define WAIT_Y (BANDS_Y + BAND_COUNT * BAND_HEIGHT)
#define WAIT_HEIGHT 18.
#define LANE_GAP 6.

#define SMALL_SIZE 9.

static bool has_been_up(const struct device_row *lane)
{
	for (size_t i = 0; i < lane->device->count; i++)
		if (lane->device->messages[i].record.flags & IFF_UP)
			return true;
	return false;
}

double lane_height(const struct device_row *lane)
{
	return WAIT_Y + (has_been_up(lane) ? WAIT_HEIGHT : 0.) + LANE_GAP;
}

static struct band_style operstate_style(uint64_t operstate)
{
	struct band_style style = { .text = INK_BLACK,
				    .words = operstate_name((uint8_t)operstate),
				    .what = "operstate" };

	switch (operstate) {
	case IF_OPER_UP:
		style.fill = style.stroke = INK_UP;
		break;
	case IF_OPER_UNKNOWN:
		style.fill = style.stroke = INK_UNKNOWN;
		break;
	case IF_OPER_DORMANT:
		style.fill = style.stroke = INK_DORMANT;
		break;
	case IF_OPER_TESTING:
		style.fill = style.stroke = INK_TESTING;
		break;
	default: /* used by Linux: DOWN, LOWERLAYERDOWN, NOTPRESENT */
		style.stroke = INK_DOWN;
		style.text = INK_TEXT;
	}
	return style;
}

static struct band_style style_of(enum band band, uint64_t value)
{
	static const struct band_style styles[BAND_OPERSTATE][2] = {
		[BAND_ADMIN] = { { INK_NONE, INK_MUTED, INK_TEXT, "DOWN", "admin", NULL },
				 { INK_ADMIN, INK_ADMIN, INK_WHITE, "UP", "admin", NULL } },
		[BAND_CARRIER] = { { INK_NONE, INK_DOWN, INK_TEXT, "off", "carrier", NULL },
				   { INK_CARRIER, INK_CARRIER, INK_BLACK, "on", "carrier", NULL } },
	};

	return band < BAND_OPERSTATE ? styles[band][value != 0] : operstate_style(value);
}

static void draw_bands(struct layout *layout, const struct bars *bars,
		       const struct device_row *lane, double y)
{
	static const char *const names[BAND_COUNT] = { "admin", "carrier", "operstate" };

	for (unsigned int band = 0; band < BAND_COUNT; band++) {
		const struct stretches *stretches = &lane->device->bands[band];
		double row = y + BANDS_Y + band * BAND_HEIGHT;

		row_label(layout, row + BAND_HEIGHT - 4.5, names[band]);
		for (size_t i = 0; i < stretches->count; i++) {
			struct band_style style =
				style_of((enum band)band, stretches->items[i].value);
			size_t last = band_crowd(&layout->axis, stretches, i);

			if (last > i)
				crowd_draw(layout, bars, row, stretches, i, last, names[band]);
			else
				band_draw(layout, bars, row, &stretches->items[i], &style);
			i = last;
		}
	}
}

/* Draws brief changes as notches in the band. */
static void draw_blips(struct layout *layout, const struct device_row *lane, double y)
{
	const struct stretches *blips = &lane->device->blips;
	double row = y + BANDS_Y + BAND_CARRIER * BAND_HEIGHT, right = -1.;

	for (size_t i = 0; i < blips->count; i++) {
		double x = axis_at(&layout->axis, blips->items[i].from_ns);
		char t[FORMAT_MAX_BYTES];
		struct shape *shape;

		if (x < right + 4.) /* one notch for several changes */
			continue;
		format_seconds(blips->items[i].from_ns, t);
		shape = picture_rect(layout->picture, x - 1.5, row - 1., 3., BAND_HEIGHT - 1.,
				     INK_DOWN, INK_NONE);
		shape->title = xasprintf("carrier: changed and back again, at %s s", t);
		right = x;
	}
}

/*
 * Detail of a cluster's label: each of two messages; the overall change; only its RUNNING or state.
 */
enum detail {
	DETAIL_EACH,
	DETAIL_ALL,
	DETAIL_LEAST,
	DETAIL_COUNT
};

static char *cluster_words(const struct timeline_device *device, const struct cluster *cluster,
			   enum detail detail)
{
	const struct record *first = &device->messages[cluster->first].record;
	struct record last = device->messages[cluster->last].record;
	char text[DESCRIBE_MAX_BYTES], before[DESCRIBE_MAX_BYTES];

	if (cluster->last == cluster->first + 1 && detail == DETAIL_EACH) {
		record_describe(first, before);
		record_describe(&last, text);
		return xasprintf("%s; %s", before, text);
	}
	last.has_before = first->has_before;
	last.flags_before = first->flags_before;
	last.operstate_before = first->operstate_before;
	record_describe(&last, text);
	if (detail != DETAIL_LEAST)
		return xstrdup(text);
	if (strstr(text, "RUNNING"))
		return xstrdup(strstr(text, "+RUNNING") ? "+RUNNING" : "-RUNNING");
	return xstrdup(record_is_again(&last) ? "" : operstate_name(last.operstate));
}

/* A cluster's tip: the story's sentences, up to a readable number. */
static char *cluster_story(const struct panel *panel, const struct timeline_device *device,
			   const struct cluster *cluster)
{
	struct tip tip = { .text = NULL };
	bool has_room = true;

	for (size_t i = cluster->first; i <= cluster->last && has_room; i++) {
		const struct timeline_message *message = &device->messages[i];

		has_room =
			tip_add_sentence(&tip, panel->timeline, message->record.t_ns,
					 message->sentence, device->label, cluster->last - i + 1);
	}
	return tip.text;
}

/* Draws the cause of a message whose line began earlier. */
static void draw_delayed(struct layout *layout, const struct bars *bars,
			 const struct timeline_message *message, const struct cluster *cluster,
			 double y, double *words_right)
{
	double from = axis_at(&layout->axis, message->cause_ns), at, width;
	char wait[FORMAT_MAX_BYTES], *words;

	format_duration(message->record.t_ns - message->cause_ns, wait);
	if (message->run_line)
		words = xasprintf("line %" PRIu32 ", released by line %" PRIu32,
				  message->record.line, message->run_line);
	else
		words = xasprintf("line %" PRIu32 ", %s later", message->record.line, wait);
	width = text_width(words, SMALL_SIZE, false);
	picture_circle(layout->picture, from, y + DELAYED_Y, 2., INK_ARROW, INK_NONE);
	picture_line(layout->picture, from, y + DELAYED_Y, cluster->x - from, 0., INK_ARROW)
		->line_width = 1.5;
	picture_line(layout->picture, cluster->x, y + DELAYED_Y, 0., MARKS_Y - 6. - DELAYED_Y,
		     INK_ARROW)
		->kind = SHAPE_ARROW;
	if (from < *words_right)
		from = *words_right;
	/* preferably at the arrow's head */
	if ((cluster->x - 8. - width > from + 4. &&
	     bars_place(bars, cluster->x - 8. - width, cluster->x - 4., width, &at)) ||
	    bars_place(bars, from + 4., cluster->x - 4., width, &at)) {
		picture_text(layout->picture, at, y + DELAYED_Y - 3., width + 1., SMALL_SIZE,
			     INK_ARROW, words);
		*words_right = at + width + 6.;
	}
	free(words);
}

/* Draws the cause of a message whose line began at the same instant. */
static void draw_direct(struct layout *layout, const struct bars *bars, uint32_t line,
			const struct cluster *cluster, double next_x, double y, double *words_right)
{
	char *words = xasprintf("line %" PRIu32, line);
	double width = text_width(words, SMALL_SIZE, false), at;

	picture_line(layout->picture, cluster->x, y + 2., 0., MARKS_Y - 8., INK_ARROW)->kind =
		SHAPE_ARROW;
	if (cluster->x > *words_right &&
	    bars_place(bars, cluster->x + 4., next_x - 6., width, &at) && at < cluster->x + 6.) {
		picture_text(layout->picture, at, y + CAUSES_Y, width + 1., SMALL_SIZE, INK_ARROW,
			     words);
		*words_right = at + width;
	}
	free(words);
}

/* Right end of the texts of each kind so far. */
struct words {
	double direct, delayed;
};

static void draw_causes(struct layout *layout, const struct bars *bars,
			const struct timeline_device *device, const struct cluster *cluster,
			double next_x, double y, struct words *words)
{
	bool has_direct = false;
	double last = -1.;

	for (size_t i = cluster->first; i <= cluster->last; i++) {
		const struct timeline_message *message = &device->messages[i];
		double from;

		if (message->cause_ns < 0)
			continue;
		from = axis_at(&layout->axis, message->cause_ns);
		if (from < cluster->x - 2. * MARK_RADIUS && from > last + 1.) {
			draw_delayed(layout, bars, message, cluster, y, &words->delayed);
			last = from;
		} else if (from >= cluster->x - 2. * MARK_RADIUS && !has_direct) {
			draw_direct(layout, bars, message->record.line, cluster, next_x, y,
				    &words->direct);
			has_direct = true;
		}
	}
}

static void draw_mark(struct layout *layout, const struct panel *panel, const struct bars *bars,
		      const struct device_row *lane, const struct cluster *cluster, double next_x,
		      double y)
{
	const struct timeline_message *first = &lane->device->messages[cluster->first];
	bool is_said = false;
	struct spot *spot;

	mark_draw(layout, cluster, y + MARKS_Y, record_is_again(&first->record));
	for (unsigned int detail = 0; detail < DETAIL_COUNT && !is_said; detail++) {
		char *said = cluster_words(lane->device, cluster, (enum detail)detail);
		double width = text_width(said, TEXT_SIZE, false), at;

		is_said = bars_place(bars, cluster->right + 4., next_x - 6., width, &at) &&
			  at < cluster->right + 6.;
		if (is_said)
			picture_text(layout->picture, at, y + MARKS_Y + 3.6, width + 1., TEXT_SIZE,
				     INK_TEXT, said);
		free(said);
	}
	spot = picture_spot(layout->picture, cluster->left - 1., y + MARKS_Y - 7.,
			    cluster->right - cluster->left + 2., 14.,
			    cluster_story(panel, lane->device, cluster));
	spot->kernel = panel->kernel;
	spot->sentence = first->sentence;
	spot->line = first->record.line;
}

/* Collects the arrows, which the texts of causes must not cover. */
static void arrows_find(struct bars *arrows, const struct timeline_device *device,
			const struct axis *axis)
{
	bars_of_folds(arrows, axis);
	for (size_t at = 0; at < device->count;) {
		struct cluster cluster =
			cluster_make(device->messages, device->count, message_time, at, axis);

		bars_add(arrows, cluster.x);
		at = cluster.last + 1;
	}
}

static void draw_marks(struct layout *layout, const struct panel *panel, const struct bars *bars,
		       const struct device_row *lane, double y)
{
	const struct timeline_device *device = lane->device;
	struct words words = { 0., 0. };
	struct cluster cluster, next;
	struct bars arrows = { .x = NULL };

	arrows_find(&arrows, device, &layout->axis);
	next = cluster_make(device->messages, device->count, message_time, 0, &layout->axis);
	do {
		double next_x = layout->picture->width - MARGIN;

		cluster = next;
		if (cluster.last + 1 < device->count) {
			next = cluster_make(device->messages, device->count, message_time,
					    cluster.last + 1, &layout->axis);
			next_x = next.left;
		}
		draw_causes(layout, &arrows, device, &cluster, next_x, y, &words);
		draw_mark(layout, panel, bars, lane, &cluster, next_x, y);
	} while (cluster.last + 1 < device->count);
	free(arrows.x);
}

void lane_draw_bands(struct layout *layout, const struct device_row *lane, double y)
{
	struct bars folds = { .x = NULL };

	bars_of_folds(&folds, &layout->axis);
	picture_bold(layout->picture, MARGIN, y + DELAYED_Y - 2., GUTTER - MARGIN - 8., 12.,
		     INK_TEXT, lane->name)
		->title = xstrdup(lane->name);
	row_label(layout, y + MARKS_Y + 3.6, "messages");
	draw_bands(layout, &folds, lane, y);
	draw_blips(layout, lane, y);
	free(folds.x);
}

void lane_draw_front(struct layout *layout, const struct panel *panel,
		     const struct device_row *lane, double y)
{
	struct bars folds = { .x = NULL };

	bars_of_folds(&folds, &layout->axis);
	draw_marks(layout, panel, &folds, lane, y);
	waits_draw(layout, panel, &folds, lane->device, y + WAIT_Y);
	free(folds.x);
}
