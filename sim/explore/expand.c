/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Makes all steps from a few states. */
#include "sim/explore/expand.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"

/* Passes of a state: see passes_of(). */
#define PASSES_MAX 2
/* About what a visit of two devices writes; of a cache's line. */
#define WRITTEN_BYTES 1024
#define LINE_BYTES 64

void expander_init(struct expander *expander, struct world *world, const struct watcher *watcher,
		   enum moments moments)
{
	size_t bytes = world_save_bytes(world);

	*expander = (struct expander){
		.world = world,
		.watcher = watcher,
		.moments = moments,
		.base = { world->first, bytes },
	};
	sketch_init(&expander->sketch, world);
	expander->here = xcalloc(1, bytes);
}

void expander_free(struct expander *expander)
{
	sketch_free(&expander->sketch);
	free(expander->here);
}

void expander_forget(struct expander *expander)
{
	sketch_free(&expander->sketch);
	sketch_init(&expander->sketch, expander->world);
	expander->parts_told = 0;
}

#define ROOM_ALIGN 8

static size_t rounded(size_t bytes)
{
	return (bytes + ROOM_ALIGN - 1) / ROOM_ALIGN * ROOM_ALIGN;
}

void *chunk_room(struct chunk *chunk, size_t bytes)
{
	void *room = chunk->bytes + chunk->used;

	chunk->used += rounded(bytes);
	return room;
}

size_t expander_chunk_bytes(const struct expander *expander, unsigned int states)
{
	const struct sketch *sketch = &expander->sketch;
	size_t steps = PASSES_MAX + expander->world->actions_count;
	size_t a_step = sizeof(struct step) + sizeof(struct sought) + rounded(sketch->key_bytes) +
			rounded(expander->watcher->step_bytes);
	size_t a_part = sizeof(struct form_part) + rounded(sketch->part_bytes_max);
	size_t parts = (steps + 1) * sketch->numbers_count * a_part;
	size_t copies = 2 * saves_bytes_max(&expander->base); /* a task's and a visit's */
	size_t noted = rounded(expander->watcher->state_bytes) + rounded(sketch->key_bytes);

	return rounded(states) * (copies + noted + steps * a_step + parts);
}

/* Jiffies after which actions may happen again; returns how many there are. */
static unsigned int passes_of(const struct expander *expander, uint32_t ret_jiffies[PASSES_MAX])
{
	uint64_t due_j, free_j;
	unsigned int count = 0;

	if (expander->moments == MOMENTS_EVERY) {
		ret_jiffies[count++] = 1;
		return count;
	}
	due_j = world_due_j(expander->world);
	free_j = world_free_j(expander->world);
	if (due_j)
		ret_jiffies[count++] = (uint32_t)due_j;
	if (free_j && (!due_j || free_j < due_j))
		ret_jiffies[count++] = (uint32_t)free_j;
	return count;
}

static void make_step(struct world *world, uint16_t move, uint32_t jiffies)
{
	if (move == MOVE_PASS)
		world_pass(world, jiffies);
	else if (move != MOVE_NONE)
		world_act(world, &world->actions[move]);
}

void expander_go(const struct expander *expander, const unsigned char *saved, uint16_t move,
		 uint32_t jiffies)
{
	saves_read(&expander->base, saved, expander->here);
	world_restore(expander->world, expander->here);
	make_step(expander->world, move, jiffies);
}

/* Finds where a step has led. */
static enum leads leads(struct expander *expander, struct chunk *chunk, struct step *step)
{
	size_t used = chunk->used;
	struct sought *sought = chunk_room(chunk, sizeof(*sought) + expander->sketch.key_bytes);
	bool is_back;

	step->sought = (uint32_t)used;
	if (!sketch_key(&expander->sketch, sought->key, &is_back))
		return LEADS_TOO_FAR;
	if (is_back)
		chunk->used = used;
	return is_back ? LEADS_BACK : LEADS_TO;
}

