/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The verdict of `lwsim diff`: what a change does in all scenarios together. */
#ifndef LWSIM_SIM_COMPARE_DIFF_VERDICT_H
#define LWSIM_SIM_COMPARE_DIFF_VERDICT_H

#include "sim/compare/diff_report.h"

/*
 * The conclusion in one sentence (the caller frees). Its rules: a part for the waits that became shorter, and longer; for
 * more or fewer notifications; for a higher or lower peak of them; for more or less time in which userspace sees a stale
 * state. What did not change is not mentioned. "not known" if a kernel's tree has functions that were not run.
 */
char *diff_conclusion(const struct diff_report *report);

/* The numbers behind it, a line each. */
void diff_figures_write(FILE *out, const struct diff_report *report);

#endif
