/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts the model's decisions by scenario: coverage of what linkwatch can do. */
#include "sim/commands/decisions.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/names.h"

#define STATES (IF_OPER_UP + 1)

enum decision_id {
	/* linkwatch_fire_event() */
	FIRE_NOT_URGENT,
	FIRE_IFLINK,
	FIRE_LAG,
	FIRE_UP_AND_DOWN,
	FIRE_QDISC_OFF,
	FIRE_MERGED,
	/* linkwatch_schedule_work() */
	LEFT_TO_URGENT,
	HURRIED,
	QUEUED_NOW,
	QUEUED_LATER,
	ALREADY_QUEUED,
	/* __linkwatch_run_queue() */
	RUN_FULL,
	RUN_URGENT,
	PUT_BACK_NOT_URGENT,
	PUT_BACK_ABSENT,
	OVER_BUDGET,
	/* linkwatch_forget_dev() */
	FORGET_DELETED,
	FORGET_QUERY,
	/* rfc2863_policy(): from a state to another, STATES * from + to after this */
	POLICY,
	DECISION_COUNT = POLICY + STATES * STATES
};

static const char *const texts[POLICY] = {
	[FIRE_NOT_URGENT] = "event: not urgent",
	[FIRE_IFLINK] = "event: urgent, stacked on another device",
	[FIRE_LAG] = "event: urgent, port or master of a bond or team",
	[FIRE_UP_AND_DOWN] = "event: urgent, IFF_UP and stored operstate DOWN",
	[FIRE_QDISC_OFF] = "event: urgent, carrier on and qdisc inactive",
	[FIRE_MERGED] = "event: merged with the one that is pending",
	[LEFT_TO_URGENT] = "schedule: left to the urgent run that is queued",
	[HURRIED] = "schedule: at once, in place of a later run",
	[QUEUED_NOW] = "schedule: at once",
	[QUEUED_LATER] = "schedule: at the end of the second",
	[ALREADY_QUEUED] = "schedule: nothing, a run is queued",
	[RUN_FULL] = "run: all events",
	[RUN_URGENT] = "run: urgent events only",
	[PUT_BACK_NOT_URGENT] = "run: put back, not urgent",
	[PUT_BACK_ABSENT] = "run: put back, the device is not present",
	[OVER_BUDGET] = "run: rescheduled, over its budget",
	[FORGET_DELETED] = "forget: the device is deleted",
	[FORGET_QUERY] = "forget: a query processes the event",
};

struct decision {
	size_t scenarios; /* that take it */
	char *first;
};

struct decisions {
	struct kernel kernel;
	struct decision of[DECISION_COUNT];
};

struct decisions *decisions_new(const struct kernel *kernel)
{
	struct decisions *decisions = xcalloc(1, sizeof(*decisions));

	decisions->kernel = *kernel;
	return decisions;
}

void decisions_free(struct decisions *decisions)
{
	for (size_t i = 0; decisions && i < DECISION_COUNT; i++)
		free(decisions->of[i].first);
	free(decisions);
}

struct decisions_writer {
	struct writer writer;
	struct decisions *decisions;
	const char *scenario;
	bool is_taken[DECISION_COUNT]; /* in this run */
};

static void take(struct decisions_writer *own, size_t id)
{
	struct decision *decision = &own->decisions->of[id];

	if (own->is_taken[id])
		return;
	own->is_taken[id] = true;
	if (!decision->scenarios++)
		decision->first = xstrdup(own->scenario);
}

static void take_fire(struct decisions_writer *own, const struct trace_event *event)
{
	static const enum decision_id ids[] = {
		[URGENT_NOT] = FIRE_NOT_URGENT,
		[URGENT_IFLINK] = FIRE_IFLINK,
		[URGENT_LAG] = FIRE_LAG,
		[URGENT_UP_AND_DOWN] = FIRE_UP_AND_DOWN,
		[URGENT_QDISC_OFF] = FIRE_QDISC_OFF,
	};

	if (event->a < sizeof(ids) / sizeof(ids[0]))
		take(own, ids[event->a]);
	if (!event->b)
		take(own, FIRE_MERGED);
}

static void take_schedule(struct decisions_writer *own, const struct trace_event *event)
{
	switch ((enum trace_schedule)event->b) {
	case SCHEDULE_LEFT_TO_URGENT:
		take(own, LEFT_TO_URGENT);
		break;
	case SCHEDULE_MOD:
		take(own, HURRIED);
		break;
	case SCHEDULE_QUEUED:
		take(own, event->a ? QUEUED_LATER : QUEUED_NOW);
		break;
	case SCHEDULE_ALREADY_PENDING:
		take(own, ALREADY_QUEUED);
		break;
	}
}

