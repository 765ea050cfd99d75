/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pairs the equal records of two runs. */
#ifndef LWSIM_SIM_COMPARE_ALIGN_H
#define LWSIM_SIM_COMPARE_ALIGN_H

#include "sim/run/trace.h"

#define ALIGN_NONE SIZE_MAX

/*
 * Messages are equal if their kind (newlink, dellink), operstate and the flags UP RUNNING LOWER_UP
 * DORMANT are equal; errors and answers, if their line and text are equal. Their times do not
 * matter.
 */
bool record_says_the_same(const struct record *a, const struct record *b);

/*
 * Pairs a and b, both ordered by time: ret_partner[i] becomes the index in b of a[i]'s partner, or
 * ALIGN_NONE. Pairs are equal records and do not cross. The pairing has the most pairs; of those,
 * the most at the same time; of those, the smallest sum of distances in us. Equal beginnings and
 * ends cost nothing. Where more than ALIGN_MAX_CELLS comparisons remain, both are first cut in two.
 */
#define ALIGN_MAX_CELLS ((size_t)1 << 24)
void align(const struct record *const *a, size_t a_count, const struct record *const *b,
	   size_t b_count, size_t *ret_partner);

#endif
