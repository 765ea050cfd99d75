/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a scenario on a machine, step by step; the order of things at one instant is its. */
#ifndef LWSIM_SIM_RUN_RUNNER_H
#define LWSIM_SIM_RUN_RUNNER_H

#include <stdio.h>

#include "model/machine.h"
#include "sim/language/scenario.h"
#include "sim/run/src_loader.h"
#include "sim/run/trace.h"
#include "sim/run/writer.h"

/* A device's stored operstate: dev->operstate, whatever rtnetlink says of a device that is not running. */
struct stored_state {
	int64_t t_ns;
	uint32_t line; /* of the scenario: what caused it; 0: nothing in it */
	const char *netns;
	const char *dev;
	size_t place;  /* by which it is told from others that are there at the same time */
	bool is_first; /* the one that it has when it is seen first; `before` is the same */
	bool is_gone;  /* the device is deleted; no change */
	uint8_t before, after;
};

struct run_options {
	struct kernel kernel;
	int64_t until_ns;	/* end then, whatever the file says; -1: as it says */
	bool is_forced;		/* go on after a command that failed */
	const char *lie_device; /* [NETNS/]DEV: the longest lie is to be its; NULL: any device's */
	bool judges;		/* evaluate expectations, and say what failed */
	bool tells_failures;	/* without that, too, say which command failed */
	struct writer *writer;	/* told of each record as it comes; may be NULL */
	FILE *messages;		/* diagnostics: failed commands and expectations */
	/* told of each stored operstate as it changes; valid during the call; may be NULL */
	void (*stored_state)(void *user, const struct stored_state *state);
	void *user;
	const struct src_loader *loader; /* for a kernel from a file; NULL: there is none */
};

struct runner;

/* The options are copied, the scenario has to outlive the runner. NULL after saying why no machine could be
 * had. */
struct runner *runner_new(const struct scenario *scenario, const struct run_options *options);
void runner_free(struct runner *runner); /* free(NULL) is fine */

/*
 * When the next step is due, virtual ns; INT64_MAX when the run has ended. Then does the step.
 * A step is: the clock goes to that time, what is due by itself is done, and one statement
 * if one is due. The last step ends the run: what is still expected is judged.
 */
int64_t runner_next_ns(const struct runner *runner);
void runner_step(struct runner *runner);
/* No more steps; what is still expected is not judged. Says so in the messages. */
void runner_interrupt(struct runner *runner);

int64_t runner_now_ns(const struct runner *runner);
/* A command failed and ended the run before its time. */
bool runner_was_stopped(const struct runner *runner);
const struct trace *runner_trace(const struct runner *runner);
/* Commands that have not ended as the file says. Without options.judges these are all failures. */
unsigned int runner_failures(const struct runner *runner);

/*
 * A device lies while IFF_RUNNING of its last message is not what it should be: set if the device is
 * up and has carrier, else not. One that was told as DORMANT or TESTING does not lie with carrier.
 */
struct lie {
	int64_t longest_ns;	   /* 0: there was none */
	char dev[LABEL_MAX_BYTES]; /* whose */
};
/* Of the whole run and options.lie_device, once it is over; a lie that lasts until then counts up to then. */
const struct lie *runner_lie(const struct runner *runner);

/* The first expectation about a device that failed. */
struct failure {
	char device[LABEL_MAX_BYTES]; /* [NETNS/]DEV, its name then */
	int64_t t_ns;
};
/* NULL: none. Valid as long as the runner. */
const struct failure *runner_first_failure(const struct runner *runner);

/* For who shows a run as it goes on. The machine as it is; not to be changed. */
const struct machine *runner_machine(const struct runner *runner);
/* The name of a device's namespace; "": the initial one. */
const char *runner_netns(const struct runner *runner, const struct net_device *dev);
/* The statement that comes next, and when; NULL: none, or the run has ended. */
const struct stmt *runner_next_stmt(const struct runner *runner, int64_t *ret_ns);

/* What userspace was told of a device last. */
struct told {
	int64_t at_ns; /* -1: before the run */
	uint32_t flags;
	uint8_t operstate;
};
/* False: nothing yet. */
bool runner_told(const struct runner *runner, const struct net_device *dev, struct told *ret_told);

enum run_result {
	RUN_GOOD,
	RUN_FAILED,	 /* an expectation or a command */
	RUN_BROKEN,	 /* an invariant of the model */
	RUN_INTERRUPTED, /* whatever had failed before */
};
enum run_result runner_result(const struct runner *runner);

#endif
