/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Collects the steps between states, and follows beliefs along passing time. */
#include "sim/explore/graph.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/explore/property.h"
#include "sim/language/names.h"

void graph_init(struct graph *graph, const struct world *world, bool looks_for_more)
{
	unsigned int n = 0;

	*graph = (struct graph){
		.devices = world->devices,
		.actions_count = world->actions_count,
		.is_too_large = world->devices > GRAPH_DEVICES_MAX,
		.looks_for_more = looks_for_more,
	};
	for (const struct property *at = world->scenario->explore.properties; at; at = at->next) {
		if (at->kind == PROPERTY_LEADS)
			graph->looks_for_more = true;
		else
			graph->undecided |= PROPERTY_FIRST(n);
		n++;
	}
	graph->to_decide = graph->undecided;
}

void graph_free(struct graph *graph)
{
	free(graph->of_state);
	free(graph->holds);
	free(graph->is_stuck);
	free(graph->passes);
	free(graph->passes_j);
	free(graph->steps);
	free(graph->steps_sent);
	free(graph->passes_sent);
	for (uint32_t i = 0; i < graph->labels_count; i++)
		free(graph->labels[i]);
	free(graph->labels);
}

static size_t graph_memory(const void *user)
{
	const struct graph *graph = user;

	return graph->capacity * (sizeof(uint32_t) * 4 + sizeof(bool) + sizeof(uint16_t)) +
	       graph->steps_capacity * (sizeof(uint32_t) + sizeof(uint16_t));
}

static void graph_grow(struct graph *graph, size_t states)
{
	if (states <= graph->capacity)
		return;
	graph->capacity = 2 * states + 1024;
	graph->steps_capacity = graph->capacity * graph->actions_count;
	graph->of_state = xreallocarray(graph->of_state, graph->capacity, sizeof(uint32_t));
	graph->holds = xreallocarray(graph->holds, graph->capacity, sizeof(uint32_t));
	graph->is_stuck = xreallocarray(graph->is_stuck, graph->capacity, sizeof(bool));
	graph->passes = xreallocarray(graph->passes, graph->capacity, sizeof(uint32_t));
	graph->passes_j = xreallocarray(graph->passes_j, graph->capacity, sizeof(uint32_t));
	graph->steps = xreallocarray(graph->steps, graph->steps_capacity + 1, sizeof(uint32_t));
	graph->steps_sent =
		xreallocarray(graph->steps_sent, graph->steps_capacity + 1, sizeof(uint16_t));
	graph->passes_sent = xreallocarray(graph->passes_sent, graph->capacity, sizeof(uint16_t));
}

static uint32_t beliefs_of(const struct world *world)
{
	uint32_t beliefs = 0;

	for (uint32_t i = 0; i < world->devices; i++) {
		enum belief belief = wrong_belief(world, i);

		if (belief != BELIEFS)
			beliefs |= 1U << (i * BELIEFS + belief);
	}
	return beliefs;
}

/* A line "d0: UP RUNNING, UNKNOWN; carrier, pending" for each device. */
static char *label_of(const struct world *world)
{
	const struct side *side = &world->sides[0];
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	for (uint32_t i = 0; i < world->devices; i++) {
		const struct net_device *dev = &side->m->devices[i];

		if (dev->reg_state != NETREG_REGISTERED || dev->netdev_ops == &loopback_netdev_ops)
			continue;
		fprintf(out, "%s:%s%s, %s;%s%s\n", dev->name,
			side->heard[i].flags & HEARD_UP ? " UP" : " down",
			side->heard[i].flags & HEARD_RUNNING ? " RUNNING" : "",
			operstate_name(side->heard[i].operstate),
			netif_carrier_ok(dev) ? " carrier" : " no carrier",
			dev->state & (1UL << __LINK_STATE_LINKWATCH_PENDING) ? ", pending" : "");
	}
	xclose_memstream(out);
	return text;
}

static void label_add(struct graph *graph, const struct search *search, uint32_t state)
{
	if (!graph->labels)
		graph->labels = xcalloc(GRAPH_LABELS_MAX, sizeof(graph->labels[0]));
	if (state >= GRAPH_LABELS_MAX)
		return;
	graph->labels[state] = label_of(search_world(search, MOVE_NONE, 0));
	if (state >= graph->labels_count)
		graph->labels_count = state + 1;
}

/* A state decides `always` if its condition does not hold, the others if it does. */
static void decide(struct graph *graph, const struct world *world, uint32_t holds)
{
	unsigned int n = 0;

	for (const struct property *at = world->scenario->explore.properties; at;
	     at = at->next, n++)
		if (!!(holds & PROPERTY_FIRST(n)) == (at->kind != PROPERTY_ALWAYS))
			graph->undecided &= ~PROPERTY_FIRST(n);
}

static bool graph_is_over(void *user)
{
	const struct graph *graph = user;

	return !graph->undecided && !graph->looks_for_more;
}

/* What is noted of a state, and of a step. */
struct of_state {
	uint32_t beliefs, holds;
	bool is_stuck;
};

struct of_step {
	uint32_t senders; /* STEP_* */
	uint16_t work_sent;
};

static void note_state(const void *user, const struct world *world, void *ret_noted)
{
	const struct graph *graph = user;
	struct of_state *noted = ret_noted;

	if (!graph->is_too_large)
		*noted = (struct of_state){ beliefs_of(world), property_bits(world),
					    is_stuck(world->sides[0].m) };
}

