/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds a capture's records in a run, device by device. */
#include "sim/evidence/import_match.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/name_index.h"
#include "sim/base/xalloc.h"
#include "sim/compare/align.h"

/* The messages of a run, by device. */
struct queue {
	size_t *records;
	size_t count, capacity, next;
};

struct queues {
	struct name_index by_name;
	struct queue *items;
	size_t count, capacity;
};

static struct queue *queue_of(struct queues *queues, const char *name)
{
	size_t *place = name_index_at(&queues->by_name, name);

	if (*place == SIZE_MAX) {
		*place = queues->count;
		queues->items = xgrow(queues->items, queues->count, &queues->capacity,
				      sizeof(queues->items[0]));
		memset(&queues->items[queues->count++], 0, sizeof(queues->items[0]));
	}
	return &queues->items[*place];
}

/* The messages that are still to match. */
static void queues_make(const struct trace *trace, const struct import_settled *settled,
			struct queues *queues)
{
	memset(queues, 0, sizeof(*queues));
	for (size_t i = settled->from; i < trace->count; i++) {
		struct queue *queue;

		if (!record_is_message(&trace->records[i]) || *trace->records[i].netns ||
		    (i < settled->taken_count && settled->is_taken[i]))
			continue;
		queue = queue_of(queues, trace->records[i].dev);
		queue->records = xgrow(queue->records, queue->count, &queue->capacity,
				       sizeof(queue->records[0]));
		queue->records[queue->count++] = i;
	}
}

static void queues_free(struct queues *queues)
{
	for (size_t i = 0; i < queues->count; i++)
		free(queues->items[i].records);
	free(queues->items);
	name_index_free(&queues->by_name);
}

static int64_t tolerance_of(const struct import *import)
{
	return import->evidence->has_times ? import->options.tolerance_ns : IMPORT_APART_NS / 2;
}

/* Before that, the capture is not compared. */
static int64_t begin_ns(const struct import *import)
{
	return import->at_ns[0] - import->options.tolerance_ns;
}

/*
 * The run's record for the capture's; NULL: none within the tolerance. Moves the queue behind it; what
 * is passed over is surplus.
 */
static const struct record *take_equal(const struct import *import, const struct trace *trace,
				       size_t record, struct queue *queue, size_t *surplus)
{
	int64_t tolerance_ns = tolerance_of(import);

	for (size_t i = queue->next; i < queue->count; i++) {
		const struct record *candidate = &trace->records[queue->records[i]];

		if (candidate->t_ns > import->at_ns[record] + tolerance_ns)
			return NULL;
		if (candidate->t_ns < import->at_ns[record] - tolerance_ns ||
		    !record_says_the_same(candidate, &import->evidence->trace.records[record]))
			continue;
		for (size_t j = queue->next; j < i; j++)
			*surplus += trace->records[queue->records[j]].t_ns >= begin_ns(import);
		queue->next = i + 1;
		return candidate;
	}
	return NULL;
}

static bool has_other_counts(const struct import *import, size_t record, const struct record *seen)
{
	const struct record *captured = &import->evidence->trace.records[record];

	return import->evidence->has_counters && (seen->carrier_down != captured->carrier_down ||
						  seen->carrier_up != captured->carrier_up);
}

/* Matches records as long as they are there. */
static void match_records(const struct import *import, const struct trace *trace, int64_t until_ns,
			  struct queues *queues, struct import_match *match, int64_t *ret_seen)
{
	const struct evidence *evidence = import->evidence;

	for (; match->known < evidence->trace.count; match->known++) {
		const char *dev = evidence->trace.records[match->known].dev;
		const struct record *seen;

		if (import->is_lost[match->known])
			continue;
		if (import->at_ns[match->known] > until_ns)
			return;
		seen = take_equal(import, trace, match->known, queue_of(queues, dev),
				  &match->surplus);
		if (!seen)
			return;
		match->miscounted += has_other_counts(import, match->known, seen);
		if (ret_seen)
			ret_seen[match->known] = seen->t_ns;
	}
}

struct import_match import_match(const struct import *import, const struct sketch_run *run,
				 int64_t until_ns, int64_t surplus_ns, int64_t *ret_seen)
{
	static const struct import_settled nothing = { .known = 0 };
	const struct import_settled *settled =
		run->base ? &import->settled[sketch_base_place(run->base)] : &nothing;
	const struct trace *trace = run->trace;
	struct import_match match = {
		.known = settled->known,
		.surplus = settled->surplus,
		.miscounted = settled->miscounted,
	};
	struct queues queues;

	queues_make(trace, settled, &queues);
	match_records(import, trace, until_ns, &queues, &match, ret_seen);
	for (size_t i = 0; i < queues.count; i++)
		for (size_t j = queues.items[i].next; j < queues.items[i].count; j++) {
			const struct record *left = &trace->records[queues.items[i].records[j]];

			match.surplus += left->t_ns >= begin_ns(import) && left->t_ns <= surplus_ns;
		}
	queues_free(&queues);
	return match;
}

static bool is_still_to_match(const struct import_settled *settled, const struct trace *trace,
			      size_t record)
{
	return record_is_message(&trace->records[record]) && !*trace->records[record].netns &&
	       !settled->is_taken[record];
}

void import_settle(struct import *import, const struct sketch_base *base, bool is_anew)
{
	struct import_settled *settled = &import->settled[sketch_base_place(base)];
	const struct trace *trace = sketch_base_trace(base);
	size_t count = import->evidence->trace.count;
	struct import_match match;
	struct queues queues;
	int64_t from_ns;

	if (is_anew)
		settled->known = settled->surplus = settled->miscounted = settled->from =
			settled->taken_count = 0;
	match = (struct import_match){ .known = settled->known,
				       .surplus = settled->surplus,
				       .miscounted = settled->miscounted };
	for (; settled->taken_count < trace->count; settled->taken_count++) {
		settled->is_taken = xgrow(settled->is_taken, settled->taken_count,
					  &settled->taken_capacity, sizeof(settled->is_taken[0]));
		settled->is_taken[settled->taken_count] = false;
	}
	queues_make(trace, settled, &queues);
	match_records(import, trace, INT64_MAX, &queues, &match, NULL);
	settled->known = match.known;
	settled->surplus = match.surplus;
	settled->miscounted = match.miscounted;
	for (size_t i = 0; i < queues.count; i++)
		for (size_t j = 0; j < queues.items[i].next; j++)
			settled->is_taken[queues.items[i].records[j]] = true;
	queues_free(&queues);
	/* what no record can match any more */
	from_ns = match.known < count ? import->at_ns[match.known] - 2 * tolerance_of(import)
				      : INT64_MAX;
	for (; settled->from < trace->count && trace->records[settled->from].t_ns < from_ns;
	     settled->from++)
		settled->surplus += is_still_to_match(settled, trace, settled->from) &&
				    trace->records[settled->from].t_ns >= begin_ns(import);
}
