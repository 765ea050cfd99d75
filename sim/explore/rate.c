/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The most messages in a second: jiffy by jiffy back from the second's end, over all states. */
#include "sim/explore/rate.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/explore/paths.h"

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

/* Steps from each component, in the order of the components, each once. */
struct exits {
	size_t *first; /* by component: its first one; one more at the end */
	struct exit_step {
		uint32_t to; /* component */
		uint16_t sent;
	} * steps;
	size_t count, capacity;
};

/* So far back it is seen whether a step is there already: most are alike. */
#define LOOK_BACK 16

static void exit_add(struct exits *exits, size_t first, uint32_t to, uint16_t sent)
{
	for (size_t i = exits->count; i > first && exits->count - i < LOOK_BACK; i--)
		if (exits->steps[i - 1].to == to && exits->steps[i - 1].sent == sent)
			return;
	exits->steps = xgrow(exits->steps, exits->count, &exits->capacity, sizeof(exits->steps[0]));
	exits->steps[exits->count++] = (struct exit_step){ to, sent };
}

/* The actions that lead out of a state's component. */
static void actions_add(const struct edges *edges, const struct components *components,
			uint32_t state, size_t first, struct exits *exits)
{
	const struct graph *graph = edges->graph;
	uint32_t to;

	for (size_t n = 0; n < graph->actions_count; n++)
		if (edges_step(edges, state, n, &to) &&
		    components->of_state[to] != components->of_state[state])
			exit_add(exits, first, components->of_state[to],
				 graph->steps_sent[state * graph->actions_count + n]);
}

/* passes: of passing time, in place of actions. */
static void exits_collect(const struct edges *edges, const struct components *components,
			  bool passes, struct exits *ret_exits)
{
	const struct graph *graph = edges->graph;

	*ret_exits = (struct exits){ .first = xcalloc(components->count + 1, sizeof(size_t)) };
	for (uint32_t i = 0; i < components->states; i++) {
		uint32_t state = components->order[i], component = components->of_state[state];
		size_t first = ret_exits->first[component];

		if (passes)
			exit_add(ret_exits, first, components->of_state[graph->passes[state]],
				 graph->passes_sent[state]);
		else
			actions_add(edges, components, state, first, ret_exits);
		ret_exits->first[component + 1] = ret_exits->count;
	}
}

static void exits_free(struct exits *exits)
{
	free(exits->first);
	free(exits->steps);
}

/* The most from a component by one of the steps and what follows it: of_component. */
static uint32_t most_of(const struct exits *exits, uint32_t component, uint32_t dev,
			const uint16_t *of_component)
{
	uint32_t most = 0;

	for (size_t n = exits->first[component]; n < exits->first[component + 1]; n++) {
		const struct exit_step *step = &exits->steps[n];
		uint32_t sent = of_component[step->to] + counted(dev, step->sent);

		if (sent > most)
			most = sent;
	}
	return most;
}

/* The most from each component in its jiffy and those behind it, from which `later` has the most of
 * each component; NULL: none is behind it. */
static void jiffy_most(const struct components *components, const struct exits *actions,
		       const struct exits *passes, uint32_t dev, const uint16_t *later,
		       uint16_t *now)
{
	for (uint32_t component = 0; component < components->count; component++) {
		uint32_t most = later ? most_of(passes, component, dev, later) : 0;
		uint32_t in_jiffy = most_of(actions, component, dev, now);

		now[component] = (uint16_t)(in_jiffy > most ? in_jiffy : most);
	}
}

/*
 * The most from each component, by jiffies that are left of the second. Only every KEPT_J-th is kept: those
 * between are computed again, block by block, when the way is sought.
 */
#define KEPT_J 16
struct second {
	const struct edges *edges;
	const struct components *components;
	const struct exits *actions, *passes;
	uint32_t dev;	 /* counted; 0: all */
	uint32_t hz;	 /* jiffies of a second */
	uint16_t *whole; /* of hz jiffies */
	uint16_t **kept; /* by jiffies left / KEPT_J */
	uint16_t *block[KEPT_J];
	uint32_t block_j; /* jiffies left of block[0] */
};

static uint16_t *most_before(const struct second *second, const uint16_t *later)
{
	uint16_t *now = xcalloc(second->components->count, sizeof(now[0]));

	jiffy_most(second->components, second->actions, second->passes, second->dev, later, now);
	return now;
}

static void second_init(struct second *second)
{
	uint16_t *later = NULL;

	second->kept = xcalloc(second->hz / KEPT_J + 1, sizeof(second->kept[0]));
	for (uint32_t left_j = 1; left_j <= second->hz; left_j++) {
		uint16_t *now = most_before(second, later);

		if ((left_j - 1) % KEPT_J != 0)
			free(later);
		if (left_j % KEPT_J == 0)
			second->kept[left_j / KEPT_J] = now;
		later = now;
	}
	second->whole = later;
}

static void block_free(struct second *second)
{
	for (uint32_t i = 0; i < KEPT_J; i++) {
		free(second->block[i]);
		second->block[i] = NULL;
	}
}

static void second_free(struct second *second)
{
	block_free(second);
	if (second->hz % KEPT_J != 0)
		free(second->whole);
	for (uint32_t i = 0; i <= second->hz / KEPT_J; i++)
		free(second->kept[i]);
	free(second->kept);
}

/* The most from each component with so many jiffies left. Valid until another block is asked for: two numbers
 * that follow each other are never of two blocks. */
