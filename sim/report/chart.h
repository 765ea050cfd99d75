/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The chart of a sweep. */
#ifndef LWSIM_SIM_REPORT_CHART_H
#define LWSIM_SIM_REPORT_CHART_H

#include "sim/cli/command.h"
#include "sim/report/output.h"

extern const struct drawing drawing;

void chart_layout(struct picture *picture, const struct sweep_chart *chart);
/* A page with the picture, and the least and the greatest wait of each curve; report->chart is it. */
bool html_chart_write(const struct report *report, FILE *out);

#endif
