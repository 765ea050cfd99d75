/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Trace points: each decision of the model, for explaining a run. */
#ifndef LWSIM_MODEL_TRACEPOINT_H
#define LWSIM_MODEL_TRACEPOINT_H

#include "link_watch.h"

/* The comments give the meaning of dev, a and b in struct trace_event. dev is NULL where not named. */
enum trace_point {
	TRACE_CARRIER, /* dev: carrier bit became a (0, 1) */
	TRACE_FIRE, /* dev: linkwatch_fire_event; a: enum urgent_clause; b: 1 if queued, 0 if it was queued
			 * already */
	TRACE_SCHEDULE, /* linkwatch_schedule_work; a: delay, jiffies; b: enum trace_schedule */
	TRACE_RUN,	/* a run starts; a: 1 full, 0 urgent only; b: nextevent after it, jiffies */
	TRACE_PUT_BACK, /* dev: put back on the list; a: 1 not urgent now, 0 not present */
	TRACE_PUT_BACK_MORE, /* a more devices put back behind it, unchanged since they were last put back */
	TRACE_OVER_BUDGET,   /* a: devices left over by a run's budget; b: the budget, devices */
	TRACE_POLICY,	     /* dev: rfc2863_policy; a: stored operstate before, b: after */
	TRACE_SET_OPERSTATE, /* dev: userspace's IFLA_OPERSTATE; a: before, b: after */
	TRACE_QDISC,	     /* dev: qdisc of the tx queue changed to a (enum qdisc_kind), from b */
	TRACE_NOTIFIER,	     /* dev: netdevice notifiers are called; a: enum netdev_cmd */
	TRACE_TIMER,	     /* a timer was armed; a: expires, b: when it fires, jiffies */
	TRACE_RTNL_WAIT,     /* a caller waits for rtnl; a: number of earlier waiters */
	TRACE_FORGET, /* dev: its event is processed now; a: 1 because of a query, 0 because it is unregistered */
	TRACE_POINT_COUNT
};

enum trace_schedule {
	SCHEDULE_LEFT_TO_URGENT,  /* an urgent run is in progress: nothing done */
	SCHEDULE_MOD,		  /* mod_delayed_work(0) */
	SCHEDULE_QUEUED,	  /* queue_delayed_work(delay) queued it */
	SCHEDULE_ALREADY_PENDING, /* queue_delayed_work(delay) had no effect */
};

struct trace_event {
	enum trace_point point;
	const struct net_device *dev; /* valid during the callback */
	uint64_t a, b;
	uint32_t cause;	 /* machine.cause */
	bool is_derived; /* inferred from the visible state of a linkwatch_file */
};

#endif
