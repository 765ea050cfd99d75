/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Draws the top: title, legend, the scenario's statements. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/report/layout.h"
#include "sim/report/layout_private.h"

#define TITLE_SIZE 18.
#define ROW_HEIGHT 13.
#define ROWS_MAX 12
#define GROUP_NEAR 7.
#define GROUP_LINES 4
#define LABEL_WIDTH 300.
#define LABEL_LEAST 34.

/* Whether any device is in this operstate: rare ones are in the legend only then. */
static bool has_operstate(const struct layout *layout, uint64_t operstate)
{
	for (size_t k = 0; k < layout->count; k++) {
		const struct timeline *timeline = layout->panels[k].timeline;

		for (size_t i = 0; i < timeline->devices_count; i++) {
			const struct stretches *states =
				&timeline->devices[i].bands[BAND_OPERSTATE];

			for (size_t j = 0; j < states->count; j++)
				if (states->items[j].value == operstate)
					return true;
		}
	}
	return false;
}

/* Starts a new line of the legend if the next entry does not fit. */
static void legend_room(const struct layout *layout, double *x, double *y, double width)
{
	if (*x + width <= layout->picture->width - MARGIN)
		return;
	*x = MARGIN;
	*y += 16.;
}

static void draw_legend(struct layout *layout)
{
	static const struct {
		enum ink fill, stroke;
		const char *words;
		int operstate; /* only if this operstate occurs; -1: always */
	} entries[] = {
		{ INK_ADMIN, INK_ADMIN, "admin UP", -1 },
		{ INK_CARRIER, INK_CARRIER, "carrier on", -1 },
		{ INK_UP, INK_UP, "operstate UP", -1 },
		{ INK_UNKNOWN, INK_UNKNOWN, "UNKNOWN", IF_OPER_UNKNOWN },
		{ INK_DORMANT, INK_DORMANT, "DORMANT", IF_OPER_DORMANT },
		{ INK_TESTING, INK_TESTING, "TESTING", IF_OPER_TESTING },
		{ INK_NONE, INK_DOWN, "operstate DOWN, carrier off", -1 },
		{ INK_WINDOW, INK_WINDOW, "linkwatch's limit", -1 },
		{ INK_QUEUE, INK_QUEUE, "its list", -1 },
		{ INK_WORK, INK_WORK, "its work, waiting", -1 },
	};
	struct picture *picture = layout->picture;
	double x = MARGIN, y = layout->y, width;

	for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++) {
		if (entries[i].operstate >= 0 &&
		    !has_operstate(layout, (uint64_t)entries[i].operstate))
			continue;
		width = text_width(entries[i].words, TEXT_SIZE, false);
		legend_room(layout, &x, &y, width + 23.);
		picture_rect(picture, x + .5, y + .5, 17., 10., entries[i].fill, entries[i].stroke);
		picture_text(picture, x + 23., y + 9.5, width + 1., TEXT_SIZE, INK_TEXT,
			     entries[i].words);
		x += width + 36.;
	}
	width = text_width("message, event, run; hollow: a message, same state", TEXT_SIZE, false);
	legend_room(layout, &x, &y, width + 15.);
	picture_circle(picture, x + 5., y + 5.5, MARK_RADIUS - 1., INK_TEXT, INK_TEXT);
	picture_text(picture, x + 15., y + 9.5, width + 1., TEXT_SIZE, INK_TEXT,
		     "message, event, run; hollow: a message, same state");
	x += width + 32.;
	width = text_width("from cause to message", TEXT_SIZE, false);
	legend_room(layout, &x, &y, width + 26.);
	picture_line(picture, x, y + 5.5, 20., 0., INK_ARROW)->line_width = 1.5;
	picture_text(picture, x + 26., y + 9.5, width + 1., TEXT_SIZE, INK_TEXT,
		     "from cause to message");
	layout->y = y + 20.;
}

