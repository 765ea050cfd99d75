/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What one `lwsim explore` is asked, and what it has found so far. */
#ifndef LWSIM_SIM_EXPLORE_EXPLORATION_H
#define LWSIM_SIM_EXPLORE_EXPLORATION_H

#include "sim/cli/command.h"
#include "sim/explore/processors.h"
#include "sim/explore/show.h"
#include "sim/run/src_about.h"

/* What is looked for, in the order of aim_words[]. */
enum aim {
	AIM_EQUAL = 1U << 0,
	AIM_LAG = 1U << 1,
	AIM_LOST = 1U << 2,
	AIM_STARVE = 1U << 3,
	AIM_RATE = 1U << 4,
	AIM_DECISIONS = 1U << 5,
};
#define AIMS_DEFAULT (~(unsigned int)AIM_DECISIONS)
#define AIMS_OF_ONE (AIM_LAG | AIM_LOST | AIM_STARVE | AIM_RATE) /* of one kernel */
#define AIMS_OF_RANDOM ((unsigned int)(AIM_EQUAL | AIM_LOST))

struct exploration {
	const struct options *options;
	const struct scenario *scenario;
	struct kernel kernels[SIDES_MAX];
	unsigned int kernels_count;
	unsigned int aims; /* enum aim */
	struct bounds bounds;
	struct show show;
	enum src_extent extent; /* how far results on the kernels hold */
	const volatile bool *interrupted;
	enum moments moments; /* of one kernel's search, and of a proof that two are equal */
	struct tally *tally;  /* NULL: no progress is shown */
	unsigned int jobs;    /* processes */
	struct processors *processors;
	FILE *messages; /* why a set-up failed */
	bool is_random;
	uint64_t seed; /* of random sequences */
};

/* Each prints what it finds. False: the set-up failed on a kernel. */
/* Two kernels, side by side. */
bool explore_pair(struct exploration *exploration);
/* One kernel: what its whole graph shows, and the file's properties. */
bool explore_one(struct exploration *exploration, const struct kernel *kernel);
/* One kernel or two on random sequences. */
bool explore_random(struct exploration *exploration, const struct kernel *kernels,
		    unsigned int count);

/* Sets what a search is told about the command it is part of. */
static inline void search_tell(struct search *search, const struct exploration *exploration)
{
	search->bounds = exploration->bounds;
	search->interrupted = exploration->interrupted;
	search->tally = exploration->tally;
	search->processes = exploration->jobs;
	search->processors = exploration->processors;
	search->forked = exploration->options->loader ? exploration->options->loader->forked : NULL;
}

/* Sums up how a search has ended, for the exit code. */
static inline void end_note(struct exploration *exploration, const struct search *search,
			    enum search_end end)
{
	if ((end != SEARCH_CLOSED && end != SEARCH_STOPPED) || search->moments != MOMENTS_EVERY ||
	    search->form.is_hashed)
		exploration->show.verdict |= VERDICT_OPEN;
	if (end == SEARCH_BROKEN)
		exploration->show.verdict |= VERDICT_BROKEN;
}

#endif
