/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A growing list of records. */
#include "sim/run/trace.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/language/names.h"

void trace_init(struct trace *trace)
{
	trace->records = NULL;
	trace->count = 0;
	trace->capacity = 0;
}

static bool owns_text(const struct record *record)
{
	return record->kind == RECORD_ERROR || record->kind == RECORD_NOTE;
}

void trace_cut(struct trace *trace, size_t count)
{
	for (size_t i = count; i < trace->count; i++)
		if (owns_text(&trace->records[i]))
			free((char *)(uintptr_t)trace->records[i].text);
	trace->count = count;
}

void trace_free(struct trace *trace)
{
	trace_cut(trace, 0);
	free(trace->records);
	trace_init(trace);
}

struct record *trace_add(struct trace *trace, const struct record *record)
{
	struct record *added;

	trace->records =
		xgrow(trace->records, trace->count, &trace->capacity, sizeof(trace->records[0]));
	added = &trace->records[trace->count++];
	*added = *record;
	if (owns_text(record))
		added->text = xstrndup(record->text, record->text_len);
	return added;
}

void record_write_action(FILE *out, const struct record *record)
{
	const char *newline = memchr(record->text, '\n', record->text_len);
	char every[FORMAT_MAX_BYTES];

	fprintf(out, "%.*s", newline ? (int)(newline - record->text) : (int)record->text_len,
		record->text);
	if (!record->repeat)
		return;
	format_duration(record->repeat->block.every_ns, every);
	fprintf(out, "  (%" PRIu32 " of %" PRIu32 ", every %s)", record->turn,
		record->repeat->block.times, every);
}

void record_identity(const struct record *record, char ret_identity[IDENTITY_MAX_BYTES])
{
	snprintf(ret_identity, IDENTITY_MAX_BYTES, "%s/%" PRId32, record->netns, record->ifindex);
}

bool record_is_again(const struct record *record)
{
	return record->kind == RECORD_NEWLINK && record->has_before &&
	       record->operstate == record->operstate_before &&
	       !((record->flags ^ record->flags_before) & LINK_STATE_FLAGS_MASK);
}

void record_describe(const struct record *record, char ret_text[DESCRIBE_MAX_BYTES])
{
	uint32_t before = record->has_before ? record->flags_before : 0;
	char *end = ret_text;

	if (record->kind == RECORD_DELLINK || record_is_again(record)) {
		strcpy(ret_text, record->kind == RECORD_DELLINK ? "deleted" : "(no change)");
		return;
	}
	*end = '\0';
	for (unsigned int i = 0; i < LINK_STATE_FLAGS; i++)
		if ((record->flags ^ before) & flag_names[i].flag)
			end += sprintf(end, "%c%s ", record->flags & flag_names[i].flag ? '+' : '-',
				       flag_names[i].name);
	if (!record->has_before || record->operstate != record->operstate_before)
		strcpy(end, operstate_name(record->operstate));
	else
		end[-1] = '\0'; /* at least one flag was written: drop the last comma */
}

void record_describe_whole(const struct record *record, char ret_text[DESCRIBE_MAX_BYTES])
{
	char flags[FORMAT_MAX_BYTES];

	format_link_flags(record->flags, flags);
	sprintf(ret_text, "%s<%s> state %s", record->kind == RECORD_DELLINK ? "deleted " : "",
		flags, operstate_name(record->operstate));
}
