/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Draws the chart of a sweep. */
#ifndef LWSIM_SIM_REPORT_CHART_H
#define LWSIM_SIM_REPORT_CHART_H

#include "sim/cli/command.h"
#include "sim/report/output.h"

extern const struct drawing drawing;

void chart_layout(struct picture *picture, const struct sweep_chart *chart);
/* Writes a page with report->chart's picture, and the smallest and largest wait of each curve. */
bool html_chart_write(const struct report *report, FILE *out);

#endif
