/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The waits of a sweep as curves: the last --vary along the axis, one curve per kernel and
 * combination of the other values. Equal curves are merged.
 */
#ifndef LWSIM_SIM_SWEEP_SWEEP_CHART_H
#define LWSIM_SIM_SWEEP_SWEEP_CHART_H

#include "sim/sweep/sweep_part.h"

#define CHART_CURVES_MAX 8U
#define CHART_VALUES_MAX 20000U

struct chart_curve {
	char *name;
	int64_t *waits_ns; /* indexed by value */
};

struct sweep_chart {
	char *title;	    /* the scenario's title */
	const char *path;   /* the scenario's path */
	const char *device; /* whose waits; NULL: the longest of each run */
	char *x_name;	    /* the parameter, with the values' unit if they share one */
	char **x_texts;	    /* the values */
	double *x;	    /* as numbers if is_numeric, else 0, 1, 2, ... */
	bool is_numeric;
	bool is_whole; /* all values are integers without a unit: nothing is in between */
	size_t values_count;
	struct chart_curve *curves;
	size_t curves_count;
};

/* Writes a row for a chart. */
void sweep_chart_row(FILE *out, const struct sweep_row *row);
/* The same for a known wait; see measures_wait(). */
void sweep_chart_wait(FILE *out, int64_t wait_ns);
/* False, after printing why, if it cannot be drawn as a chart. */
bool sweep_chart_can(const struct swept *swept);
/* Takes all rows, in order. swept must outlive the chart. */
void sweep_chart_make(const struct swept *swept, const char *rows, struct sweep_chart *ret_chart);
void sweep_chart_free(struct sweep_chart *chart);

#endif
