/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs one scenario and prints it to standard output. */
#include "sim/commands/show.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/exit.h"
#include "sim/base/output_file.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/cli/options.h"
#include "sim/cli/scenario_load.h"
#include "sim/compare/compare.h"
#include "sim/compare/runs.h"
#include "sim/observers/opinions.h"
#include "sim/observers/rules.h"
#include "sim/observers/tracker_writer.h"
#include "sim/run/clock.h"
#include "sim/run/outcome.h"
#include "sim/run/runner.h"
#include "sim/run/src_about.h"
#include "sim/run/src_kernel.h"
#include "sim/story/story.h"

static enum exit_code run_scenario(const struct scenario *scenario, const struct options *options,
				   struct run_options *run)
{
	struct runner *runner = runner_new(scenario, run);
	enum exit_code code;

	if (!runner)
		return EXIT_USAGE;
	clock_run(runner, options->pace);
	code = exit_of(runner_result(runner));
	runner_free(runner);
	return code;
}

static enum exit_code write_output(const char *path, const char *text, size_t len)
{
	int error = output_file_write(path, text, len);

	if (error)
		fprintf(stderr, "lwsim: error: %s: cannot be written: %s\n", path, strerror(error));
	return error ? EXIT_USAGE : EXIT_GOOD;
}

enum exit_code show_run(const struct scenario *scenario, const struct options *options,
			const struct format *format)
{
	struct run_options run = {
		.kernel = *run_kernel(options, scenario),
		.is_forced = options->is_forced,
		.judges = !options->judges_nothing,
		.messages = stderr,
		.observers = &observer_calls,
		.loader = options->loader,
	};
	const struct run_info info = {
		.scenario = scenario,
		.kernel = &run.kernel,
		.device = options->device,
		.is_wide = options->is_wide,
		.is_colored = options->is_colored,
		.observer = options->observer ? (enum observer_id)options->observer->id
					      : OBSERVER_COUNT,
	};
	enum exit_code code;
	FILE *out;
	char *text = NULL;
	size_t len = 0;

	if (!until_ns(options, scenario, &run.until_ns))
		return EXIT_USAGE;
	code = kernel_prepare_to_show(options->loader, &run.kernel, scenario);
	if (code != EXIT_GOOD)
		return code;
	if (options->pace > 0.)
		setvbuf(stdout, NULL, _IOLBF, 0);
	out = options->output ? xmemstream(&text, &len) : stdout;
	src_about_write(format->is_data ? stderr : out, format->is_data ? "lwsim: note: " : "",
			options->loader, &run.kernel, 1);
	run.writer = format->writer_new(out, &info);
	code = run_scenario(scenario, options, &run);
	if (options->device && !story_has_device(run.writer, options->device)) {
		code = exit_worse(code, usage_error("--device %s: the run has no such device",
						    options->device));
	}
	run.writer->free(run.writer);
	if (options->output) {
		xclose_memstream(out);
		code = exit_worse(code, write_output(options->output, text, len));
		free(text);
	}
	return code;
}

static void write_opinions(const struct scenario *scenario, const struct options *options,
			   const struct kernel *kernels, struct writer *const *writers,
			   size_t count)
{
	struct opinions_run *runs = xcalloc(count, sizeof(*runs));

	for (size_t i = 0; i < count; i++)
		runs[i] = (struct opinions_run){ .kernel = &kernels[i],
						 .tracker = tracker_writer_end(writers[i]) };
	opinions_compare(stdout, scenario, runs, count, wrap_table_columns(), options->is_colored);
	free(runs);
}

enum exit_code show_compare(const struct scenario *scenario, const struct options *options)
{
	const struct compare_style style = {
		.columns = options->is_wide ? 0 : wrap_table_columns(),
		.is_colored = options->is_colored,
	};
	const struct kernel *kernels;
	size_t count = runs_kernels(scenario, options, &kernels);
	struct writer **writers = NULL;
	struct compared_run *runs;
	enum exit_code code;
	int64_t until;

	if (!until_ns(options, scenario, &until))
		return EXIT_USAGE;
	runs = xcalloc(count, sizeof(*runs));
	if (options->observer)
		writers = xcalloc(count, sizeof(struct writer *));
	for (size_t i = 0; writers && i < count; i++)
		writers[i] = tracker_writer_new((enum observer_id)options->observer->id);
	code = runs_make(scenario, options->loader, kernels, count, until, writers, runs);
	if (code == EXIT_GOOD) {
		src_about_write(stdout, "", options->loader, kernels, count);
		if (writers)
			write_opinions(scenario, options, kernels, writers, count);
		else
			compare_write(stdout, scenario, runs, count, &style);
	}
	for (size_t i = 0; writers && i < count; i++)
		writers[i]->free(writers[i]);
	free(writers);
	runs_free(runs, count);
	free(runs);
	return code == EXIT_UNTESTABLE ? EXIT_USAGE : code; /* only `test` uses this code */
}
