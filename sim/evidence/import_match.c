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

static void queues_make(const struct trace *trace, struct queues *queues)
{
	memset(queues, 0, sizeof(*queues));
	for (size_t i = 0; i < trace->count; i++) {
		struct queue *queue;

		if (!record_is_message(&trace->records[i]) || *trace->records[i].netns)
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

/* The run's record for the capture's; NULL: none within the tolerance. Moves the queue behind it. */
static const struct record *take_equal(const struct import *import, const struct trace *trace,
				       size_t record, struct queue *queue, int64_t from_ns,
				       size_t *surplus)
{
	int64_t tolerance_ns =
		import->evidence->has_times ? import->options.tolerance_ns : IMPORT_APART_NS / 2;

	for (size_t i = queue->next; i < queue->count; i++) {
		const struct record *candidate = &trace->records[queue->records[i]];

		if (candidate->t_ns > import->at_ns[record] + tolerance_ns)
			return NULL;
		if (candidate->t_ns < import->at_ns[record] - tolerance_ns ||
		    !record_says_the_same(candidate, &import->evidence->trace.records[record]))
			continue;
		for (size_t j = queue->next; j < i; j++)
			*surplus += trace->records[queue->records[j]].t_ns >= from_ns;
		queue->next = i + 1;
		return candidate;
	}
	return NULL;
}

struct import_match import_match(const struct import *import, const struct trace *trace,
				 int64_t until_ns, int64_t surplus_ns, int64_t *ret_seen)
{
	const struct evidence *evidence = import->evidence;
	int64_t from_ns = import->at_ns[0] - import->options.tolerance_ns;
	struct import_match match = { .known = 0 };
	struct queues queues;

	queues_make(trace, &queues);
	for (; match.known < evidence->trace.count; match.known++) {
		const struct record *captured = &evidence->trace.records[match.known], *seen;

		if (import->is_lost[match.known])
			continue;
		if (import->at_ns[match.known] > until_ns)
			break;
		seen = take_equal(import, trace, match.known, queue_of(&queues, captured->dev),
				  from_ns, &match.surplus);
		if (!seen)
			break;
		match.miscounted +=
			evidence->has_counters && (seen->carrier_down != captured->carrier_down ||
						   seen->carrier_up != captured->carrier_up);
		if (ret_seen)
			ret_seen[match.known] = seen->t_ns;
	}
	for (size_t i = 0; i < queues.count; i++)
		for (size_t j = queues.items[i].next; j < queues.items[i].count; j++) {
			const struct record *left = &trace->records[queues.items[i].records[j]];

			match.surplus += left->t_ns >= from_ns && left->t_ns <= surplus_ns;
		}
	queues_free(&queues);
	return match;
}
