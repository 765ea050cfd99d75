/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compares what two kernels tell, step by step, and finds the kind of each difference. */
#include "sim/explore/equal.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/explore/watch.h"

/* The messages from a step on, if nothing more happens. */
struct sequel {
	unsigned char *copy; /* of the world before */
	struct later_told {
		struct told told;
		uint32_t after_j;
	} * told[SIDES_MAX];
	size_t count[SIDES_MAX], capacity[SIDES_MAX];
	uint32_t settled_j;
};

void equal_init(struct equal *equal, bool goes_on)
{
	*equal = (struct equal){ .goes_on = goes_on };
	equal->sequel = xcalloc(1, sizeof(*equal->sequel));
}

void equal_free(struct equal *equal)
{
	for (unsigned int i = 0; i < SIDES_MAX; i++)
		free(equal->sequel->told[i]);
	free(equal->sequel->copy);
	free(equal->sequel);
}

static void sequel_add(struct sequel *sequel, const struct world *world, uint32_t after_j)
{
	for (unsigned int side = 0; side < SIDES_MAX; side++)
		for (size_t i = 0; i < world->sides[side].tale.count; i++) {
			sequel->told[side] =
				xgrow(sequel->told[side], sequel->count[side],
				      &sequel->capacity[side], sizeof(sequel->told[side][0]));
			sequel->told[side][sequel->count[side]++] = (struct later_told){
				.told = world->sides[side].tale.told[i],
				.after_j = after_j,
			};
			sequel->settled_j = after_j;
		}
}

/* Lets the world go on for a while, and takes it back. */
static void sequel_take(struct sequel *sequel, struct world *world)
{
	uint64_t after_j = 0;

	if (!sequel->copy)
		sequel->copy = xmalloc(world_save_bytes(world));
	world_save(world, sequel->copy);
	sequel->count[0] = sequel->count[1] = 0;
	sequel->settled_j = 0;
	sequel_add(sequel, world, 0);
	while (world_go_on(world, &after_j))
		sequel_add(sequel, world, (uint32_t)after_j);
	world_restore(world, sequel->copy);
}

/* The next message of a device from *at on; NULL: none. */
static const struct later_told *next_of(const struct sequel *sequel, unsigned int side,
					uint32_t dev, size_t *at)
{
	while (*at < sequel->count[side]) {
		const struct later_told *told = &sequel->told[side][(*at)++];

		if (told->told.dev == dev)
			return told;
	}
	return NULL;
}

/* How one device's messages differ; DIFFERENCE_KINDS: they do not. */
static enum difference_kind kind_of(const struct sequel *sequel, uint32_t dev)
{
	const struct later_told *a, *b;
	size_t at_a = 0, at_b = 0;
	bool is_other = false;
	enum difference_kind kind = DIFFERENCE_KINDS;

	for (;;) {
		a = next_of(sequel, 0, dev, &at_a);
		b = next_of(sequel, 1, dev, &at_b);
		if (!a || !b)
			break;
		if (!is_same_told(&a->told, &b->told))
			is_other = true;
		else if (a->after_j != b->after_j && kind == DIFFERENCE_KINDS)
			kind = b->after_j < a->after_j ? DIFFERENCE_EARLIER : DIFFERENCE_LATER;
	}
	if (a || b)
		return a ? DIFFERENCE_FEWER : DIFFERENCE_MORE;
	return is_other ? DIFFERENCE_OTHER : kind;
}

static bool is_shorter(const struct difference *a, const struct difference *b)
{
	if (!b->is_found)
		return true;
	return a->actions != b->actions ? a->actions < b->actions : a->time_j < b->time_j;
}

static void difference_note(struct equal *equal, enum difference_kind kind,
			    const struct difference *difference)
{
	if (is_shorter(difference, &equal->found[kind]))
		equal->found[kind] = *difference;
}

/* Whether a difference of this length would be news for some kind. */
static bool is_worth_it(const struct equal *equal, const struct difference *difference)
{
	for (unsigned int kind = 0; kind < DIFFERENCE_KINDS; kind++)
		if (is_shorter(difference, &equal->found[kind]))
			return true;
	return false;
}

static void look(struct equal *equal, struct world *world, struct difference *difference)
{
	bool is_told = false;

	sequel_take(equal->sequel, world);
	difference->settled_j = equal->sequel->settled_j;
	for (uint32_t dev = 0; dev < world->devices; dev++) {
		enum difference_kind kind;

		if (equal->goes_on && !equal->is_same[dev])
			continue;
		kind = kind_of(equal->sequel, dev);
		if (kind == DIFFERENCE_KINDS)
			continue;
		difference_note(equal, kind, difference);
		is_told = true;
	}
	if (!is_told && !equal->goes_on) /* the order of two devices' messages */
		difference_note(equal, DIFFERENCE_OTHER, difference);
}

/* Whether both sides have heard the same of each device. */
static void note_heard(const void *user, const struct world *world, void *ret_noted)
{
	bool *is_same = ret_noted;

	(void)user;
	for (uint32_t i = 0; i < world->devices; i++)
		is_same[i] = memcmp(&world->sides[0].heard[i], &world->sides[1].heard[i],
				    sizeof(struct heard)) == 0;
}

static void note_tale(const void *user, const struct world *world, void *ret_noted)
{
	(void)user;
	*(bool *)ret_noted = is_same_tale(world);
}

static void equal_visiting(void *user, const struct search *search, uint32_t state,
			   const void *noted)
{
	struct equal *equal = user;

	(void)search;
	(void)state;
	equal->is_same = noted;
}

static bool equal_step(void *user, const struct search *search, uint32_t from, uint16_t move,
		       uint32_t jiffies, const void *noted)
{
	struct equal *equal = user;
	const struct node *node = &search->nodes[from];
	struct difference difference = {
		.is_found = true,
		.from = from,
		.move = move,
		.jiffies = jiffies,
		.actions = node->actions + (move != MOVE_PASS ? 1U : 0U),
		.time_j = node->time_j + jiffies,
	};

	if (*(const bool *)noted)
		return true;
	equal->differing++;
	if (!is_worth_it(equal, &difference))
		return equal->goes_on;
	if (equal->looked_at++ < EQUAL_LOOKS_MAX)
		look(equal, search_world(search, move, jiffies), &difference);
	else
		equal->is_cut = true;
	return equal->goes_on;
}

/* Nothing shorter can come. */
static bool equal_is_enough(void *user, uint32_t actions)
{
	const struct equal *equal = user;

	for (unsigned int kind = 0; kind < DIFFERENCE_KINDS; kind++)
		if (!equal->found[kind].is_found || equal->found[kind].actions >= actions)
			return false;
	return true;
}

struct visitor equal_visitor(struct equal *equal, const struct world *world)
{
	return (struct visitor){
		.watcher = { .state_bytes = world->devices * sizeof(bool),
			     .step_bytes = sizeof(bool),
			     .state = note_heard,
			     .step = note_tale },
		.visiting = equal_visiting,
		.step = equal_step,
		.is_enough = equal_is_enough,
		.user = equal,
	};
}
