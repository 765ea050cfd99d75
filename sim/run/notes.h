/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The notes that follow a failed expectation: pending work, and the last change. */
#ifndef LWSIM_SIM_RUN_NOTES_H
#define LWSIM_SIM_RUN_NOTES_H

#include "sim/run/run_state.h"

/*
 * Prints notes on pending work and on dev (NULL: no such device), after a printed failed
 * expectation.
 */
void notes_print(struct runner *runner, const struct net_device *dev);

#endif
