/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A record for which statements are guessed, and what is known of it. */
#ifndef LWSIM_SIM_EVIDENCE_GUESS_CASE_H
#define LWSIM_SIM_EVIDENCE_GUESS_CASE_H

#include "sim/evidence/guess.h"

/* How long after the end of its second a full run may come: the timer wheel, and delivery. */
#define GUESS_WHEEL_NS (NSEC_PER_SEC / 10)
#define GUESS_EARLY_MAX 3

/* The comment of a statement that stands for any that sends such a message. */
#define GUESS_UNSEEN "a change that the message does not show"

struct guess_case {
	const struct import *import;
	const struct sketch_run *run;
	struct guesses *guesses;
	size_t record;
	size_t who_at;
	const struct who *who;
	const struct record *wanted;
	const struct captured *captured, *previous; /* previous: of the device; NULL */
	const char *name;			    /* of the device in the run */
	bool is_there;
	struct link_message now; /* what the run's device would report; if is_there */
	int64_t t_ns;
	int64_t full_ns; /* the full run before it; -1 */
	/* If linkwatch handles at this time what it has delayed: when that may have been queued. */
	int64_t early_ns[GUESS_EARLY_MAX]; /* ascending */
	unsigned int early_count;
	int64_t queued_ns; /* when it may have been queued if a query has it handled; -1: not */
};

void guess_case_begin(const struct import *import, const struct sketch_run *run, size_t record,
		      struct guesses *guesses, struct guess_case *ret_case);

/* When the run has last told of the device, since from_ns; 0: not. */
int64_t guess_last_told_ns(const struct guess_case *at, int64_t from_ns);

/* Adds an empty guess, valid until the next one. */
struct guess *guess_begin(struct guess_case *at);
/* Adds a statement to it. comment: "" if nothing in it is guessed. */
__attribute__((format(printf, 4, 5))) void guess_add(struct guess *guess, int64_t t_ns,
						     const char *comment, const char *format, ...);

#endif
