/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The state of a run; shared by the files of this room, and private to it. */
#ifndef LWSIM_SIM_RUN_RUN_STATE_H
#define LWSIM_SIM_RUN_RUN_STATE_H

#include "sim/base/name_index.h"
#include "sim/run/cursor.h"
#include "sim/run/run.h"

/* What was observed of a device; indexed like machine.devices. */
struct observed {
	bool has_message;
	int64_t message_ns; /* -1: before the run */
	uint32_t flags;
	uint8_t operstate;
	bool waits; /* IFF_UP since up_ns, no IFF_RUNNING yet */
	int64_t up_ns;
	bool is_state_reported; /* its stored operstate was reported at least once */
	bool lies;		/* see struct lie */
	bool lies_running;	/* that it is RUNNING, while it is not */
	int64_t lies_since_ns;
	/* last change of the stored operstate */
	bool has_change;
	int64_t change_ns;
	uint8_t change_from, change_to;
	uint32_t change_line;
	bool is_change_derived; /* see struct trace_event */
};

/* An expectation with a deadline. */
struct watch {
	const struct stmt *stmt;
	char dev[IFNAMSIZ], netns[NETNS_NAME_MAX_BYTES];
	int64_t deadline_ns;
	struct opinion opinion; /* for EXPECT_SAYS_WITHIN */
};

/* The failures so far. */
struct judged {
	unsigned int failures;
	struct failure first_failure; /* device "": none yet */
	/* the last printed failed expectation; repeats for other devices are only counted */
	const struct stmt *said;
	int64_t said_ns;
	unsigned int suppressed;
	bool is_repeated;	 /* the last failure was suppressed as a repeat */
	unsigned int gaps_noted; /* enum kernel_use */
};

struct runner {
	const struct scenario *scenario;
	struct run_options options;
	struct machine *machine;
	struct machine_config room;  /* limits that the machine was created with */
	struct linkwatch_file *file; /* NULL: the model's linkwatch runs */
	struct trace trace;
	struct cursor cursor;
	int64_t end_ns;	      /* at the latest */
	bool has_fixed_end;   /* set by the file or --until */
	struct netns **netns; /* see netns.c */
	size_t netns_count, netns_capacity;
	struct name_index netns_by_name; /* indexes into netns */
	const char **net_names; /* indexed like the machine's namespaces; "" if never named */
	size_t net_names_count, net_names_capacity;
	struct observed *observed;
	struct lie lie; /* the longest so far */
	struct watch *watches;
	size_t watches_count, watches_capacity;
	size_t mark;		/* trace.count at the last `mark` */
	struct list_head calls; /* commands that wait for rtnl */
	struct list_head steps; /* commands between two system calls */
	struct judged judged;
	bool is_over, is_stopped, is_interrupted, is_broken;
	bool is_paused; /* finished for now; runner_go_on() continues */
};

#endif
