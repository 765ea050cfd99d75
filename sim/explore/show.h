/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints what exploring has found: first what holds, then each scenario as lanes. */
#ifndef LWSIM_SIM_EXPLORE_SHOW_H
#define LWSIM_SIM_EXPLORE_SHOW_H

#include "sim/compare/compare.h"
#include "sim/explore/finding.h"

struct show {
	FILE *out;
	const struct src_loader *loader;
	struct compare_style style;
	const char *folder; /* where scenarios are written; NULL: nowhere */
	bool is_brief;	    /* no lanes: only the files */
	bool is_wrong;	    /* a scenario did not replay */
	bool is_unwritten;  /* a file could not be written */
};

/* "6.1: every state was visited: 2905480 states, 14527400 steps". */
void show_end(const struct show *show, const struct search *search, enum search_end end,
	      const char *kernels);
/* A line that says what holds: wrapped, with an indent. */
__attribute__((format(printf, 2, 3))) void show_line(const struct show *show, const char *format,
						     ...);
/* The scenario of a way, and its run as lanes. name: of its file. The way is freed. */
void show_way(struct show *show, struct world *world, struct way *way, uint32_t rest_j,
	      const char *name, const char *title);

#endif
