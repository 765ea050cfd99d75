/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Drives a run by a plain loop: for builds without libev, in place of clock.c. */
#include "sim/run/clock.h"

void clock_run(struct runner *runner, double pace)
{
	(void)pace;
	while (runner_next_ns(runner) != INT64_MAX)
		runner_step(runner);
}
