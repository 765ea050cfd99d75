/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Visits all states: fewest actions first, then earliest, then in the order in which they were found. */
#include "sim/explore/search.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/wall_clock.h"
#include "sim/base/xalloc.h"

struct waiting {
	uint32_t time_j, state;
};

/* The states that wait: a heap of those with this many actions, and a list of those with one more. */
struct frontier {
	struct waiting *heap;
	uint32_t *later;
	size_t heap_count, heap_capacity, later_count, later_capacity;
};

static bool is_before(const struct waiting *a, const struct waiting *b)
{
	return a->time_j != b->time_j ? a->time_j < b->time_j : a->state < b->state;
}

static void heap_push(struct search *search, uint32_t state)
{
	struct frontier *frontier = search->frontier;
	struct waiting waiting = { search->nodes[state].time_j, state };
	size_t at = frontier->heap_count;

	frontier->heap = xgrow(frontier->heap, at, &frontier->heap_capacity, sizeof(waiting));
	frontier->heap_count++;
	for (; at && is_before(&waiting, &frontier->heap[(at - 1) / 2]); at = (at - 1) / 2)
		frontier->heap[at] = frontier->heap[(at - 1) / 2];
	frontier->heap[at] = waiting;
}

static struct waiting heap_pop(struct search *search)
{
	struct frontier *frontier = search->frontier;
	struct waiting *heap = frontier->heap, first = heap[0], last = heap[--frontier->heap_count];
	size_t count = frontier->heap_count, at = 0;

	for (;;) {
		size_t child = 2 * at + 1;

		if (child >= count)
			break;
		if (child + 1 < count && is_before(&heap[child + 1], &heap[child]))
			child++;
		if (!is_before(&heap[child], &last))
			break;
		heap[at] = heap[child];
		at = child;
	}
	if (count)
		heap[at] = last;
	return first;
}

static void later_push(struct frontier *frontier, uint32_t state)
{
	frontier->later = xgrow(frontier->later, frontier->later_count, &frontier->later_capacity,
				sizeof(uint32_t));
	frontier->later[frontier->later_count++] = state;
}

void search_init(struct search *search, struct world *world, enum moments moments,
		 bool has_symmetry, bool is_hashed)
{
	size_t bytes = world_save_bytes(world);

	*search = (struct search){ .world = world, .moments = moments };
	form_init(&search->form, world, has_symmetry, is_hashed);
	search->frontier = xcalloc(1, sizeof(*search->frontier));
	search->here = xcalloc(1, bytes);
	search->next = xcalloc(1, bytes);
	search->base = (struct saves_base){ world->first, bytes };
}

void search_free(struct search *search)
{
	form_free(&search->form);
	free(search->frontier->heap);
	free(search->frontier->later);
	free(search->frontier);
	free(search->here);
	free(search->next);
	free(search->nodes);
	free(search->saved);
	saves_clear(&search->saves[0]);
	saves_clear(&search->saves[1]);
}

/* Notes that the world's present state waits, reached by this node. */
static void wait_for_visit(struct search *search, uint32_t state, const struct node *node,
			   uint32_t actions_now)
{
	bool is_later = node->actions > actions_now;

	search->nodes[state] = *node;
	world_save(search->world, search->next);
	search->saved[state] = saves_add(&search->saves[is_later], &search->base, search->next);
	if (is_later || search->is_depth_first) /* depth first, the last one is next */
		later_push(search->frontier, state);
	else
		heap_push(search, state);
	if (node->actions > search->depth)
		search->depth = node->actions;
}

static bool is_cheaper(const struct node *a, const struct node *b)
{
	return a->actions != b->actions ? a->actions < b->actions : a->time_j < b->time_j;
}

bool search_is_nearer(const struct search *search, uint32_t a, uint32_t b)
{
	const struct node *x = &search->nodes[a], *y = &search->nodes[b];

	return is_cheaper(x, y) || (!is_cheaper(y, x) && a < b);
}

static void nodes_grow(struct search *search, uint32_t state)
{
	search->nodes = xgrow(search->nodes, state, &search->nodes_capacity, sizeof(struct node));
	search->saved =
		xgrow(search->saved, state, &search->saved_capacity, sizeof(search->saved[0]));
}

/* One step from the state that the world is in. False: the search cannot go on. */
static enum search_end step(struct search *search, uint32_t from, uint16_t move, uint32_t jiffies)
{
	struct node node = {
		.parent = from,
		.time_j = search->nodes[from].time_j + jiffies,
		.actions = (uint16_t)(search->nodes[from].actions + (move != MOVE_PASS)),
		.move = move,
	};
	uint32_t to;
	bool is_new;

	if (move == MOVE_PASS)
		world_pass(search->world, jiffies);
	else
		world_act(search->world, &search->world->actions[move]);
	search->transitions++;
	search->has_moved = true;
	if (world_is_broken(search->world, &search->broken_text))
		return SEARCH_BROKEN;
	if (search->visitor->step &&
	    !search->visitor->step(search->visitor->user, search, from, move, jiffies))
		return SEARCH_CLOSED;
	to = form_state(&search->form, from, &is_new);
	if (to == FORM_TOO_MUCH)
		return SEARCH_TOO_LARGE;
	search->has_moved = to != from;
	if (is_new)
		nodes_grow(search, to);
	if (is_new || (!search->is_depth_first && !search->nodes[to].is_done &&
		       is_cheaper(&node, &search->nodes[to])))
		wait_for_visit(search, to, &node, search->nodes[from].actions);
	if (search->visitor->arrived)
		search->visitor->arrived(search->visitor->user, search, from, move, jiffies, to);
	return SEARCH_CLOSED;
}

