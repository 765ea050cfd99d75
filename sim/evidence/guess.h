/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which statements may have led to a message. */
#ifndef LWSIM_SIM_EVIDENCE_GUESS_H
#define LWSIM_SIM_EVIDENCE_GUESS_H

#include "sim/evidence/import.h"

/* Statements that are tried together. */
struct guess {
	struct sketch_line *lines;
	size_t count, capacity;
	size_t creates;	 /* index of the device that it creates; WHO_NONE */
	bool is_early;	 /* linkwatch has delayed the message */
	bool is_assumed; /* by something that no message shows */
};

struct guesses {
	struct guess *items; /* the likely ones first */
	size_t count, capacity;
	bool expects_early; /* the message comes when linkwatch handles what it has delayed */
	size_t likely;	    /* those from here on explain anything */
	size_t single;	    /* those from here on are two of the first together: the last resort */
};

/*
 * The guesses for a record that the run, which ends at that record's time, does not have. The caller
 * calls guesses_free().
 */
void guesses_make(const struct import *import, const struct sketch_run *run, size_t record,
		  struct guesses *ret_guesses);
/* The index of the first record that does not come with this one. */
size_t guess_instant_end(const struct import *import, size_t record);
void guesses_free(struct guesses *guesses);

/* The statement for the device's master. The caller frees. */
char *guess_master(const struct import *import, const char *name, size_t master);

#endif
