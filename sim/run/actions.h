/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Executes statements: driver calls, kernel calls, and commands that may wait for rtnl. */
#ifndef LWSIM_SIM_RUN_ACTIONS_H
#define LWSIM_SIM_RUN_ACTIONS_H

#include "sim/run/run_state.h"

/*
 * Does all instances of an action, or of a batch's. Each brace range's instance is a
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

#endif
