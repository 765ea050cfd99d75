/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Visits all states: fewest actions first, then earliest, then in the order in which they were found. */
#include "sim/explore/search.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/wall_clock.h"
#include "sim/base/xalloc.h"
#include "sim/explore/frontier.h"
#include "sim/explore/helpers.h"

void search_init(struct search *search, struct world *world, enum moments moments,
		 bool has_symmetry, bool is_hashed)
{
	*search = (struct search){
		.world = world,
		.moments = moments,
		.has_symmetry = has_symmetry,
		.is_hashed = is_hashed,
	};
	search->frontier = xcalloc(1, sizeof(*search->frontier));
}

void search_free(struct search *search)
{
	if (search->chunk) {
		form_free(&search->form);
		expander_free(&search->expander);
		free(search->chunk->bytes);
		free(search->chunk);
	}
	frontier_free(search->frontier);
	free(search->frontier);
	free(search->nodes);
	free(search->saved);
	saves_free(&search->saves[0]);
	saves_free(&search->saves[1]);
}

/* Notes that a state waits, reached by this node. */
static void wait_for_visit(struct search *search, uint32_t state, const struct node *node,
			   uint32_t actions_now)
{
	bool is_later = node->actions > actions_now;

	search->nodes[state] = *node;
	if (is_later || search->is_depth_first) /* depth first, the last one is next */
		frontier_add_later(search->frontier, state);
	else
		frontier_add(search->frontier, node->time_j, state);
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
	size_t capacity = search->saved_capacity;

	search->nodes = xgrow(search->nodes, state, &search->nodes_capacity, sizeof(struct node));
	search->saved =
		xgrow(search->saved, state, &search->saved_capacity, sizeof(search->saved[0]));
	if (search->saved_capacity > capacity)
		memset(search->saved + capacity, 0,
		       (search->saved_capacity - capacity) * sizeof(search->saved[0]));
}

struct world *search_world(const struct search *search, uint16_t move, uint32_t jiffies)
{
	expander_go(&search->expander, search->visit->saved, move, jiffies);
	return search->world;
}

/* States that are reached from here can wait. */
static void visit_save(struct search *search, uint32_t state)
{
	if (!search->saved[state])
		search->saved[state] = saves_add(&search->saves[1], search->visit->saved,
						 search->visit->saved_bytes);
}

/* Takes one step to the state `to`, which is new or not. */
static void arrive(struct search *search, uint32_t from, const struct step *step, uint32_t to,
		   bool is_new)
{
	const struct node node = {
		.parent = from,
		.time_j = search->nodes[from].time_j + step->jiffies,
		.actions = (uint16_t)(search->nodes[from].actions + (step->move != MOVE_PASS)),
		.move = step->move,
	};

	if (is_new)
		nodes_grow(search, to);
	if (!is_new && (search->is_depth_first || search->nodes[to].is_done ||
			!is_cheaper(&node, &search->nodes[to])))
		return;
	visit_save(search, from);
	wait_for_visit(search, to, &node, search->nodes[from].actions);
}

/* Takes one step. Other than SEARCH_CLOSED: the search cannot go on. */
static enum search_end take_step(struct search *search, const struct chunk *chunk, uint32_t from,
				 const struct step *step, const void *noted)
{
	const struct visitor *visitor = search->visitor;
	uint32_t to = from;
	bool is_new;

	search->transitions++;
	if (step->leads == LEADS_TO_BROKEN)
		return SEARCH_BROKEN;
	if (visitor->step &&
	    !visitor->step(visitor->user, search, from, step->move, step->jiffies, noted))
		return SEARCH_CLOSED;
	if (step->leads == LEADS_TOO_FAR)
		return SEARCH_TOO_LARGE;
	if (step->leads == LEADS_TO) {
		const struct sought *sought = chunk_sought(chunk, step);

		to = form_add(&search->form, sought->hash, sought->key, &is_new);
		arrive(search, from, step, to, is_new);
	}
	if (visitor->arrived)
		visitor->arrived(visitor->user, search, from, step->move, step->jiffies, noted, to);
	return SEARCH_CLOSED;
}

/* Takes the steps of a visit. */
static enum search_end take_visit(struct search *search, const struct chunk *chunk, unsigned int n)
{
	const struct visitor *visitor = search->visitor;
	const struct visit *visit = &chunk->visits[n];
	uint32_t state = chunk->tasks[n].state;
	enum search_end end = SEARCH_CLOSED;

