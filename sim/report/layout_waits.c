/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Below a device's bands: how long it waits for RUNNING, and how long it is told to be RUNNING and is not. */
#include <stdlib.h>

#include "../format.h"
#include "../xalloc.h"
#include "layout_private.h"

#define NEAR 10.

/* A stretch of time below the bands: a wait for RUNNING, or RUNNING that is told and not so. */
struct wait {
	int64_t from_ns, to_ns;
	bool is_over, is_lie;
};

struct waits {
	struct wait *items;
	size_t count, capacity;
};

static void waits_add(struct waits *waits, int64_t from_ns, int64_t to_ns, bool is_over,
		      bool is_lie)
{
	waits->items = xgrow(waits->items, waits->count, &waits->capacity, sizeof(waits->items[0]));
	waits->items[waits->count++] = (struct wait){ from_ns, to_ns, is_over, is_lie };
}

static int wait_compare(const void *a, const void *b)
{
	const struct wait *left = a, *right = b;

	return left->from_ns < right->from_ns ? -1 : left->from_ns > right->from_ns;
}

/* In order of time. */
static void waits_find(struct waits *waits, const struct tale_device *device, int64_t end_ns)
{
	int64_t up_ns = -1;

	for (size_t i = 0; i < device->count; i++) {
		const struct record *record = &device->messages[i].record;
		uint32_t before = record->has_before ? record->flags_before : 0;

		if (record->flags & ~before & IFF_UP)
			up_ns = record->t_ns;
		if (record->waited_ns >= 0)
			waits_add(waits, record->t_ns - record->waited_ns, record->t_ns, true,
				  false);
		if (record->waited_ns >= 0 || !(record->flags & IFF_UP))
			up_ns = -1;
	}
	if (up_ns >= 0)
		waits_add(waits, up_ns, end_ns, false, false);
	for (size_t i = 0; i < device->lies.count; i++) {
		const struct stretch *lie = &device->lies.items[i];

		waits_add(waits, lie->from_ns, lie->to_ns, !lie->lasts, true);
	}
	if (waits->count)
		qsort(waits->items, waits->count, sizeof(waits->items[0]), wait_compare);
}

static void draw_wait(struct layout *layout, const struct bars *bars, const struct wait *wait,
		      double y, double *words_right)
{
	double x = axis_at(&layout->axis, wait->from_ns),
	       right = axis_at(&layout->axis, wait->to_ns), at;
	char time[FORMAT_MAX_BYTES], *words;
	double row = y + 3., width;

	format_duration(wait->to_ns - wait->from_ns, time);
	if (wait->is_lie)
		words = xasprintf("told RUNNING for %s, and is not", time);
	else
		words = xasprintf(wait->is_over ? "UP to RUNNING: %s" : "UP and not RUNNING for %s",
				  time);
	picture_line(layout->picture, x, row - 2., 0., 5., INK_WAIT)->line_width = 2.;
	if (right > x) {
		struct shape *line = picture_line(layout->picture, x, row, right - x, 0., INK_WAIT);

		line->line_width = 2.;
		line->is_dashed = !wait->is_over;
		line->title = xstrdup(words);
		picture_line(layout->picture, right, row - 2., 0., 5., INK_WAIT)->line_width = 2.;
	}
	for (unsigned int i = 0; i < 3; i++) { /* in full, in short, or in front of it */
		const char *said = i == 1 ? time : words;
		double from;

		width = text_width(said, TEXT_SIZE, true);
		from = i == 2 ? x - width - 6. : x;
		if (from < *words_right || from < GUTTER ||
		    !bars_place(bars, from, layout->picture->width - MARGIN, width, &at) ||
		    at > from + 2.)
			continue;
		picture_bold(layout->picture, at, row + 12., width + 1., TEXT_SIZE, INK_WAIT, said);
		*words_right = at + width + 6.;
		break;
	}
	free(words);
}

void waits_draw(struct layout *layout, const struct panel *panel, const struct bars *bars,
		const struct tale_device *device, double y)
{
	double words_right = 0., right = 0.;
	struct waits waits = { .items = NULL };

	waits_find(&waits, device, panel->tale->end_ns);
	for (size_t i = 0; i < waits.count; i++) {
		double x = axis_at(&layout->axis, waits.items[i].to_ns);

		if (x <= right + NEAR) /* it would not be told from the one before */
			continue;
		draw_wait(layout, bars, &waits.items[i], y, &words_right);
		right = x;
	}
	free(waits.items);
}
