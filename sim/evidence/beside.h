/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Puts a capture beside a run: on the run's clock, its records paired with the run's. */
#ifndef LWSIM_SIM_EVIDENCE_BESIDE_H
#define LWSIM_SIM_EVIDENCE_BESIDE_H

#include "sim/evidence/evidence.h"

/* A jiffy, and what a loaded machine takes to deliver a message. */
#define BESIDE_SLACK_NS INT64_C(10000000)

struct beside_options {
	bool has_offset;
	int64_t offset_ns; /* what is 0 in the run is this time in the capture */
	int64_t tolerance_ns;
};

struct beside {
	const struct evidence *evidence;
	const struct trace *run;
	int64_t tolerance_ns;
	int64_t offset_ns;
	bool is_aligned;   /* false: nothing in common, or no times */
	size_t aligned_at; /* the record of the capture that gave the offset */
	int64_t from_ns,
		to_ns; /* what the capture covers, on the run's clock, with the tolerance */
	/*
	 * Both on the run's clock. captured: the notifications of devices that the run has; those
	 * within the tolerance of an equal one of the run have its time. run_part: the run's messages
	 * of the capture's devices, in the time that it covers. Without times, in their order.
	 */
	struct trace captured, run_part;
	size_t *captured_records; /* by record of `captured`: the evidence's */
	size_t *captured_partner; /* by record of `captured`: in run_part; ALIGN_NONE */
	size_t *run_records;	  /* by record of run_part: the run's */
	size_t *run_partner;	  /* by record of run_part: in `captured`; ALIGN_NONE */
};

/* evidence and run must outlive the result. */
void beside_make(const struct evidence *evidence, const struct trace *run,
		 const struct beside_options *options, struct beside *ret_beside);
void beside_free(struct beside *beside);

/* Whether two paired records are within the tolerance; always, without times. */
bool beside_is_same(const struct beside *beside, size_t captured);
/* By how much the capture's record is later than its partner, before it got that one's time. */
int64_t beside_apart_ns(const struct beside *beside, size_t captured);

/*
 * The capture as a column beside the run: its records, those that have the time of a partner at
 * that one's place among the run's actions, which are repeated.
 */
void beside_column(const struct beside *beside, struct trace *ret_column);

/* "eth5 (3), eth7 (1)": devices of the one that the other lacks; "" if none. The caller frees. */
char *beside_not_in_run(const struct beside *beside);
char *beside_not_in_capture(const struct beside *beside);

#endif
