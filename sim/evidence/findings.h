/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run explains of a capture: what linkwatch delayed, what it merged, and what is left. */
#ifndef LWSIM_SIM_EVIDENCE_FINDINGS_H
#define LWSIM_SIM_EVIDENCE_FINDINGS_H

#include "sim/compare/runs.h"
#include "sim/evidence/beside.h"
#include "sim/evidence/watch.h"

struct findings_style {
	unsigned int columns; /* width of the lines; 0: no limit */
	const char *device;   /* only this; NULL: all */
	bool is_colored;
};

/* Writes them. True: something is left that the run does not account for. */
bool findings_write(FILE *out, const struct scenario *scenario, const struct compared_run *run,
		    const struct watch *watch, const struct beside *beside,
		    const struct findings_style *style);

#endif
