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

/* "TITLE, on 6.1, HZ=250"; kernel NULL: without it. */
void opinions_write_title(FILE *out, const struct scenario *scenario, const struct kernel *kernel);
/*
 * A table for each device: a row for each daemon, or, if one daemon is followed, a row for each run.
 * Lines are at most WRAP_COLUMNS wide, but for names of devices and kernels that are longer.
 */
void opinions_write(FILE *out, const struct opinions_run *runs, size_t count, bool is_colored);

/* Constructors, for the table in observers.c: `--as all`, and a line for each change. */
struct writer *opinions_writer_new(FILE *out, const struct run_info *info);
struct writer *opinion_lines_writer_new(FILE *out, const struct run_info *info);

#endif