/* Jiffies after which actions may happen again; returns how many there are. */
static unsigned int passes_of(const struct search *search, uint32_t ret_jiffies[2])
{
	uint64_t due_j, free_j;
	unsigned int count = 0;

	if (search->moments == MOMENTS_EVERY) {
		ret_jiffies[count++] = 1;
		return count;
	}
	due_j = world_due_j(search->world);
	free_j = world_free_j(search->world);
	if (due_j)
		ret_jiffies[count++] = (uint32_t)due_j;
	if (free_j && (!due_j || free_j < due_j))
		ret_jiffies[count++] = (uint32_t)free_j;
	return count;
}

static enum search_end visit(struct search *search, uint32_t state)
{
	uint32_t jiffies[2];
	unsigned int passes;
	enum search_end end = SEARCH_CLOSED;

	saves_read(&search->base, search->saved[state], search->here);
	world_restore(search->world, search->here);
	if (search->visitor->visiting)
		search->visitor->visiting(search->visitor->user, search, state);
	search->has_moved = false;
	passes = passes_of(search, jiffies);
	for (unsigned int i = 0; i < passes && end == SEARCH_CLOSED; i++) {
		if (i)
			world_restore(search->world, search->here);
		end = step(search, state, MOVE_PASS, jiffies[i]);
	}
	for (size_t i = 0; i < search->world->actions_count && end == SEARCH_CLOSED; i++) {
		if (search->has_moved)
			world_restore(search->world, search->here);
		end = step(search, state, (uint16_t)i, 0);
	}
	search->nodes[state].is_done = true;
	search->saved[state] = NULL;
	return end;
}

static size_t memory_of(const struct search *search)
{
	const struct visitor *visitor = search->visitor;

	return (visitor->memory ? visitor->memory(visitor->user) : 0) + form_memory(&search->form) +
	       search->saves[0].memory + search->saves[1].memory +
	       search->nodes_capacity * sizeof(struct node) +
	       search->saved_capacity * sizeof(search->saved[0]);
}

/* Looked at now and then. */
static enum search_end bound_met(struct search *search)
{
	const struct bounds *bounds = &search->bounds;

	tally_add(search->tally, search_states(search) - search->states_tallied,
		  search->transitions - search->steps_tallied);
	search->states_tallied = search_states(search);
	search->steps_tallied = search->transitions;
	if (search->interrupted && *search->interrupted)
		return SEARCH_INTERRUPTED;
	if (bounds->states && search_states(search) > bounds->states)
		return SEARCH_STATES;
	if (bounds->memory_bytes && memory_of(search) > bounds->memory_bytes)
		return SEARCH_MEMORY;
	if (bounds->seconds > 0 && wall_ns() - search->started_ns > bounds->seconds * NSEC_PER_SEC)
		return SEARCH_SECONDS;
	return SEARCH_CLOSED;
}

/* Goes on to states with one more action. False: there are none. */
static bool layer_next(struct search *search, uint32_t actions)
{
	struct frontier *frontier = search->frontier;
	size_t count = frontier->later_count;

	saves_clear(&search->saves[0]);
	search->saves[0] = search->saves[1];
	search->saves[1] = (struct saves){ 0 };
	frontier->later_count = 0;
	for (size_t i = 0; i < count; i++) {
		const struct node *node = &search->nodes[frontier->later[i]];

		if (!node->is_done && node->actions == actions)
			heap_push(search, frontier->later[i]);
	}
	return frontier->heap_count;
}

#define VISITS_A_LOOK 256

static enum search_end layers_run(struct search *search)
{
	struct frontier *frontier = search->frontier;
	enum search_end end = SEARCH_CLOSED;
	uint32_t actions = 0, visits = 0;

	for (;;) {
		struct waiting waiting;
		const struct node *node;

		if (!frontier->heap_count) {
			if (search->visitor->is_enough &&
			    search->visitor->is_enough(search->visitor->user, actions + 1))
				return SEARCH_STOPPED;
			if (!layer_next(search, ++actions))
				return SEARCH_CLOSED;
			if (search->bounds.actions && actions > search->bounds.actions)
				return SEARCH_ACTIONS;
		}
		waiting = heap_pop(search);
		node = &search->nodes[waiting.state];
		if (node->is_done || node->time_j != waiting.time_j)
			continue;
		end = visit(search, waiting.state);
		if (end == SEARCH_CLOSED && search->visitor->is_over &&
		    search->visitor->is_over(search->visitor->user))
			end = SEARCH_STOPPED;
		if (end == SEARCH_CLOSED && ++visits % VISITS_A_LOOK == 0)
			end = bound_met(search);
		if (end != SEARCH_CLOSED)
			return end;
	}
}

static enum search_end depth_run(struct search *search)
{
	struct frontier *frontier = search->frontier;
	enum search_end end = SEARCH_CLOSED;

	while (frontier->later_count && end == SEARCH_CLOSED)
		end = visit(search, frontier->later[--frontier->later_count]);
	return end;
}

enum search_end search_run(struct search *search)
{
	const struct node first = { .move = MOVE_NONE };
	uint32_t state;
	bool is_new;

	search->started_ns = wall_ns();
	state = form_state(&search->form, RECORD_NONE, &is_new);
	if (state == FORM_TOO_MUCH)
		return SEARCH_TOO_LARGE;
	nodes_grow(search, state);
	wait_for_visit(search, state, &first, 0);
	return search->is_depth_first ? depth_run(search) : layers_run(search);
}
