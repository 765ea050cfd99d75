/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Evaluates expectations. */
#ifndef LWSIM_SIM_RUN_EXPECT_H
#define LWSIM_SIM_RUN_EXPECT_H

#include "sim/run/run_state.h"

void expect_run(struct runner *runner, const struct stmt *stmt, uint32_t index);
/* Evaluates the deadlines before now_ns; to be called before the clock moves there. */
void expect_deadlines(struct runner *runner, int64_t now_ns);
/* After each message: fails the `quiet` expectations that it breaks, and informs observers. */
void expect_message(struct runner *runner, const struct record *record);
/* After each step: drops the `within` expectations that are met. */
void expect_settled(struct runner *runner);
void expect_end(struct runner *runner);

#endif
