/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A snapshot of a run's visible state, as plain data. */
#ifndef LWSIM_SIM_PLAY_STATE_H
#define LWSIM_SIM_PLAY_STATE_H

#include "sim/run/runner.h"

struct play_device {
	char label[LABEL_MAX_BYTES];
	bool is_up, has_carrier, is_running,
		is_queued; /* IFF_UP, the carrier bit, IFF_RUNNING, queued in linkwatch */
	uint8_t operstate; /* dev->operstate */
	bool has_message;
	struct last_message last_message;
	/* the last message is wrong: it had RUNNING and there is no carrier, or the reverse */
	bool is_misbelieved;
};

enum play_work {
	PLAY_WORK_UNKNOWN, /* a foreign link_watch.c: its work cannot be inspected */
	PLAY_WORK_IDLE,
	PLAY_WORK_DELAYED, /* work_ns: when its timer fires */
	PLAY_WORK_QUEUED,  /* work_ns: when its worker may start */
	PLAY_WORK_ASLEEP,  /* waits for rtnl */
	PLAY_WORK_RUNNING, /* only within a step */
};

struct play_state {
	int64_t now_ns;
	uint64_t jiffy;		     /* since boot */
	struct play_device *devices; /* all; `lo` only if it is up, queued or has sent a message */
	size_t devices_count, devices_capacity;
	bool is_queue_known;
	char (*queue)[LABEL_MAX_BYTES]; /* in linkwatch's order */
	size_t queue_count, queue_capacity;
	bool is_urgent;	       /* LW_URGENT */
	int64_t window_ns;     /* length of the window */
	int64_t window_end_ns; /* linkwatch_nextevent; may be in the past */
	enum play_work work;
	int64_t work_ns;
	bool is_rtnl_held; /* held over time, until rtnl_until_ns */
	int64_t rtnl_until_ns;
	uint32_t rtnl_waiting;
};

/*
 * Fills a state that is zeroed or was filled before; reuses its memory. now_ns must not be before
 * the runner's time.
 */
void play_state_fill(struct play_state *state, const struct runner *runner, int64_t now_ns);
void play_state_free(struct play_state *state);

#endif
