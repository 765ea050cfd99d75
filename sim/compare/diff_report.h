/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `lwsim diff` finds out about scenarios, and how it tells. */
#ifndef LWSIM_SIM_COMPARE_DIFF_REPORT_H
#define LWSIM_SIM_COMPARE_DIFF_REPORT_H

#include "sim/compare/diff.h"

struct scenario_diff {
	char *name;
	char *title; /* "" if there is none */
	char before
		[KERNEL_NAME_MAX_BYTES]; /* the kernels; "" of a wrong file that had to name them */
	char after[KERNEL_NAME_MAX_BYTES];
	enum exit_code
		code; /* EXIT_GOOD: the same; EXIT_FAILED: differs; else it was not compared */
	const char *skipped; /* why it was not meant to be compared; NULL: it was */
	size_t counts[CHANGE_COUNT];
	char *lines; /* of diff_write() */
	struct wait_change wait;
};

struct diff_report {
	struct scenario_diff *items;
	size_t count;
};

/* A new one at the end, of this name, not compared yet; valid until the next. */
struct scenario_diff *diff_report_add(struct diff_report *report, const char *name);
void diff_report_free(struct diff_report *report);
enum exit_code diff_report_code(const struct diff_report *report);

enum diff_format {
	DIFF_TEXT,    /* a verdict a scenario, with what differs, and a total */
	DIFF_MARKDOWN /* the same, the verdicts in a table */
};
void diff_report_write(FILE *out, const struct diff_report *report, enum diff_format format);

#endif
