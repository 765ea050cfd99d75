/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The states of a world: each canonical form once, with a number. */
#ifndef LWSIM_SIM_EXPLORE_FORM_H
#define LWSIM_SIM_EXPLORE_FORM_H

#include "sim/explore/sketch.h"

/* What the numbers of one sketch are here. */
struct numbering {
	uint32_t *numbers; /* by the sketch's number */
	size_t count, capacity;
};

struct form {
	const struct sketch *sketch; /* what a key consists of */
	struct records parts;	     /* of all sketches */
	struct records states;	     /* keys, with numbers of `parts` */
	/* by place in sketch->looked_at: devices of the same class can be exchanged; 0: with none */
	uint32_t *classes;
	bool is_hashed; /* 8 bytes of a hash stand for a state's key */
	struct numbering *numberings;
	unsigned int sketches;
};

/* has_symmetry: devices of the same kind with the same actions count as the same. sketches: how many there are. */
void form_init(struct form *form, const struct sketch *sketch, unsigned int sketches,
	       bool has_symmetry, bool is_hashed);
void form_free(struct form *form);

/* Takes the next part that a sketch has given a number. */
void form_take_part(struct form *form, unsigned int of, const unsigned char *part, size_t bytes);
/* Forgets what the sketch's numbers are: it begins again. */
void form_forget(struct form *form, unsigned int of);

/*
 * The number of a state, in three steps that are each done for many keys, because memory is slow. form_seek() turns a
 * sketch's key into the form's and returns its hash; form_near() returns the number that the state probably has, or
 * RECORD_NONE.
 */
uint64_t form_seek(const struct form *form, unsigned int of, unsigned char *key);
uint32_t form_near(const struct form *form, uint64_t hash);
uint32_t form_add(struct form *form, uint64_t hash, const unsigned char *key, bool *ret_is_new);

size_t form_memory(const struct form *form);

#endif