	search->visit = visit;
	search->broken_text = visit->broken_text;
	if (visitor->visiting)
		visitor->visiting(visitor->user, search, state, visit->noted);
	for (unsigned int i = 0; i < visit->steps_count && end == SEARCH_CLOSED; i++)
		end = take_step(search, chunk, state, &visit->steps[i],
				visit->noted_steps + i * visitor->watcher.step_bytes);
	search->nodes[state].is_done = true;
	if (end == SEARCH_CLOSED && visitor->is_over && visitor->is_over(visitor->user))
		end = SEARCH_STOPPED;
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

/*
 * Buckets: states of the same time and number of actions. None of them leads to another of them on a cheaper way, as
 * time that passes is at least a jiffy. So they can be expanded at once.
 */

/* Fills the bucket with the next states. */
static void bucket_fill(struct search *search)
{
	struct frontier *frontier = search->frontier;
	uint32_t time_j = frontier->heap[0].time_j;

	frontier->bucket_count = 0;
	while (frontier->heap_count && frontier->heap[0].time_j == time_j) {
		struct waiting waiting = frontier_pop(frontier);
		const struct node *node = &search->nodes[waiting.state];
		size_t count = frontier->bucket_count;

		if (node->is_done || node->time_j != waiting.time_j ||
		    (count && frontier->bucket[count - 1] == waiting.state))
			continue; /* there is a cheaper way */
		frontier->bucket = xgrow(frontier->bucket, count, &frontier->bucket_capacity,
					 sizeof(frontier->bucket[0]));
		frontier->bucket[frontier->bucket_count++] = waiting.state;
	}
}

static struct task task_of(const struct search *search, uint32_t state)
{
	const struct node *node = &search->nodes[state];
	bool is_first = node->move == MOVE_NONE;

	return (struct task){
		.state = state,
		.move = node->move,
		.jiffies = is_first ? 0 : node->time_j - search->nodes[node->parent].time_j,
		.from = search->saved[node->parent],
	};
}

/* Gives the chunk the tasks of the first of the states. */
static void chunk_fill(const struct search *search, const uint32_t *states, size_t count,
		       struct chunk *chunk)
{
	chunk->count = count < CHUNK_STATES ? (unsigned int)count : CHUNK_STATES;
	chunk->used = 0;
	for (unsigned int i = 0; i < chunk->count; i++)
		chunk->tasks[i] = task_of(search, states[i]);
}

static void take_parts(struct search *search, const struct chunk *chunk)
{
	for (unsigned int i = 0; i < chunk->count; i++)
		for (unsigned int n = 0; n < chunk->visits[i].parts_count; n++)
			form_take_part(&search->form, chunk->by, chunk->visits[i].parts[n].at,
				       chunk->visits[i].parts[n].bytes);
}

/* Asks memory for all that taking the chunk's steps will look at. */
static void chunk_seek(struct search *search, struct chunk *chunk)
{
	for (unsigned int i = 0; i < chunk->count; i++)
		for (unsigned int n = 0; n < chunk->visits[i].steps_count; n++) {
			const struct step *step = &chunk->visits[i].steps[n];
			struct sought *sought = chunk_sought(chunk, step);

			if (step->leads == LEADS_TO)
				sought->hash = form_seek(&search->form, chunk->by, sought->key);
		}
	for (unsigned int i = 0; i < chunk->count; i++)
		for (unsigned int n = 0; n < chunk->visits[i].steps_count; n++) {
			const struct step *step = &chunk->visits[i].steps[n];
			uint32_t near = RECORD_NONE;

			if (step->leads == LEADS_TO)
				near = form_near(&search->form, chunk_sought(chunk, step)->hash);
			if (near != RECORD_NONE)
				__builtin_prefetch(&search->nodes[near]);
		}
}

#define VISITS_A_LOOK 256

static enum search_end take_chunk(struct search *search, struct chunk *chunk)
{
	take_parts(search, chunk);
	chunk_seek(search, chunk);
	for (unsigned int i = 0; i < chunk->count; i++) {
		enum search_end end = take_visit(search, chunk, i);

		if (end == SEARCH_CLOSED && ++search->visits % VISITS_A_LOOK == 0)
			end = bound_met(search);
		if (end != SEARCH_CLOSED)
			return end;
	}
	return SEARCH_CLOSED;
}

static enum search_end visit_alone(struct search *search, const uint32_t *states, size_t count)
{
	enum search_end end = SEARCH_CLOSED;

