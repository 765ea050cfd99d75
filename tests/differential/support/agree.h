/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether two machines are the same in all that a link_watch.c decides, and what follows from it. */
#ifndef LWSIM_TESTS_DIFFERENTIAL_AGREE_H
#define LWSIM_TESTS_DIFFERENTIAL_AGREE_H

#include <stdio.h>

#include "side.h"

/*
 * Compared: what was said and returned so far, the clock, rtnl, the order of the event list, each device, the time of
 * the next run, LW_URGENT, the work item with its timer and its place in the queue. Not compared: causes, which are
 * lwsim's own.
 */
bool sides_agree(const struct side *a, const struct side *b);

/* The same, and each difference as a line that has both. */
bool sides_compare(const struct side *a, const struct side *b, FILE *out);

#endif
