/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes a scenario of a capture. For each message the statements that may have led to it are tried on
 * the model, in the order of their likelihood; what matches best stays.
 */
#ifndef LWSIM_SIM_EVIDENCE_IMPORT_H
#define LWSIM_SIM_EVIDENCE_IMPORT_H

#include "sim/evidence/beside.h"
#include "sim/evidence/sketch.h"
#include "sim/evidence/sketch_base.h"
#include "sim/evidence/who.h"

struct import_options {
	struct kernel kernel;
	uint32_t hz;	      /* 0: what fits best */
	int64_t tolerance_ns; /* 0: a jiffy and BESIDE_SLACK_NS; none on a simulated clock */
	int64_t work_max;     /* 0: as usual; see IMPORT_WORK_MAX */
};

/* The part of the match that the base decides. */
struct import_settled {
	size_t known, surplus, miscounted; /* as struct import_match has them */
	size_t from;			   /* the first record of the run that is still to match */
	bool *is_taken;			   /* by record of the run */
	size_t taken_count, taken_capacity;
};

/*
 * After runs of as many statements, together, which take some seconds, nothing else is tried; an attempt
 * gives up the rest of its capture.
 */
#define IMPORT_WORK_MAX (INT64_C(2) * 1000 * 1000)

#define IMPORT_UNSEEN (-1)
#define IMPORT_NOT_YET INT64_MAX

struct import_match;

struct import {
	const struct evidence *evidence;
	struct import_options options;
	struct whos whos;
	struct sketch sketch;
	/* the sketch's beginning, run already: up to what still changes; and all lines so far */
	struct sketch_base *bases[SKETCH_BASES];
	struct import_settled settled[SKETCH_BASES];
	size_t begun;	/* the record for which the second was begun anew */
	int64_t *at_ns; /* by record: when the run should have it */
	/* by record: when the run has it; IMPORT_UNSEEN: no statement was found that leads to it */
	int64_t *seen_ns;
	bool *is_lost;	   /* by record: given up */
	int64_t *there_ns; /* by device: when it was created; IMPORT_NOT_YET */
	bool is_simulated; /* the capture is of a simulated clock, which the run shares */
	/*
	 * Explains a record by something earlier that sends no message; now: how well the scenario
	 * explains what comes before it. False: nothing was found. NULL: that is not tried.
	 */
	bool (*dig)(struct import *import, size_t record, const struct import_match *now);
	int64_t work, work_max; /* statements run so far; with more, the rest is given up */
	int64_t all_work;	/* with the attempts before it */
	size_t next;		/* the record that was explained last */
	size_t surplus;		/* messages of the run that the capture lacks */
	/* messages that only happen to come when linkwatch's second is over, or that need a cause of
	 * which nothing is seen */
	size_t coincidences;
};

/* The evidence must outlive the result. */
void import_make(const struct evidence *evidence, const struct import_options *options,
		 struct import *ret_import);
void import_free(struct import *import);

/* Writes the scenario. */
void import_write(const struct import *import, FILE *out);

/* What comes behind the capture's end is not known. */
static inline int64_t import_end_ns(const struct import *import)
{
	size_t count = import->evidence->trace.count;

	return (count ? import->at_ns[count - 1] : 0) + import->options.tolerance_ns;
}

/* Whether the device has been created. */
static inline bool import_is_there(const struct import *import, size_t at)
{
	return import->there_ns[at] != IMPORT_NOT_YET;
}

/* How many messages the run has, too. */
size_t import_seen(const struct import *import);

#endif
