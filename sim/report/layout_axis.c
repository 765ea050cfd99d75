/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Draws the axis: ticks, and the durations of folded stretches. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/jiffies.h"
#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/report/layout_private.h"

#define TICK_ROOM 74.
#define FOLD_SIZE 8.5
#define FOLD_Y 25. /* below the labels */

/* A label of the axis, with as few decimals as the step allows. */
static char *tick_text(int64_t t_ns, int64_t step_ns)
{
	int digits = 0;

	while (step_ns < NSEC_PER_SEC && digits < 9) {
		step_ns *= 10;
		digits++;
	}
	return xasprintf("%.*f", digits, (double)t_ns / (double)NSEC_PER_SEC);
}

/* Draws a tick; its label, which is freed, only if it fits between *right and the limit. */
static void draw_tick(struct layout *layout, double x, char *text, bool is_at_top, double limit,
		      double *right)
{
	double width = text_width(text, TEXT_SIZE, false);

	picture_line(layout->picture, x, layout->y, 0., is_at_top ? 4. : -4., INK_TEXT);
	if (x - width / 2. > *right && x + width / 2. < limit) {
		picture_text(layout->picture, x - width / 2., layout->y + 15., width + 1.,
			     TEXT_SIZE, INK_TEXT, text);
		*right = x + width / 2. + 6.;
	}
	free(text);
}

/* The duration of a fold: to the ms below 100 s, in seconds below 100000 s, else in days. */
static void fold_text(const struct axis_piece *piece, char ret_text[FORMAT_MAX_BYTES])
{
	int64_t length_ns = piece->to_ns - piece->from_ns;

	if (length_ns < 100 * NSEC_PER_SEC)
		format_duration(length_ns / 1000000 * 1000000, ret_text);
	else if (length_ns < 100000 * NSEC_PER_SEC)
		snprintf(ret_text, FORMAT_MAX_BYTES, "%" PRId64 "s", length_ns / NSEC_PER_SEC);
	else
		snprintf(ret_text, FORMAT_MAX_BYTES, "%" PRId64 "d",
			 length_ns / NSEC_PER_SEC / 86400);
}

/* The label at the start of a piece or the end of the axis, which is always drawn. */
static char *edge_text(int64_t t_ns)
{
	char text[FORMAT_MAX_BYTES], *end;

	format_moment(t_ns, text);
	end = text + strlen(text);
	while (end[-1] == '0' && end[-2] != '.')
		*--end = '\0';
	return xstrdup(text);
}

static bool begins_with_label(const struct axis *axis, size_t piece)
{
	return piece == 0 || axis->pieces[piece - 1].is_folded;
}

/* Where the next such label begins, less a space. */
static double next_edge(const struct axis *axis, size_t piece)
{
	const struct axis_piece *last = &axis->pieces[axis->count - 1];
	double x = last->x + last->width;
	int64_t t_ns = last->to_ns;
	double width;
	char *text;

	for (size_t i = piece + 1; i < axis->count; i++)
		if (begins_with_label(axis, i)) {
			x = axis->pieces[i].x;
			t_ns = axis->pieces[i].from_ns;
			break;
		}
	text = edge_text(t_ns);
	width = text_width(text, TEXT_SIZE, false);
	free(text);
	return x - width / 2. - 6.;
}

/* Draws the words if they fit; returns whether they did. */
static bool fold_words(struct layout *layout, double x, const char *words, double *right)
{
	double width = text_width(words, FOLD_SIZE, false);

	if (x - width / 2. < *right)
		return false;
	picture_text(layout->picture, x - width / 2., layout->y + FOLD_Y, width + 1., FOLD_SIZE,
		     INK_MUTED, words);
	*right = x + width / 2. + 6.;
	return true;
}

static void draw_fold(struct layout *layout, const struct axis_piece *piece, double *right)
{
	double x = piece->x + piece->width / 2., y = layout->y;
	double dash = piece->width / 4.;
	char length[FORMAT_MAX_BYTES], *text;

	picture_line(layout->picture, piece->x, y, dash, 0., INK_TEXT)->is_dashed = true;
	picture_line(layout->picture, piece->x + piece->width - dash, y, dash, 0., INK_TEXT)
		->is_dashed = true;
	picture_line(layout->picture, x - 5., y + 5., 4., -10., INK_TEXT);
	picture_line(layout->picture, x + 1., y + 5., 4., -10., INK_TEXT);
	fold_text(piece, length);
	text = xasprintf("%s left out", length);
	if (!fold_words(layout, x, text, right))
		fold_words(layout, x, length, right);
	free(text);
}

static void draw_ticks(struct layout *layout, const struct axis_piece *piece, bool is_at_top,
		       double limit, double *right)
{
	int64_t step_ns = axis_step(piece, TICK_ROOM);

	if (!step_ns)
		return;
	for (int64_t t_ns = (piece->from_ns + step_ns - 1) / step_ns * step_ns;
	     t_ns <= piece->to_ns; t_ns += step_ns)
		draw_tick(layout, axis_at(&layout->axis, t_ns), tick_text(t_ns, step_ns), is_at_top,
			  limit, right);
}

void layout_axis(struct layout *layout, bool is_at_top)
{
	const struct axis *axis = &layout->axis;
	const struct axis_piece *last = axis->count ? &axis->pieces[axis->count - 1] : NULL;
	double right = 0., fold_right = 0.;

	picture_text(layout->picture, MARGIN, layout->y + 15., GUTTER, TEXT_SIZE, INK_MUTED,
		     "seconds since boot");
	for (size_t i = 0; i < axis->count; i++) {
		const struct axis_piece *piece = &axis->pieces[i];

		if (begins_with_label(axis, i))
			draw_tick(layout, piece->x, edge_text(piece->from_ns), is_at_top, INFINITY,
				  &right);
		if (piece->is_folded) {
			draw_fold(layout, piece, &fold_right);
			continue;
		}
		picture_line(layout->picture, piece->x, layout->y, piece->width, 0., INK_TEXT);
		draw_ticks(layout, piece, is_at_top, next_edge(axis, i), &right);
	}
	if (last)
		draw_tick(layout, last->x + last->width, edge_text(last->to_ns), is_at_top,
			  INFINITY, &right);
	layout->y += fold_right > 0. ? 34. : 24.;
}
