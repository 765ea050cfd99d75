/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Explains one record after the other: the statements that lead to it. */
#ifndef LWSIM_SIM_EVIDENCE_IMPORT_EXPLAIN_H
#define LWSIM_SIM_EVIDENCE_IMPORT_EXPLAIN_H

#include "sim/evidence/import.h"
#include "sim/evidence/import_match.h"

/* Extends the scenario until it explains the next record; false: all are explained, or given up. */
bool import_explain_next(struct import *import);

/*
 * The same without digging, up to a record, with what comes with it. Returns false as soon as one
 * cannot be explained.
 */
bool import_explain_up_to(struct import *import, size_t record);

/* How well the scenario explains the records up to this one's time. */
struct import_match import_match_now(struct import *import, size_t record);

/* Runs a sketch, and counts the work. sketch_run_free() in any case. */
void import_run(struct import *import, const struct sketch *sketch, int64_t until_ns,
		struct sketch_run *ret_run);

#endif
