/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Puts the model's decisions into sentences. */
#ifndef LWSIM_SIM_STORY_STORY_WORDS_H
#define LWSIM_SIM_STORY_STORY_WORDS_H

#include "model/machine.h"
#include "sim/language/scenario.h"

#define SENTENCE_MAX_BYTES 320

/* The last full run, which used up the shared one-second slot. */
struct full_run {
	bool has_been;
	int64_t at_ns;
	char device[LABEL_MAX_BYTES]; /* the first device that it handled; "": none */
	uint32_t line;		      /* that queued that device's event */
};

struct sentence {
	char text[SENTENCE_MAX_BYTES];
	const char *function; /* in the kernel */
};

/*
 * Describes a decision, with the machine in its state at that time. `label` is the device's, if
 * there is one. `fires_j` is the jiffies value at which the last armed timer fires. False: not
 * worth a sentence.
 */
bool sentence_make(const struct machine *m, const struct trace_event *event, const char *label,
		   const struct full_run *full, uint64_t fires_j, struct sentence *ret_sentence);

#endif
