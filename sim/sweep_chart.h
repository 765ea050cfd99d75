/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The waits of a sweep as curves: the last --vary along the axis, a curve for each kernel and each combination of the
 * other values. Curves that are the same are one. */
#ifndef LWSIM_SIM_SWEEP_CHART_H
#define LWSIM_SIM_SWEEP_CHART_H

#include "sweep.h"

#define CHART_CURVES_MAX 8U
#define CHART_VALUES_MAX 20000U

enum {
	CHART_NEVER = -1, /* a device has waited to the end */
	CHART_NONE = -2,  /* none has been up */
};

struct chart_curve {
	char *name;
	int64_t *waits_ns; /* by value */
};

struct sweep_chart {
	char *title;	  /* the scenario's */
	const char *path; /* its file */
	char *x_name;	  /* the parameter, with the unit if all values have the same */
	char **x_texts;	  /* the values */
	double *x;	  /* as numbers, if is_numeric; else as they come */
	bool is_numeric;
	size_t values_count;
	struct chart_curve *curves;
	size_t curves_count;
};

/* A row of figures for a chart. */
void sweep_chart_row(FILE *out, const struct sweep_row *row);
/* False after saying why there can be no chart of it. */
bool sweep_chart_can(const struct sweep *sweep);
/* From all rows, in order; sweep has to be open as long as the chart is there. */
void sweep_chart_make(const struct sweep *sweep, const char *rows, struct sweep_chart *ret_chart);
void sweep_chart_free(struct sweep_chart *chart);

#endif
