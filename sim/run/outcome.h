/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Collects a run's records and failures. */
#ifndef LWSIM_SIM_RUN_OUTCOME_H
#define LWSIM_SIM_RUN_OUTCOME_H

#include "sim/base/exit.h"
#include "sim/run/run_state.h"

void runner_record(struct runner *runner, struct record *record);
/*
 * Counts a failure of stmt and prints it if the options ask for that; span NULL: all of stmt.
 * Repeats of the same statement at the same time are only counted.
 */
__attribute__((format(printf, 5, 6))) void
runner_report(struct runner *runner, const struct stmt *stmt, enum severity severity,
	      const struct span *span, const char *format, ...);
/* Prints how many repeats were suppressed. */
void runner_report_suppressed(struct runner *runner);
/* Ends the run: no further statement is executed. */
void runner_stop(struct runner *runner);

/* The exit code of a run with this result. */
enum exit_code exit_of(enum run_result result);

#endif
