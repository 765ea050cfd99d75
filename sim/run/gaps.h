/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Says what a scenario uses of which the kernel it runs on is not modelled. */
#ifndef LWSIM_SIM_RUN_GAPS_H
#define LWSIM_SIM_RUN_GAPS_H

#include "sim/run/run_state.h"

/* Notes what the statement meets with, each gap once a run. */
void gaps_note(struct runner *runner, const struct stmt *stmt);

#endif
