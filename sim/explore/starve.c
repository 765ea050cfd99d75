/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The longest way through states in which a belief is wrong. */
#include "sim/explore/starve.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/explore/property.h"

#define FOR_EVER UINT32_MAX

static uint32_t sum(uint32_t a, uint32_t b)
{
	return a == FOR_EVER || b == FOR_EVER ? FOR_EVER : a + b;
}

/* Sets the longest time from each state of one component: order[first..end). */
static void component_longest(const struct edges *edges, const struct components *components,
			      uint32_t first, uint32_t end, uint32_t *longest)
{
	const struct graph *graph = edges->graph;
	uint32_t most = 0;

	for (uint32_t i = first; i < end; i++) {
		uint32_t state = components->order[i], to;

		for (size_t n = 0; n <= graph->actions_count; n++) {
			uint32_t takes = n == graph->actions_count ? graph->passes_j[state] : 0;
			uint32_t rest;

			if (!edges_step(edges, state, n, &to))
				continue;
			if (components->of_state[to] == COMPONENT_NONE)
				rest = takes;
			else if (components->of_state[to] != components->of_state[state])
				rest = sum(takes, longest[to]);
			else
				rest = takes ? FOR_EVER : 0;
			if (rest > most)
				most = rest;
		}
	}
	for (uint32_t i = first; i < end; i++)
		longest[components->order[i]] = most;
}

/* from: only beginning in states that have this bit; 0: in any. */
static void starve_look(const struct edges *edges, const struct search *search, uint32_t from,
			struct starve *starve)
{
	uint32_t *longest = xcalloc(edges->states, sizeof(longest[0])), first = 0;
	struct components components;

	components_find(edges, &components);
	for (uint32_t i = 0; i < components.states; i++) {
		uint32_t state = components.order[i];

		if (i + 1 < components.states &&
		    components.of_state[components.order[i + 1]] == components.of_state[state])
			continue;
		component_longest(edges, &components, first, i + 1, longest);
		first = i + 1;
	}
	for (uint32_t i = 0; i < components.states; i++) {
		uint32_t state = components.order[i];

		if (from && !(edges->bits[state] & from))
			continue;
		if (longest[state] < starve->jiffies ||
		    (longest[state] == starve->jiffies && starve->jiffies &&
		     !search_is_nearer(search, state, starve->state)))
			continue;
		*starve = (struct starve){ longest[state], state, longest[state] == FOR_EVER };
	}
	components_free(&components);
	free(longest);
}

void starve_find(const struct graph *graph, const struct search *search, enum belief belief,
		 struct starve *ret_starve)
{
	bool *is_acted = xcalloc(graph->actions_count + 1, sizeof(bool));

	*ret_starve = (struct starve){ 0 };
	for (uint32_t dev = 0; dev < graph->devices; dev++) {
		const struct edges edges = {
			.graph = graph,
			.states = search_states(search),
			.bits = graph->of_state,
			.mask = 1U << (dev * BELIEFS + belief),
			.wanted = 1U << (dev * BELIEFS + belief),
			.is_acted = is_acted,
			.has_passes = true,
			.has_own_sends = true,
		};

		for (size_t n = 0; n < graph->actions_count; n++)
			is_acted[n] = search->world->actions[n].dev != dev;
		starve_look(&edges, search, 0, ret_starve);
	}
	free(is_acted);
}

void starve_property(const struct graph *graph, const struct search *search, unsigned int n,
		     struct starve *ret_starve)
{
	bool *is_acted = xcalloc(graph->actions_count + 1, sizeof(bool));
	const struct edges edges = {
		.graph = graph,
		.states = search_states(search),
		.bits = graph->holds,
		.mask = PROPERTY_SECOND(n),
		.is_acted = is_acted,
		.has_passes = true,
		.has_own_sends = true,
	};

	memset(is_acted, true, graph->actions_count);
	*ret_starve = (struct starve){ 0 };
	starve_look(&edges, search, PROPERTY_FIRST(n), ret_starve);
	free(is_acted);
}
