/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Draws, below a device's bands, its waits for RUNNING and the times when userspace wrongly sees
 * RUNNING.
 */
#include <stdlib.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/report/layout_private.h"

#define NEAR 10.

/* A wait for RUNNING, or a time when userspace wrongly sees RUNNING. */
struct wait {
	int64_t from_ns, to_ns;
	bool is_over, is_lie;
	size_t count; /* number of merged waits */
};

struct waits {
	struct wait *items;
	size_t count, capacity;
};

static void waits_add(struct waits *waits, int64_t from_ns, int64_t to_ns, bool is_over,
		      bool is_lie)
{
	waits->items = xgrow(waits->items, waits->count, &waits->capacity, sizeof(waits->items[0]));
	waits->items[waits->count++] = (struct wait){ from_ns, to_ns, is_over, is_lie, 1 };
}

static int wait_compare(const void *a, const void *b)
{
	const struct wait *left = a, *right = b;

	return left->from_ns < right->from_ns ? -1 : left->from_ns > right->from_ns;
}

/* Finds all waits, ordered by time. */
static void waits_find(struct waits *waits, const struct timeline_device *device, int64_t end_ns)
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

static bool is_short(const struct wait *wait, const struct axis *axis)
{
	return axis_at(axis, wait->to_ns) - axis_at(axis, wait->from_ns) < NEAR;
}

/* Merges short waits of one kind that are near to each other. */
static void gather(struct waits *waits, const struct axis *axis)
{
	size_t kept = 0;

	for (size_t i = 0; i < waits->count; i++) {
		struct wait *wait = &waits->items[i];
		struct wait *last = kept ? &waits->items[kept - 1] : NULL;

		if (last && last->is_lie == wait->is_lie && is_short(wait, axis) &&
		    (last->count > 1 || is_short(last, axis)) &&
		    axis_at(axis, wait->from_ns) - axis_at(axis, last->to_ns) < NEAR) {
			last->to_ns = wait->to_ns;
			last->is_over &= wait->is_over;
			last->count++;
		} else {
			waits->items[kept++] = *wait;
		}
	}
	waits->count = kept;
}

static void draw_wait(struct layout *layout, const struct bars *bars, const struct wait *wait,
		      double y, double *words_right)
{
	double x = axis_at(&layout->axis, wait->from_ns),
	       right = axis_at(&layout->axis, wait->to_ns), at;
	char time[FORMAT_MAX_BYTES], *words;
	double row = y + 3., width;

	format_duration(wait->to_ns - wait->from_ns, time);
	if (wait->count > 1)
		words = xasprintf(wait->is_lie ? "%zu times stale RUNNING"
					       : "%zu times UP to RUNNING",
				  wait->count);
	else if (wait->is_lie)
		words = xasprintf("stale RUNNING for %s", time);
	else
		words = xasprintf(wait->is_over ? "UP to RUNNING: %s" : "UP and not RUNNING for %s",
				  time);
	picture_line(layout->picture, x, row - 2., 0., 5., INK_WAIT)->line_width = 2.;
	if (right > x) {
		struct shape *line = picture_line(layout->picture, x, row, right - x, 0., INK_WAIT);

		line->line_width = 2.;
		line->is_dashed = !wait->is_over || wait->count > 1;
		line->title = xstrdup(words);
		picture_line(layout->picture, right, row - 2., 0., 5., INK_WAIT)->line_width = 2.;
	}
	for (unsigned int i = 0; i < 3; i++) { /* in full, in short, in front */
		const char *said = i == 1 && wait->count == 1 ? time : words;
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
		const struct timeline_device *device, double y)
{
	double words_right = 0., right = 0.;
	struct waits waits = { .items = NULL };

	waits_find(&waits, device, panel->timeline->end_ns);
	gather(&waits, &layout->axis);
	for (size_t i = 0; i < waits.count; i++) {
		double x = axis_at(&layout->axis, waits.items[i].to_ns);

		if (x <= right + 2.) /* ends where one already drawn ends */
			continue;
		draw_wait(layout, bars, &waits.items[i], y, &words_right);
		right = x;
	}
	free(waits.items);
}
