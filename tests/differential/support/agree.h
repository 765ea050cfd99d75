/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compares two machines in everything that a link_watch.c decides, and its consequences. */
#ifndef LWSIM_TESTS_DIFFERENTIAL_AGREE_H
#define LWSIM_TESTS_DIFFERENTIAL_AGREE_H

#include <stdio.h>

#include "side.h"

/*
 * Compared: all messages and results so far, the clock, rtnl, the order of the event list, each device,
 * the time of the next run, LW_URGENT, the work item with its timer and its place in the queue. Not
 * compared: causes, which only lwsim has.
 */
bool sides_agree(const struct side *a, const struct side *b);

/* The same; also prints each difference as a line with both values. */
bool sides_compare(const struct side *a, const struct side *b, FILE *out);

#endif
