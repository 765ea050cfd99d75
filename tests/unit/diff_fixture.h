/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For tests of the difference between two traces: builds traces by hand. */
#ifndef LWSIM_TESTS_DIFF_FIXTURE_H
#define LWSIM_TESTS_DIFF_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/compare/diff.h"

#define MS INT64_C(1000000)
#define UP_FLAGS (IFF_UP | IFF_RUNNING | IFF_LOWER_UP)

/* The device's previous message, or NULL. */
static inline const struct record *last_of(const struct trace *trace, const char *dev)
{
	for (size_t i = trace->count; i-- > 0;)
		if (record_is_message(&trace->records[i]) &&
		    strcmp(trace->records[i].dev, dev) == 0)
			return &trace->records[i];
	return NULL;
}

static inline void add_message(struct trace *trace, int64_t t_ms, const char *dev, uint32_t flags,
			       uint8_t operstate)
{
	const struct record *before = last_of(trace, dev);
	struct record record = {
		.kind = RECORD_NEWLINK,
		.t_ns = t_ms * MS,
		.netns = "",
		.flags = flags,
		.operstate = operstate,
		.waited_ns = -1,
	};

	strcpy(record.dev, dev);
	if (before) {
		record.has_before = true;
		record.flags_before = before->flags;
		record.operstate_before = before->operstate;
	}
	trace_add(trace, &record);
}

static inline void add_up(struct trace *trace, int64_t t_ms, const char *dev)
{
	add_message(trace, t_ms, dev, UP_FLAGS, IF_OPER_UP);
}

static inline void add_down(struct trace *trace, int64_t t_ms, const char *dev)
{
	add_message(trace, t_ms, dev, IFF_UP, IF_OPER_DOWN);
}

static inline void add_text(struct trace *trace, enum record_kind kind, int64_t t_ms, uint32_t line,
			    const char *text)
{
	const struct record record = {
		.kind = kind,
		.t_ns = t_ms * MS,
		.line = line,
		.text = text,
		.text_len = (uint32_t)strlen(text),
	};

	trace_add(trace, &record);
}

/* Checks the lines written about the difference; empties both traces. */
static inline void assert_diff(struct trace *before, struct trace *after, const char *lines)
{
	struct diff diff;
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	diff_make(before, after, &diff);
	diff_write(out, &diff);
	fclose(out);
	assert_string_equal(text, lines);
	assert_int_equal(diff.count, diff.counts[CHANGE_MOVED] + diff.counts[CHANGE_APPEARED] +
					     diff.counts[CHANGE_VANISHED]);
	free(text);
	diff_free(&diff);
	trace_free(before);
	trace_free(after);
}

#endif
