/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a scenario on a machine, step by step, and defines the order of events at one instant. */
#ifndef LWSIM_SIM_RUN_RUNNER_H
#define LWSIM_SIM_RUN_RUNNER_H

#include "sim/run/run.h"

struct runner;

/*
 * Copies the options; the scenario must outlive the runner. NULL if the machine cannot be created,
 * after printing why.
 */
struct runner *runner_new(const struct scenario *scenario, const struct run_options *options);
void runner_free(struct runner *runner); /* free(NULL) is fine */

/*
 * runner_next_ns(): when the next step is due, in virtual ns; INT64_MAX once the run has ended.
 * runner_step() then moves the clock there, runs the machine's work that is due, and starts one
 * statement if one is due. The last step ends the run and evaluates the remaining expectations.
 */
int64_t runner_next_ns(const struct runner *runner);
void runner_step(struct runner *runner);
/*
 * With options.is_open, the run of a growing scenario: runner_new() starts no statement, and the
 * last step leaves the end open. runner_go_on() then lets the next steps start these statements,
 * run until that time, and write there. The records are the same as in one run of all
 * statements.
 */
void runner_go_on(struct runner *runner, const struct stmt *stmts, int64_t until_ns,
		  struct writer *writer, FILE *messages);
/*
 * The result if an open run ended now, after its last step; prints the failures that this
 * causes. The run can continue.
 */
enum run_result runner_look_at_end(struct runner *runner, FILE *messages);
/* False: the scenario has grown so much that an open run has to start again. */
bool runner_has_room(const struct runner *runner);
/*
 * For a run that is over: the machine, to go on with. It stays the runner's, who frees it; its
 * callbacks are the caller's from now on.
 */
struct machine *runner_hand_over(struct runner *runner);
/* Ends the run without evaluating the remaining expectations; prints a message saying so. */
void runner_interrupt(struct runner *runner);

int64_t runner_now_ns(const struct runner *runner);
/* Whether a failed command ended the run early. */
bool runner_was_stopped(const struct runner *runner);
const struct trace *runner_trace(const struct runner *runner);
/* Failed commands, and failed expectations if options.judges. */
unsigned int runner_failures(const struct runner *runner);

/*
 * The longest lie, of options.lie_device if set. Valid once the run is over; a lie that lasts until
 * then counts up to the end.
 */
const struct lie *runner_lie(const struct runner *runner);

/* NULL: none. Valid as long as the runner. */
const struct failure *runner_first_failure(const struct runner *runner);

/* For viewers of a run in progress. The machine's current state; read-only. */
const struct machine *runner_machine(const struct runner *runner);
/* The name of the device's namespace; "": the initial one. */
const char *runner_netns(const struct runner *runner, const struct net_device *dev);
/* The next statement and its time; NULL: none, or the run has ended. */
const struct stmt *runner_next_stmt(const struct runner *runner, int64_t *ret_ns);

/* The content of the last RTM_NEWLINK about a device. */
struct last_message {
	int64_t at_ns; /* -1: before the run */
	uint32_t flags;
	uint8_t operstate;
};
/* False: no message yet. */
bool runner_last_message(const struct runner *runner, const struct net_device *dev,
			 struct last_message *ret_message);

enum run_result runner_result(const struct runner *runner);

#endif
