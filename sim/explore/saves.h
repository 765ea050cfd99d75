/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copies of the world, each as its difference from the first. */
#ifndef LWSIM_SIM_EXPLORE_SAVES_H
#define LWSIM_SIM_EXPLORE_SAVES_H

#include <stddef.h>
#include <stdint.h>

/* The copy that the others differ from; the caller owns it. Its size is a multiple of 8. */
struct saves_base {
	const unsigned char *bytes;
	size_t count;
};

/* The most bytes of a difference. */
size_t saves_bytes_max(const struct saves_base *base);
/* Writes how the copy differs, aligned to 8, and returns its size. There must be room for the most. */
size_t saves_difference(const struct saves_base *base, const unsigned char *copy,
			unsigned char *ret_saved);
size_t saves_bytes(const struct saves_base *base, const unsigned char *saved);
void saves_read(const struct saves_base *base, const unsigned char *saved, unsigned char *ret_copy);

/* A place for differences that are given up together. */
struct saves {
	struct saves_chunk *chunks;  /* the latest first */
	struct saves_chunk *cleared; /* to be used again */
	size_t memory;
};

/* Valid until saves_clear(). */
const unsigned char *saves_add(struct saves *saves, const unsigned char *saved, size_t bytes);
void saves_clear(struct saves *saves);
void saves_free(struct saves *saves);

#endif
