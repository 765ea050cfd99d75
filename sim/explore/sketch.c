/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The canonical form of a world as a key. */
#include "sim/explore/sketch.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"

/* What a device's part depends on, but for the device itself. */
struct sketched {
	uint32_t place; /* on linkwatch's list */
	struct heard heard;
};

static bool is_acted_on(const struct world *world, uint32_t dev)
{
	for (size_t i = 0; i < world->actions_count; i++)
		if (world->actions[i].dev == dev)
			return true;
	return false;
}

static void looked_at_find(struct sketch *sketch)
{
	const struct world *world = sketch->world;
	const struct machine *m = world->sides[0].m;

	sketch->looked_at = xcalloc(world->devices, sizeof(sketch->looked_at[0]));
	for (uint32_t i = 0; i < world->devices; i++)
		if (m->devices[i].reg_state == NETREG_REGISTERED &&
		    (m->devices[i].netdev_ops != &loopback_netdev_ops || is_acted_on(world, i)))
			sketch->looked_at[sketch->looked_at_count++] = i;
}

#define DEVICE_PART_MAX (SIDES_MAX * (CANONICAL_DEVICE_MAX + sizeof(struct heard)))

void sketch_init(struct sketch *sketch, const struct world *world)
{
	size_t copies = (size_t)world->devices * world->sides_count, file_bytes = 0;

	*sketch = (struct sketch){ .world = world, .part_bytes_max = DEVICE_PART_MAX };
	looked_at_find(sketch);
	sketch->numbers_count = sketch->looked_at_count;
	for (unsigned int i = 0; i < world->sides_count; i++) {
		const struct machine *m = world->sides[i].m;

		sketch->machine_bytes[i] = canonical_machine_bytes(m);
		sketch->key_bytes += sketch->machine_bytes[i];
		if (!m->linkwatch.file)
			continue;
		sketch->numbers_count++;
		if (m->linkwatch.file->state_bytes > file_bytes)
			file_bytes = m->linkwatch.file->state_bytes;
	}
	sketch->machines = xcalloc(1, sketch->key_bytes);
	sketch->key_bytes += sketch->numbers_count * sizeof(uint32_t);
	if (file_bytes)
		sketch->file_state = xmalloc(file_bytes);
	if (file_bytes > sketch->part_bytes_max)
		sketch->part_bytes_max = file_bytes;
	records_init(&sketch->parts, 0);
	sketch->devices = xcalloc(copies, sizeof(sketch->devices[0]));
	sketch->others = xcalloc(copies, sizeof(sketch->others[0]));
	sketch->numbers = xcalloc(sketch->numbers_count, sizeof(sketch->numbers[0]));
	sketch->guesses = xcalloc(sketch->looked_at_count, sizeof(sketch->guesses[0]));
	memset(sketch->guesses, 0xff, sketch->looked_at_count * sizeof(sketch->guesses[0]));
}

void sketch_free(struct sketch *sketch)
{
	records_free(&sketch->parts);
	free(sketch->looked_at);
	free(sketch->file_state);
	free(sketch->devices);
	free(sketch->others);
	free(sketch->numbers);
	free(sketch->machines);
	free(sketch->guesses);
}

static struct sketched sketched_of(const struct sketch *sketch, unsigned int side, uint32_t dev)
{
	const struct world *world = sketch->world;

	return (struct sketched){
		.place = world->places[side * world->devices + dev],
		.heard = world->sides[side].heard[dev],
	};
}

/* Whether the device's part is that of the base. Of stacked devices, other structures are a part, too. */
static bool is_as_in_base(const struct sketch *sketch, uint32_t dev)
{
	const struct world *world = sketch->world;

	for (unsigned int side = 0; side < world->sides_count; side++) {
		const struct net_device *now = &world->sides[side].m->devices[dev];
		size_t at = (size_t)side * world->devices + dev;
		const struct sketched then = sketch->others[at];
		const struct sketched others = sketched_of(sketch, side, dev);

		if (now->adj || then.place != others.place ||
		    then.heard.flags != others.heard.flags ||
		    then.heard.operstate != others.heard.operstate ||
		    memcmp(now, &sketch->devices[at], sizeof(*now)) != 0)
			return false;
	}
	return true;
}

