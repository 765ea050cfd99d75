/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether what others do can put off what userspace is to be told of a device. */
#ifndef LWSIM_SIM_EXPLORE_STARVE_H
#define LWSIM_SIM_EXPLORE_STARVE_H

#include "sim/explore/components.h"

/* The longest time that a wrong belief can last while anything happens but to its device. */
struct starve {
	uint32_t jiffies; /* 0: there is no wrong belief */
	uint32_t state;	  /* from where on: the one with the shortest way */
	uint32_t dev;
	bool is_for_ever; /* some cycle of steps takes time, and never corrects it */
};

void starve_find(const struct graph *graph, const struct search *search, enum belief belief,
		 struct starve *ret_starve);

#endif
