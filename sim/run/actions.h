/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Executes statements: driver calls, kernel calls, and commands that may wait for rtnl. */
#ifndef LWSIM_SIM_RUN_ACTIONS_H
#define LWSIM_SIM_RUN_ACTIONS_H

#include "sim/run/run_state.h"

/*
 * Runs all instances of an action, or all lines of a batch. Each instance of a brace range is a
 * command of its own, and queued work runs between them. A batch is one process: its lines run back
 * to back, and queued work runs after the last one. A command that waits for rtnl ends later.
 */
void action_run(struct runner *runner, const struct stmt *stmt);
void batch_run(struct runner *runner, const struct stmt *block);
/* Runs all work and all commands in progress that are due now. */
void actions_settle(struct runner *runner);
/* Fails the commands that still wait for rtnl when the run ends. */
void actions_end(struct runner *runner);
void actions_free(struct runner *runner); /* those that still wait */

#endif
