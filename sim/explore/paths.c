/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Breadth first over the graph's steps. */
#include "sim/explore/paths.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"

#define PATH_NONE UINT32_MAX

void paths_init(struct paths *paths, const struct edges *edges, const struct components *components)
{
	*paths = (struct paths){
		.edges = edges,
		.components = components,
		.parents = xcalloc(edges->states, sizeof(uint32_t)),
		.moves = xcalloc(edges->states, sizeof(uint16_t)),
		.queue = xcalloc(edges->states, sizeof(uint32_t)),
	};
	memset(paths->parents, 0xff, edges->states * sizeof(uint32_t));
}

void paths_free(struct paths *paths)
{
	free(paths->parents);
	free(paths->moves);
	free(paths->queue);
}

void way_add_step(struct way *way, const struct edges *edges, uint32_t state, size_t n)
{
	if (n == edges->graph->actions_count)
		way_add(way, MOVE_PASS, edges->graph->passes_j[state]);
	else
		way_add(way, (uint16_t)n, 0);
}

/* Adds the steps to a state that was seen. */
static void add_back(const struct paths *paths, struct way *way, uint32_t from, uint32_t to)
{
	size_t first = way->count;

	for (uint32_t state = to; state != from; state = paths->parents[state])
		way_add_step(way, paths->edges, paths->parents[state], paths->moves[state]);
	for (size_t i = first, j = way->count; i + 1 < j; i++, j--) {
		struct way_step step = way->steps[i];

		way->steps[i] = way->steps[j - 1];
		way->steps[j - 1] = step;
	}
}

/* A step that a way ends with. */
struct last_step {
	size_t n; /* as of edges_step() */
	uint32_t to;
};

struct wanted {
	bool (*is_wanted)(const void *user, uint32_t state, size_t n, uint32_t to);
	const void *user;
	uint32_t state; /* is_wanted NULL: to arrive at */
};

/* Looks at a state's steps. True: the n-th is wanted. */
static bool look(struct paths *paths, const struct wanted *wanted, uint32_t state, uint32_t *tail,
		 struct last_step *ret_step)
{
	const struct edges *edges = paths->edges;
	const uint32_t *of_state = paths->components->of_state;

	for (size_t n = 0; n <= edges->graph->actions_count; n++) {
		uint32_t to;
		bool counts = edges_step(edges, state, n, &to);

		if (!counts && n != edges->graph->actions_count)
			continue;
		if (wanted->is_wanted ? wanted->is_wanted(wanted->user, state, n, to)
				      : to == wanted->state) {
			*ret_step = (struct last_step){ n, to };
			return true;
		}
		if (!counts || of_state[to] != of_state[state] || paths->parents[to] != PATH_NONE)
			continue;
		paths->parents[to] = state;
		paths->moves[to] = (uint16_t)n;
		paths->queue[(*tail)++] = to;
	}
	return false;
}

static uint32_t add(struct paths *paths, struct way *way, uint32_t from,
		    const struct wanted *wanted)
{
	struct last_step step = { .to = from };
	uint32_t head = 0, tail = 0;

	paths->queue[tail++] = from;
	paths->parents[from] = from;
	while (head < tail) {
		uint32_t state = paths->queue[head++];

		if (!look(paths, wanted, state, &tail, &step))
			continue;
		add_back(paths, way, from, state);
		way_add_step(way, paths->edges, state, step.n);
		break;
	}
	for (uint32_t i = 0; i < tail; i++)
		paths->parents[paths->queue[i]] = PATH_NONE;
	return step.to;
}

uint32_t paths_add(struct paths *paths, struct way *way, uint32_t from,
		   bool (*is_wanted)(const void *user, uint32_t state, size_t n, uint32_t to),
		   const void *user)
{
	return add(paths, way, from, &(struct wanted){ .is_wanted = is_wanted, .user = user });
}

void paths_add_to(struct paths *paths, struct way *way, uint32_t from, uint32_t to)
{
	if (from != to)
		add(paths, way, from, &(struct wanted){ .state = to });
}
