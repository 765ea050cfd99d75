/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Says what a scenario uses of which the kernel it runs on is not modelled. */
#ifndef LWSIM_SIM_RUN_GAPS_H
#define LWSIM_SIM_RUN_GAPS_H

#include "sim/run/run_state.h"

/* Warn of what the statement meets with by its words, or by uses (enum kernel_use): each once a run. */
void gaps_note(struct runner *runner, const struct stmt *stmt);
void gaps_note_uses(struct runner *runner, const struct stmt *stmt, unsigned int uses);

#endif
