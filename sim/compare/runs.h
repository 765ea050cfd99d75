/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs one scenario on several kernels, for comparison. */
#ifndef LWSIM_SIM_COMPARE_RUNS_H
#define LWSIM_SIM_COMPARE_RUNS_H

#include "sim/base/exit.h"
#include "sim/run/runner.h"

struct compared_run {
	struct kernel kernel;
	struct runner *runner;
	const struct trace *trace; /* owned by the runner */
	int64_t end_ns;
	const char *label; /* a capture in place of a run: its name; runner is NULL. NULL: a run */
};

/* A run's kernel, or a capture's name. */
#define RUN_NAME_MAX_BYTES KERNEL_NAME_MAX_BYTES
void run_name(const struct compared_run *run, char ret_name[RUN_NAME_MAX_BYTES]);

/*
 * Runs to until_ns (-1: as the file says) without evaluating expectations; a failed command is part
 * of the timeline. If the result is not EXIT_GOOD, some or all runs are missing and the reason was
 * printed; EXIT_UNTESTABLE: a kernel's link_watch.c does not compile. writers: one per run, gets
 * its records as they come; NULL: none.
 */
enum exit_code runs_make(const struct scenario *scenario, const struct src_loader *loader,
			 const struct kernel *kernels, size_t count, int64_t until_ns,
			 struct writer *const *writers, struct compared_run *ret_runs);
void runs_free(struct compared_run *runs, size_t count);

#endif
