/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Processes that expand states for a search, on other processors. Chunks are handed out and come back in one order,
 * so what is found does not depend on them. */
#ifndef LWSIM_SIM_EXPLORE_HELPERS_H
#define LWSIM_SIM_EXPLORE_HELPERS_H

#include "sim/explore/expand.h"

struct helpers;

/*
 * Starts so many processes, with numbers from 1 on; the caller's own expander has 0. They are copies of this process
 * and share nothing with it but chunks. forked: called in each of them first; may be NULL. NULL: they cannot be
 * started.
 */
struct helpers *helpers_start(struct expander *expander, unsigned int count, void (*forked)(void));
/* Ends the processes. */
void helpers_end(struct helpers *helpers);

/* The chunk to be filled next, without tasks; NULL: so many are under way that one must be taken first. */
struct chunk *helpers_room(struct helpers *helpers);
/* Hands it out to the first `awake` helpers. What its tasks point at is copied into it. */
void helpers_give(struct helpers *helpers, unsigned int awake);
/*
 * The next chunk in order that is done, which is left to the caller until the next call; expands other chunks in the
 * meantime. There must be one under way. NULL: a helper has died, and none can be relied on any more.
 */
struct chunk *helpers_take(struct helpers *helpers, struct expander *expander);

#endif
