/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What comes of a run: its records, and its failures. */
#ifndef LWSIM_SIM_RUN_OUTCOME_H
#define LWSIM_SIM_RUN_OUTCOME_H

#include "sim/base/exit.h"
#include "sim/run/run_state.h"

void runner_record(struct runner *runner, struct record *record);
/* A diagnostic about a statement; span NULL: all of it. Counts as a failure if it is one. */
__attribute__((format(printf, 5, 6))) void
runner_report(struct runner *runner, const struct stmt *stmt, enum severity severity,
	      const struct span *span, const char *format, ...);
/* Says how many reports were only counted. */
void runner_report_unsaid(struct runner *runner);
/* Nothing of what follows in the file is done. */
void runner_stop(struct runner *runner);

/* The exit code of a run with this result. */
enum exit_code exit_of(enum run_result result);

#endif
