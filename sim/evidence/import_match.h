/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far a run explains a capture. */
#ifndef LWSIM_SIM_EVIDENCE_IMPORT_MATCH_H
#define LWSIM_SIM_EVIDENCE_IMPORT_MATCH_H

#include "sim/evidence/import.h"

/* How a run explains the capture, up to a record. */
struct import_match {
	size_t known;	   /* the records before this one are explained, or lost */
	size_t surplus;	   /* messages of the run that the capture lacks */
	size_t miscounted; /* messages whose carrier counts differ */
};

/* Without times, messages are this far apart. */
#define IMPORT_APART_NS (2 * NSEC_PER_SEC)

/*
 * Matches the records up to until_ns. Messages of the run that they lack count up to surplus_ns. ret_seen
 * may be NULL.
 */
struct import_match import_match(const struct import *import, const struct sketch_run *run,
				 int64_t until_ns, int64_t surplus_ns, int64_t *ret_seen);

/* What this base, which has gone on, decides of the match; is_anew: it has begun at the start. */
void import_settle(struct import *import, const struct sketch_base *base, bool is_anew);

#endif
