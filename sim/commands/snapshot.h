/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Snapshots: how a run's messages stand in the file, and a comparison with what stands there. */
#ifndef LWSIM_SIM_COMMANDS_SNAPSHOT_H
#define LWSIM_SIM_COMMANDS_SNAPSHOT_H

#include <stdio.h>

#include "sim/language/scenario.h"
#include "sim/run/trace.h"

/* As it would stand in the file. The caller frees. */
char *snapshot_text(const struct scenario *scenario, const struct kernel *kernel,
		    const struct trace *trace);
/* The one of that kernel; NULL: there is none. */
const struct snapshot *snapshot_find(const struct scenario *scenario, const struct kernel *kernel);
/* False after a diagnostic at the first line that differs. One that lacks while others are
 * there is a difference too. */
bool snapshot_compare(const struct scenario *scenario, const struct kernel *kernel,
		      const char *text, FILE *messages);
/* Writes the file anew with these snapshots in place of those that it has: all of it or nothing.
 * False after saying why not. */
bool snapshots_write(const struct scenario *scenario, const struct kernel *kernels,
		     char *const *texts, size_t count, FILE *messages);

#endif
