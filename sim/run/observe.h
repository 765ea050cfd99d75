/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine's callbacks: takes its messages and decisions down. */
#ifndef LWSIM_SIM_RUN_OBSERVE_H
#define LWSIM_SIM_RUN_OBSERVE_H

#include "sim/run/run_state.h"

/* From now on what the machine reports goes into the trace, to the writer and to the expectations. */
void observe_start(struct runner *runner);

#endif
