/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Random numbers that depend on the seed alone. */
#ifndef LWSIM_TESTS_PROPERTY_RANDOM_H
#define LWSIM_TESTS_PROPERTY_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

/* Consecutive seeds give distant states, never 0. */
static inline uint64_t random_start(uint64_t seed)
{
	return (seed + 1) * UINT64_C(0x9e3779b97f4a7c15);
}

/* xorshift64* */
static inline uint64_t next_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(0x2545f4914f6cdd1d);
}

static inline int64_t below(uint64_t *rng, int64_t bound)
{
	return (int64_t)((next_random(rng) >> 11) % (uint64_t)bound);
}

static inline bool one_in(uint64_t *rng, int64_t n)
{
	return below(rng, n) == 0;
}

#endif
