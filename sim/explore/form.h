/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The states of a world: each canonical form once, with a number. */
#ifndef LWSIM_SIM_EXPLORE_FORM_H
#define LWSIM_SIM_EXPLORE_FORM_H

#include "sim/explore/records.h"
#include "sim/explore/world.h"

struct form {
	const struct world *world;
	struct records devices; /* what is of one device, or of a link_watch.c from a file */
	struct records states;	/* what is of the machines, then a number for each device */
	uint32_t *looked_at;	/* the devices whose state can change */
	uint32_t looked_at_count;
	/* by place in looked_at: devices of the same class can be exchanged; 0: with none */
	uint32_t *classes;
	size_t machine_bytes[SIDES_MAX];
	unsigned char *file_state; /* scratch; NULL: no side has a link_watch.c from a file */
	size_t key_bytes;
	unsigned char *key; /* scratch */
	bool is_hashed;	    /* 8 bytes of a hash stand for a state's key */
	uint32_t *numbers;  /* scratch */
	uint32_t
		*guesses; /* of each device looked at, the number it had last; most have it again */
};

/* has_symmetry: devices of the same kind with the same actions count as the same. */
void form_init(struct form *form, const struct world *world, bool has_symmetry, bool is_hashed);
void form_free(struct form *form);

#define FORM_TOO_MUCH RECORD_NONE
/*
 * The number of the world's present state; FORM_TOO_MUCH: a device's part does not fit. from: the state before
 * the last step, which is often the same; RECORD_NONE: there is none.
 */
uint32_t form_state(struct form *form, uint32_t from, bool *ret_is_new);

size_t form_memory(const struct form *form);

#endif
