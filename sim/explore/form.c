/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The canonical form of a world, in numbers. */
#include "sim/explore/form.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "sim/base/xalloc.h"

static bool is_acted_on(const struct world *world, uint32_t dev)
{
	for (size_t i = 0; i < world->actions_count; i++)
		if (world->actions[i].dev == dev)
			return true;
	return false;
}

static bool is_plain(const struct net_device *dev)
{
	return dev->netdev_ops == &dummy_netdev_ops || dev->netdev_ops == &virtnet_netdev_ops ||
	       dev->netdev_ops == &tun_netdev_ops || dev->netdev_ops == &tap_netdev_ops;
}

/* Whether the same lines act on both devices, each once. */
static bool have_same_actions(const struct world *world, uint32_t a, uint32_t b)
{
	for (size_t i = 0; i < world->actions_count; i++) {
		const struct stmt *stmt = world->actions[i].stmt;
		unsigned int of_a = 0, of_b = 0;

		for (size_t j = 0; j < world->actions_count; j++) {
			of_a += world->actions[j].stmt == stmt && world->actions[j].dev == a;
			of_b += world->actions[j].stmt == stmt && world->actions[j].dev == b;
		}
		if (of_a != of_b)
			return false;
	}
	return true;
}

static bool are_alike(const struct world *world, uint32_t a, uint32_t b)
{
	const struct machine *m = world->sides[0].m;

	return is_plain(&m->devices[a]) && m->devices[a].netdev_ops == m->devices[b].netdev_ops &&
	       m->devices[a].nd_net == m->devices[b].nd_net && have_same_actions(world, a, b);
}

static void classes_find(struct form *form)
{
	for (uint32_t i = 0; i < form->looked_at_count; i++)
		for (uint32_t j = 0; j < i && !form->classes[i]; j++) {
			if (!are_alike(form->world, form->looked_at[i], form->looked_at[j]))
				continue;
			if (!form->classes[j])
				form->classes[j] = j + 1;
			form->classes[i] = form->classes[j];
		}
}

void form_init(struct form *form, const struct world *world, bool has_symmetry, bool is_hashed)
{
	const struct machine *m = world->sides[0].m;
	size_t key_bytes = 0, file_bytes = 0;

	*form = (struct form){ .world = world, .is_hashed = is_hashed };
	form->looked_at = xcalloc(world->devices, sizeof(form->looked_at[0]));
	form->classes = xcalloc(world->devices, sizeof(form->classes[0]));
	for (uint32_t i = 0; i < world->devices; i++)
		if (m->devices[i].reg_state == NETREG_REGISTERED &&
		    (m->devices[i].netdev_ops != &loopback_netdev_ops || is_acted_on(world, i)))
			form->looked_at[form->looked_at_count++] = i;
	for (unsigned int i = 0; i < world->sides_count; i++) {
		const struct linkwatch_file *file = world->sides[i].m->linkwatch.file;

		if (!file)
			continue;
		key_bytes += sizeof(form->numbers[0]);
		if (file->state_bytes > file_bytes)
			file_bytes = file->state_bytes;
	}
	if (file_bytes)
		form->file_state = xmalloc(file_bytes);
	else if (has_symmetry &&
		 netdev_adj_pool_is_none(
			 &m->adj_pool)) /* a file's pointers are of certain devices */
		classes_find(form);
	key_bytes += form->looked_at_count * sizeof(form->numbers[0]);
	for (unsigned int i = 0; i < world->sides_count; i++) {
		form->machine_bytes[i] = canonical_machine_bytes(world->sides[i].m);
		key_bytes += form->machine_bytes[i];
	}
	records_init(&form->devices, 0);
	records_init(&form->states, is_hashed ? sizeof(XXH64_hash_t) : key_bytes);
	form->key_bytes = key_bytes;
	form->key = xmalloc(key_bytes);
	form->numbers = xcalloc(form->looked_at_count + 1, sizeof(form->numbers[0]));
	form->guesses = xcalloc(form->looked_at_count + 1, sizeof(form->guesses[0]));
	memset(form->guesses, 0xff, form->looked_at_count * sizeof(form->guesses[0]));
}

