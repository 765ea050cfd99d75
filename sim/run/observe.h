/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine's callbacks: records its messages and decisions. */
#ifndef LWSIM_SIM_RUN_OBSERVE_H
#define LWSIM_SIM_RUN_OBSERVE_H

#include "sim/run/run_state.h"

/* From now on, passes what the machine reports to the trace, the writer and the expectations. */
void observe_start(struct runner *runner);

#endif