static void base_note(struct sketch *sketch, uint32_t dev)
{
	const struct world *world = sketch->world;

	for (unsigned int side = 0; side < world->sides_count; side++) {
		size_t at = (size_t)side * world->devices + dev;

		sketch->devices[at] = world->sides[side].m->devices[dev];
		sketch->others[at] = sketched_of(sketch, side, dev);
	}
}

/* Finds the number of one device's part of each side; *number is a guess before. False: it does not fit. */
static bool device_number(struct sketch *sketch, uint32_t dev, uint32_t *number)
{
	const struct world *world = sketch->world;
	unsigned char part[DEVICE_PART_MAX];
	size_t bytes = 0;
	bool is_new;

	for (unsigned int i = 0; i < world->sides_count; i++) {
		const struct sketched others = sketched_of(sketch, i, dev);
		size_t of_side = canonical_device(&world->sides[i].m->devices[dev], others.place,
						  part + bytes);

		if (!of_side)
			return false;
		bytes += of_side;
		if (world->hearing == HEARING_RUNNING)
			part[bytes++] = others.heard.flags & (HEARD_UP | HEARD_RUNNING);
		if (world->hearing == HEARING_ALL) {
			part[bytes++] = others.heard.flags;
			part[bytes++] = others.heard.operstate;
		}
	}
	*number = records_add(&sketch->parts, *number, part, bytes, &is_new);
	return true;
}

/* Finds the number of each file's own state. */
static void put_files(struct sketch *sketch, uint32_t *ret_numbers)
{
	for (unsigned int i = 0; i < sketch->world->sides_count; i++) {
		const struct linkwatch_file *file = sketch->world->sides[i].m->linkwatch.file;
		bool is_new;

		if (!file)
			continue;
		file->canonical(file, sketch->file_state);
		*ret_numbers++ = records_add(&sketch->parts, RECORD_NONE, sketch->file_state,
					     file->state_bytes, &is_new);
	}
}

/* Writes what is not of one device: the rest of the key. Returns its size. */
static size_t put_machines(const struct sketch *sketch, unsigned char *rest)
{
	const struct world *world = sketch->world;
	size_t bytes = 0;

	for (unsigned int i = 0; i < world->sides_count; i++) {
		const struct side *side = &world->sides[i];

		canonical_machine(side->m, side->period_j, rest + bytes, sketch->machine_bytes[i]);
		canonical_places(side->m, world->places + i * world->devices);
		bytes += sketch->machine_bytes[i];
	}
	return bytes;
}

bool sketch_base(struct sketch *sketch, unsigned char *ret_key)
{
	unsigned char *rest = ret_key + sketch->numbers_count * sizeof(uint32_t);

	memcpy(sketch->machines, rest, put_machines(sketch, rest));
	for (uint32_t i = 0; i < sketch->looked_at_count; i++) {
		uint32_t dev = sketch->looked_at[i];

		if (sketch->has_base && is_as_in_base(sketch, dev))
			continue;
		base_note(sketch, dev);
		if (!device_number(sketch, dev, &sketch->guesses[i]))
			return false;
		sketch->numbers[i] = sketch->guesses[i];
	}
	sketch->has_base = true;
	if (sketch->file_state)
		put_files(sketch, &sketch->numbers[sketch->looked_at_count]);
	memcpy(ret_key, sketch->numbers, sketch->numbers_count * sizeof(uint32_t));
	return true;
}

bool sketch_key(struct sketch *sketch, unsigned char *ret_key, bool *ret_is_base)
{
	uint32_t *numbers = (uint32_t *)(void *)ret_key;
	unsigned char *rest = ret_key + sketch->numbers_count * sizeof(uint32_t);
	size_t rest_bytes = put_machines(sketch, rest);
	bool is_base = true;

	for (uint32_t i = 0; i < sketch->looked_at_count; i++) {
		numbers[i] = sketch->numbers[i];
		if (is_as_in_base(sketch, sketch->looked_at[i]))
			continue;
		if (!device_number(sketch, sketch->looked_at[i], &sketch->guesses[i]))
			return false;
		numbers[i] = sketch->guesses[i];
	}
	if (sketch->file_state)
		put_files(sketch, &numbers[sketch->looked_at_count]);
	for (unsigned int i = 0; i < sketch->numbers_count; i++)
		is_base &= numbers[i] == sketch->numbers[i];
	/* last, because memory that has just been written in small parts is read slowly as a whole */
	*ret_is_base = is_base && memcmp(rest, sketch->machines, rest_bytes) == 0;
	return true;
}
