/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many messages linkwatch's work sends in a second, at most, and whether there is a most at all. */
#ifndef LWSIM_SIM_EXPLORE_RATE_H
#define LWSIM_SIM_EXPLORE_RATE_H

#include "sim/explore/components.h"
#include "sim/explore/finding.h"

/* Of sequences of actions that send no message themselves: what an action sends is its own. */
struct rate {
	bool is_endless;      /* a cycle of such actions, in no time, in which the work sends */
	uint32_t most;	      /* in any HZ jiffies, of all devices */
	uint32_t most_of_one; /* about one device */
	/* ways from the first state that send as many; endless: to a cycle, then a few turns of it. The
	 * caller frees both. */
	struct way way, way_of_one;
};

/* False: too many devices to count for each, or not every jiffy was a moment. */
bool rate_find(const struct graph *graph, const struct search *search, struct rate *ret_rate);

#endif
