/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Elements of lanes: bands, marks, and free space for text. */
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/report/layout_private.h"

#define BAR_ROOM 5.
#define TAIL 28.
#define TIP_LINES_MAX 8
/* Narrower stretches this near to the next one cannot be told apart. */
#define CROWDED 2.

void bars_add(struct bars *bars, double x)
{
	size_t at = bars->count;

	bars->x = xgrow(bars->x, bars->count, &bars->capacity, sizeof(bars->x[0]));
	for (; at > 0 && bars->x[at - 1] > x; at--)
		bars->x[at] = bars->x[at - 1];
	bars->x[at] = x;
	bars->count++;
}

void bars_of_folds(struct bars *bars, const struct axis *axis)
{
	for (size_t i = 0; i < axis->count; i++)
		if (axis->pieces[i].is_folded)
			bars_add(bars, axis->pieces[i].x + axis->pieces[i].width / 2.);
}

bool bars_place(const struct bars *bars, double from, double to, double width, double *ret_x)
{
	for (size_t i = 0; i < bars->count && bars->x[i] - BAR_ROOM < to; i++) {
		if (bars->x[i] + BAR_ROOM <= from)
			continue;
		if (bars->x[i] - BAR_ROOM - from >= width)
			break;
		from = bars->x[i] + BAR_ROOM;
	}
	*ret_x = from;
	return to - from >= width;
}

bool tip_add(struct tip *tip, char *line, size_t left)
{
	char *longer;

	if (tip->lines++ < TIP_LINES_MAX)
		longer = xasprintf("%s%s%s", tip->text ? tip->text : "", tip->text ? "\n" : "",
				   line);
	else
		longer = xasprintf("%s\nand %zu more", tip->text, left);
	free(line);
	free(tip->text);
	tip->text = longer;
	return tip->lines <= TIP_LINES_MAX;
}

bool tip_add_sentence(struct tip *tip, const struct timeline *timeline, int64_t t_ns,
		      size_t sentence, const char *other_words, size_t left)
{
	char t[FORMAT_MAX_BYTES], *said, *line;

	format_seconds(t_ns, t);
	said = sentence == NO_SENTENCE ? xstrdup(other_words)
				       : story_sentence_string(&timeline->sentences[sentence]);
	line = xasprintf("%s %s", t, said);
	free(said);
	return tip_add(tip, line, left);
}

void row_label(struct layout *layout, double y, const char *text)
{
	double width = text_width(text, TEXT_SIZE, false);

	picture_text(layout->picture, GUTTER - 8. - width, y, width + 1., TEXT_SIZE, INK_MUTED,
		     text);
}

/* A stretch that lasts beyond the run's end is drawn beyond it. */
static double stretch_right(const struct axis *axis, const struct stretch *stretch)
{
	return axis_at(axis, stretch->to_ns) + (stretch->lasts ? TAIL : 0.);
}

void band_draw(struct layout *layout, const struct bars *bars, double y,
	       const struct stretch *stretch, const struct band_style *style)
{
	double x = axis_at(&layout->axis, stretch->from_ns);
	double right = stretch_right(&layout->axis, stretch), at;
	char from[FORMAT_MAX_BYTES], to[FORMAT_MAX_BYTES];
	const char *const words[] = { style->words, style->brief };
	struct shape *shape;

	if (right - x < 1.5) /* too narrow to be visible */
		right = x + 1.5;
	shape = picture_rect(layout->picture, x + .5, y + .5, right - x - 1., BAND_HEIGHT - 3.,
			     style->fill, style->stroke);
	format_seconds(stretch->from_ns, from);
	format_seconds(stretch->to_ns, to);
	shape->title = xasprintf("%s: %s, from %s to %s s", style->what, style->words, from, to);
	for (size_t i = 0; i < 2 && words[i]; i++) {
		double width = text_width(words[i], TEXT_SIZE, false);

		if (!bars_place(bars, x + 4., right - 3., width, &at))
			continue;
		picture_text(layout->picture, at, y + BAND_HEIGHT - 4.5, width + 1., TEXT_SIZE,
			     style->text, words[i]);
		break;
	}
}

size_t band_crowd(const struct axis *axis, const struct stretches *stretches, size_t first)
{
	double right = axis_at(axis, stretches->items[first].from_ns);
	size_t last = first;

	for (size_t i = first; i < stretches->count; i++) {
		const struct stretch *stretch = &stretches->items[i];

		if (axis_at(axis, stretch->from_ns) - right > CROWDED ||
		    stretch_right(axis, stretch) - axis_at(axis, stretch->from_ns) > CROWDED)
			break;
		right = axis_at(axis, stretch->to_ns);
		last = i;
	}
	return last;
}

void crowd_draw(struct layout *layout, const struct bars *bars, double y,
		const struct stretches *stretches, size_t first, size_t last, const char *what)
{
	const struct stretch all = { stretches->items[first].from_ns, stretches->items[last].to_ns,
				     0, false };
	char *words = xasprintf("\xc3\x97%zu", last - first + 1);
	const struct band_style style = { INK_GRID, INK_MUTED, INK_TEXT, words, what, NULL };

	band_draw(layout, bars, y, &all, &style);
	free(words);
}

void mark_draw(struct layout *layout, const struct cluster *cluster, double y, bool is_hollow)
{
	char count[CLUSTER_MAX_BYTES];
	struct shape *shape;

	if (cluster->first == cluster->last) {
		picture_circle(layout->picture, cluster->x, y, MARK_RADIUS - 1.,
			       is_hollow ? INK_PAPER : INK_TEXT, INK_TEXT);
		return;
	}
	cluster_count(cluster, count);
	shape = picture_rect(layout->picture, cluster->left, y - 6., cluster->right - cluster->left,
			     12., INK_TEXT, INK_NONE);
	shape->radius = 6.;
	picture_bold(layout->picture, cluster->left + 4., y + 3.6, cluster->right - cluster->left,
		     10., INK_PAPER, count);
}
