/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The wall clock, for progress, pauses and bounds; a simulation never looks at it. */
#ifndef LWSIM_SIM_BASE_WALL_CLOCK_H
#define LWSIM_SIM_BASE_WALL_CLOCK_H

#include <stdint.h>
#include <time.h>

/* ns since some moment; it never goes back. */
static inline int64_t wall_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

#endif
