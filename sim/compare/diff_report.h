/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The results of `lwsim diff`, and their output. */
#ifndef LWSIM_SIM_COMPARE_DIFF_REPORT_H
#define LWSIM_SIM_COMPARE_DIFF_REPORT_H

#include "sim/compare/diff_figures.h"
#include "sim/run/src_about.h"

struct scenario_diff {
	char *name;
	char *title;			    /* "" if none */
	char before[KERNEL_NAME_MAX_BYTES]; /* kernels; "" for a wrong file that had to name them */
	char after[KERNEL_NAME_MAX_BYTES];
	enum exit_code
		code; /* EXIT_GOOD: no difference; EXIT_FAILED: differences; else not compared */
	bool is_lost; /* a link_watch.c from a file has ended the run: lines says how */
	const char *skipped; /* why it was skipped; NULL: it was not */
	uint32_t hz;
	char *lines; /* from diff_write() */
	struct diff_figures figures;
};

struct diff_report {
	struct scenario_diff *items;
	size_t count;
	const char *version;	  /* lwsim's */
	struct src_abouts abouts; /* of the kernels with a file */
	unsigned int columns;	  /* width of the figures */
	bool is_verbose;	  /* with the differences of each scenario */
	bool is_colored;	  /* of text: the kernels bold, what is not known or lost red */
};

void diff_report_init(struct diff_report *report, const char *version);

/* Appends an entry of this name, not compared yet. Valid until the next call. */
struct scenario_diff *diff_report_add(struct diff_report *report, const char *name);
void diff_report_free(struct diff_report *report);
enum exit_code diff_report_code(const struct diff_report *report);

enum diff_format {
	DIFF_TEXT,    /* the verdict, then a line for each scenario that differs */
	DIFF_MARKDOWN /* the same, with the scenarios in a table */
};
void diff_report_write_text(FILE *out, const struct diff_report *report);
void diff_report_write_markdown(FILE *out, const struct diff_report *report);

#endif
