/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Strongly connected components of a part of the graph: within one, every state leads to every other. */
#ifndef LWSIM_SIM_EXPLORE_COMPONENTS_H
#define LWSIM_SIM_EXPLORE_COMPONENTS_H

#include "sim/explore/graph.h"

/* Which steps count. */
struct edges {
	const struct graph *graph;
	uint32_t states;
	const uint32_t *bits; /* only states with (bits[state] & mask) == wanted; NULL: all */
	uint32_t mask, wanted;
	const bool *is_acted; /* by action: false: it does not count */
	bool has_passes;      /* passing time counts */
	bool has_own_sends;   /* actions that send a message themselves count */
};

/* The n-th step of a state, the last being passing time. False: it does not count. */
bool edges_step(const struct edges *edges, uint32_t state, size_t n, uint32_t *ret_to);

struct components {
	uint32_t *of_state; /* COMPONENT_NONE: not one of the states */
	uint32_t *order;    /* the states, component by component: where steps lead comes first */
	uint32_t count, states;
};
#define COMPONENT_NONE UINT32_MAX

void components_find(const struct edges *edges, struct components *ret_components);
void components_free(struct components *components);

#endif
