/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Turns a run's decisions, messages and statements into sentences, as they happen. */
#include "sim/story/story.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/name_index.h"
#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/run/trace.h"
#include "sim/story/story_lines.h"
#include "sim/story/story_words.h"

/* What userspace last saw of a device, compared with the device itself. */
struct belief {
	char label[LABEL_MAX_BYTES];
	bool was_told, is_running; /* the last message: there was one; it had RUNNING */
	bool has_carrier, is_up;
	uint32_t line; /* of the statement that last changed the carrier */
	bool is_said;  /* the current contradiction was reported */
	bool is_open;  /* it was reported in a sentence of its own, and no message has followed */
	bool is_changed;
};

struct story {
	struct writer writer;
	struct story_listener *listener;
	const char *only; /* only this device; NULL: all */
	struct full_run full;
	bool is_full_open;	  /* the last full run has not reached a device yet */
	uint64_t fires_j;	  /* jiffies value at which the last armed timer fires */
	bool is_about_only;	  /* the last event with a device was about `only` */
	struct story_lines lines; /* of the current instant, not yet reported */
	/*
	 * held: a repeat's later iteration, or a statement that may concern other devices; reported
	 * if something follows. run: a linkwatch run; reported if it handles the device `only`.
	 */
	struct story_lines held, run;
	int64_t now_ns;
	struct belief *beliefs;
	size_t beliefs_count, beliefs_capacity;
	struct name_index by_label; /* places in beliefs */
	size_t *changed;	    /* places of those that may have changed in this instant */
	size_t changed_count, changed_capacity;
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
	size_t *place = name_index_at(&story->by_label, label);
	struct belief *belief;

	if (*place == SIZE_MAX) {
		*place = story->beliefs_count;
		story->beliefs = xgrow(story->beliefs, story->beliefs_count,
				       &story->beliefs_capacity, sizeof(story->beliefs[0]));
		belief = &story->beliefs[story->beliefs_count++];
		memset(belief, 0, sizeof(*belief));
		strcpy(belief->label, label);
	}
	belief = &story->beliefs[*place];
	if (!belief->is_changed) {
		story->changed = xgrow(story->changed, story->changed_count,
				       &story->changed_capacity, sizeof(story->changed[0]));
		story->changed[story->changed_count++] = *place;
	}
	belief->is_changed = true;
	return belief;
}

static void put(struct story *story, const struct story_sentence *sentence, char *text,
		const char *label)
{
	story_lines_move(&story->lines, &story->held);
	story_lines_move(&story->lines, &story->run);
	story_lines_add(&story->lines, sentence, text, label);
}

/* Decisions without a device belong to the last device that an event was about. */
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
	struct belief *belief;

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
	if (event->point == TRACE_CARRIER) {
		belief = belief_of(story, label);
		belief->has_carrier = event->a;
		belief->line = event->cause;
	}
}

static enum story_kind kind_of(const struct trace_event *event)
{
	if (event->point == TRACE_FIRE)
		return event->a && event->a != URGENT_UNSEEN ? STORY_URGENT_EVENT : STORY_EVENT;
	if (event->point == TRACE_RUN)
		return event->a ? STORY_RUN : STORY_URGENT_RUN;
	if (event->point == TRACE_SCHEDULE && event->b == SCHEDULE_QUEUED && event->a)
		return STORY_WAIT;
	return STORY_DECISION;
}

/* What each run puts back may be thousands of devices: kept as one line from the start. */
static bool goes_on(struct story *story, const struct trace_event *event,
		    const struct story_sentence *sentence, const char *text, const char *label)
{
	return event->point == TRACE_PUT_BACK && !story->held.count && !story->run.count &&
	       story_lines_extend(&story->lines, sentence, text, label);
}

