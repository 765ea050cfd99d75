/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of a record, and how guesses are put together. */
#include "sim/evidence/guess_case.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"

static const struct captured *previous_of(const struct import *import, size_t record)
{
	size_t previous = import->whos.previous_of_record[record];

	return previous == WHO_NONE ? NULL : evidence_message(import->evidence, previous);
}

struct guess *guess_begin(struct guess_case *at)
{
	struct guesses *guesses = at->guesses;
	struct guess *guess;

	guesses->items = xgrow(guesses->items, guesses->count, &guesses->capacity,
			       sizeof(guesses->items[0]));
	guess = &guesses->items[guesses->count++];
	memset(guess, 0, sizeof(*guess));
	guess->creates = WHO_NONE;
	return guess;
}

__attribute__((format(printf, 4, 5))) void guess_add(struct guess *guess, int64_t t_ns,
						     const char *comment, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	guess->lines = xgrow(guess->lines, guess->count, &guess->capacity, sizeof(guess->lines[0]));
	guess->lines[guess->count++] = (struct sketch_line){
		.t_ns = t_ns,
		.text = text,
		.comment = comment && *comment ? xstrdup(comment) : NULL,
	};
}

int64_t guess_last_told_ns(const struct guess_case *at, int64_t from_ns)
{
	for (size_t i = at->run->trace->count; i; i--) {
		const struct record *record = &at->run->trace->records[i - 1];

		if (record->t_ns < from_ns)
			return 0;
		if (record->t_ns < at->t_ns && record_is_message(record) &&
		    strcmp(record->dev, at->name) == 0)
			return record->t_ns;
	}
	return 0;
}

/* Only what is queued after a full run, and before its second is over, is delayed. */
static void take_early(struct guess_case *at)
{
	int64_t jiffy_ns = NSEC_PER_SEC / at->import->options.hz, due_ns, from_ns;
	int64_t tolerance_ns = at->import->options.tolerance_ns;

	at->queued_ns = -1;
	at->full_ns = sketch_full_before(at->run, at->t_ns);
	if (at->full_ns < 0)
		return;
	due_ns = at->full_ns + NSEC_PER_SEC;
	from_ns = guess_last_told_ns(at, at->full_ns);
	if (from_ns < at->full_ns)
		from_ns = at->full_ns;
	from_ns += jiffy_ns;
	if (from_ns < at->t_ns && at->t_ns < due_ns)
		at->queued_ns = from_ns;
	if (at->t_ns < due_ns - tolerance_ns || at->t_ns > due_ns + GUESS_WHEEL_NS + tolerance_ns ||
	    from_ns >= due_ns)
		return;
	/* the wheel rounds by how long it waits: each of its levels */
	at->early_ns[at->early_count++] = from_ns;
	if (from_ns < due_ns - 300 * jiffy_ns)
		at->early_ns[at->early_count++] = due_ns - 300 * jiffy_ns;
	if (from_ns < due_ns - 30 * jiffy_ns)
		at->early_ns[at->early_count++] = due_ns - 30 * jiffy_ns;
}

void guess_case_begin(const struct import *import, const struct sketch_run *run, size_t record,
		      struct guesses *guesses, struct guess_case *ret_case)
{
	const struct net_device *dev;

	*ret_case = (struct guess_case){
		.import = import,
		.run = run,
		.guesses = guesses,
		.record = record,
		.who_at = import->whos.of_record[record],
		.wanted = &import->evidence->trace.records[record],
		.captured = evidence_message(import->evidence, record),
		.previous = previous_of(import, record),
		.t_ns = import->at_ns[record],
	};
	ret_case->who = &import->whos.items[ret_case->who_at];
	ret_case->name = ret_case->previous && ret_case->previous->message.has & LINK_HAS_NAME
				 ? ret_case->previous->message.name
				 : ret_case->wanted->dev;
	dev = dev_get_by_name(runner_machine(run->runner), ret_case->name);
	ret_case->is_there = dev != NULL;
	if (dev)
		rtnl_fill_ifinfo(dev, &ret_case->now);
	take_early(ret_case);
}
