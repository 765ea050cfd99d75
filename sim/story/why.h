/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints what led to a failed expectation, in `lwsim explain`'s sentences. */
#ifndef LWSIM_SIM_STORY_WHY_H
#define LWSIM_SIM_STORY_WHY_H

#include "sim/run/runner.h"

/*
 * Prints the last lines of the device's story up to the failure to run->messages. Runs the scenario
 * again to get them.
 */
void why_print(const struct scenario *scenario, const struct run_options *run,
	       const struct failure *failure);

#endif
