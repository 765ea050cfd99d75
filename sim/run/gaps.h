/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Warns when a scenario uses something that its kernel's row does not model. */
#ifndef LWSIM_SIM_RUN_GAPS_H
#define LWSIM_SIM_RUN_GAPS_H

#include "sim/run/run_state.h"

/* Warns about the features that the statement or `uses` (enum kernel_use) needs: once per run
 * each. */
void gaps_note(struct runner *runner, const struct stmt *stmt);
void gaps_note_uses(struct runner *runner, const struct stmt *stmt, unsigned int uses);

#endif
