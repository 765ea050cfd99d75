/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The states of one kernel with all steps between them, and what follows from the whole: how late userspace
 * can be told, whether it is told at all, and whether messages can be sent without end. */
#ifndef LWSIM_SIM_EXPLORE_GRAPH_H
#define LWSIM_SIM_EXPLORE_GRAPH_H

#include "sim/explore/search.h"
#include "sim/explore/watch.h"

/* Most devices whose beliefs are followed. */
#define GRAPH_DEVICES_MAX 16

struct graph {
	uint32_t devices;   /* numbers, as of world.devices */
	uint32_t *of_state; /* wrong beliefs: bit (device * BELIEFS + belief) */
	uint32_t *holds;    /* of properties: see property_bits() */
	bool *is_stuck;	    /* linkwatch has a pending event, and no run to come */
	uint32_t *passes;   /* by state: where the next moment leads */
	uint32_t *passes_j; /* and in how many jiffies */
	uint32_t *steps;    /* by state and action: where it leads, with STEP_* */
	/* messages that linkwatch's work sent in a step: see sent_of() */
	uint16_t *steps_sent, *passes_sent;
	size_t actions_count;
	size_t capacity, steps_capacity;
	/* PROPERTY_FIRST() of each `never`, `always`, `reach` that is still to be decided; the search
	 * ends at 0, unless more is looked for */
	uint32_t to_decide, undecided;
	bool looks_for_more;
	bool is_too_large; /* more states or devices than can be followed */
	/* for a drawing: what userspace and the kernel know of each device, by state */
	bool has_labels;
	char **labels;
	uint32_t labels_count;
};

/* States of a drawing: more cannot be read. */
#define GRAPH_LABELS_MAX 1000

/* Messages of a step about device `dev`, of which at most GRAPH_COUNTED_MAX are counted apart. */
#define GRAPH_COUNTED_MAX 4
static inline uint32_t sent_of(uint16_t sent, uint32_t dev)
{
	return dev - 1 < GRAPH_COUNTED_MAX ? (uint32_t)sent >> (4 * (dev - 1)) & 15U : 0;
}

/* In graph.steps: messages of the step. */
#define STEP_SENDS_ITSELF (UINT32_C(1) << 31) /* the action sent one */
#define STEP_WORK_SENDS (UINT32_C(1) << 30)   /* linkwatch's work sent one */
#define STEP_STATE (STEP_WORK_SENDS - 1)

/* looks_for_more: than the conditions of the file. */
void graph_init(struct graph *graph, const struct world *world, bool looks_for_more);
void graph_free(struct graph *graph);
struct visitor graph_visitor(struct graph *graph);

/* The longest wait in jiffies for a belief to be corrected if nothing more happens. */
struct lag {
	uint32_t jiffies;
	uint32_t state; /* from where on: the one with the shortest way */
	bool is_for_ever;
};
/* Only for a closed search. */
void graph_lag(const struct graph *graph, const struct search *search, enum belief belief,
	       struct lag *ret_lag);

/* A state from which linkwatch's work never runs although an event is pending. False: none. */
bool graph_stuck(const struct graph *graph, const struct search *search, uint32_t *ret_state);

#endif
