/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Snapshots: a run's messages stored in the scenario file, compared with later runs. */
#ifndef LWSIM_SIM_COMMANDS_SNAPSHOT_H
#define LWSIM_SIM_COMMANDS_SNAPSHOT_H

#include <stdio.h>

#include "sim/language/scenario.h"
#include "sim/run/trace.h"

/* The snapshot's text as stored in the file. The caller frees. */
char *snapshot_text(const struct scenario *scenario, const struct kernel *kernel,
		    const struct trace *trace);
/* The stored snapshot of that kernel, or NULL. */
const struct snapshot *snapshot_find(const struct scenario *scenario, const struct kernel *kernel);
/*
 * False on a difference, after a diagnostic at the first differing line. A missing snapshot is a
 * difference if the file has others.
 */
bool snapshot_compare(const struct scenario *scenario, const struct kernel *kernel,
		      const char *text, FILE *messages);
/*
 * Rewrites the file with these snapshots in place of its old ones: completely or not at all. False
 * on failure, after printing why.
 */
bool snapshots_write(const struct scenario *scenario, const struct kernel *kernels,
		     char *const *texts, size_t count, FILE *messages);

#endif