static void story_trace(struct writer *writer, const struct machine *m,
			const struct trace_event *event, const char *netns)
{
	struct story *story = story_of(writer);
	struct story_sentence sentence = {
		.t_ns = m->now_ns,
		.kind = kind_of(event),
		.line = event->cause,
		.is_derived = event->is_derived,
	};
	char label[LABEL_MAX_BYTES] = "";
	struct sentence words;

	story->now_ns = m->now_ns;
	if (event->dev)
		format_label(netns, event->dev->name, label);
	if (sentence_make(m, event, STORY_DEVICE, &story->full, story->fires_j, &words)) {
		sentence.function = words.function;
		if (event->point == TRACE_RUN && story->only) {
			story_lines_drop(&story->run);
			story_lines_add(&story->run, &sentence, xstrdup(words.text), label);
		} else if (wants(story, event, label) &&
			   !goes_on(story, event, &sentence, words.text, label)) {
			put(story, &sentence, xstrdup(words.text), label);
		}
	}
	note_run(story, event, label);
}

static int running_change(const struct record *record)
{
	uint32_t before = record->has_before ? record->flags_before : 0;

	if (!((record->flags ^ before) & IFF_RUNNING))
		return 0;
	return record->flags & IFF_RUNNING ? 1 : -1;
}

/* What a reader of the message now believes wrongly; "" if nothing. */
static const char *belief_text(const struct record *record)
{
	bool has_carrier = record->flags & IFF_LOWER_UP;

	if (!(record->flags & IFF_UP))
		return "";
	if (record->flags & IFF_RUNNING)
		return has_carrier ? "" : ": RUNNING without carrier";
	return has_carrier ? ": carrier without RUNNING" : "";
}

static void put_message(struct story *story, const struct record *record, const char *label)
{
	const struct story_sentence sentence = {
		.t_ns = record->t_ns,
		.kind = STORY_MESSAGE,
		.function = "rtmsg_ifinfo()",
		.line = record->line,
		.running = running_change(record),
	};
	char what[DESCRIBE_MAX_BYTES], wait[FORMAT_MAX_BYTES] = "";
	char *waited;

	if (record->kind == RECORD_DELLINK)
		strcpy(what, "deleted");
	else
		record_describe_whole(record, what);
	if (record->waited_ns > 0)
		format_duration(record->waited_ns, wait);
	waited = *wait ? xasprintf("; RUNNING %s after UP", wait) : xstrdup("");
	put(story, &sentence,
	    xasprintf("notification%s: " STORY_DEVICE " %s%s%s",
		      record_is_again(record) ? ", same state" : "", what, belief_text(record),
		      waited),
	    label);
	free(waited);
}

static void take_message(struct story *story, const struct record *record)
{
	char label[LABEL_MAX_BYTES];
	struct belief *belief;

	format_label(record->netns, record->dev, label);
	belief = belief_of(story, label);
	belief->was_told = record->kind == RECORD_NEWLINK;
	belief->is_running = record->flags & IFF_RUNNING;
	belief->is_up = record->flags & IFF_UP;
	belief->has_carrier = record->carrier;
	belief->is_said = true; /* put_message() reports any contradiction */
	belief->is_open = false;
	if (is_told(story, label))
		put_message(story, record, label);
}

/*
 * Takes a statement, or a command's answer. A statement ends folding: lines before it are printed
 * first.
 */
static void take_statement(struct story *story, const struct record *record)
{
	const struct story_sentence sentence = {
		.t_ns = record->t_ns,
		.kind = record->kind == RECORD_ACTION  ? STORY_ACTION
			: record->kind == RECORD_ERROR ? STORY_ERROR
						       : STORY_ANSWER,
		.line = record->line,
		.turn = record->kind == RECORD_ACTION && record->repeat ? record->turn : 0,
	};
	char *text;
	size_t len;
	FILE *out;

	story_lines_drop(&story->run);
	if (record->kind != RECORD_ACTION) {
		put(story, &sentence,
		    xasprintf("%s%s", record->text,
			      record->kind == RECORD_ERROR && record->stmt->expected_error.is_set
				      ? ", as expected"
				      : ""),
		    "");
		return;
	}
	out = xmemstream(&text, &len);
	record_write_action(out, record);
	xclose_memstream(out);
	story_lines_tell(&story->lines, story->listener);
	if (record->is_again || story->only)
		story_lines_add(&story->held, &sentence, text, "");
	else
		put(story, &sentence, text, "");
}

