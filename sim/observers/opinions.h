/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What daemons think of each device at the end of a run, as a table and as lines. */
#ifndef LWSIM_SIM_OBSERVERS_OPINIONS_H
#define LWSIM_SIM_OBSERVERS_OPINIONS_H

#include <stdio.h>

#include "sim/observers/tracker.h"
#include "sim/run/writer.h"

/* One run of a comparison. */
struct opinions_run {
	const struct kernel *kernel;
	const struct tracker *tracker;
};

/*
 * What daemons think at the end of the runs of a scenario, which all follow the same ones. If that is
 * one daemon, a table for each device with a row for each run; else a table for each run and device.
 * Lines fit the columns, except for very long times.
 */
void opinions_compare(FILE *out, const struct scenario *scenario, const struct opinions_run *runs,
		      size_t count, unsigned int columns, bool is_colored);

/* Constructors, for the table in observers.c: `--as all`, and a line for each change. */
struct writer *opinions_writer_new(FILE *out, const struct run_info *info);
struct writer *opinion_lines_writer_new(FILE *out, const struct run_info *info);

#endif
