/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One scenario, run and shown on standard output. */
#include "sim/commands/show.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/cli/options.h"
#include "sim/compare/compare.h"
#include "sim/run/clock.h"
#include "sim/story/story.h"

/* Colour for people who look, unless they do not want it (https://no-color.org). */
static bool wants_color(void)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && !(no_color && *no_color) && term &&
	       strcmp(term, "dumb") != 0;
}

static struct writer *make_writer(const struct options *options, const struct run_info *info)
{
	unsigned int text = TEXT_HEAD | TEXT_ACTIONS | (wants_color() ? TEXT_COLOR : 0);

	if (options->observer == OBSERVER_NETWORKD)
		return networkd_writer_new(stdout);
	if (options->observer == OBSERVER_DHCP)
		return dhcp_writer_new(stdout);
	if (options->format == FORMAT_STORY) {
		story_write_head(stdout, info);
		return story_writer_new(stdout, options->device, wrap_terminal_columns());
	}
	if (options->format == FORMAT_JSONL)
		return jsonl_writer_new(stdout, info);
	if (options->format == FORMAT_LANES)
		return lanes_writer_new(stdout, info);
	return text_writer_new(stdout, info, text);
}

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

const struct kernel *show_kernel(const struct options *options, const struct scenario *scenario)
{
	return options->kernels_count ? &options->kernels[0] : &scenario->kernel;
}

enum exit_code show_run(const struct scenario *scenario, const struct options *options)
{
	struct run_options run = {
		.kernel = *show_kernel(options, scenario),
		.is_forced = options->is_forced,
		.judges = !options->judges_nothing,
		.messages = stderr,
		.loader = options->loader,
	};
	const struct run_info info = { .scenario = scenario, .kernel = &run.kernel };
	enum exit_code code;

	if (!until_ns(options, scenario, &run.until_ns) ||
	    kernel_prepare(options, &run.kernel, scenario, stderr) != EXIT_GOOD)
		return EXIT_USAGE; /* only `test` tells apart what does not compile */
	if (options->pace > 0.)
		setvbuf(stdout, NULL, _IOLBF, 0);
	run.writer = make_writer(options, &info);
	code = run_scenario(scenario, options, &run);
	if (options->device && !story_has_device(run.writer, options->device)) {
		code = exit_worse(code, usage_error("--device %s: the run has no such device",
						    options->device));
	}
	run.writer->free(run.writer);
	return code;
}

enum exit_code show_compare(const struct scenario *scenario, const struct options *options)
{
	const struct kernel *kernels;
	size_t count = runs_kernels(scenario, options, &kernels);
	struct compared_run *runs;
	enum exit_code code;
	int64_t until;

	if (!until_ns(options, scenario, &until))
		return EXIT_USAGE;
	runs = xcalloc(count, sizeof(*runs));
	code = runs_make(scenario, options, kernels, count, until, NULL, runs);
	if (code == EXIT_GOOD)
		compare_write(stdout, scenario, runs, count);
	runs_free(runs, count);
	free(runs);
	return code == EXIT_UNTESTABLE ? EXIT_USAGE : code; /* only `test` tells it apart */
}
