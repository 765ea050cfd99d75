/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is wrong in a world's present state, or was in its last step. */
#ifndef LWSIM_SIM_EXPLORE_WATCH_H
#define LWSIM_SIM_EXPLORE_WATCH_H

#include "sim/explore/world.h"

/* What userspace believes of an up device against its carrier. */
enum belief {
	BELIEF_NOT_RUNNING, /* RUNNING is late: carrier is there */
	BELIEF_RUNNING,	    /* the loss of carrier is late */
	BELIEFS
};

/* The wrong belief about a device, by its number, on the first side; BELIEFS: none. */
enum belief wrong_belief(const struct world *world, uint32_t dev);
/* Whether linkwatch has a pending event, and no run to come. */
bool is_stuck(const struct machine *m);
/* Whether both sides told the same in the last step. */
bool is_same_told(const struct told *a, const struct told *b);
bool is_same_tale(const struct world *world);

#endif