static void story_record(struct writer *writer, const struct record *record)
{
	struct story *story = story_of(writer);

	story->now_ns = record->t_ns;
	if (record_is_message(record))
		take_message(story, record);
	else
		take_statement(story, record);
}

/*
 * Reports that userspace is now wrong about a device, or that it is correct again by coincidence.
 */
static void put_belief(struct story *story, const struct belief *belief, bool is_wrong)
{
	const struct story_sentence sentence = {
		.t_ns = story->now_ns,
		.kind = STORY_BELIEF,
		.function = belief->has_carrier ? "netif_carrier_on()" : "netif_carrier_off()",
		.line = belief->line,
	};
	const char *seen = belief->is_running ? "RUNNING" : "no RUNNING";
	const char *carrier = belief->has_carrier ? "carrier" : "no carrier";

	put(story, &sentence,
	    is_wrong ? xasprintf(STORY_DEVICE " has %s, but userspace still sees %s", carrier, seen)
		     : xasprintf(STORY_DEVICE
				 " has %s: userspace still sees %s, which is correct again",
				 carrier, seen),
	    belief->label);
}

static void take_belief(struct story *story, struct belief *belief)
{
	bool is_wrong =
		belief->was_told && belief->is_up && belief->is_running != belief->has_carrier;
	bool is_news = is_wrong ? !belief->is_said : belief->is_open;

	if (is_news && is_told(story, belief->label))
		put_belief(story, belief, is_wrong);
	belief->is_open = is_wrong && (is_news || belief->is_open);
	belief->is_said = is_wrong;
	belief->is_changed = false;
}

static int compare_places(const void *a, const void *b)
{
	size_t place_a = *(const size_t *)a, place_b = *(const size_t *)b;

	return place_a < place_b ? -1 : place_a > place_b;
}

/* In the order in which the devices came up. */
static void sort_changed(struct story *story)
{
	if (story->changed_count)
		qsort(story->changed, story->changed_count, sizeof(story->changed[0]),
		      compare_places);
}

/*
 * Time is about to pass: reports every device about which userspace stays wrong until its next
 * message.
 */
static void story_flush(struct writer *writer)
{
	struct story *story = story_of(writer);

	story_lines_drop(&story->run);
	sort_changed(story);
	for (size_t i = 0; i < story->changed_count; i++)
		take_belief(story, &story->beliefs[story->changed[i]]);
	story->changed_count = 0;
	story_lines_tell(&story->lines, story->listener);
	story_lines_drop(&story->held);
}

static void lines_free(struct story *story)
{
	story_lines_free(&story->lines);
	story_lines_free(&story->held);
	story_lines_free(&story->run);
}

/* flush() changes nothing but the lines and the beliefs that are listed as changed. */
void story_look(struct writer *writer)
{
	struct story *story = story_of(writer), before = *story;
	struct belief *beliefs = xmalloc(before.changed_count * sizeof(*beliefs));

	sort_changed(story);
	for (size_t i = 0; i < before.changed_count; i++)
		beliefs[i] = story->beliefs[story->changed[i]];
	story_lines_copy(&story->lines, &before.lines);
	story_lines_copy(&story->held, &before.held);
	story_lines_copy(&story->run, &before.run);
	story_flush(writer);
	lines_free(story);
	*story = before;
	for (size_t i = 0; i < before.changed_count; i++)
		story->beliefs[story->changed[i]] = beliefs[i];
	free(beliefs);
}

static void story_free(struct writer *writer)
{
	struct story *story = story_of(writer);

	if (story->listener->free)
		story->listener->free(story->listener);
	lines_free(story);
	name_index_free(&story->by_label);
	free(story->beliefs);
	free(story->changed);
	free(story);
}

bool story_has_device(struct writer *writer, const char *device)
{
	return name_index_find(&story_of(writer)->by_label, device) != NULL;
}

struct writer *story_new(struct story_listener *listener, const char *device)
{
	struct story *story = xcalloc(1, sizeof(*story));

	story->writer.record = story_record;
	story->writer.trace = story_trace;
	story->writer.flush = story_flush;
	story->writer.free = story_free;
	story->listener = listener;
	story->only = device;
	return &story->writer;
}
