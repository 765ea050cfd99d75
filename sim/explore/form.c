/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The canonical forms of a world, by number. */
#include "sim/explore/form.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"

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
	const struct sketch *sketch = form->sketch;

	for (uint32_t i = 0; i < sketch->looked_at_count; i++)
		for (uint32_t j = 0; j < i && !form->classes[i]; j++) {
			if (!are_alike(sketch->world, sketch->looked_at[i], sketch->looked_at[j]))
				continue;
			if (!form->classes[j])
				form->classes[j] = j + 1;
			form->classes[i] = form->classes[j];
		}
}

void form_init(struct form *form, const struct sketch *sketch, unsigned int sketches,
	       bool has_symmetry, bool is_hashed)
{
	*form = (struct form){ .sketch = sketch, .sketches = sketches, .is_hashed = is_hashed };
	form->classes = xcalloc(sketch->looked_at_count, sizeof(form->classes[0]));
	/* a file's pointers are of certain devices */
	if (has_symmetry && !sketch->file_state &&
	    netdev_adj_pool_is_none(&sketch->world->sides[0].m->adj_pool))
		classes_find(form);
	form->numberings = xcalloc(sketches, sizeof(form->numberings[0]));
	records_init(&form->parts, 0);
	records_init(&form->states, is_hashed ? sizeof(uint64_t) : sketch->key_bytes);
}

void form_free(struct form *form)
{
	for (unsigned int i = 0; i < form->sketches; i++)
		free(form->numberings[i].numbers);
	free(form->numberings);
	records_free(&form->parts);
	records_free(&form->states);
	free(form->classes);
}

void form_take_part(struct form *form, unsigned int of, const unsigned char *part, size_t bytes)
{
	struct numbering *numbering = &form->numberings[of];
	bool is_new;

	numbering->numbers = xgrow(numbering->numbers, numbering->count, &numbering->capacity,
				   sizeof(numbering->numbers[0]));
	numbering->numbers[numbering->count++] =
		records_add(&form->parts, RECORD_NONE, part, bytes, &is_new);
}

void form_forget(struct form *form, unsigned int of)
{
	form->numberings[of].count = 0;
}

/* Exchanges devices of a class so that their numbers ascend. */
static void numbers_sort(const struct form *form, uint32_t *numbers)
{
	for (uint32_t i = 1; i < form->sketch->looked_at_count; i++) {
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

uint64_t form_seek(const struct form *form, unsigned int of, unsigned char *key)
{
	const struct sketch *sketch = form->sketch;
	uint32_t *numbers = (uint32_t *)(void *)key;
	uint64_t hash;

	for (unsigned int i = 0; i < sketch->numbers_count; i++)
		numbers[i] = form->numberings[of].numbers[numbers[i]];
	numbers_sort(form, numbers);
	hash = records_hash(key, sketch->key_bytes);
	if (form->is_hashed) {
		memcpy(key, &hash, sizeof(hash));
		hash = records_hash(key, sizeof(hash));
	}
	records_seek(&form->states, hash);
	return hash;
}

uint32_t form_near(const struct form *form, uint64_t hash)
{
	return records_near(&form->states, hash);
}

uint32_t form_add(struct form *form, uint64_t hash, const unsigned char *key, bool *ret_is_new)
{
	return records_add_hashed(&form->states, hash, key, form->states.record_bytes, ret_is_new);
}

size_t form_memory(const struct form *form)
{
	return records_memory(&form->parts) + records_memory(&form->states);
}
