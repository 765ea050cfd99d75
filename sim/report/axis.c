/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Builds the time axis and maps times to it. */
#include "sim/report/axis.h"

#include <stdlib.h>

#include "model/jiffies.h"
#include "sim/base/xalloc.h"

#define WIDTH_MIN 980.
#define WIDTH_MAX 2400.
#define FOLDED_WIDTH 52.
/* More folds than FOLDS_WIDE are drawn narrow; there are at most FOLDS_MAX. */
#define FOLDS_WIDE 40
#define FOLDED_NARROW 26.
#define FOLDS_MAX 100
/* Per distinct time of an event. */
#define WIDTH_PER_TIME 22.
/* A quiet stretch is folded if it is longer than this and than 1/QUIET_PART of the busy time. */
#define QUIET_LEAST_NS (NSEC_PER_SEC / 5)
#define QUIET_PART 6

struct times {
	int64_t *ns;
	size_t count, capacity;
};

static void times_add(struct times *times, int64_t ns)
{
	times->ns = xgrow(times->ns, times->count, &times->capacity, sizeof(times->ns[0]));
	times->ns[times->count++] = ns;
}

static int ns_compare(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return left < right ? -1 : left > right;
}

static void times_add_stretches(struct times *times, const struct stretches *stretches)
{
	for (size_t i = 0; i < stretches->count; i++) {
		times_add(times, stretches->items[i].from_ns);
		times_add(times, stretches->items[i].to_ns);
	}
}

static void times_add_timeline(struct times *times, const struct timeline *timeline)
{
	times_add(times, timeline->end_ns);
	for (size_t i = 0; i < timeline->actions_count; i++)
		times_add(times, timeline->actions[i].t_ns);
	for (size_t i = 0; i < timeline->runs.count; i++)
		times_add(times, timeline->runs.items[i].t_ns);
	for (unsigned int duty = 0; duty < DUTY_COUNT; duty++)
		times_add_stretches(times, &timeline->duties[duty]);
	for (size_t i = 0; i < timeline->devices_count; i++) {
		const struct timeline_device *device = &timeline->devices[i];

		for (size_t j = 0; j < device->count; j++)
			times_add(times, device->messages[j].record.t_ns);
		for (unsigned int band = 0; band < BAND_COUNT; band++)
			times_add_stretches(times, &device->bands[band]);
	}
}

/* Sorts and removes duplicates. */
static void times_sort(struct times *times)
{
	size_t kept = 1;

	qsort(times->ns, times->count, sizeof(times->ns[0]), ns_compare);
	for (size_t i = 1; i < times->count; i++)
		if (times->ns[i] != times->ns[kept - 1])
			times->ns[kept++] = times->ns[i];
	times->count = kept;
}

/* Whether t is in a stretch of the list; *at is where to start looking, and only increases. */
static bool covers(const struct stretches *stretches, int64_t t_ns, size_t *at)
{
	while (*at < stretches->count && stretches->items[*at].to_ns <= t_ns)
		(*at)++;
	return *at < stretches->count && stretches->items[*at].from_ns <= t_ns;
}

/* Makes one piece per gap between times; a gap in which linkwatch's window is open or its work waits is not quiet. */
static int64_t cut(struct axis *axis, const struct times *times, struct timeline *const *timelines,
		   size_t count)
{
	size_t(*at)[DUTY_COUNT] = xcalloc(count, sizeof(*at));
	int64_t busy_ns = 0;

	for (size_t i = 0; i + 1 < times->count; i++) {
		struct axis_piece piece = { .from_ns = times->ns[i],
					    .to_ns = times->ns[i + 1],
					    .is_folded = true };

		for (size_t k = 0; k < count; k++)
			for (unsigned int duty = 0; duty < DUTY_COUNT; duty++)
				if (duty != DUTY_QUEUE && covers(&timelines[k]->duties[duty],
								 piece.from_ns, &at[k][duty]))
					piece.is_folded = false;
		if (piece.to_ns - piece.from_ns <= QUIET_LEAST_NS)
			piece.is_folded = false;
		if (!piece.is_folded)
			busy_ns += piece.to_ns - piece.from_ns;
		axis->pieces =
			xgrow(axis->pieces, axis->count, &axis->capacity, sizeof(axis->pieces[0]));
		axis->pieces[axis->count++] = piece;
	}
	free(at);
	return busy_ns;
}

