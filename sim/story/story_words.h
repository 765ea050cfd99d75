/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The model's decisions as sentences. */
#ifndef LWSIM_SIM_STORY_STORY_WORDS_H
#define LWSIM_SIM_STORY_STORY_WORDS_H

#include "model/machine.h"
#include "sim/language/scenario.h"

#define SENTENCE_MAX_BYTES 320

/* The full run whose second is not over: what has used it up. */
struct full_run {
	bool has_been;
	int64_t at_ns;
	char device[LABEL_MAX_BYTES]; /* the first that it was for; "" none: it was for nothing */
	uint32_t line;		      /* that put it on the list */
};

struct sentence {
	char text[SENTENCE_MAX_BYTES];
	const char *function; /* of the kernel */
};

/*
 * What a decision means, with the machine as it is when it is taken. `label` is the device's, if there is one; `fires_j`
 * the jiffies value at which the timer that was armed last fires. False: nothing worth a sentence.
 */
bool sentence_make(const struct machine *m, const struct trace_event *event, const char *label,
		   const struct full_run *full, uint64_t fires_j, struct sentence *ret_sentence);

#endif
