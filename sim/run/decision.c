/* SPDX-License-Identifier: GPL-2.0-or-later */
/* linkwatch's decisions, by number. */
#include "sim/run/decision.h"

#include <stdio.h>

#include "sim/language/names.h"

static const char *const texts[DECISION_POLICY] = {
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

static void mark_fire(const struct trace_event *event, bool taken[DECISION_COUNT])
{
	static const enum decision_id ids[] = {
		[URGENT_NOT] = FIRE_NOT_URGENT,
		[URGENT_IFLINK] = FIRE_IFLINK,
		[URGENT_LAG] = FIRE_LAG,
		[URGENT_UP_AND_DOWN] = FIRE_UP_AND_DOWN,
		[URGENT_QDISC_OFF] = FIRE_QDISC_OFF,
	};

	if (event->a < sizeof(ids) / sizeof(ids[0]))
		taken[ids[event->a]] = true;
	if (!event->b)
		taken[FIRE_MERGED] = true;
}

static void mark_schedule(const struct trace_event *event, bool taken[DECISION_COUNT])
{
	switch ((enum trace_schedule)event->b) {
	case SCHEDULE_LEFT_TO_URGENT:
		taken[LEFT_TO_URGENT] = true;
		break;
	case SCHEDULE_MOD:
		taken[HURRIED] = true;
		break;
	case SCHEDULE_QUEUED:
		taken[event->a ? QUEUED_LATER : QUEUED_NOW] = true;
		break;
	case SCHEDULE_ALREADY_PENDING:
		taken[ALREADY_QUEUED] = true;
		break;
	}
}

void decision_mark(const struct trace_event *event, bool taken[DECISION_COUNT])
{
	if (event->point == TRACE_FIRE)
		mark_fire(event, taken);
	else if (event->point == TRACE_SCHEDULE)
		mark_schedule(event, taken);
	else if (event->point == TRACE_RUN)
		taken[event->a ? RUN_FULL : RUN_URGENT] = true;
	else if (event->point == TRACE_PUT_BACK)
		taken[event->a ? PUT_BACK_NOT_URGENT : PUT_BACK_ABSENT] = true;
	else if (event->point == TRACE_OVER_BUDGET)
		taken[OVER_BUDGET] = true;
	else if (event->point == TRACE_FORGET)
		taken[event->a ? FORGET_QUERY : FORGET_DELETED] = true;
	else if (event->point == TRACE_POLICY && event->a != event->b)
		taken[DECISION_POLICY + DECISION_STATES * (size_t)event->a + (size_t)event->b] =
			true;
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

bool decision_is_possible(const struct kernel *kernel, size_t id)
{
	if (id >= DECISION_POLICY)
		return is_transition(kernel, (id - DECISION_POLICY) / DECISION_STATES,
				     (id - DECISION_POLICY) % DECISION_STATES);
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

void decision_text(size_t id, char ret_text[DECISION_TEXT_BYTES])
{
	size_t pair = id - DECISION_POLICY;

	if (id < DECISION_POLICY)
		snprintf(ret_text, DECISION_TEXT_BYTES, "%s", texts[id]);
	else
		snprintf(ret_text, DECISION_TEXT_BYTES, "policy: %s -> %s",
			 operstate_name((uint8_t)(pair / DECISION_STATES)),
			 operstate_name((uint8_t)(pair % DECISION_STATES)));
}