/* Quiet pieces longer than the result are folded, and *ret_equal of those equally long. */
static int64_t fold_from(const struct axis *axis, int64_t busy_ns, size_t *ret_equal)
{
	int64_t from_ns = busy_ns / QUIET_PART, shortest_ns = INT64_MAX;
	struct times quiet = { .ns = NULL };

	for (size_t i = 0; i < axis->count; i++)
		if (axis->pieces[i].is_folded)
			times_add(&quiet, axis->pieces[i].to_ns - axis->pieces[i].from_ns);
	for (size_t i = 0; i < quiet.count; i++)
		if (quiet.ns[i] < shortest_ns)
			shortest_ns = quiet.ns[i];
	if (quiet.count && busy_ns < shortest_ns) /* otherwise almost nothing would be left */
		from_ns = 2 * shortest_ns;
	*ret_equal = 0;
	if (quiet.count > FOLDS_MAX) {
		qsort(quiet.ns, quiet.count, sizeof(quiet.ns[0]), ns_compare);
		if (quiet.ns[quiet.count - FOLDS_MAX] > from_ns) {
			from_ns = quiet.ns[quiet.count - FOLDS_MAX];
			for (size_t i = quiet.count - FOLDS_MAX; i < quiet.count; i++)
				*ret_equal += quiet.ns[i] == from_ns;
		}
	}
	free(quiet.ns);
	return from_ns;
}

/* Joins adjacent pieces that are drawn to scale. */
static void join(struct axis *axis)
{
	size_t kept = 0;

	for (size_t i = 0; i < axis->count; i++) {
		if (kept && !axis->pieces[kept - 1].is_folded && !axis->pieces[i].is_folded)
			axis->pieces[kept - 1].to_ns = axis->pieces[i].to_ns;
		else
			axis->pieces[kept++] = axis->pieces[i];
	}
	axis->count = kept;
}

static void place(struct axis *axis, size_t times)
{
	double scaled_ns = 0., folds = 0., width = WIDTH_PER_TIME * (double)times, x = axis->x;
	double folded_width;

	for (size_t i = 0; i < axis->count; i++) {
		if (axis->pieces[i].is_folded)
			folds++;
		else
			scaled_ns += (double)(axis->pieces[i].to_ns - axis->pieces[i].from_ns);
	}
	folded_width = folds > FOLDS_WIDE ? FOLDED_NARROW : FOLDED_WIDTH;
	width = width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
	if (width < folds * folded_width + WIDTH_MIN / 2)
		width = folds * folded_width + WIDTH_MIN / 2;
	axis->width = width;
	width -= folds * folded_width;
	for (size_t i = 0; i < axis->count; i++) {
		struct axis_piece *piece = &axis->pieces[i];

		piece->x = x;
		piece->width = piece->is_folded ? folded_width
						: width * (double)(piece->to_ns - piece->from_ns) /
							  scaled_ns;
		x += piece->width;
	}
}

void axis_make(struct axis *axis, double x, struct timeline *const *timelines, size_t count)
{
	struct times times = { .ns = NULL };
	int64_t from_ns;
	size_t equal;

	*axis = (struct axis){ .x = x };
	times_add(&times, 0);
	for (size_t i = 0; i < count; i++)
		times_add_timeline(&times, timelines[i]);
	times_sort(&times);
	from_ns = fold_from(axis, cut(axis, &times, timelines, count), &equal);
	for (size_t i = 0; i < axis->count; i++) {
		struct axis_piece *piece = &axis->pieces[i];
		int64_t length_ns = piece->to_ns - piece->from_ns;

		if (piece->is_folded && length_ns == from_ns && equal)
			equal--;
		else if (length_ns <= from_ns)
			piece->is_folded = false;
	}
	join(axis);
	place(axis, times.count);
	free(times.ns);
}

void axis_free(struct axis *axis)
{
	free(axis->pieces);
}

double axis_at(const struct axis *axis, int64_t t_ns)
{
	size_t low = 0, high = axis->count;
	const struct axis_piece *piece;
	double part;

	if (!axis->count)
		return axis->x;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (axis->pieces[middle].from_ns <= t_ns)
			low = middle;
		else
			high = middle;
	}
	piece = &axis->pieces[low];
	part = (double)(t_ns - piece->from_ns) / (double)(piece->to_ns - piece->from_ns);
	return piece->x + piece->width * (part < 0. ? 0. : part > 1. ? 1. : part);
}

double axis_round_step(double least)
{
	double power = 1.;

	while (power > least)
		power /= 10.;
	for (;; power *= 10.)
		for (int factor = 1; factor <= 5; factor += factor == 1 ? 1 : 3)
			if (power * factor >= least)
				return power * factor;
}

int64_t axis_step(const struct axis_piece *piece, double label_width)
{
	double ns_per_unit = (double)(piece->to_ns - piece->from_ns) / piece->width;
	double least = ns_per_unit * label_width;

	if (piece->is_folded || piece->width < label_width)
		return 0;
	return least > 1. ? (int64_t)axis_round_step(least) : 1;
}
