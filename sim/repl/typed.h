/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was typed: a scenario that grows, and its runs, which continue with each addition. */
#ifndef LWSIM_SIM_REPL_TYPED_H
#define LWSIM_SIM_REPL_TYPED_H

#include "sim/repl/last_story.h"
#include "sim/repl/live.h"

struct typed {
	struct growing *growing;      /* the valid input so far */
	struct live live;	      /* its run, which may lag behind */
	struct last_story last_story; /* the same run with its story */
};

/* Keeps `options`. */
void typed_init(struct typed *typed, const struct options *options);
void typed_free(struct typed *typed);

/* growing_add(); the runs do not continue yet. */
bool typed_add(struct typed *typed, const char *lines, const char *more, FILE *messages);
/* Removes the last addition, and what the runs know of it. */
void typed_take_back(struct typed *typed);

#endif