static const uint16_t *second_at(struct second *second, uint32_t left_j)
{
	uint32_t from_j = left_j - left_j % KEPT_J;

	if (left_j == second->hz)
		return second->whole;
	if (left_j == from_j)
		return second->kept[left_j / KEPT_J];
	if (second->block_j != from_j + 1 || !second->block[0]) {
		const uint16_t *later = second->kept[from_j / KEPT_J];

		block_free(second);
		second->block_j = from_j + 1;
		for (uint32_t i = 0; i < KEPT_J - 1 && from_j + 1 + i < second->hz; i++)
			later = second->block[i] = most_before(second, later);
	}
	return second->block[left_j - second->block_j];
}

/* What the rest of a second has to send. */
struct rest {
	const struct second *second;
	const uint16_t *now, *later; /* later NULL: no jiffy follows */
	uint32_t most;
};

static bool keeps_most(const void *user, uint32_t state, size_t n, uint32_t to)
{
	const struct rest *rest = user;
	const struct second *second = rest->second;
	const struct graph *graph = second->edges->graph;
	const uint32_t *of_state = second->components->of_state;

	if (n == graph->actions_count)
		return rest->later &&
		       rest->later[of_state[to]] +
				       counted(second->dev, graph->passes_sent[state]) ==
			       rest->most;
	return of_state[to] != of_state[state] &&
	       rest->now[of_state[to]] +
			       counted(second->dev,
				       graph->steps_sent[state * graph->actions_count + n]) ==
		       rest->most;
}

/* Adds the steps of a second that sends the most, from the state on in which its first jiffy has begun. */
static void add_second(struct second *second, uint32_t state, struct way *way)
{
	struct paths paths;
	uint32_t left_j = second->hz;

	paths_init(&paths, second->edges, second->components);
	for (;;) {
		struct rest rest = {
			.second = second,
			.now = second_at(second, left_j),
			.later = left_j > 1 ? second_at(second, left_j - 1) : NULL,
		};

		rest.most = rest.now[second->components->of_state[state]];
		if (!rest.most)
			break;
		state = paths_add(&paths, way, state, keeps_most, &rest);
		left_j -= way->steps[way->count - 1].move == MOVE_PASS;
	}
	paths_free(&paths);
}

/* The most in HZ jiffies, with what is sent as the first of them begins. */
static uint32_t second_most(struct second *second, const struct search *search, struct way *ret_way)
{
	const struct graph *graph = second->edges->graph;
	uint32_t most = 0, from = 0;

	second_init(second);
	for (uint32_t state = 0; state < second->edges->states; state++) {
		uint32_t sent = second->whole[second->components->of_state[graph->passes[state]]] +
				counted(second->dev, graph->passes_sent[state]);

		if (sent < most || (sent == most && !search_is_nearer(search, state, from)))
			continue;
		most = sent;
		from = state;
	}
	way_to(ret_way, search, from);
	way_add_step(ret_way, second->edges, from, graph->actions_count);
	add_second(second, graph->passes[from], ret_way);
	second_free(second);
	return most;
}

static void most_find(const struct edges *edges, const struct components *components,
		      const struct search *search, struct rate *rate)
{
	struct second second = {
		.edges = edges,
		.components = components,
		.hz = search->world->sides[0].m->clock.hz,
	};
	struct exits actions, passes;

	exits_collect(edges, components, false, &actions);
	exits_collect(edges, components, true, &passes);
	second.actions = &actions;
	second.passes = &passes;
	rate->most = second_most(&second, search, &rate->way);
	for (uint32_t dev = 1; dev < edges->graph->devices; dev++) {
		struct way way;
		uint32_t most;

		second.dev = dev;
		most = second_most(&second, search, &way);
		if (most > rate->most_of_one) {
			struct way shorter = rate->way_of_one;

			rate->most_of_one = most;
			rate->way_of_one = way;
			way = shorter;
		}
		way_free(&way);
	}
	exits_free(&actions);
	exits_free(&passes);
}

#define CYCLES_SHOWN 3

/* The way to a step that sends within a component, then that step and back, a few times. */
static void endless_way(const struct edges *edges, const struct components *components,
			const struct search *search, uint32_t state, uint16_t action,
			struct way *ret_way)
{
	struct paths paths;
	uint32_t to;

	way_to(ret_way, search, state);
	paths_init(&paths, edges, components);
	edges_step(edges, state, action, &to);
	for (unsigned int i = 0; i < CYCLES_SHOWN; i++) {
		way_add(ret_way, action, 0);
		paths_add_to(&paths, ret_way, to, state);
	}
	paths_free(&paths);
}

bool rate_find(const struct graph *graph, const struct search *search, struct rate *ret_rate)
{
	bool *is_acted = xcalloc(graph->actions_count + 1, sizeof(bool));
	const struct edges edges = {
		.graph = graph,
		.states = search_states(search),
		.is_acted = is_acted,
	};
	struct components components;
	uint32_t state;
	uint16_t action;
	bool is_known = graph->devices <= GRAPH_COUNTED_MAX + 1 && search->moments == MOMENTS_EVERY;

	*ret_rate = (struct rate){ 0 };
	memset(is_acted, true, graph->actions_count);
	if (is_known) {
		components_find(&edges, &components);
		ret_rate->is_endless = endless_step(&edges, &components, search, &state, &action);
		if (ret_rate->is_endless)
			endless_way(&edges, &components, search, state, action, &ret_rate->way);
		else
			most_find(&edges, &components, search, ret_rate);
		components_free(&components);
	}
	free(is_acted);
	return is_known;
}
