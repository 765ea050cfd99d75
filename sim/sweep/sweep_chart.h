/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The waits of a sweep as curves: the last --vary along the axis, a curve for each kernel and each combination of the
 * other values. Curves that are the same are one. */
#ifndef LWSIM_SIM_SWEEP_SWEEP_CHART_H
#define LWSIM_SIM_SWEEP_SWEEP_CHART_H

#include "sim/sweep/sweep_part.h"

#define CHART_CURVES_MAX 8U
#define CHART_VALUES_MAX 20000U

struct chart_curve {
	char *name;
	int64_t *waits_ns; /* by value */
};

struct sweep_chart {
	char *title;	    /* the scenario's */
	const char *path;   /* its file */
	const char *device; /* whose waits they are; NULL: of each run the longest */
	char *x_name;	    /* the parameter, with the unit if all values have the same */
	char **x_texts;	    /* the values */
	double *x;	    /* as numbers, if is_numeric; else as they come */
	bool is_numeric;
	bool is_whole; /* all are whole numbers without a unit: there is nothing between them */
	size_t values_count;
	struct chart_curve *curves;
	size_t curves_count;
};

/* A row of figures for a chart. */
void sweep_chart_row(FILE *out, const struct sweep_row *row);
/* The same of a wait that is known; see measures_wait(). */
void sweep_chart_wait(FILE *out, int64_t wait_ns);
/* False after saying why there can be no chart of it. */
bool sweep_chart_can(const struct swept *swept);
/* From all rows, in order; swept has to stay as long as the chart is there. */
void sweep_chart_make(const struct swept *swept, const char *rows, struct sweep_chart *ret_chart);
void sweep_chart_free(struct sweep_chart *chart);

#endif
