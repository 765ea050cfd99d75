/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What there is to see of a run at one moment, as plain data. */
#ifndef LWSIM_SIM_PLAY_STATE_H
#define LWSIM_SIM_PLAY_STATE_H

#include "sim/run/runner.h"

struct play_device {
	char label[LABEL_MAX_BYTES];
	bool is_up, has_carrier, is_running,
		is_queued; /* IFF_UP, the bit, IFF_RUNNING, on linkwatch's list */
	uint8_t operstate; /* stored */
	bool has_message;
	struct last_message last_message;
	/* who believes the last message is wrong: RUNNING, and there is no carrier, or the other way round */
	bool is_misbelieved;
};

enum play_work {
	PLAY_WORK_UNKNOWN, /* a link_watch.c of somebody else's keeps it in its own way */
	PLAY_WORK_IDLE,
	PLAY_WORK_DELAYED, /* work_ns: when its timer fires */
	PLAY_WORK_QUEUED,  /* work_ns: when it may start */
	PLAY_WORK_ASLEEP,  /* until it has rtnl */
	PLAY_WORK_RUNNING, /* inside a step only */
};

struct play_state {
	int64_t now_ns;
	uint64_t jiffy; /* since boot */
	struct play_device
		*devices; /* those that were ever heard of; `lo` only if it was in the run */
	size_t devices_count, devices_capacity;
	bool is_queue_known;
	char (*queue)[LABEL_MAX_BYTES]; /* in linkwatch's order */
	size_t queue_count, queue_capacity;
	bool is_urgent;	       /* LW_URGENT */
	int64_t window_ns;     /* the whole of it */
	int64_t window_end_ns; /* linkwatch_nextevent; may be past */
	enum play_work work;
	int64_t work_ns;
	bool is_rtnl_held; /* over time: until rtnl_until_ns */
	int64_t rtnl_until_ns;
	uint32_t rtnl_waiting;
};

/* A state that was filled before, or is zeroed; its memory is used again. now_ns is not before the runner's. */
void play_state_fill(struct play_state *state, const struct runner *runner, int64_t now_ns);
void play_state_free(struct play_state *state);

#endif
