/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The most messages in a second: jiffy by jiffy back from the second's end, over all states. */
#include "sim/explore/rate.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"

static struct edges quiet_actions(const struct graph *graph, const struct search *search,
				  const bool *is_acted)
{
	return (struct edges){ .graph = graph,
			       .states = search_states(search),
			       .is_acted = is_acted };
}

static bool *all_actions(const struct graph *graph)
{
	bool *is_acted = xcalloc(graph->actions_count + 1, sizeof(bool));

	memset(is_acted, true, graph->actions_count);
	return is_acted;
}

/* A step within one component in which the work sends; false: there is none. */
static bool endless_step(const struct edges *edges, const struct components *components,
			 const struct search *search, uint32_t *ret_state, uint16_t *ret_action)
{
	const struct graph *graph = edges->graph;
	bool is_found = false;

	for (uint32_t state = 0; state < edges->states; state++) {
		for (size_t n = 0; n < graph->actions_count; n++) {
			uint32_t to;

			if (!edges_step(edges, state, n, &to) ||
			    components->of_state[to] != components->of_state[state] ||
			    !graph->steps_sent[state * graph->actions_count + n])
				continue;
			if (is_found && !search_is_nearer(search, state, *ret_state))
				continue;
			is_found = true;
			*ret_state = state;
			*ret_action = (uint16_t)n;
		}
	}
	return is_found;
}

/* What is counted of a step. */
struct count {
	uint32_t dev; /* 0: all devices */
};

static uint32_t counted(struct count count, uint16_t sent)
{
	uint32_t all = 0;

	if (count.dev)
		return sent_of(sent, count.dev);
	for (uint32_t dev = 1; dev <= GRAPH_COUNTED_MAX; dev++)
		all += sent_of(sent, dev);
	return all;
}

/* The most from each state of a component, order[first..end), in its jiffy and those behind it, from
 * which `later` has the most; NULL: none is behind it. */
static void component_most(const struct edges *edges, const struct components *components,
			   struct count count, uint32_t first, uint32_t end, const uint16_t *later,
			   uint16_t *now)
{
	const struct graph *graph = edges->graph;
	uint32_t most = 0;

	for (uint32_t i = first; i < end; i++) {
		uint32_t state = components->order[i], to, here;

		if (later) {
			here = later[graph->passes[state]] +
			       counted(count, graph->passes_sent[state]);
			most = here > most ? here : most;
		}
		for (size_t n = 0; n < graph->actions_count; n++) {
			if (!edges_step(edges, state, n, &to) ||
			    components->of_state[to] == components->of_state[state])
				continue;
			here = now[to] +
			       counted(count, graph->steps_sent[state * graph->actions_count + n]);
			most = here > most ? here : most;
		}
	}
	for (uint32_t i = first; i < end; i++)
		now[components->order[i]] = (uint16_t)most;
}

static void jiffy_most(const struct edges *edges, const struct components *components,
		       struct count count, const uint16_t *later, uint16_t *now)
{
	uint32_t first = 0;

	for (uint32_t i = 0; i < components->states; i++) {
		if (i + 1 < components->states &&
		    components->of_state[components->order[i + 1]] ==
			    components->of_state[components->order[i]])
			continue;
		component_most(edges, components, count, first, i + 1, later, now);
		first = i + 1;
	}
}

/* The most in HZ jiffies, with what is sent as the first of them begins. */
static uint32_t second_most(const struct edges *edges, const struct components *components,
			    const struct search *search, struct count count, uint32_t *ret_state)
{
	const struct graph *graph = edges->graph;
	uint16_t *later = NULL, *now = xcalloc(edges->states, sizeof(now[0]));
	uint16_t *other = xcalloc(edges->states, sizeof(now[0]));
	uint32_t most = 0;

	for (uint32_t j = 0; j < search->world->sides[0].m->clock.hz; j++) {
		uint16_t *spare = later ? later : other;

		jiffy_most(edges, components, count, later, now);
		later = now;
		now = spare;
	}
	for (uint32_t state = 0; state < edges->states; state++) {
		uint32_t here =
			later[graph->passes[state]] + counted(count, graph->passes_sent[state]);

		if (here > most) {
			most = here;
			*ret_state = state;
		}
	}
	free(later);
	free(now);
	return most;
}

bool rate_find(const struct graph *graph, const struct search *search, struct rate *ret_rate)
{
	bool *is_acted = all_actions(graph);
	const struct edges edges = quiet_actions(graph, search, is_acted);
	struct components components;
	uint32_t state;
	uint16_t action;

	*ret_rate = (struct rate){ 0 };
	if (graph->devices > GRAPH_COUNTED_MAX + 1 || search->moments != MOMENTS_EVERY) {
		free(is_acted);
		return false;
	}
	components_find(&edges, &components);
	ret_rate->is_endless = endless_step(&edges, &components, search, &state, &action);
	if (!ret_rate->is_endless)
		ret_rate->most = second_most(&edges, &components, search, (struct count){ 0 },
					     &ret_rate->most_state);
	for (uint32_t dev = 1; dev < graph->devices && !ret_rate->is_endless; dev++) {
		uint32_t most =
			second_most(&edges, &components, search, (struct count){ dev }, &state);

		if (most > ret_rate->most_of_one) {
			ret_rate->most_of_one = most;
			ret_rate->dev = dev;
		}
	}
	components_free(&components);
	free(is_acted);
	return true;
}

/* The shortest way within a component from one state back to another, breadth first. */
static void cycle_add(struct way *way, const struct edges *edges,
		      const struct components *components, uint32_t from, uint32_t back_to)
{
	uint32_t *parents = xcalloc(edges->states, sizeof(uint32_t));
	uint16_t *moves = xcalloc(edges->states, sizeof(uint16_t));
	uint32_t *queue = xcalloc(edges->states, sizeof(uint32_t)), head = 0, tail = 0, to;
	size_t first = way->count;

	memset(parents, 0xff, edges->states * sizeof(uint32_t));
	queue[tail++] = from;
	parents[from] = from;
	while (head < tail && parents[back_to] == UINT32_MAX) {
		uint32_t state = queue[head++];

		for (size_t n = 0; n < edges->graph->actions_count; n++) {
			if (!edges_step(edges, state, n, &to) || parents[to] != UINT32_MAX ||
			    components->of_state[to] != components->of_state[state])
				continue;
			parents[to] = state;
			moves[to] = (uint16_t)n;
			queue[tail++] = to;
		}
	}
	for (uint32_t state = back_to; state != from; state = parents[state])
		way_add(way, moves[state], 0);
	for (size_t i = first, j = way->count; i + 1 < j; i++, j--) {
		struct way_step step = way->steps[i];

		way->steps[i] = way->steps[j - 1];
		way->steps[j - 1] = step;
	}
	free(parents);
	free(moves);
	free(queue);
}

#define CYCLES_SHOWN 3

void rate_way(const struct graph *graph, const struct search *search, struct way *ret_way)
{
	bool *is_acted = all_actions(graph);
	const struct edges edges = quiet_actions(graph, search, is_acted);
	struct components components;
	uint32_t state, to;
	uint16_t action;

	components_find(&edges, &components);
	if (endless_step(&edges, &components, search, &state, &action)) {
		way_to(ret_way, search, state);
		edges_step(&edges, state, action, &to);
		for (unsigned int i = 0; i < CYCLES_SHOWN; i++) {
			way_add(ret_way, action, 0);
			cycle_add(ret_way, &edges, &components, to, state);
		}
	}
	components_free(&components);
	free(is_acted);
}
