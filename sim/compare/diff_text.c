/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints differences in words, one line per change. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/compare/diff.h"
#include "sim/language/format.h"
#include "sim/language/names.h"
#include "sim/run/trace.h"

/* Changes that share a line: of d0, d1, ... at one time, or of one device at several times. */
struct line {
	enum change_kind kind;
	struct fold fold;
	char said[DESCRIBE_MAX_BYTES]; /* a message's text */
	const struct record *other;    /* an error or answer; NULL: a message */
	int64_t t_ns, after_ns;	       /* after_ns: for a moved record */
	int64_t last_ns;	       /* of the last occurrence */
	size_t times;
};

/*
 * Describes a moved message by what it changed; by its whole state if it changed something else on
 * each kernel.
 */
static void describe_moved(const struct change *change, char ret_said[DESCRIBE_MAX_BYTES])
{
	char after[DESCRIBE_MAX_BYTES];

	record_describe(change->before, ret_said);
	record_describe(change->after, after);
	if (strcmp(ret_said, after) == 0 && !record_is_again(change->before))
		return;
	record_describe_whole(change->before, ret_said);
	if (record_is_again(change->before) && record_is_again(change->after))
		strcat(ret_said, " again");
}

/*
 * Describes a message that only one kernel sends, so that it cannot be confused with the other's.
 */
static void describe_alone(const struct record *record, char ret_said[DESCRIBE_MAX_BYTES])
{
	if (record->kind == RECORD_DELLINK || record_is_again(record)) {
		record_describe_whole(record, ret_said);
		if (record->kind != RECORD_DELLINK)
			strcat(ret_said, " again");
		return;
	}
	record_describe(record, ret_said);
	if (record->has_before && record->operstate == record->operstate_before)
		strcat(strcat(ret_said, ", still "), operstate_name(record->operstate));
}

static void label_of(const struct change *change, char ret_label[LABEL_MAX_BYTES])
{
	const struct record *record = change->before ? change->before : change->after;

	*ret_label = '\0';
	if (record_is_message(record))
		format_label(record->netns, record->dev, ret_label);
}

static void line_start(struct line *line, const struct change *change)
{
	const struct record *record = change->before ? change->before : change->after;
	char label[LABEL_MAX_BYTES];

	label_of(change, label);
	fold_start(&line->fold, label);
	line->kind = change->kind;
	line->said[0] = '\0';
	line->other = record_is_message(record) ? NULL : record;
	if (!line->other && change->kind == CHANGE_MOVED)
		describe_moved(change, line->said);
	else if (!line->other)
		describe_alone(record, line->said);
	line->t_ns = line->last_ns = record->t_ns;
	line->after_ns = change->after ? change->after->t_ns : record->t_ns;
	line->times = 1;
}

static bool is_alike(const struct line *a, const struct line *b)
{
	return a->kind == b->kind && !a->other && !b->other && strcmp(a->said, b->said) == 0;
}

/* Adds the same change of the next device at the same time. */
static bool line_add_device(struct line *line, const struct change *change)
{
	struct line next;
	char label[LABEL_MAX_BYTES];

	line_start(&next, change);
	label_of(change, label);
	return is_alike(line, &next) && next.t_ns == line->t_ns &&
	       next.after_ns == line->after_ns && fold_add(&line->fold, label);
}

/* The same change of the same devices, at any time. */
static bool is_repeated(const struct line *line, const struct line *next)
{
	char name[FOLD_NAME_MAX_BYTES], next_name[FOLD_NAME_MAX_BYTES];

	if (!is_alike(line, next) || line->kind == CHANGE_MOVED)
		return false;
	fold_name(&line->fold, name);
	fold_name(&next->fold, next_name);
	return strcmp(name, next_name) == 0;
}

static void write_what(FILE *out, const struct line *line)
{
	char name[FOLD_NAME_MAX_BYTES];

	if (line->other) {
		fprintf(out, "%s line %" PRIu32 ": %.*s",
			line->other->kind == RECORD_ERROR ? "error in" : "answer to",
			line->other->line, (int)line->other->text_len, line->other->text);
		return;
	}
	fold_name(&line->fold, name);
	fprintf(out, "%s %s", name, line->said);
}

