/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a sweep has the device whose figures it is to give. */
#ifndef LWSIM_SIM_SWEEP_SWEEP_DEVICE_H
#define LWSIM_SIM_SWEEP_SWEEP_DEVICE_H

#include "sim/sweep/sweep.h"

/* The first combination and the last are run for that. False after saying which devices those have; without --device
 * there is nothing to look for. */
bool sweep_device_check(const struct sweep *sweep, int64_t until_ns);

#endif