char *layout_about(const struct scenario *scenario)
{
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	fprintf(out, "%s, HZ=%" PRIu32 "%s%s", scenario->source->path, scenario->hz,
		scenario->long_bits == 32 ? ", 32 bits" : "",
		scenario->timers_exact ? ", exact timers" : "");
	scenario_write_settings(scenario, out);
	xclose_memstream(out);
	return text;
}

static void draw_title(struct layout *layout)
{
	struct picture *picture = layout->picture;
	char *text = layout_about(layout->scenario);

	picture_bold(picture, MARGIN, 28., picture->width - 2. * MARGIN, TITLE_SIZE, INK_TEXT,
		     picture->title);
	picture_text(picture, MARGIN, 46., picture->width - 2. * MARGIN, 11., INK_MUTED, text);
	free(text);
}

void layout_head(struct layout *layout, bool has_head)
{
	layout->y = 8.;
	if (has_head) {
		draw_title(layout);
		layout->y = 58.;
	}
	draw_legend(layout);
}

/* The run with the most actions, because it came farthest. */
static const struct timeline *longest(const struct layout *layout)
{
	const struct timeline *timeline = layout->panels[0].timeline;

	for (size_t i = 1; i < layout->count; i++)
		if (layout->panels[i].timeline->actions_count > timeline->actions_count)
			timeline = layout->panels[i].timeline;
	return timeline;
}

void groups_make(struct groups *groups, const struct layout *layout)
{
	*groups = (struct groups){ .timeline = longest(layout) };
	for (size_t i = 0; i < groups->timeline->actions_count; i++) {
		double x = axis_at(&layout->axis, groups->timeline->actions[i].t_ns);

		if (groups->count && x - groups->groups[groups->count - 1].x < GROUP_NEAR) {
			groups->groups[groups->count - 1].last = i;
			continue;
		}
		groups->groups = xgrow(groups->groups, groups->count, &groups->capacity,
				       sizeof(groups->groups[0]));
		groups->groups[groups->count++] = (struct group){ x, i, i };
	}
}

static size_t group_lines(const struct groups *groups, const struct group *group)
{
	size_t count = 0;

	for (size_t i = group->first; i <= group->last; i++)
		count += groups->timeline->actions[i].text != NULL;
	return count;
}

/* Lines of a group's label, from the top; the last may be the number of lines left out. */
struct label {
	char *lines[GROUP_LINES];
	size_t count;
	double width;
	size_t base; /* number of rows between it and the axis */
};

static void label_add(struct label *label, char *line, double room)
{
	double width = text_width(line, TEXT_SIZE, false);

	label->lines[label->count++] = line;
	width = width < LABEL_WIDTH ? width : LABEL_WIDTH;
	width = width < room ? width : room;
	if (width > label->width)
		label->width = width;
}

static void label_make(struct label *label, const struct groups *groups, const struct group *group,
		       size_t rows, double room)
{
	size_t count = group_lines(groups, group), shown = count <= rows ? count : rows - 1,
	       said = 0;

	*label = (struct label){ .count = 0 };
	for (size_t i = group->first; i <= group->last; i++) {
		const struct timeline_action *action = &groups->timeline->actions[i];

		if (!action->text || said == shown)
			continue;
		label_add(label, xasprintf("%" PRIu32 " %s", action->line, action->text), room);
		said++;
	}
	if (count > shown)
		label_add(label,
			  said ? xasprintf("and %zu more", count - said)
			       : xasprintf("%zu statements", count),
			  room);
}

static void label_free(struct label *label)
{
	for (size_t i = 0; i < label->count; i++)
		free(label->lines[i]);
	label->count = 0;
}

/* Places labels from right to left, each above everything between it and the axis. */
static void labels_place(struct label *labels, const struct groups *groups,
			 const struct layout *layout)
{
	for (size_t i = groups->count; i-- > 0;) {
		const struct group *group = &groups->groups[i];
		double room = layout->picture->width - MARGIN - group->x - 4.;

		for (size_t rows = GROUP_LINES; rows; rows = rows == 1 ? 0 : 1) {
			label_make(&labels[i], groups, group, rows, room);
			for (size_t k = i + 1; k < groups->count; k++) {
				size_t top = labels[k].base + labels[k].count;

				if (labels[k].count &&
				    groups->groups[k].x < group->x + labels[i].width + 8. &&
				    top > labels[i].base)
					labels[i].base = top;
			}
			if (labels[i].base + labels[i].count <= ROWS_MAX && room >= LABEL_LEAST)
				break;
			label_free(&labels[i]);
		}
	}
}

