/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim run, compare, check, kernels. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "clock.h"
#include "compare.h"
#include "xalloc.h"

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
	if (options->format == FORMAT_STORY)
		return story_writer_new(stdout, info, options->device);
	if (options->format == FORMAT_JSONL)
		return jsonl_writer_new(stdout, info);
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

enum exit_code command_run(const struct options *options, int argc, char **argv)
{
	struct loaded loaded;
	struct run_options run = {
		.is_forced = options->is_forced,
		.judges = options->format != FORMAT_STORY, /* it tells, and judges nothing */
		.messages = stderr,
		.loader = options->loader,
	};
	struct run_info info = { .kernel = &run.kernel };
	enum exit_code code = EXIT_USAGE;

	(void)argc;
	if (!load(argv[0], options, stderr, &loaded))
		return EXIT_USAGE;
	run.kernel = options->kernels_count ? options->kernels[0] : loaded.scenario->kernel;
	if (until_ns(options, loaded.scenario, &run.until_ns) &&
	    kernel_prepare(options, &run.kernel, loaded.scenario, stderr) == EXIT_GOOD) {
		info.scenario = loaded.scenario;
		if (options->pace > 0.)
			setvbuf(stdout, NULL, _IOLBF, 0);
		run.writer = make_writer(options, &info);
		code = run_scenario(loaded.scenario, options, &run);
		if (options->device && !story_has_device(run.writer, options->device)) {
			fprintf(stderr, "lwsim: error: --device %s: the run has no such device\n",
				options->device);
			code = exit_worse(code, EXIT_USAGE);
		}
		run.writer->free(run.writer);
	}
	unload(&loaded);
	return code;
}

/* The same run, told by its decisions. */
enum exit_code command_explain(const struct options *options, int argc, char **argv)
{
	struct options explains = *options;

	explains.format = FORMAT_STORY;
	return command_run(&explains, argc, argv);
}

static enum exit_code compare_scenario(const struct scenario *scenario,
				       const struct options *options, int64_t until)
{
	const struct kernel *kernels;
	size_t count = runs_kernels(scenario, options, &kernels);
	struct compared_run *runs = xcalloc(count, sizeof(*runs));
	enum exit_code code;

	code = runs_make(scenario, options, kernels, count, until, NULL, runs);
	if (code == EXIT_GOOD)
		compare_write(stdout, scenario, runs, count);
	runs_free(runs, count);
	free(runs);
	return code == EXIT_UNTESTABLE ? EXIT_USAGE : code; /* only `test` tells it apart */
}

enum exit_code command_compare(const struct options *options, int argc, char **argv)
{
	enum exit_code code = EXIT_USAGE;
	struct loaded loaded;
	int64_t until;

	(void)argc;
	if (!load(argv[0], options, stderr, &loaded))
		return EXIT_USAGE;
	if (until_ns(options, loaded.scenario, &until))
		code = compare_scenario(loaded.scenario, options, until);
	unload(&loaded);
	return code;
}

enum exit_code command_check(const struct options *options, int argc, char **argv)
{
	enum exit_code code = EXIT_GOOD;
	struct loaded loaded;

	for (int i = 0; i < argc; i++) {
		if (load(argv[i], options, stderr, &loaded))
			unload(&loaded);
		else
			code = EXIT_USAGE;
	}
	return code;
}

static void print_switch(unsigned int which)
{
	const struct kernel_switch_info *info = kernel_switch_info(which);

	printf("\n%s%s\n  %s\n  %s\n  kernels:", info->is_change ? "+" : "", info->name,
	       info->effect, info->commit);
	for (unsigned int row = 0; kernel_version_info(row); row++)
		if (kernel_version_info(row)->switches & KERNEL_SWITCH(which))
			printf(" %s", kernel_version_info(row)->name);
	if (info->release)
		printf("; first release %s\n", info->release);
	else
		puts(" none, never merged; add it by hand: 6.1+NAME");
}

enum exit_code command_kernels(const struct options *options, int argc, char **argv)
{
	(void)options;
	(void)argc;
	(void)argv;
	puts("versions:");
	for (unsigned int row = 0; kernel_version_info(row); row++)
		printf("  %-6s %s\n", kernel_version_info(row)->name,
		       kernel_version_info(row)->package);
	puts("\nswitches, and changes that may be added with '+':");
	for (unsigned int i = 0; kernel_switch_info(i); i++)
		print_switch(i);
	return EXIT_GOOD;
}
