/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs of one scenario on several kernels, to be held side by side. */
#ifndef LWSIM_SIM_COMPARE_RUNS_H
#define LWSIM_SIM_COMPARE_RUNS_H

#include "sim/base/exit.h"
#include "sim/run/runner.h"

struct compared_run {
	struct kernel kernel;
	struct runner *runner;
	const struct trace *trace; /* the runner's */
	int64_t end_ns;
};

/* Runs to until_ns (-1: as the file says) and judges nothing; a command that fails is part of the
 * timeline. Not EXIT_GOOD: after saying why, some or all runs are not there; EXIT_UNTESTABLE: as a
 * kernel's link_watch.c does not compile. writers: one a run, told of it as it goes; NULL: none. */
enum exit_code runs_make(const struct scenario *scenario, const struct src_loader *loader,
			 const struct kernel *kernels, size_t count, int64_t until_ns,
			 struct writer *const *writers, struct compared_run *ret_runs);
void runs_free(struct compared_run *runs, size_t count);

#endif
