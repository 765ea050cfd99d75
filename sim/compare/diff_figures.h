/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The difference between two kernels in numbers. */
#ifndef LWSIM_SIM_COMPARE_DIFF_FIGURES_H
#define LWSIM_SIM_COMPARE_DIFF_FIGURES_H

#include "sim/compare/diff.h"

/* A run of one kernel. */
struct run_figures {
	size_t notifications;
	size_t peak;		  /* the most notifications of all devices in any one second */
	int64_t stale_running_ns; /* userspace sees RUNNING, and the device is not; all devices */
	int64_t stale_not_running_ns; /* the reverse */
};

/* The runs of one scenario on two kernels. */
struct diff_figures {
	struct run_figures before, after;
	struct wait_changes waits;
	size_t counts[CHANGE_COUNT];
};

void diff_figures_make(const struct compared_run *before, const struct compared_run *after,
		       const struct diff *diff, struct diff_figures *ret_figures);

#endif
