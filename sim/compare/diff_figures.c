/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The difference between two kernels in numbers. */
#include "sim/compare/diff_figures.h"

#include <string.h>

/* Moves a window of one second over the messages: records from `oldest` on are in it. */
static void count_notifications(const struct trace *trace, struct run_figures *figures)
{
	size_t oldest = 0, in_window = 0;

	for (size_t i = 0; i < trace->count; i++) {
		if (!record_is_message(&trace->records[i]))
			continue;
		figures->notifications++;
		in_window++;
		for (; trace->records[oldest].t_ns + NSEC_PER_SEC <= trace->records[i].t_ns;
		     oldest++)
			in_window -= record_is_message(&trace->records[oldest]);
		if (in_window > figures->peak)
			figures->peak = in_window;
	}
}

static void take_run(const struct compared_run *run, struct run_figures *figures)
{
	const struct lie *lie = runner_lie(run->runner);

	count_notifications(run->trace, figures);
	figures->stale_running_ns = lie->running_ns;
	figures->stale_not_running_ns = lie->not_running_ns;
}

void diff_figures_make(const struct compared_run *before, const struct compared_run *after,
		       const struct diff *diff, struct diff_figures *ret_figures)
{
	memset(ret_figures, 0, sizeof(*ret_figures));
	take_run(before, &ret_figures->before);
	take_run(after, &ret_figures->after);
	wait_changes_make(before, after, &ret_figures->waits);
	memcpy(ret_figures->counts, diff->counts, sizeof(diff->counts));
}
