/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How long it can take until something holds, whatever happens. */
#ifndef LWSIM_SIM_EXPLORE_STARVE_H
#define LWSIM_SIM_EXPLORE_STARVE_H

#include "sim/explore/finding.h"
#include "sim/explore/graph.h"

struct starve {
	uint32_t jiffies; /* the longest time; 0: at once */
	uint32_t state;	  /* from where on: the one with the shortest way */
	bool is_for_ever; /* some cycle of steps takes time, and never gets there */
	/* the steps from that state on; of a cycle, a few turns. The caller frees. */
	struct way way;
};

/* The longest time that a wrong belief can last while anything happens but to its device. */
void starve_find(const struct graph *graph, const struct search *search, enum belief belief,
		 struct starve *ret_starve);

/* The longest time until a property's second condition holds, from where its first does. */
void starve_property(const struct graph *graph, const struct search *search, unsigned int n,
		     struct starve *ret_starve);

#endif
