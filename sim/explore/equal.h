/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether two kernels ever tell userspace different things. */
#ifndef LWSIM_SIM_EXPLORE_EQUAL_H
#define LWSIM_SIM_EXPLORE_EQUAL_H

#include "sim/explore/search.h"

/* What the second kernel does with a device's messages, if nothing more happens. */
enum difference_kind {
	DIFFERENCE_EARLIER, /* the same messages, earlier */
	DIFFERENCE_LATER,
	DIFFERENCE_MORE,
	DIFFERENCE_FEWER,
	DIFFERENCE_OTHER, /* as many, with another content or order */
	DIFFERENCE_KINDS
};

/* The last step of the way to a difference. */
struct difference {
	bool is_found;
	uint32_t from; /* state */
	uint16_t move;
	uint32_t jiffies;
	uint32_t actions, time_j; /* cost of the way, with this step */
	uint32_t settled_j;	  /* jiffies after the step until both have told all */
};

struct equal {
	struct difference found[DIFFERENCE_KINDS]; /* the shortest of each kind */
	uint64_t differing;			   /* steps in which messages differ */
	uint64_t looked_at;			   /* of them, so far */
	bool goes_on; /* past first differences, from where both have told the same of a device */
	bool is_cut;  /* not all differing steps were looked at for their kind */
	/* private */
	const bool *is_same; /* by device: whether both have heard the same before the step */
	struct sequel *sequel;
};

/* Differing steps that are followed to find their kind. */
#define EQUAL_LOOKS_MAX 200000

void equal_init(struct equal *equal, bool goes_on);
void equal_free(struct equal *equal);
struct visitor equal_visitor(struct equal *equal, const struct world *world);

#endif
