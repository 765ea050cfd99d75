/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A bar on a terminal that says how far something has come. */
#ifndef LWSIM_SIM_CLI_PROGRESS_H
#define LWSIM_SIM_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	bool is_shown;
	uint64_t total;
	int64_t start_ns, shown_ns; /* of the wall clock */
};

/* Shown if stderr is a terminal and stdout is not: what is written there would go through it. */
void progress_start(struct progress *progress, uint64_t total);
/* Draws it, ten times a second at most. */
void progress_show(struct progress *progress, uint64_t done);
/* Takes it away. */
void progress_end(struct progress *progress);

#endif