static void line_write(FILE *out, const struct line *line)
{
	char time[FORMAT_MAX_BYTES], other[FORMAT_MAX_BYTES], apart[FORMAT_MAX_BYTES];
	bool is_earlier = line->after_ns < line->t_ns;

	write_what(out, line);
	format_seconds(line->t_ns, time);
	if (line->kind == CHANGE_MOVED) {
		format_seconds(line->after_ns, other);
		format_duration(is_earlier ? line->t_ns - line->after_ns
					   : line->after_ns - line->t_ns,
				apart);
		fprintf(out, ": %s -> %s, %s %s\n", time, other, apart,
			is_earlier ? "earlier" : "later");
		return;
	}
	fputs(line->kind == CHANGE_APPEARED ? ": appeared" : ": vanished", out);
	if (line->times > 1)
		fprintf(out, " %zu times", line->times);
	if (line->last_ns != line->t_ns) {
		format_seconds(line->last_ns, other);
		fprintf(out, ", %s to %s\n", time, other);
	} else {
		fprintf(out, "%s at %s\n", line->kind == CHANGE_APPEARED ? "" : ", was", time);
	}
}

/* Reads the changes from *at on that share a line. */
static void next_line(const struct diff *diff, size_t *at, struct line *ret_line)
{
	line_start(ret_line, &diff->changes[(*at)++]);
	while (*at < diff->count && line_add_device(ret_line, &diff->changes[*at]))
		(*at)++;
}

/* A sequence of lines that repeats. */
#define PERIOD_MAX 4
struct diff_block {
	struct line lines[PERIOD_MAX];
	size_t count;
	size_t times;
	size_t end; /* the change after the last repetition */
	int64_t last_ns;
};

/* Reads `period` lines from the change at `at` on, and how often they repeat. */
static void read_block(const struct diff *diff, size_t at, size_t period,
		       struct diff_block *ret_block)
{
	struct line line;
	size_t lines = 0;

	ret_block->count = period;
	ret_block->times = 0;
	while (at < diff->count) {
		next_line(diff, &at, &line);
		if (lines < period)
			ret_block->lines[lines] = line;
		else if (!is_repeated(&ret_block->lines[lines % period], &line))
			return;
		if (++lines % period)
			continue;
		ret_block->times++;
		ret_block->end = at;
		ret_block->last_ns = line.t_ns;
	}
}

/*
 * Finds a line that occurs at least twice in a row, or a sequence that occurs three times; else
 * takes a single line.
 */
static void next_block(const struct diff *diff, size_t at, struct diff_block *ret_block)
{
	for (size_t period = 1; period <= PERIOD_MAX; period++) {
		read_block(diff, at, period, ret_block);
		if (ret_block->times >= (period == 1 ? 2 : 3))
			return;
	}
	read_block(diff, at, 1, ret_block);
}

static size_t block_write(FILE *out, struct diff_block *block)
{
	char last[FORMAT_MAX_BYTES];

	if (block->count == 1) {
		block->lines[0].times = block->times;
		block->lines[0].last_ns = block->last_ns;
		line_write(out, &block->lines[0]);
		return 1;
	}
	for (size_t i = 0; i < block->count; i++)
		line_write(out, &block->lines[i]);
	format_seconds(block->last_ns, last);
	fprintf(out, "these %zu lines repeat %zu more times, until %s\n", block->count,
		block->times - 1, last);
	return block->count + 1;
}

void diff_write(FILE *out, const struct diff *diff)
{
	struct diff_block block;
	size_t at = 0, lines = 0;

	while (at < diff->count && lines < DIFF_LINES_MAX) {
		next_block(diff, at, &block);
		lines += block_write(out, &block);
		at = block.end;
	}
	if (at < diff->count)
		fprintf(out, "and %zu more\n", diff->count - at);
}
