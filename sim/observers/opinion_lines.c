/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A line for each time that a daemon changes its mind about a device. */
#include <stdlib.h>
#include <string.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/observers/tracker_writer.h"
#include "sim/observers/opinions.h"

struct line {
	int64_t t_ns;
	size_t number; /* in the order of writing */
	char *text;
};

struct lines {
	FILE *out;
	struct line *lines; /* of a program that polls: they come out of order */
	size_t count, capacity;
};

static void line_write(FILE *out, const char *text)
{
	struct wrap wrap = {
		.out = out,
		.columns = wrap_table_columns(),
		.indent = 4,
		.breaks_words = true,
	};

	wrap_text(&wrap, text);
	wrap_end(&wrap);
}

static char *line_text(const struct tracked *device, enum observer_id id)
{
	const struct opinion *opinion = &device->followers[id].opinion;
	char time[FORMAT_MAX_BYTES], flags[FORMAT_MAX_BYTES];
	const char *follower = opinion->is_up ? "up" : "down";

	format_seconds(opinion->since_ns, time);
	format_link_flags(opinion->flags, flags);
	if (!opinion->has_message)
		return xasprintf("%s %s: down, deleted", time, device->label);
	if (!observer_polls(id))
		return xasprintf("%s %s: %s, <%s> state %s", time, device->label, follower, flags,
				 operstate_name(opinion->operstate));
	if (!opinion->is_up)
		return xasprintf("%s %s: down, starts polling", time, device->label);
	return xasprintf("%s %s: up, poll %u, <%s> state %s", time, device->label, opinion->polls,
			 flags, operstate_name(opinion->operstate));
}

static void lines_add(void *user, const struct tracked *device, enum observer_id id)
{
	struct lines *lines = user;
	char *text = line_text(device, id);

	if (!observer_polls(id)) {
		line_write(lines->out, text);
		free(text);
		return;
	}
	lines->lines = xgrow(lines->lines, lines->count, &lines->capacity, sizeof(lines->lines[0]));
	lines->lines[lines->count] = (struct line){
		.t_ns = device->followers[id].opinion.since_ns,
		.number = lines->count,
		.text = text,
	};
	lines->count++;
}

static int line_compare(const void *a, const void *b)
{
	const struct line *left = a, *right = b;

	if (left->t_ns != right->t_ns)
		return left->t_ns < right->t_ns ? -1 : 1;
	return left->number < right->number ? -1 : 1;
}

static void lines_end(void *user, const struct tracker *tracker)
{
	struct lines *lines = user;

	(void)tracker;
	if (lines->count)
		qsort(lines->lines, lines->count, sizeof(lines->lines[0]), line_compare);
	for (size_t i = 0; i < lines->count; i++) {
		line_write(lines->out, lines->lines[i].text);
		free(lines->lines[i].text);
	}
	free(lines->lines);
	free(lines);
}

struct writer *opinion_lines_writer_new(FILE *out, const struct run_info *info)
{
	struct lines *lines = xcalloc(1, sizeof(*lines));
	struct writer *writer = tracker_writer_new_with(info->observer, lines_end, lines);
	struct tracker *tracker = tracker_writer_tracker(writer);

	lines->out = out;
	tracker->changed = lines_add;
	tracker->user = lines;
	return writer;
}
