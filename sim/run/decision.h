/* SPDX-License-Identifier: GPL-2.0-or-later */
/* linkwatch's decisions, by number, as a modelled kernel's trace shows them. */
#ifndef LWSIM_SIM_RUN_DECISION_H
#define LWSIM_SIM_RUN_DECISION_H

#include <linux/if.h>
#include <stdbool.h>
#include <stddef.h>

#include "model/machine.h"

#define DECISION_STATES (IF_OPER_UP + 1)

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
	/* rfc2863_policy(): from a state to another, DECISION_STATES * from + to after this */
	DECISION_POLICY,
	DECISION_COUNT = DECISION_POLICY + DECISION_STATES * DECISION_STATES
};

/* Marks those that the event is; leaves the others as they are. */
void decision_mark(const struct trace_event *event, bool taken[DECISION_COUNT]);

/* Whether this kernel has it. A transition of the policy may be impossible all the same. */
bool decision_is_possible(const struct kernel *kernel, size_t id);

#define DECISION_TEXT_BYTES 80
/* "event: not urgent", "policy: UP -> DOWN" */
void decision_text(size_t id, char ret_text[DECISION_TEXT_BYTES]);

#endif
