/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lays out runs as a drawing. */
#ifndef LWSIM_SIM_REPORT_LAYOUT_H
#define LWSIM_SIM_REPORT_LAYOUT_H

#include "sim/report/picture.h"
#include "sim/report/timeline.h"

/* Makes one panel per run; all share one time axis. */
void layout_make(struct picture *picture, const struct scenario *scenario,
		 struct timeline *const *timelines, size_t count);

#endif
