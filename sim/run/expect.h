/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Judges expectations. */
#ifndef LWSIM_SIM_RUN_EXPECT_H
#define LWSIM_SIM_RUN_EXPECT_H

#include "sim/run/run_state.h"

void expect_run(struct runner *runner, const struct stmt *stmt, uint32_t index);
/* Judges deadlines that pass before the clock stands at now_ns. */
void expect_deadlines(struct runner *runner, int64_t now_ns);
/* A message has come: what was to be quiet? */
void expect_message(struct runner *runner, const struct record *record);
/* After a step: what has come true. */
void expect_settled(struct runner *runner);
void expect_end(struct runner *runner);

#endif
