/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs of one scenario on several kernels. */
#include "sim/compare/runs.h"

#include <string.h>

#include "sim/run/clock.h"
#include "sim/run/outcome.h"
#include "sim/run/runner.h"
#include "sim/run/src_kernel.h"

enum exit_code runs_make(const struct scenario *scenario, const struct src_loader *loader,
			 const struct kernel *kernels, size_t count, int64_t until_ns,
			 struct writer *const *writers, struct compared_run *ret_runs)
{
	memset(ret_runs, 0, count * sizeof(ret_runs[0]));
	for (size_t i = 0; i < count; i++) {
		const struct run_options run = {
			.kernel = kernels[i],
			.until_ns = until_ns,
			.is_forced = true,
			.writer = writers ? writers[i] : NULL,
			.messages = stderr,
			.loader = loader,
		};
		enum exit_code code = kernel_prepare(loader, &run.kernel, scenario, stderr);
		struct runner *runner;

		if (code != EXIT_GOOD)
			return code;
		runner = runner_new(scenario, &run);
		if (!runner)
			return EXIT_USAGE;
		ret_runs[i].runner = runner;
		clock_run(runner, 0.);
		ret_runs[i].kernel = kernels[i];
		ret_runs[i].trace = runner_trace(runner);
		ret_runs[i].end_ns = runner_now_ns(runner);
		if (runner_result(runner) > RUN_FAILED) /* broken, interrupted */
			return exit_of(runner_result(runner));
	}
	return EXIT_GOOD;
}

void run_name(const struct compared_run *run, char ret_name[RUN_NAME_MAX_BYTES])
{
	const char *folder = run->label ? strrchr(run->label, '/') : NULL;

	if (run->label)
		snprintf(ret_name, RUN_NAME_MAX_BYTES, "%s", folder ? folder + 1 : run->label);
	else
		kernel_name(&run->kernel, ret_name);
}

void runs_free(struct compared_run *runs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		runner_free(runs[i].runner);
}
