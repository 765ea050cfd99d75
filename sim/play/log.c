/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records the lines of the log: statements, messages, errors, answers. */
#include "sim/play/log.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/run/trace.h"
#include "sim/story/story_words.h"

static struct play_log *log_of(struct writer *writer)
{
	return container_of(writer, struct play_log, writer);
}

void play_log_add(struct play_log *log, enum play_log_kind kind, int64_t t_ns, const char *text,
		  size_t len)
{
	struct play_log_line *line = &log->lines[log->count++ % PLAY_LOG_LINES];

	free(line->text);
	line->kind = kind;
	line->t_ns = t_ns;
	line->text = xstrndup(text, len);
	log->is_open = false;
}

const struct play_log_line *play_log_line(const struct play_log *log, size_t back)
{
	if (back >= log->count || back >= PLAY_LOG_LINES)
		return NULL;
	return &log->lines[(log->count - 1 - back) % PLAY_LOG_LINES];
}

static enum play_log_kind kind_of(const struct record *record)
{
	uint32_t before = record->has_before ? record->flags_before : 0;

	if (record->flags & ~before & IFF_RUNNING)
		return PLAY_LOG_RUNNING;
	return before & ~record->flags & IFF_RUNNING ? PLAY_LOG_NO_RUNNING : PLAY_LOG_MESSAGE;
}

/* The text of a message after the device. */
static char *tail_of(const struct record *record)
{
	char what[DESCRIBE_MAX_BYTES], waited[FORMAT_MAX_BYTES];

	if (record->kind == RECORD_DELLINK)
		return xasprintf("deleted");
	record_describe_whole(record, what);
	if (record_is_again(record))
		return xasprintf("%s (no change)", what);
	if (record->waited_ns <= 0)
		return xstrdup(what);
	format_duration(record->waited_ns, waited);
	return xasprintf("%s, %s after UP", what, waited);
}

static void write_message(struct play_log *log, const struct record *record)
{
	struct play_log_line *last = &log->lines[(log->count - 1) % PLAY_LOG_LINES];
	char label[LABEL_MAX_BYTES], name[FOLD_NAME_MAX_BYTES];
	char *tail = tail_of(record), *text;

	format_label(record->netns, record->dev, label);
	if (log->is_open && last->t_ns == record->t_ns && strcmp(tail, log->tail) == 0 &&
	    last->kind == kind_of(record) && fold_add(&log->fold, label)) {
		log->count--; /* replaced by the new line */
	} else {
		fold_start(&log->fold, label);
	}
	fold_name(&log->fold, name);
	text = xasprintf("%s %s", name, tail);
	play_log_add(log, kind_of(record), record->t_ns, text, strlen(text));
	free(text);
	free(log->tail);
	log->tail = tail;
	log->is_open = true;
}

static void write_action(struct play_log *log, const struct record *record)
{
	size_t len = strcspn(record->text, "\n");
	char *text;

	if (len > record->text_len)
		len = record->text_len;
	text = xasprintf("> %.*s (line %" PRIu32 ")", (int)len, record->text, record->line);
	play_log_add(log, PLAY_LOG_ACTION, record->t_ns, text, strlen(text));
	free(text);
	log->stmt = record->stmt;
	log->stmt_ns = record->t_ns;
}

static void log_record(struct writer *writer, const struct record *record)
{
	struct play_log *log = log_of(writer);
	char *text;

	log->happenings++;
	log->messages += record_is_message(record);
	if (record_is_message(record)) {
		write_message(log, record);
	} else if (record->kind == RECORD_ACTION) {
		write_action(log, record);
	} else if (record->kind == RECORD_NOTE) {
		play_log_add(log, PLAY_LOG_NOTE, record->t_ns, record->text, record->text_len);
	} else {
		text = xasprintf("error%s: %s",
				 record->stmt->expected_error.is_set ? " (one is expected)" : "",
				 record->text);
		play_log_add(log, PLAY_LOG_ERROR, record->t_ns, text, strlen(text));
		free(text);
	}
}

static void log_trace(struct writer *writer, const struct machine *m,
		      const struct trace_event *event, const char *netns)
{
	static const struct full_run unknown = { .has_been = false };
	struct play_log *log = log_of(writer);
	struct sentence sentence;
	char label[LABEL_MAX_BYTES];

	if (event->point == TRACE_TIMER)
		log->fires_j = event->b;
	/* an armed timer changes nothing yet, and notifiers only lead to other decisions */
	if (event->point == TRACE_TIMER || event->point == TRACE_NOTIFIER)
		return;
	log->happenings++;
	log->decisions++;
	if (!log->decided)
		return;
	format_label(netns, event->dev ? event->dev->name : "", label);
	if (sentence_make(m, event, label, &unknown, log->fires_j, &sentence))
		log->decided(log->user, sentence.text, sentence.function, event->is_derived);
}

static void log_flush(struct writer *writer)
{
	(void)writer; /* nothing is buffered */
}

void play_log_init(struct play_log *log)
{
	memset(log, 0, sizeof(*log));
	log->writer.record = log_record;
	log->writer.trace = log_trace;
	log->writer.flush = log_flush;
}

void play_log_free(struct play_log *log)
{
	for (size_t i = 0; i < PLAY_LOG_LINES; i++)
		free(log->lines[i].text);
	free(log->tail);
	play_log_init(log);
}
