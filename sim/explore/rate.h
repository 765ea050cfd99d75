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
};

/* False: too many devices, or states, to count for each. */
bool rate_find(const struct graph *graph, const struct search *search, struct rate *ret_rate);
/* With is_endless: the way to a cycle, then the cycle a few times. */
void rate_way(const struct graph *graph, const struct search *search, struct way *ret_way);

#endif
