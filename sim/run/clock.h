/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs the steps at full speed, or paced by the wall clock: clock.c, with libev. clock_plain.c stands in for it where
 * there is no libev (LWSIM_BARE).
 */
#ifndef LWSIM_SIM_RUN_CLOCK_H
#define LWSIM_SIM_RUN_CLOCK_H

#include "sim/run/runner.h"

/*
 * Steps until the run has ended or SIGINT or SIGTERM arrives (runner_interrupt()). pace: virtual
 * seconds per wall-clock second; 0: full speed.
 *
 * The runner alone decides the order of events; the event loop only decides when to step. At full
 * speed an idle watcher runs a batch of steps per loop iteration, so that signals are handled in
 * between; paced, there is one timer at a time.
 *
 * The plain loop knows neither pace nor signals: it always runs at full speed, to the end.
 */
void clock_run(struct runner *runner, double pace);

#endif
