/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints what exploring has found: first what holds, then each scenario as lanes. */
#ifndef LWSIM_SIM_EXPLORE_SHOW_H
#define LWSIM_SIM_EXPLORE_SHOW_H

#include "sim/compare/compare.h"
#include "sim/explore/finding.h"

/* What searches have come to. */
enum verdict {
	VERDICT_OPEN = 1U << 0,	  /* a bound ended one, or something else keeps it from a proof */
	VERDICT_BROKEN = 1U << 1, /* a machine cannot be trusted, or a scenario does not replay */
	VERDICT_FOUND = 1U << 2,
	VERDICT_UNWRITTEN = 1U << 3, /* a file could not be written */
};

struct show {
	FILE *out;
	const struct src_loader *loader;
	struct compare_style style;
	const char *folder;   /* where scenarios are written; NULL: nowhere */
	unsigned int verdict; /* enum verdict, of all so far */
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