	for (size_t at = 0; at < count && end == SEARCH_CLOSED; at += CHUNK_STATES) {
		chunk_fill(search, states + at, count - at, search->chunk);
		expander_do(&search->expander, search->chunk);
		end = take_chunk(search, search->chunk);
	}
	return end;
}

static void helpers_stop(struct search *search)
{
	helpers_end(search->helpers);
	search->helpers = NULL;
	processors_give(search->processors, search->helping);
	search->helping = 0;
	search->processes = 0;
}

/* Does without helpers, and without what was expanded and not taken, from now on. */
static void helpers_give_up(struct search *search)
{
	helpers_stop(search);
	expander_forget(&search->expander);
	form_forget(&search->form, search->expander.number);
}

static enum search_end visit_with_helpers(struct search *search, const uint32_t *states,
					  size_t count)
{
	enum search_end end = SEARCH_CLOSED;
	size_t given = 0, taken = 0;

	while (taken < count && end == SEARCH_CLOSED) {
		struct chunk *chunk;

		while (given < count && (chunk = helpers_room(search->helpers)) != NULL) {
			chunk_fill(search, states + given, count - given, chunk);
			given += chunk->count;
			helpers_give(search->helpers, search->helping);
		}
		chunk = helpers_take(search->helpers, &search->expander);
		if (!chunk) {
			helpers_give_up(search);
			return visit_alone(search, states + taken, count - taken);
		}
		end = take_chunk(search, chunk);
		taken += chunk->count;
	}
	return end;
}

/* From so many states on, helpers are worth their while. */
#define SHARED_STATES (4 * CHUNK_STATES)

/* Visits these states, in their order. */
static enum search_end states_visit(struct search *search, const uint32_t *states, size_t count)
{
	if (count < SHARED_STATES)
		return visit_alone(search, states, count);
	while (search->helping + 1 < search->processes && processors_take(search->processors))
		search->helping++;
	if (search->helping && !search->helpers)
		search->helpers =
			helpers_start(&search->expander, search->processes - 1, search->forked);
	if (search->helpers)
		return visit_with_helpers(search, states, count);
	if (search->helping)
		helpers_stop(search); /* GCOVR_EXCL_LINE: they cannot be started */
	return visit_alone(search, states, count);
}

/* Goes on to states with one more action. False: there are none. */
static bool layer_next(struct search *search, uint32_t actions)
{
	struct frontier *frontier = search->frontier;
	size_t count = frontier->later_count;
	struct saves cleared;

	saves_clear(&search->saves[0]);
	cleared = search->saves[0];
	search->saves[0] = search->saves[1];
	search->saves[1] = cleared;
	frontier->later_count = 0;
	for (size_t i = 0; i < count; i++) {
		const struct node *node = &search->nodes[frontier->later[i]];

		if (!node->is_done && node->actions == actions)
			frontier_add(frontier, node->time_j, frontier->later[i]);
	}
	return frontier->heap_count;
}

static enum search_end layers_run(struct search *search)
{
	struct frontier *frontier = search->frontier;
	const struct visitor *visitor = search->visitor;
	enum search_end end = SEARCH_CLOSED;
	uint32_t actions = 0;

	while (end == SEARCH_CLOSED) {
		if (!frontier->heap_count) {
			if (visitor->is_enough && visitor->is_enough(visitor->user, actions + 1))
				return SEARCH_STOPPED;
			if (!layer_next(search, ++actions))
				return SEARCH_CLOSED;
			if (search->bounds.actions && actions > search->bounds.actions)
				return SEARCH_ACTIONS;
		}
		bucket_fill(search);
		end = states_visit(search, frontier->bucket, frontier->bucket_count);
	}
	return end;
}

static enum search_end depth_run(struct search *search)
{
	struct frontier *frontier = search->frontier;
	enum search_end end = SEARCH_CLOSED;

	while (frontier->later_count && end == SEARCH_CLOSED) {
		uint32_t state = frontier->later[--frontier->later_count];

		end = states_visit(search, &state, 1);
	}
	return end;
}

static void chunk_new(struct search *search)
{
	search->chunk = xcalloc(1, sizeof(*search->chunk));
	search->chunk->bytes = xmalloc(expander_chunk_bytes(&search->expander, CHUNK_STATES));
}

/* Gives the state that the world is in the first number. False: it has no form. */
static bool first_state(struct search *search)
{
	const struct node first = { .move = MOVE_NONE };
	struct chunk *chunk = search->chunk;
	const struct visit *visit = &chunk->visits[0];
	const struct sought *sought;
	bool is_new;

	if (!expander_first(&search->expander, chunk))
		return false;
	take_parts(search, chunk);
	chunk_seek(search, chunk);
	sought = chunk_sought(chunk, &visit->steps[0]);
	form_add(&search->form, sought->hash, sought->key, &is_new);
	nodes_grow(search, 0);
	search->saved[0] = saves_add(&search->saves[1], visit->saved, visit->saved_bytes);
	wait_for_visit(search, 0, &first, 0);
	return true;
}

enum search_end search_run(struct search *search)
{
	enum search_end end;

	search->started_ns = wall_ns();
	expander_init(&search->expander, search->world, &search->visitor->watcher, search->moments);
	form_init(&search->form, &search->expander.sketch, search->processes + 1,
		  search->has_symmetry, search->is_hashed);
	chunk_new(search);
	if (!first_state(search))
		return SEARCH_TOO_LARGE;
	end = search->is_depth_first ? depth_run(search) : layers_run(search);
	helpers_stop(search);
	return end;
}
