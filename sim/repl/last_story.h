/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the last addition did, and why: a second run that writes its story. */
#ifndef LWSIM_SIM_REPL_LAST_STORY_H
#define LWSIM_SIM_REPL_LAST_STORY_H

#include "sim/repl/live.h"

struct last_story {
	struct live live;
	struct writer *story; /* NULL: none yet */
	unsigned int columns; /* width that it was written for */
	FILE *out;
	char *text;
	size_t len;
	char *answer; /* the story of the last addition that was queried; NULL: none */
};

void last_story_init(struct last_story *last, const struct options *options,
		     const struct growing *growing);
void last_story_free(struct last_story *last);
/* To be called before the header changes. */
void last_story_drop(struct last_story *last);
/* To be called before the last addition is removed. */
void last_story_take_back(struct last_story *last);

/* The lines of the last addition's story; "" if none. Valid until the next call. */
const char *last_story_text(struct last_story *last);

#endif
