/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A progress bar on a terminal. */
#ifndef LWSIM_SIM_CLI_PROGRESS_H
#define LWSIM_SIM_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	bool is_shown;
	uint64_t total;
	int64_t start_ns, shown_ns; /* wall clock */
};

/*
 * Shows the bar only if stderr is a terminal and stdout is not: output there would break the line.
 */
void progress_start(struct progress *progress, uint64_t total);
/* Draws it, at most ten times a second. */
void progress_show(struct progress *progress, uint64_t done);
/* Erases it. */
void progress_end(struct progress *progress);

#endif