void form_free(struct form *form)
{
	records_free(&form->devices);
	records_free(&form->states);
	free(form->looked_at);
	free(form->classes);
	free(form->key);
	free(form->numbers);
	free(form->guesses);
	free(form->file_state);
}

/* Exchanges devices of a class so that their numbers ascend. */
static void numbers_sort(const struct form *form, uint32_t *numbers)
{
	for (uint32_t i = 1; i < form->looked_at_count; i++) {
		uint32_t at = i;

		if (!form->classes[i])
			continue;
		for (uint32_t j = i; j-- > 0;) {
			uint32_t number = numbers[j];

			if (form->classes[j] != form->classes[i])
				continue;
			if (number <= numbers[at])
				break;
			numbers[j] = numbers[at];
			numbers[at] = number;
			at = j;
		}
	}
}

/* Finds the number of one device's part of each side; *number is a guess before. False: it does not fit. */
static bool device_number(struct form *form, uint32_t dev, const uint32_t *const places[SIDES_MAX],
			  uint32_t *number)
{
	const struct world *world = form->world;
	unsigned char record[SIDES_MAX * (CANONICAL_DEVICE_MAX + sizeof(struct heard))];
	size_t bytes = 0;
	bool is_new;

	for (unsigned int i = 0; i < world->sides_count; i++) {
		const struct side *side = &world->sides[i];
		size_t part =
			canonical_device(&side->m->devices[dev], places[i][dev], record + bytes);

		if (!part)
			return false;
		bytes += part;
		if (world->hearing == HEARING_RUNNING)
			record[bytes++] = side->heard[dev].flags & (HEARD_UP | HEARD_RUNNING);
		if (world->hearing == HEARING_ALL) {
			record[bytes++] = side->heard[dev].flags;
			record[bytes++] = side->heard[dev].operstate;
		}
	}
	*number = records_add(&form->devices, *number, record, bytes, &is_new);
	return true;
}

/* Writes the number of each file's own state. */
static void put_files(struct form *form, unsigned char *at)
{
	for (unsigned int i = 0; i < form->world->sides_count; i++) {
		const struct linkwatch_file *file = form->world->sides[i].m->linkwatch.file;
		uint32_t number;
		bool is_new;

		if (!file)
			continue;
		file->canonical(file, form->file_state);
		number = records_add(&form->devices, RECORD_NONE, form->file_state,
				     file->state_bytes, &is_new);
		memcpy(at, &number, sizeof(number));
		at += sizeof(number);
	}
}

uint32_t form_state(struct form *form, uint32_t from, bool *ret_is_new)
{
	const struct world *world = form->world;
	const uint32_t *places[SIDES_MAX];
	unsigned char *at = form->key;
	uint32_t *numbers = form->numbers;

	for (unsigned int i = 0; i < world->sides_count; i++) {
		const struct side *side = &world->sides[i];

		canonical_places(side->m, world->places + i * world->devices);
		places[i] = world->places + i * world->devices;
		canonical_machine(side->m, side->period_j, at, form->machine_bytes[i]);
		at += form->machine_bytes[i];
	}
	for (uint32_t i = 0; i < form->looked_at_count; i++)
		if (!device_number(form, form->looked_at[i], places, &form->guesses[i]))
			return FORM_TOO_MUCH;
	memcpy(numbers, form->guesses, form->looked_at_count * sizeof(numbers[0]));
	numbers_sort(form, numbers);
	memcpy(at, numbers, form->looked_at_count * sizeof(numbers[0]));
	if (form->file_state)
		put_files(form, at + form->looked_at_count * sizeof(numbers[0]));
	if (form->is_hashed) {
		XXH64_hash_t hash = XXH3_64bits(form->key, form->key_bytes);

		return records_add(&form->states, from, (const unsigned char *)&hash, sizeof(hash),
				   ret_is_new);
	}
	return records_add(&form->states, from, form->key, form->key_bytes, ret_is_new);
}

size_t form_memory(const struct form *form)
{
	return records_memory(&form->devices) + records_memory(&form->states);
}
