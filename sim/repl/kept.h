/* SPDX-License-Identifier: GPL-2.0-or-later */
/* States of a run at earlier additions, so that one who undoes need not wait for all of it again. */
#ifndef LWSIM_SIM_REPL_KEPT_H
#define LWSIM_SIM_REPL_KEPT_H

#include <stddef.h>

#include "sim/run/saved_run.h"

/* Twice as far apart with each step back: as many as the logarithm of what was run. */
struct kept {
	struct kept_state {
		size_t count; /* additions that had been run */
		struct saved_run *run;
		char *end; /* as struct live has it */
	} * states;	   /* by count */
	size_t states_count, states_room;
};

/* Keeps the state that the run is in. */
void kept_add(struct kept *kept, size_t count, const struct runner *runner, const char *end);
/* Forgets the states of more than `count` additions. */
void kept_cut(struct kept *kept, size_t count);
void kept_free(struct kept *kept);
/* The last one of at most `count` additions; NULL: none. */
const struct kept_state *kept_find(const struct kept *kept, size_t count);

#endif