static void decisions_trace(struct writer *writer, const struct machine *m,
			    const struct trace_event *event, const char *netns)
{
	struct decisions_writer *own = (struct decisions_writer *)writer;

	(void)m;
	(void)netns;
	if (event->point == TRACE_FIRE)
		take_fire(own, event);
	else if (event->point == TRACE_SCHEDULE)
		take_schedule(own, event);
	else if (event->point == TRACE_RUN)
		take(own, event->a ? RUN_FULL : RUN_URGENT);
	else if (event->point == TRACE_PUT_BACK)
		take(own, event->a ? PUT_BACK_NOT_URGENT : PUT_BACK_ABSENT);
	else if (event->point == TRACE_OVER_BUDGET)
		take(own, OVER_BUDGET);
	else if (event->point == TRACE_FORGET)
		take(own, event->a ? FORGET_QUERY : FORGET_DELETED);
	else if (event->point == TRACE_POLICY && event->a != event->b)
		take(own, POLICY + STATES * (size_t)event->a + (size_t)event->b);
}

static void decisions_record(struct writer *writer, const struct record *record)
{
	(void)writer; /* only decisions count */
	(void)record;
}

static void decisions_flush(struct writer *writer)
{
	(void)writer;
}

static void decisions_writer_free(struct writer *writer)
{
	free(writer);
}

struct writer *decisions_writer_new(struct decisions *decisions, const char *scenario)
{
	struct decisions_writer *own = xcalloc(1, sizeof(*own));

	own->writer.record = decisions_record;
	own->writer.trace = decisions_trace;
	own->writer.flush = decisions_flush;
	own->writer.free = decisions_writer_free;
	own->decisions = decisions;
	own->scenario = scenario;
	return &own->writer;
}

/* rfc2863_policy() computes no UNKNOWN and no NOTPRESENT; nothing sets NOTPRESENT. */
static bool is_transition(const struct kernel *kernel, size_t from, size_t to)
{
	if (from == to || to == IF_OPER_UNKNOWN || to == IF_OPER_NOTPRESENT ||
	    from == IF_OPER_NOTPRESENT)
		return false;
	return kernel_has(kernel, KERNEL_TESTING) ||
	       (from != IF_OPER_TESTING && to != IF_OPER_TESTING);
}

/* Whether this kernel can take it at all. */
static bool is_possible(const struct kernel *kernel, size_t id)
{
	if (id >= POLICY)
		return is_transition(kernel, (id - POLICY) / STATES, (id - POLICY) % STATES);
	switch ((enum decision_id)id) {
	case FIRE_UP_AND_DOWN:
		return kernel_has(kernel, KERNEL_URGENT_EVENT);
	case FIRE_IFLINK:
		return kernel_has(kernel, KERNEL_STACKED_URGENT);
	case FIRE_LAG:
		return kernel_has(kernel, KERNEL_LAG_URGENT);
	case OVER_BUDGET:
		return kernel_has(kernel, KERNEL_RUN_BUDGET);
	case PUT_BACK_ABSENT:
		return kernel_has(kernel, KERNEL_ABSENT_REQUEUED);
	case FORGET_QUERY:
		return kernel_has(kernel, KERNEL_QUERY_SYNCS);
	default: /* on every kernel */
		return true;
	}
}

static void write_decision(FILE *out, size_t id)
{
	if (id < POLICY)
		fputs(texts[id], out);
	else
		fprintf(out, "policy: %s -> %s", operstate_name((uint8_t)((id - POLICY) / STATES)),
			operstate_name((uint8_t)((id - POLICY) % STATES)));
}

void decisions_write(FILE *out, const struct decisions *decisions)
{
	char name[KERNEL_NAME_MAX_BYTES];
	size_t taken = 0, all = 0;

	for (size_t id = 0; id < DECISION_COUNT; id++) {
		all += is_possible(&decisions->kernel, id);
		taken += decisions->of[id].scenarios && is_possible(&decisions->kernel, id);
	}
	kernel_name(&decisions->kernel, name);
	fprintf(out, "linkwatch on %s: %zu of %zu decisions\n", name, taken, all);
	for (size_t id = 0; id < DECISION_COUNT; id++) {
		if (decisions->of[id].scenarios || !is_possible(&decisions->kernel, id))
			continue;
		fputs("not taken: ", out);
		write_decision(out, id);
		fputc('\n', out);
	}
	for (size_t id = 0; id < DECISION_COUNT; id++) {
		if (decisions->of[id].scenarios != 1)
			continue;
		fputs("only once: ", out);
		write_decision(out, id);
		fprintf(out, "; %s\n", decisions->of[id].first);
	}
}
