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

/* Messages of a step about a device; 0: about all. */
static uint32_t counted(uint32_t dev, uint16_t sent)
{
	uint32_t all = 0;

	if (dev)
		return sent_of(sent, dev);
	for (dev = 1; dev <= GRAPH_COUNTED_MAX; dev++)
		all += sent_of(sent, dev);
	return all;
}

/* The steps that lead out of each component, in the order of the components. */
struct exits {
	size_t *first; /* by component: its first one; one more at the end */
	struct exit_step {
		uint32_t to;
		uint16_t sent;
	} * steps;
};

static void exits_collect(const struct edges *edges, const struct components *components,
			  struct exits *ret_exits)
{
	const struct graph *graph = edges->graph;
	size_t count = 0, capacity = 0;

	*ret_exits = (struct exits){ .first = xcalloc(components->count + 1, sizeof(size_t)) };
	for (uint32_t i = 0; i < components->states; i++) {
		uint32_t state = components->order[i], to;

		for (size_t n = 0; n < graph->actions_count; n++) {
			if (!edges_step(edges, state, n, &to) ||
			    components->of_state[to] == components->of_state[state])
				continue;
			ret_exits->steps = xgrow(ret_exits->steps, count, &capacity,
						 sizeof(ret_exits->steps[0]));
			ret_exits->steps[count++] = (struct exit_step){
				to, graph->steps_sent[state * graph->actions_count + n]
			};
		}
		ret_exits->first[components->of_state[state] + 1] = count;
	}
}

static void exits_free(struct exits *exits)
{
	free(exits->first);
	free(exits->steps);
}

static uint32_t greater(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* The most from each component in its jiffy and those behind it, from which `later` has the most of
 * each component; NULL: none is behind it. */
static void jiffy_most(const struct edges *edges, const struct components *components,
		       const struct exits *exits, uint32_t dev, const uint16_t *later,
		       uint16_t *now)
{
	const struct graph *graph = edges->graph;
	uint32_t i = 0;

	for (uint32_t component = 0; component < components->count; component++) {
		uint32_t most = 0;

		for (; i < components->states &&
		       components->of_state[components->order[i]] == component;
		     i++) {
			uint32_t state = components->order[i];

			if (later)
				most = greater(most,
					       later[components->of_state[graph->passes[state]]] +
						       counted(dev, graph->passes_sent[state]));
		}
		for (size_t n = exits->first[component]; n < exits->first[component + 1]; n++)
			most = greater(most, now[components->of_state[exits->steps[n].to]] +
						     counted(dev, exits->steps[n].sent));
		now[component] = (uint16_t)most;
	}
}

/* The most in HZ jiffies, with what is sent as the first of them begins. */
static uint32_t second_most(const struct edges *edges, const struct components *components,
			    const struct exits *exits, const struct search *search, uint32_t dev)
{
	const struct graph *graph = edges->graph;
	uint16_t *later = NULL, *now = xcalloc(components->count, sizeof(now[0]));
	uint16_t *other = xcalloc(components->count, sizeof(now[0]));
	uint32_t most = 0;

	for (uint32_t j = 0; j < search->world->sides[0].m->clock.hz; j++) {
		uint16_t *spare = later ? later : other;

		jiffy_most(edges, components, exits, dev, later, now);
		later = now;
		now = spare;
	}
	for (uint32_t state = 0; state < edges->states; state++)
		most = greater(most, later[components->of_state[graph->passes[state]]] +
					     counted(dev, graph->passes_sent[state]));
	free(later);
	free(now);
	return most;
}

bool rate_find(const struct graph *graph, const struct search *search, struct rate *ret_rate)
{
	bool *is_acted = all_actions(graph);
	const struct edges edges = quiet_actions(graph, search, is_acted);
	struct components components;
	struct exits exits;
	uint32_t state;
	uint16_t action;

	*ret_rate = (struct rate){ 0 };
	if (graph->devices > GRAPH_COUNTED_MAX + 1 || search->moments != MOMENTS_EVERY) {
		free(is_acted);
		return false;
	}
	components_find(&edges, &components);
	exits_collect(&edges, &components, &exits);
	ret_rate->is_endless = endless_step(&edges, &components, search, &state, &action);
	if (!ret_rate->is_endless)
		ret_rate->most = second_most(&edges, &components, &exits, search, 0);
	for (uint32_t dev = 1; dev < graph->devices && !ret_rate->is_endless; dev++)
		ret_rate->most_of_one =
			greater(ret_rate->most_of_one,
				second_most(&edges, &components, &exits, search, dev));
	exits_free(&exits);
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
