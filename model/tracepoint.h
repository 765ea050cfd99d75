/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Trace points: every decision of the model, as raw material for explaining a timeline. */
#ifndef LWSIM_MODEL_TRACEPOINT_H
#define LWSIM_MODEL_TRACEPOINT_H

#include "link_watch.h"

/* In the comments: what dev, a and b of struct trace_event mean. dev is NULL where not named. */
enum trace_point {
	TRACE_CARRIER,	/* dev: carrier bit became a (0, 1) */
	TRACE_FIRE,	/* dev: linkwatch_fire_event; a: enum urgent_clause; b: 1 if put on the
			      list, 0 if it was on it already */
	TRACE_SCHEDULE, /* linkwatch_schedule_work; a: delay, jiffies; b: enum trace_schedule */
	TRACE_RUN,	/* a run starts; a: 1 full, 0 urgent only; b: nextevent after it, jiffies */
	TRACE_PUT_BACK, /* dev: back on the list; a: 1 not urgent now, 0 not present */
	TRACE_PUT_BACK_MORE, /* so do a more behind it, of which nothing has changed since they last did */
	TRACE_OVER_BUDGET,   /* a: devices left over by a run's budget; b: that, devices */
	TRACE_POLICY,	     /* dev: rfc2863_policy; a: stored operstate before, b: after */
	TRACE_SET_OPERSTATE, /* dev: userspace's IFLA_OPERSTATE; a: before, b: after */
	TRACE_QDISC,	     /* dev: qdisc of the tx queue became a (enum qdisc_kind), from b */
	TRACE_NOTIFIER,	     /* dev: netdevice notifiers are called; a: enum netdev_cmd */
	TRACE_TIMER,	     /* a timer was armed; a: expires, b: when it fires, jiffies */
	TRACE_RTNL_WAIT,     /* somebody waits for rtnl; a: how many waited before */
	TRACE_FORGET, /* dev: its event is worked off now; a: 1 as it is asked about, 0 as it goes */
	TRACE_POINT_COUNT
};

enum trace_schedule {
	SCHEDULE_LEFT_TO_URGENT,  /* an urgent run is under way already: nothing done */
	SCHEDULE_MOD,		  /* mod_delayed_work(0) */
	SCHEDULE_QUEUED,	  /* queue_delayed_work(delay) took it */
	SCHEDULE_ALREADY_PENDING, /* queue_delayed_work(delay) had no effect */
};

struct trace_event {
	enum trace_point point;
	const struct net_device *dev; /* valid during the callback */
	uint64_t a, b;
	uint32_t cause;	 /* machine.cause */
	bool is_derived; /* reasoned from what could be seen of a linkwatch_file */
};

#endif
