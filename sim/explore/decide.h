/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The shortest sequence that makes linkwatch take each of its decisions. */
#ifndef LWSIM_SIM_EXPLORE_DECIDE_H
#define LWSIM_SIM_EXPLORE_DECIDE_H

#include "sim/explore/exploration.h"
#include "sim/run/decision.h"

/* Prints a line for each decision of a modelled kernel; with --folder, writes a scenario of each that some
 * sequence takes, which are also shown with --verbose. False: the set-up failed. */
bool explore_decisions(struct exploration *exploration, const struct kernel *kernel);

#endif
