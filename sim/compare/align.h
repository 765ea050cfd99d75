/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pairs the records of two runs that say the same. */
#ifndef LWSIM_SIM_COMPARE_ALIGN_H
#define LWSIM_SIM_COMPARE_ALIGN_H

#include "sim/run/trace.h"

#define ALIGN_NONE SIZE_MAX

/*
 * Messages say the same if their kind (of newlink and dellink), their operstate and their flags of
 * UP RUNNING LOWER_UP DORMANT are the same; errors and answers, if they are of the same line and
 * their texts are the same. When they came does not matter.
 */
bool record_says_the_same(const struct record *a, const struct record *b);

/*
 * a and b in order of time: ret_partner[i] becomes the index in b of what a[i] is paired with, or
 * ALIGN_NONE. Pairs say the same and do not cross. Of all such pairings it is one with the most
 * pairs; of these, with the most that came at the same time; of these, with the least time, in us,
 * from one to the other over all pairs. What both have at their beginnings or ends costs nothing;
 * where more than ALIGN_MAX_CELLS comparisons remain, both are cut in two first.
 */
#define ALIGN_MAX_CELLS ((size_t)1 << 24)
void align(const struct record *const *a, size_t a_count, const struct record *const *b,
	   size_t b_count, size_t *ret_partner);

#endif
