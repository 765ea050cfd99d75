/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tarjan's algorithm, with its own stack. */
#include "sim/explore/components.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"

static bool is_one_of(const struct edges *edges, uint32_t state)
{
	return !edges->bits || (edges->bits[state] & edges->mask) == edges->wanted;
}

bool edges_step(const struct edges *edges, uint32_t state, size_t n, uint32_t *ret_to)
{
	const struct graph *graph = edges->graph;
	uint32_t step;

	if (n == graph->actions_count) {
		*ret_to = graph->passes[state];
		return edges->has_passes;
	}
	step = graph->steps[state * graph->actions_count + n];
	*ret_to = step & STEP_STATE;
	return edges->is_acted[n] && (edges->has_own_sends || !(step & STEP_SENDS_ITSELF));
}

/* Of each state: 0: not seen. */
struct lowlink {
	uint32_t index, low;
};

struct tarjan {
	const struct edges *edges;
	struct components *components;
	struct lowlink *visits;
	uint32_t *open; /* seen, without a component yet */
	struct frame {
		uint32_t state;
		uint32_t next; /* its next step */
	} * frames;
	size_t open_count, frames_count, frames_capacity;
	uint32_t index;
};

static void enter(struct tarjan *tarjan, uint32_t state)
{
	tarjan->visits[state] = (struct lowlink){ ++tarjan->index, tarjan->index };
	tarjan->open[tarjan->open_count++] = state;
	tarjan->frames = xgrow(tarjan->frames, tarjan->frames_count, &tarjan->frames_capacity,
			       sizeof(struct frame));
	tarjan->frames[tarjan->frames_count++] = (struct frame){ state, 0 };
}

/* A component is complete: everything open from this state on. */
static void close_component(struct tarjan *tarjan, uint32_t state)
{
	struct components *components = tarjan->components;
	uint32_t member;

	do {
		member = tarjan->open[--tarjan->open_count];
		components->of_state[member] = components->count;
		components->order[components->states++] = member;
	} while (member != state);
	components->count++;
}

static void lower(uint32_t *low, uint32_t value)
{
	if (value < *low)
		*low = value;
}

static void walk(struct tarjan *tarjan, uint32_t from)
{
	const size_t steps = tarjan->edges->graph->actions_count + 1;

	enter(tarjan, from);
	while (tarjan->frames_count) {
		struct frame *frame = &tarjan->frames[tarjan->frames_count - 1];
		uint32_t state = frame->state, to;

		if (frame->next == steps) {
			if (tarjan->visits[state].low == tarjan->visits[state].index)
				close_component(tarjan, state);
			if (--tarjan->frames_count)
				lower(&tarjan->visits[frame[-1].state].low,
				      tarjan->visits[state].low);
			continue;
		}
		if (!edges_step(tarjan->edges, state, frame->next++, &to) ||
		    !is_one_of(tarjan->edges, to))
			continue;
		if (!tarjan->visits[to].index)
			enter(tarjan, to);
		else if (tarjan->components->of_state[to] == COMPONENT_NONE)
			lower(&tarjan->visits[state].low, tarjan->visits[to].index);
	}
}

void components_find(const struct edges *edges, struct components *ret_components)
{
	struct tarjan tarjan = {
		.edges = edges,
		.components = ret_components,
		.visits = xcalloc(edges->states, sizeof(struct lowlink)),
		.open = xcalloc(edges->states, sizeof(uint32_t)),
	};

	*ret_components = (struct components){
		.of_state = xcalloc(edges->states, sizeof(uint32_t)),
		.order = xcalloc(edges->states, sizeof(uint32_t)),
	};
	memset(ret_components->of_state, 0xff, edges->states * sizeof(uint32_t));
	for (uint32_t state = 0; state < edges->states; state++)
		if (is_one_of(edges, state) && !tarjan.visits[state].index)
			walk(&tarjan, state);
	free(tarjan.visits);
	free(tarjan.open);
	free(tarjan.frames);
}

void components_free(struct components *components)
{
	free(components->of_state);
	free(components->order);
}