/* What the story says from a group's first statement on. */
static char *group_story(const struct groups *groups, const struct group *group)
{
	const struct timeline *timeline = groups->timeline;
	int64_t last_ns = timeline->actions[group->last].t_ns;
	size_t at = NO_SENTENCE, end;
	struct tip tip = { .text = NULL };
	bool has_room = true;

	for (size_t i = group->first; i <= group->last && at == NO_SENTENCE; i++)
		at = timeline->actions[i].sentence;
	if (at == NO_SENTENCE) /* a repeat's later iterations */
		return xasprintf("line %" PRIu32 ", repeated: no effect",
				 timeline->actions[group->first].line);
	end = timeline->sentences_count;
	if (group->last + 1 < timeline->actions_count &&
	    timeline->actions[group->last + 1].sentence != NO_SENTENCE)
		end = timeline->actions[group->last + 1].sentence;
	while (end > at && timeline->sentences[end - 1].t_ns > last_ns)
		end--;
	for (; at < end && has_room; at++) {
		const struct story_sentence *sentence = &timeline->sentences[at];
		char *string = story_sentence_string(sentence);

		has_room = tip_add(
			&tip, xasprintf("%s%s", sentence->kind == STORY_ACTION ? "> " : "", string),
			end - at);
		free(string);
	}
	return tip.text;
}

static void draw_group(struct layout *layout, const struct groups *groups,
		       const struct group *group, const struct label *label, double axis_y)
{
	double top = axis_y - 12. - (double)(label->base + label->count) * ROW_HEIGHT;
	const struct timeline_action *first = &groups->timeline->actions[group->first];
	struct spot *spot;

	picture_line(layout->picture, group->x, label->count ? top + 2. : axis_y - 10., 0.,
		     axis_y - (label->count ? top + 2. : axis_y - 10.), INK_MUTED);
	for (size_t i = 0; i < label->count; i++)
		picture_text(layout->picture, group->x + 4., top + 10. + (double)i * ROW_HEIGHT,
			     label->width + 1., TEXT_SIZE, INK_TEXT, label->lines[i])
			->title = xstrdup(label->lines[i]);
	picture_line(layout->picture, group->x, axis_y - 9., 0., 8., INK_MUTED)->kind = SHAPE_ARROW;
	spot = picture_spot(layout->picture, group->x - 3., label->count ? top : axis_y - 12.,
			    label->count ? label->width + 9. : 7.,
			    label->count ? (double)label->count * ROW_HEIGHT + 1. : 12.,
			    group_story(groups, group));
	spot->sentence = first->sentence;
	spot->line = first->line;
	for (size_t i = 0; i < layout->count; i++)
		if (layout->panels[i].timeline == groups->timeline)
			spot->kernel = i;
}

void layout_actions(struct layout *layout, const struct groups *groups)
{
	struct label *labels = xcalloc(groups->count + 1, sizeof(*labels));
	size_t rows = 1;
	double axis_y;

	labels_place(labels, groups, layout);
	for (size_t i = 0; i < groups->count; i++)
		if (labels[i].base + labels[i].count > rows)
			rows = labels[i].base + labels[i].count;
	axis_y = layout->y + 12. + (double)rows * ROW_HEIGHT;
	picture_bold(layout->picture, MARGIN, axis_y - 4., GUTTER - MARGIN, 12., INK_TEXT,
		     "scenario");
	row_label(layout, axis_y - 4., "line");
	for (size_t i = 0; i < groups->count; i++) {
		draw_group(layout, groups, &groups->groups[i], &labels[i], axis_y);
		label_free(&labels[i]);
	}
	free(labels);
	layout->y = axis_y;
}
