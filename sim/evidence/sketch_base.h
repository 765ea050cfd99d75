/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The beginning of a sketch, run once, so that what is tried behind it need not begin at the start. */
#ifndef LWSIM_SIM_EVIDENCE_SKETCH_BASE_H
#define LWSIM_SIM_EVIDENCE_SKETCH_BASE_H

#include "sim/evidence/sketch.h"

/* place: below SKETCH_BASES; each base of a sketch has one of its own. */
struct sketch_base *sketch_base_new(unsigned int place);
unsigned int sketch_base_place(const struct sketch_base *base);
void sketch_base_free(struct sketch_base *base); /* free(NULL) is fine */

/* Whether the sketch still begins with what the base has run. */
bool sketch_base_is_good(const struct sketch_base *base, const struct sketch *sketch);
/*
 * Has it run the first `count` lines, which have no error. False: that cannot be saved, because
 * something waits then; the base is as before, or not good.
 */
bool sketch_base_advance(struct sketch_base *base, struct sketch *sketch, size_t count);
/* How many lines it has run; their records. */
size_t sketch_base_lines(const struct sketch_base *base);
const struct trace *sketch_base_trace(const struct sketch_base *base);

/*
 * As sketch_run(), for a sketch that the base is good for. Only one at a time. False: it has to
 * begin at the start.
 */
bool sketch_base_run(struct sketch_base *base, const struct sketch *sketch, int64_t until_ns,
		     struct sketch_run *ret_run);
#endif
