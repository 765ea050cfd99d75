/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Saved states of a run after earlier additions, so that undo need not run everything again. */
#ifndef LWSIM_SIM_REPL_KEPT_H
#define LWSIM_SIM_REPL_KEPT_H

#include <stddef.h>

#include "sim/run/saved_run.h"

/* The distance doubles with each state back, so there are about log2 of the additions. */
struct kept {
	struct kept_state {
		size_t count; /* number of additions run so far */
		struct saved_run *run;
		char *end; /* the same as live.end */
	} * states;	   /* ordered by count */
	size_t states_count, states_room;
};

/* Saves the current state of the run. */
void kept_add(struct kept *kept, size_t count, const struct runner *runner, const char *end);
/* Drops the states of more than `count` additions. */
void kept_cut(struct kept *kept, size_t count);
void kept_free(struct kept *kept);
/* The latest state with at most `count` additions; NULL: none. */
const struct kept_state *kept_find(const struct kept *kept, size_t count);

#endif
