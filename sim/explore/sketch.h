/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The canonical form of a world as a short key: what is of one device, or of a link_watch.c from a file, is a record of
 * its own, for which the key has a number. */
#ifndef LWSIM_SIM_EXPLORE_SKETCH_H
#define LWSIM_SIM_EXPLORE_SKETCH_H

#include "sim/explore/records.h"
#include "sim/explore/world.h"

struct sketch {
	const struct world *world;
	struct records parts; /* what has a number */
	uint32_t *looked_at;  /* the devices whose state can change */
	uint32_t looked_at_count;
	size_t machine_bytes[SIDES_MAX];
	size_t key_bytes;
	size_t part_bytes_max;
	/* a key begins with this many numbers of parts: one for each device looked at, then one for each file */
	unsigned int numbers_count;

	/* private */
	bool has_base;
	unsigned char *file_state; /* scratch; NULL: no side has a link_watch.c from a file */
	/* of the last sketch_base(), side by side: the devices, and what else their parts depend on */
	struct net_device *devices;
	struct sketched *others;
	uint32_t *numbers;	 /* of the devices looked at */
	unsigned char *machines; /* the key behind its numbers */
	uint32_t *guesses;	 /* the number that each device had last */
};

void sketch_init(struct sketch *sketch, const struct world *world);
void sketch_free(struct sketch *sketch);
/* Writes the key of the world's present state, aligned to 4. False: a device's part does not fit. */
bool sketch_base(struct sketch *sketch, unsigned char *ret_key);
/*
 * The same, faster, of a state in which most is as in the one of the last sketch_base(), which went well.
 * *ret_is_base: whether the keys are the same.
 */
bool sketch_key(struct sketch *sketch, unsigned char *ret_key, bool *ret_is_base);

#endif
