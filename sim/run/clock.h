/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Says when the next step is done: at once, or paced by the wall clock. */
#ifndef LWSIM_SIM_RUN_CLOCK_H
#define LWSIM_SIM_RUN_CLOCK_H

#include "sim/run/runner.h"

/*
 * Steps until the run has ended, or SIGINT or SIGTERM has come (runner_interrupt()). pace:
 * virtual seconds a second of the wall clock; 0: as fast as possible.
 *
 * The order of events is the runner's alone; the event loop only says when to go on:
 * as fast as possible, from an idle watcher, a batch of steps a turn so that signals
 * get theirs; paced, from one timer at a time.
 */
void clock_run(struct runner *runner, double pace);

#endif