static void graph_visiting(void *user, const struct search *search, uint32_t state,
			   const void *noted)
{
	struct graph *graph = user;
	const struct of_state *of_state = noted;

	graph_grow(graph, search_states(search) + 64); /* with those that the visit may find */
	if (graph->is_too_large)
		return;
	graph->of_state[state] = of_state->beliefs;
	graph->holds[state] = of_state->holds;
	decide(graph, search->world, of_state->holds);
	if (graph->has_labels)
		label_add(graph, search, state);
	graph->is_stuck[state] = of_state->is_stuck;
	/* if nothing is due, all stays as it is */
	graph->passes[state] = state;
	graph->passes_j[state] = 1;
	graph->passes_sent[state] = 0;
}

static uint32_t senders(const struct tale *tale)
{
	uint32_t flags = 0;

	for (size_t i = 0; i < tale->count; i++)
		flags |= tale->told[i].is_of_work ? STEP_WORK_SENDS : STEP_SENDS_ITSELF;
	return flags;
}

/* Messages of linkwatch's work, by device; as many as can be counted. */
static uint16_t work_sent(const struct tale *tale)
{
	uint16_t sent = 0;

	for (size_t i = 0; i < tale->count; i++)
		if (tale->told[i].is_of_work && tale->told[i].dev - 1 < GRAPH_COUNTED_MAX &&
		    sent_of(sent, tale->told[i].dev) < 15)
			sent = (uint16_t)(sent + (1U << (4 * (tale->told[i].dev - 1))));
	return sent;
}

static void note_step(const void *user, const struct world *world, void *ret_noted)
{
	const struct tale *tale = &world->sides[0].tale;
	struct of_step *noted = ret_noted;

	(void)user;
	*noted = (struct of_step){ senders(tale), work_sent(tale) };
}

static void graph_arrived(void *user, const struct search *search, uint32_t from, uint16_t move,
			  uint32_t jiffies, const void *noted, uint32_t to)
{
	struct graph *graph = user;
	const struct of_step *of_step = noted;

	(void)search;
	if (to > STEP_STATE)
		graph->is_too_large = true;
	if (graph->is_too_large)
		return;
	if (move != MOVE_PASS) {
		graph->steps[from * graph->actions_count + move] = to | of_step->senders;
		graph->steps_sent[from * graph->actions_count + move] = of_step->work_sent;
	} else if (jiffies >= graph->passes_j[from]) { /* the longest is the one to what is due */
		graph->passes[from] = to;
		graph->passes_j[from] = jiffies;
		graph->passes_sent[from] = of_step->work_sent;
	}
}

struct visitor graph_visitor(struct graph *graph)
{
	return (struct visitor){
		.watcher = { .state_bytes = sizeof(struct of_state),
			     .step_bytes = sizeof(struct of_step),
			     .state = note_state,
			     .step = note_step,
			     .user = graph },
		.visiting = graph_visiting,
		.arrived = graph_arrived,
		.is_over = graph_is_over,
		.memory = graph_memory,
		.user = graph,
	};
}

#define LAG_UNKNOWN UINT32_MAX
#define LAG_FOR_EVER (UINT32_MAX - 1)
#define LAG_ON_THE_WAY (UINT32_MAX - 2)

/* Sets lags[] along the way from state on, back from where it is known. */
static void lag_follow(const struct graph *graph, uint32_t bit, uint32_t state, uint32_t *lags,
		       uint32_t *way)
{
	size_t count = 0;
	uint32_t lag;

	while (lags[state] == LAG_UNKNOWN && graph->of_state[state] & bit) {
		lags[state] = LAG_ON_THE_WAY;
		way[count++] = state;
		state = graph->passes[state];
	}
	if (!(graph->of_state[state] & bit))
		lags[state] = 0;
	lag = lags[state] == LAG_ON_THE_WAY ? LAG_FOR_EVER : lags[state];
	while (count) {
		state = way[--count];
		if (lag != LAG_FOR_EVER)
			lag += graph->passes_j[state];
		lags[state] = lag;
	}
}

void graph_lag(const struct graph *graph, const struct search *search, enum belief belief,
	       struct lag *ret_lag)
{
	uint32_t states = search_states(search);
	uint32_t *lags = xcalloc(states, sizeof(lags[0])), *way = xcalloc(states, sizeof(way[0]));

	*ret_lag = (struct lag){ 0 };
	for (uint32_t dev = 0; dev < graph->devices; dev++) {
		uint32_t bit = 1U << (dev * BELIEFS + belief);

		memset(lags, 0xff, states * sizeof(lags[0]));
		for (uint32_t state = 0; state < states; state++) {
			lag_follow(graph, bit, state, lags, way);
			if (!lags[state] || lags[state] < ret_lag->jiffies ||
			    (lags[state] == ret_lag->jiffies &&
			     !search_is_nearer(search, state, ret_lag->state)))
				continue;
			*ret_lag = (struct lag){ .jiffies = lags[state], .state = state };
		}
	}
	ret_lag->is_for_ever = ret_lag->jiffies == LAG_FOR_EVER;
	free(lags);
	free(way);
}

bool graph_stuck(const struct graph *graph, const struct search *search, uint32_t *ret_state)
{
	bool is_found = false;

	for (uint32_t state = 0; state < search_states(search); state++) {
		if (!graph->is_stuck[state] ||
		    (is_found && !search_is_nearer(search, state, *ret_state)))
			continue;
		*ret_state = state;
		is_found = true;
	}
	return is_found;
}
