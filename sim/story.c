/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim explain: what happened, in sentences, as it happens; and what userspace believes meanwhile. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "describe.h"
#include "format.h"
#include "names.h"
#include "story_lines.h"
#include "story_words.h"
#include "writer.h"
#include "xalloc.h"

/* What userspace was told of a device last, and what is so. */
struct belief {
	char label[LABEL_MAX_BYTES];
	bool was_told, is_running; /* the last message: RUNNING */
	bool has_carrier, is_up;
	bool is_said; /* that they part, since they do */
};

struct story {
	struct writer writer;
	FILE *out;
	const char *only; /* tell of this device alone; NULL: of all */
	struct full_run full;
	bool is_full_open;  /* the full run has not come to a device yet */
	uint64_t fires_j;   /* jiffies value at which the timer armed last fires */
	bool is_about_only; /* the last event was of the device that is told of */
	char *held; /* a line that is told if the device that is told of comes up in the run; NULL: none */
	struct story_lines lines;
	int64_t now_ns;
	struct belief *beliefs;
	size_t beliefs_count;
};

static struct story *story_of(struct writer *writer)
{
	return container_of(writer, struct story, writer);
}

static bool is_told(const struct story *story, const char *label)
{
	return !story->only || strcmp(story->only, label) == 0;
}

static struct belief *belief_of(struct story *story, const char *label)
{
	for (size_t i = 0; i < story->beliefs_count; i++)
		if (strcmp(story->beliefs[i].label, label) == 0)
			return &story->beliefs[i];
	story->beliefs =
		xreallocarray(story->beliefs, story->beliefs_count + 1, sizeof(story->beliefs[0]));
	memset(&story->beliefs[story->beliefs_count], 0, sizeof(story->beliefs[0]));
	strcpy(story->beliefs[story->beliefs_count].label, label);
	return &story->beliefs[story->beliefs_count++];
}

static char *line_make(int64_t t_ns, const char *text, const char *function, uint32_t line,
		       bool is_derived)
{
	char time[FORMAT_MAX_BYTES];

	format_seconds(t_ns, time);
	return xasprintf("%12s    %s (%s, line %" PRIu32 "%s)\n", time, text, function, line,
			 is_derived ? ", derived" : "");
}

static void hold(struct story *story, char *line)
{
	free(story->held);
	story->held = line;
}

static void put(struct story *story, char *line, const char *label)
{
	if (story->held)
		story_lines_add(&story->lines, story->held, "");
	story->held = NULL;
	story_lines_add(&story->lines, line, label);
}

/* Decisions of no device are told with those of the device that they are about. */
static bool wants(struct story *story, const struct trace_event *event, const char *label)
{
	if (!story->only)
		return true;
	if (event->dev)
		story->is_about_only = is_told(story, label);
	return story->is_about_only;
}

static void note_run(struct story *story, const struct trace_event *event, const char *label)
{
	if (event->point == TRACE_TIMER)
		story->fires_j = event->b;
	if (event->point == TRACE_RUN && event->a) {
		story->full = (struct full_run){ .has_been = true, .at_ns = story->now_ns };
		story->is_full_open = true;
	}
	if (event->point == TRACE_POLICY && story->is_full_open) {
		strcpy(story->full.device, label);
		story->full.line = event->dev->cause;
		story->is_full_open = false;
	}
	if (event->point == TRACE_CARRIER)
		belief_of(story, label)->has_carrier = event->a;
}

static void story_trace(struct writer *writer, const struct machine *m,
			const struct trace_event *event, const char *netns)
{
	struct story *story = story_of(writer);
	char label[LABEL_MAX_BYTES] = "";
	struct sentence sentence;
	char *line;

	story->now_ns = m->now_ns;
	if (event->dev)
		format_label(netns, event->dev->name, label);
	if (sentence_make(m, event, STORY_DEVICE, &story->full, story->fires_j, &sentence)) {
		line = line_make(m->now_ns, sentence.text, sentence.function, event->cause,
				 event->is_derived);
		if (event->point == TRACE_RUN && story->only)
			hold(story, line);
		else if (wants(story, event, label))
			put(story, line, label);
		else
			free(line);
	}
	note_run(story, event, label);
}

/* What the message makes whoever reads it believe. */
static const char *belief_text(const struct record *record)
{
	bool has_carrier = record->flags & IFF_LOWER_UP;

	if (!(record->flags & IFF_UP))
		return "";
	if (record->flags & IFF_RUNNING)
		return has_carrier ? "" : ", so it is taken for RUNNING without carrier";
	return has_carrier ? ", so it has carrier and is not taken for RUNNING" : "";
}

