/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the last addition did, and why: a second run that writes its story. */
#ifndef LWSIM_SIM_REPL_TOLD_H
#define LWSIM_SIM_REPL_TOLD_H

#include "sim/repl/live.h"

struct told {
	struct live live;
	struct writer *story; /* NULL: none yet */
	unsigned int columns; /* width that it was written for */
	FILE *out;
	char *text;
	size_t len;
	char *last; /* the story of the last addition that was queried; NULL: none */
};

void told_init(struct told *told, const struct options *options, const struct growing *growing);
void told_free(struct told *told);
/* To be called before the header changes. */
void told_drop(struct told *told);
/* To be called before the last addition is removed. */
void told_take_back(struct told *told);

/* The lines of the last addition's story; "" if none. Valid until the next call. */
const char *told_why(struct told *told);

#endif