/* Makes a step from the state that is visited. False: no other can be made. */
static bool step_add(struct expander *expander, struct chunk *chunk, struct visit *visit,
		     unsigned char *noted, uint16_t move, uint32_t jiffies)
{
	struct world *world = expander->world;
	const struct watcher *watcher = expander->watcher;
	struct step *step = &visit->steps[visit->steps_count];

	if (visit->steps_count && step[-1].leads != LEADS_BACK)
		world_restore(world, expander->here);
	*step = (struct step){ .move = move, .jiffies = jiffies, .leads = LEADS_TO_BROKEN };
	make_step(world, move, jiffies);
	if (!world_is_broken(world, &visit->broken_text)) {
		if (watcher->step)
			watcher->step(watcher->user, world,
				      noted + visit->steps_count * watcher->step_bytes);
		step->leads = (uint8_t)leads(expander, chunk, step);
	}
	visit->steps_count++;
	return step->leads == LEADS_TO || step->leads == LEADS_BACK;
}

static void steps_make(struct expander *expander, struct chunk *chunk, struct visit *visit)
{
	uint32_t jiffies[PASSES_MAX];
	unsigned int passes = passes_of(expander, jiffies);
	size_t actions = expander->world->actions_count, count = passes + actions;
	unsigned char *noted = chunk_room(chunk, count * expander->watcher->step_bytes);
	bool goes_on = true;

	visit->noted_steps = noted;
	visit->steps = chunk_room(chunk, count * sizeof(struct step));
	for (unsigned int i = 0; i < passes && goes_on; i++)
		goes_on = step_add(expander, chunk, visit, noted, MOVE_PASS, jiffies[i]);
	for (size_t i = 0; i < actions && goes_on; i++)
		goes_on = step_add(expander, chunk, visit, noted, (uint16_t)i, 0);
}

static void parts_tell(struct expander *expander, struct chunk *chunk, struct visit *visit)
{
	const struct records *parts = &expander->sketch.parts;
	unsigned int count = parts->count - expander->parts_told;
	struct form_part *told = chunk_room(chunk, count * sizeof(*told));

	visit->parts = told;
	visit->parts_count = count;
	for (unsigned int i = 0; i < count; i++) {
		const unsigned char *part =
			records_at(parts, expander->parts_told++, &told[i].bytes);

		told[i].at = memcpy(chunk_room(chunk, told[i].bytes), part, told[i].bytes);
	}
}

/* Saves the state that the world is in. */
static void visit_begin(struct expander *expander, struct chunk *chunk, struct visit *ret_visit)
{
	unsigned char *saved = chunk->bytes + chunk->used;

	world_save(expander->world, expander->here);
	*ret_visit = (struct visit){
		.saved = saved,
		.saved_bytes = saves_difference(&expander->base, expander->here, saved),
	};
	chunk_room(chunk, ret_visit->saved_bytes);
}

bool expander_first(struct expander *expander, struct chunk *chunk)
{
	struct visit *visit = &chunk->visits[0];
	struct sought *sought;

	chunk->count = 1;
	chunk->by = expander->number;
	chunk->used = 0;
	visit_begin(expander, chunk, visit);
	visit->steps = chunk_room(chunk, sizeof(struct step));
	visit->steps_count = 1;
	visit->steps[0] = (struct step){ .move = MOVE_NONE, .sought = (uint32_t)chunk->used };
	sought = chunk_room(chunk, sizeof(*sought) + expander->sketch.key_bytes);
	if (!sketch_base(&expander->sketch, sought->key))
		return false;
	parts_tell(expander, chunk, visit);
	return true;
}

/* Another process had it last. */
static void soon_written(const struct chunk *chunk)
{
	for (size_t i = 0; i < WRITTEN_BYTES; i += LINE_BYTES)
		__builtin_prefetch(chunk->bytes + chunk->used + i, 1);
}

static void visit_make(struct expander *expander, struct chunk *chunk, const struct task *task,
		       struct visit *visit)
{
	const struct watcher *watcher = expander->watcher;

	soon_written(chunk);
	expander_go(expander, task->from, task->move, task->jiffies);
	visit_begin(expander, chunk, visit);
	if (watcher->state) {
		unsigned char *noted = chunk_room(chunk, watcher->state_bytes);

		watcher->state(watcher->user, expander->world, noted);
		visit->noted = noted;
	}
	sketch_base(&expander->sketch, chunk_room(chunk, expander->sketch.key_bytes));
	steps_make(expander, chunk, visit);
	parts_tell(expander, chunk, visit);
}

void expander_do(struct expander *expander, struct chunk *chunk)
{
	chunk->by = expander->number;
	for (unsigned int i = 0; i < chunk->count; i++)
		visit_make(expander, chunk, &chunk->tasks[i], &chunk->visits[i]);
}
