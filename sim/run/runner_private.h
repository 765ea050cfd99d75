/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What runner.c, cursor.c, actions.c and expect.c share. */
#ifndef LWSIM_SIM_RUN_RUNNER_PRIVATE_H
#define LWSIM_SIM_RUN_RUNNER_PRIVATE_H

#include "sim/run/runner.h"

/* A place in the statements: one frame for each block that it is in. */
struct cursor {
	struct {
		const struct stmt *block; /* NULL: the file */
		const struct stmt *at;	  /* next statement in it; NULL: its iteration is over */
		int64_t start_ns;	  /* of this iteration */
		uint32_t iteration;
	} frames[BLOCK_DEPTH_MAX + 1];
	unsigned int depth; /* of the current frame */
};

/* The next statement that is no repeat, and when; NULL at the end. */
void cursor_init(struct cursor *cursor, const struct stmt *first);
const struct stmt *cursor_peek(const struct cursor *cursor, int64_t *ret_ns);
void cursor_next(struct cursor *cursor);
/* Whether every block is in its first iteration. */
bool cursor_is_first(const struct cursor *cursor);
/* The innermost repeat; NULL: none. */
const struct stmt *cursor_repeat(const struct cursor *cursor);
/* Which iteration of that it is, from 1. */
uint32_t cursor_turn(const struct cursor *cursor);
/* When the innermost iteration began: what at_ns of its statements counts from. */
int64_t cursor_base_ns(const struct cursor *cursor);

/* What was seen of a device, by its place in machine.devices. */
struct observed {
	bool has_message;
	int64_t message_ns; /* -1: before the run */
	uint32_t flags;
	uint8_t operstate;
	bool waits; /* IFF_UP since up_ns, and not IFF_RUNNING so far */
	int64_t up_ns;
	bool is_state_told; /* the stored operstate, at least once */
	bool lies;	    /* see struct lie */
	int64_t lies_since_ns;
	/* last change of the stored operstate */
	bool has_change;
	int64_t change_ns;
	uint8_t change_from, change_to;
	uint32_t change_line;
	bool is_change_derived; /* see struct trace_event */
};

/* An expectation that waits for its deadline. */
struct watch {
	const struct stmt *stmt;
	char dev[IFNAMSIZ], netns[NETNS_NAME_MAX_BYTES];
	int64_t deadline_ns;
};

struct runner {
	const struct scenario *scenario;
	struct run_options options;
	struct machine *machine;
	struct linkwatch_file *file; /* NULL: the kernel's linkwatch is the model's */
	struct trace trace;
	struct cursor cursor;
	int64_t end_ns;	      /* latest */
	bool has_fixed_end;   /* the file or --until says so */
	struct netns **netns; /* names of namespaces, see netns.c */
	size_t netns_count;
	const char **net_names; /* by place in the machine; "" where there was none */
	size_t net_names_count;
	struct observed *observed;
	struct lie lie; /* the longest so far */
	struct watch *watches;
	size_t watches_count, watches_capacity;
	size_t mark;		/* trace.count at the last mark */
	struct list_head calls; /* commands that wait for rtnl */
	struct list_head steps; /* commands that have left the kernel and are not done yet */
	unsigned int failures;
	struct failure first_failure; /* no device: there is none */
	/* the failed expectation that was said last; the same of another device is only counted */
	const struct stmt *said;
	int64_t said_ns;
	unsigned int unsaid;
	bool is_repeated; /* the one just reported was not said */
	bool is_over, is_stopped, is_interrupted, is_broken;
};

/* runner.c */
void runner_record(struct runner *runner, struct record *record);
/* A diagnostic about a statement; span NULL: all of it. Counts as a failure if it is one. */
__attribute__((format(printf, 5, 6))) void
runner_report(struct runner *runner, const struct stmt *stmt, enum severity severity,
	      const struct span *span, const char *format, ...);
/* Says how many reports were only counted. */
void runner_report_unsaid(struct runner *runner);
/* Nothing of what follows in the file is done. */
void runner_stop(struct runner *runner);

/* netns.c: NULL: none of that name; "" is the initial one. Adding one that is not there returns 0 or -errno,
 * with rtnl held; one that is deleted is there. */
struct net *netns_find(const struct runner *runner, const char *name);
const char *netns_name(const struct runner *runner, const struct net *net);
int netns_add(struct runner *runner, const char *name);
void netns_del(struct runner *runner, const char *name);
void netns_free(struct runner *runner);

/*
 * actions.c: does all instances of an action, or of a batch's. Each brace range's instance is a
 * command of its own, and work runs in between; a batch is one process: its lines come one after
 * the other, and work runs after it. What has to wait for rtnl ends later.
 */
void action_run(struct runner *runner, const struct stmt *stmt);
void batch_run(struct runner *runner, const struct stmt *block);
/* Does all there is to do at this instant, in the machine and by commands under way. */
void actions_settle(struct runner *runner);
/* The run is over: what still waits has failed. */
void actions_end(struct runner *runner);
void actions_free(struct runner *runner); /* what still waits */

/* lie.c: a message of dev has come, or its carrier has changed; dev is no more; the run is over. */
void lie_look(struct runner *runner, const struct net_device *dev);
void lie_forget(struct runner *runner, const struct net_device *dev);
void lies_end(struct runner *runner);

/* explain.c: notes on pending work and on dev (NULL: there is none), after a failed expectation
 * that was said. */
void explain(struct runner *runner, const struct net_device *dev);

/* expect.c */
void expect_run(struct runner *runner, const struct stmt *stmt, uint32_t index);
/* Judges deadlines that pass before the clock stands at now_ns. */
void expect_deadlines(struct runner *runner, int64_t now_ns);
/* A message has come: what was to be quiet? */
void expect_message(struct runner *runner, const struct record *record);
/* After a step: what has come true. */
void expect_settled(struct runner *runner);
void expect_end(struct runner *runner);

#endif
