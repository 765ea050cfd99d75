/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The verdict of `lwsim diff`: what a change does in all scenarios together. */
#ifndef LWSIM_SIM_COMPARE_DIFF_VERDICT_H
#define LWSIM_SIM_COMPARE_DIFF_VERDICT_H

#include "sim/compare/diff_report.h"

/* All scenarios together; for each figure, the scenario in which it changed most, for the worse if any did. */
struct diff_totals {
	struct run_figures before, after;
	size_t counts[CHANGE_COUNT];
	size_t shorter, longer;
	const struct scenario_diff *shortened, *lengthened, *notifications, *peak, *stale_running,
		*stale_not_running;
	size_t same, differ, skipped, others; /* scenarios; others: they could not be compared */
};

void diff_totals_make(const struct diff_report *report, struct diff_totals *ret_totals);

/*
 * The conclusion in one sentence (the caller frees). Its rules: a part for the waits that became shorter, and longer; for
 * more or fewer notifications; for a higher or lower peak of them; for more or less time in which userspace sees a stale
 * state. What did not change is not mentioned. "not known" if a kernel's tree has functions that were not run, or lacks some; how far it goes if a tree's
 * other functions were not compared.
 */
char *diff_conclusion(const struct diff_report *report, const struct diff_totals *totals);

/* The numbers behind it, a line each. */
void diff_figures_write(FILE *out, const struct diff_report *report,
			const struct diff_totals *totals);

#endif
