/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shortest ways over some of the graph's steps, for scenarios that show what follows from the whole graph. */
#ifndef LWSIM_SIM_EXPLORE_PATHS_H
#define LWSIM_SIM_EXPLORE_PATHS_H

#include "sim/explore/components.h"
#include "sim/explore/finding.h"

/* Memory for searches, one after the other. */
struct paths {
	const struct edges *edges;
	const struct components *components; /* a way stays within the component it begins in */
	uint32_t *parents;		     /* by state; PATH_NONE: not seen */
	uint16_t *moves;
	uint32_t *queue;
};

void paths_init(struct paths *paths, const struct edges *edges,
		const struct components *components);
void paths_free(struct paths *paths);

/* Adds the step to the way. */
void way_add_step(struct way *way, const struct edges *edges, uint32_t state, size_t n);

/*
 * Adds the fewest steps from a state to one that has a wanted step, and that step. Returns where it leads.
 * There must be one. is_wanted: whether the step of the state will do; it is asked about passing time
 * even if that does not count.
 */
uint32_t paths_add(struct paths *paths, struct way *way, uint32_t from,
		   bool (*is_wanted)(const void *user, uint32_t state, size_t n, uint32_t to),
		   const void *user);

/* Adds the fewest steps from one state to another of the same component. */
void paths_add_to(struct paths *paths, struct way *way, uint32_t from, uint32_t to);

#endif
