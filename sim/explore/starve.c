/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The longest way through states in which a belief is wrong. */
#include "sim/explore/starve.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/explore/paths.h"
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

/*
 * The way
 */

struct way_through {
	const struct edges *edges;
	const struct components *components;
	const uint32_t *longest;
	uint32_t left; /* of the time that the way takes, finite */
};

static uint32_t takes(const struct edges *edges, uint32_t state, size_t n)
{
	return n == edges->graph->actions_count ? edges->graph->passes_j[state] : 0;
}

/* Whether the step leaves the component, and all of the rest can follow. */
static bool leaves_in_time(const void *user, uint32_t state, size_t n, uint32_t to)
{
	const struct way_through *through = user;
	const uint32_t *of_state = through->components->of_state;
	uint32_t rest = of_state[to] == COMPONENT_NONE ? 0 : through->longest[to];

	return of_state[to] != of_state[state] &&
	       sum(takes(through->edges, state, n), rest) == through->left;
}

/* Whether the step takes time within its component, or leads on to one that has such a step. */
static bool leads_to_cycle(const void *user, uint32_t state, size_t n, uint32_t to)
{
	const struct way_through *through = user;
	const uint32_t *of_state = through->components->of_state;

	if (of_state[to] == COMPONENT_NONE)
		return false;
	if (of_state[to] == of_state[state])
		return takes(through->edges, state, n);
	return through->longest[to] == FOR_EVER;
}

#define CYCLES_SHOWN 3

/* Into a cycle that takes time, and round it. */
static void add_cycle(struct paths *paths, struct way_through *through, uint32_t state,
		      struct way *way)
{
	const uint32_t *of_state = through->components->of_state;
	uint32_t to = state, component;

	do {
		component = of_state[to];
		state = to;
		to = paths_add(paths, way, state, leads_to_cycle, through);
	} while (of_state[to] != component);
	for (unsigned int i = 0; i < CYCLES_SHOWN; i++) {
		paths_add_to(paths, way, to, state);
		to = paths_add(paths, way, state, leads_to_cycle, through);
	}
}

static void add_longest(struct paths *paths, struct way_through *through, uint32_t state,
			struct way *way)
{
	while (through->components->of_state[state] != COMPONENT_NONE && through->longest[state]) {
		through->left = through->longest[state];
		state = paths_add(paths, way, state, leaves_in_time, through);
	}
}

static void way_find(const struct edges *edges, const struct components *components,
		     const uint32_t *longest, struct starve *starve)
{
	struct way_through through = { .edges = edges,
				       .components = components,
				       .longest = longest };
	struct paths paths;

	paths_init(&paths, edges, components);
	starve->way.count = 0;
	if (starve->is_for_ever)
		add_cycle(&paths, &through, starve->state, &starve->way);
	else
		add_longest(&paths, &through, starve->state, &starve->way);
	paths_free(&paths);
}

/* from: only beginning in states that have this bit; 0: in any. */
static void starve_look(const struct edges *edges, const struct search *search, uint32_t from,
			struct starve *starve)
{
	uint32_t *longest = xcalloc(edges->states, sizeof(longest[0])), first = 0;
	struct components components;
	bool is_news = false;

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
		if (!longest[state] || longest[state] < starve->jiffies ||
		    (longest[state] == starve->jiffies &&
		     !search_is_nearer(search, state, starve->state)))
			continue;
		starve->jiffies = longest[state];
		starve->state = state;
		starve->is_for_ever = longest[state] == FOR_EVER;
		is_news = true;
	}
	if (is_news)
		way_find(edges, &components, longest, starve);
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