static void write_message(struct story *story, const struct record *record, const char *label)
{
	char what[DESCRIBE_MAX_BYTES], wait[FORMAT_MAX_BYTES] = "";
	char *text, *waited;

	if (record->kind == RECORD_DELLINK)
		strcpy(what, "deleted");
	else
		record_describe_whole(record, what);
	if (record->waited_ns > 0)
		format_duration(record->waited_ns, wait);
	waited = *wait ? xasprintf("; RUNNING comes %s after UP", wait) : xstrdup("");
	text = xasprintf("userspace is told: " STORY_DEVICE " %s%s%s", what, belief_text(record),
			 waited);
	put(story, line_make(record->t_ns, text, "rtmsg_ifinfo()", record->line, false), label);
	free(text);
	free(waited);
}

static void story_message(struct story *story, const struct record *record)
{
	char label[LABEL_MAX_BYTES];
	struct belief *belief;

	format_label(record->netns, record->dev, label);
	belief = belief_of(story, label);
	belief->was_told = record->kind == RECORD_NEWLINK;
	belief->is_running = record->flags & IFF_RUNNING;
	belief->is_up = record->flags & IFF_UP;
	belief->has_carrier = record->carrier;
	belief->is_said = true; /* the message's own sentence says it */
	if (is_told(story, label))
		write_message(story, record, label);
}

static void story_record(struct writer *writer, const struct record *record)
{
	struct story *story = story_of(writer);
	char time[FORMAT_MAX_BYTES];

	story->now_ns = record->t_ns;
	if (record_is_message(record)) {
		story_message(story, record);
		return;
	}
	hold(story, NULL);
	story_lines_write(&story->lines, story->out);
	format_seconds(record->t_ns, time);
	fprintf(story->out, "%12s  ", time);
	if (record->kind == RECORD_ACTION) {
		fputs("> ", story->out);
		record_write_action(story->out, record);
		fprintf(story->out, " (line %" PRIu32 ")\n", record->line);
	} else {
		fprintf(story->out, "  %s (line %" PRIu32 ")\n", record->text, record->line);
	}
}

static char *belief_line(const struct story *story, const struct belief *belief)
{
	char time[FORMAT_MAX_BYTES];

	format_seconds(story->now_ns, time);
	return xasprintf("%12s    until it is told, userspace takes " STORY_DEVICE
			 " for %sRUNNING, with %s\n",
			 time, belief->is_running ? "" : "not ",
			 belief->has_carrier ? "carrier" : "no carrier");
}

/* Time is about to pass, and somebody is wrong about a device until it is told of. */
static void story_flush(struct writer *writer)
{
	struct story *story = story_of(writer);

	hold(story, NULL);
	for (size_t i = 0; i < story->beliefs_count; i++) {
		struct belief *belief = &story->beliefs[i];
		bool is_wrong = belief->was_told && belief->is_up &&
				belief->is_running != belief->has_carrier;

		if (is_wrong && !belief->is_said && is_told(story, belief->label))
			put(story, belief_line(story, belief), belief->label);
		belief->is_said = is_wrong;
	}
	story_lines_write(&story->lines, story->out);
	fflush(story->out);
}

static void story_free(struct writer *writer)
{
	struct story *story = story_of(writer);

	free(story->held);
	free(story->beliefs);
	story_lines_free(&story->lines);
	free(story);
}

bool story_has_device(struct writer *writer, const char *device)
{
	const struct story *story = story_of(writer);

	for (size_t i = 0; i < story->beliefs_count; i++)
		if (strcmp(story->beliefs[i].label, device) == 0)
			return true;
	return false;
}

struct writer *story_writer_new(FILE *out, const struct run_info *info, const char *device)
{
	struct story *story = xcalloc(1, sizeof(*story));
	char kernel[KERNEL_NAME_MAX_BYTES];

	story->writer.record = story_record;
	story->writer.trace = story_trace;
	story->writer.flush = story_flush;
	story->writer.free = story_free;
	story->out = out;
	story->only = device;
	kernel_name(info->kernel, kernel);
	fprintf(out, "%s%son %s, HZ=%" PRIu32 "\n", info->scenario->title,
		*info->scenario->title ? ", " : "", kernel, info->scenario->hz);
	return &story->writer;
}
