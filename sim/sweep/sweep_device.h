/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checks that a sweep has the device named by --device. */
#ifndef LWSIM_SIM_SWEEP_SWEEP_DEVICE_H
#define LWSIM_SIM_SWEEP_SWEEP_DEVICE_H

#include "sim/sweep/sweep.h"

/*
 * Runs the first and the last combination. False if neither has the device, after printing the
 * devices they have. True without --device.
 */
bool sweep_device_check(const struct sweep *sweep, int64_t until_ns);

#endif
