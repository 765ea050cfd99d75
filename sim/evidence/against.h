/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands with --against share: the capture, its place beside a run, and what is said of it. */
#ifndef LWSIM_SIM_EVIDENCE_AGAINST_H
#define LWSIM_SIM_EVIDENCE_AGAINST_H

#include "sim/cli/command.h"
#include "sim/evidence/beside.h"

/*
 * --tolerance, or else a jiffy and BESIDE_SLACK_NS. False if it is not a time, after printing an
 * error.
 */
bool against_tolerance(const struct options *options, uint32_t hz, int64_t *ret_ns);

/*
 * Puts the capture beside a run as the options say. False after printing what is wrong with them.
 */
bool against_place(const struct options *options, const struct evidence *evidence,
		   const struct trace *run, uint32_t hz, struct beside *ret_beside);

/* Writes which time is which, the tolerance, and what cannot be known. columns 0: no limit. */
void against_write_terms(FILE *out, const struct beside *beside, unsigned int columns);

/* Writes what the capture and the run do not have in common, a line each; true: something. */
bool against_write_rest(FILE *out, const struct beside *beside, unsigned int columns);

#endif
