/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A capture as records, as runs have them. */
#ifndef LWSIM_SIM_EVIDENCE_EVIDENCE_H
#define LWSIM_SIM_EVIDENCE_EVIDENCE_H

#include "sim/run/trace.h"
#include "sim/wire/capture_file.h"

struct evidence {
	const char *path; /* as given; the caller's */
	struct capture capture;
	/*
	 * A record for each notification, with the times of the capture, or all 0 without times.
	 * Answers to dumps are none. A record whose message has no name has "if7" for it.
	 */
	struct trace trace;
	size_t *messages;  /* by record: its index in capture.messages */
	size_t dumped;	   /* answers to dumps */
	bool has_times;	   /* every record has one */
	bool has_counters; /* every record has the number of carrier losses */
};

/* Reads a capture file. False after printing why not. */
bool evidence_read(const char *path, struct evidence *ret_evidence, FILE *messages);
/* The same for a capture that is read already; takes it over. */
void evidence_make(const char *path, struct capture *capture, struct evidence *ret_evidence);
void evidence_free(struct evidence *evidence);

/* Whether its clock is a simulated one, from boot. */
bool evidence_is_simulated(const struct evidence *evidence);

/* The message of a record. */
const struct captured *evidence_message(const struct evidence *evidence, size_t record);

/* "12:20:49.365932": a record's time of day as the capture has it; "line 7" or "byte 96" without. */
#define EVIDENCE_TIME_MAX_BYTES 64
void evidence_time(const struct evidence *evidence, size_t record,
		   char ret_text[EVIDENCE_TIME_MAX_BYTES]);

#endif
