/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copies of the world, each as its difference from the first. */
#ifndef LWSIM_SIM_EXPLORE_SAVES_H
#define LWSIM_SIM_EXPLORE_SAVES_H

#include <stddef.h>
#include <stdint.h>

/* A place for copies that are given up together. */
struct saves {
	struct saves_chunk *chunks; /* the latest first */
	size_t memory;
};

/* The copy that the others differ from; the caller owns both, which are of `bytes`, a multiple of 8. */
struct saves_base {
	const unsigned char *bytes;
	size_t count;
};

/* Valid until saves_clear(). */
const unsigned char *saves_add(struct saves *saves, const struct saves_base *base,
			       const unsigned char *copy);
void saves_read(const struct saves_base *base, const unsigned char *saved, unsigned char *ret_copy);
void saves_clear(struct saves *saves);

#endif
