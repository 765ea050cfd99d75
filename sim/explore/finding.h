/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The way to a state, as a scenario that every command takes, checked by running it. */
#ifndef LWSIM_SIM_EXPLORE_FINDING_H
#define LWSIM_SIM_EXPLORE_FINDING_H

#include "sim/explore/search.h"

/* The steps from the first state on. */
struct way {
	struct way_step {
		uint16_t move;
		uint32_t jiffies;
	} * steps;
	size_t count, capacity;
};

/* The cheapest way to a state. */
void way_to(struct way *way, const struct search *search, uint32_t state);
void way_add(struct way *way, uint16_t move, uint32_t jiffies);
void way_add_all(struct way *way, const struct way *rest);
void way_free(struct way *way);

/*
 * The set-up and the way's statements, ending rest_j jiffies after the last step. The caller frees.
 * comment: lines for its head, without "# ".
 */
char *finding_scenario(const struct world *world, const struct way *way, uint32_t rest_j,
		       const char *title, const char *comment);

/*
 * Whether `lwsim run` of the scenario tells, on each kernel, what exploring saw on this way. False
 * after printing the difference: one of the two is wrong. The world is left anywhere.
 */
bool finding_check(struct world *world, const struct way *way, const struct scenario *scenario,
		   const struct src_loader *loader, FILE *messages);

#endif
