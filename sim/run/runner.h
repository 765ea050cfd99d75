/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a scenario on a machine, step by step; the order of things at one instant is its. */
#ifndef LWSIM_SIM_RUN_RUNNER_H
#define LWSIM_SIM_RUN_RUNNER_H

#include "sim/run/run.h"

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

/* Of the whole run and options.lie_device, once it is over; a lie that lasts until then counts up to then. */
const struct lie *runner_lie(const struct runner *runner);

/* NULL: none. Valid as long as the runner. */
const struct failure *runner_first_failure(const struct runner *runner);

/* For who shows a run as it goes on. The machine as it is; not to be changed. */
const struct machine *runner_machine(const struct runner *runner);
/* The name of a device's namespace; "": the initial one. */
const char *runner_netns(const struct runner *runner, const struct net_device *dev);
/* The statement that comes next, and when; NULL: none, or the run has ended. */
const struct stmt *runner_next_stmt(const struct runner *runner, int64_t *ret_ns);

/* What the last RTM_NEWLINK about a device said. */
struct last_message {
	int64_t at_ns; /* -1: before the run */
	uint32_t flags;
	uint8_t operstate;
};
/* False: nothing yet. */
bool runner_last_message(const struct runner *runner, const struct net_device *dev,
			 struct last_message *ret_message);

enum run_result runner_result(const struct runner *runner);

#endif
