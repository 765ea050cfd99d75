/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lays out runs as a drawing. */
#ifndef LWSIM_SIM_REPORT_LAYOUT_H
#define LWSIM_SIM_REPORT_LAYOUT_H

#include "sim/report/picture.h"
#include "sim/report/timeline.h"

/*
 * Makes one panel per run; all share one time axis. Without a head, what shows the picture has its title and
 * layout_about().
 */
void layout_make(struct picture *picture, const struct scenario *scenario,
		 struct timeline *const *timelines, size_t count, bool has_head);
/* "FILE, HZ=250, P=2s"; the caller frees. */
char *layout_about(const struct scenario *scenario);

#endif
