/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The exploration of one kernel: its whole graph, and what may be concluded from it. */
#ifndef LWSIM_SIM_EXPLORE_ONE_H
#define LWSIM_SIM_EXPLORE_ONE_H

#include "sim/explore/exploration.h"
#include "sim/explore/graph.h"

struct one {
	struct exploration *exploration;
	char kernel[KERNEL_NAME_MAX_BYTES];
	struct world world;
	struct search search;
	struct graph graph;
	struct visitor visitor;
	enum search_end end;
	bool is_proved; /* every state was visited, at every moment */
};

/* Print what was found: the file's properties; the aims, of a search that closed. */
void show_properties(struct one *one);
void show_aims(struct one *one);

#endif
