/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the last addition to a scenario has done, and why: a run of its own that tells its story. */
#ifndef LWSIM_SIM_REPL_TOLD_H
#define LWSIM_SIM_REPL_TOLD_H

#include "sim/repl/live.h"

struct told {
	struct live live;
	struct writer *story; /* NULL: none yet */
	unsigned int columns; /* how wide it is written */
	FILE *out;
	char *text;
	size_t len;
	char *last; /* the story of the last addition that was asked for; NULL: none */
};

void told_init(struct told *told, const struct options *options, const struct growing *growing);
void told_free(struct told *told);
/* Before the header changes. */
void told_drop(struct told *told);
/* Before the last addition is taken back. */
void told_take_back(struct told *told);

/* The story of the last addition, as lines; "" if there is none. Valid until the next call. */
const char *told_why(struct told *told);

#endif
