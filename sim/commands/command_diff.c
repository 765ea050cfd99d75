/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim diff: compares two kernels, scenario by scenario. */
#include <stdlib.h>
#include <string.h>

#include "sim/base/apart.h"
#include "sim/base/data_dir.h"
#include "sim/base/path.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/cli/options.h"
#include "sim/cli/scenario_files.h"
#include "sim/cli/scenario_load.h"
#include "sim/compare/diff_report.h"
#include "sim/compare/runs.h"
#include "sim/run/src_kernel.h"

#define SCENARIOS "scenarios"

/* State of the walk over all scenarios. */
struct walk_diff {
	const struct options *options;
	struct diff_report *report;
	size_t name_from; /* names printed for paths start at this offset */
	/* stop: a wrong command line is so for every file, and lwsim-src starts over */
	bool is_refused;
};

static void complain(const char *path, const char *what)
{
	wrap_message(stderr, "lwsim: %s: error: %s", path, what);
}

/*
 * The command line's kernels, else the first and last of the file's `compare` line: the current
 * kernel and all proposed changes.
 */
static bool kernels_to_diff(const struct options *options, const struct scenario *scenario,
			    struct kernel ret_kernels[2])
{
	const struct kernel *kernels = options->kernels;
	size_t count = options->kernels_count;

	if (!count) {
		kernels = scenario->compare;
		count = scenario->compare_count;
	}
	if (count < 2)
		return false;
	ret_kernels[0] = kernels[0];
	ret_kernels[1] = kernels[count - 1];
	return true;
}

/*
 * With --all, skips scenarios that cannot run: a link_watch.c from a file is compiled for 64 bits.
 * A scenario named on the command line is never skipped.
 */
static bool is_skipped(const struct options *options, const struct scenario *scenario,
		       const struct kernel kernels[2])
{
	return options->takes_all && scenario->long_bits != 64 &&
	       (kernels[0].source || kernels[1].source);
}

static void compare_runs(struct scenario_diff *item, const struct compared_run runs[2])
{
	struct diff diff;
	size_t len;
	FILE *lines;

	free(item->lines);
	lines = xmemstream(&item->lines, &len);
	diff_make(runs[0].trace, runs[1].trace, &diff);
	diff_write(lines, &diff);
	xclose_memstream(lines);
	item->code = diff.count ? EXIT_FAILED : EXIT_GOOD;
	diff_figures_make(&runs[0], &runs[1], &diff, &item->figures);
	diff_free(&diff);
}

/* Two runs of a scenario, and what comes back if another process makes them, before the lines. */
struct pair {
	const struct scenario *scenario;
	const struct src_loader *loader;
	const struct kernel *kernels;
	int64_t until_ns;
	struct scenario_diff *item;
	struct pair_result {
		enum exit_code code;
		struct diff_figures figures;
	} result;
};

static void pair_run(const struct pair *pair)
{
	struct compared_run runs[2];

	pair->item->code = runs_make(pair->scenario, pair->loader, pair->kernels, 2, pair->until_ns,
				     NULL, runs);
	if (pair->item->code == EXIT_GOOD)
		compare_runs(pair->item, runs);
	runs_free(runs, 2);
}

static void pair_run_there(void *data, FILE *out)
{
	const struct pair *pair = data;
	struct pair_result result;

	pair_run(pair);
	memset(&result, 0, sizeof(result)); /* the gaps too: they are written */
	result.code = pair->item->code;
	result.figures = pair->item->figures;
	fwrite(&result, sizeof(result), 1, out);
	fputs(pair->item->lines, out);
}

static void pair_take_here(void *data, const char *text, size_t len)
{
	struct pair *pair = data;
	struct scenario_diff *item = pair->item;

	memcpy(&pair->result, text, sizeof(pair->result));
	item->code = pair->result.code;
	item->figures = pair->result.figures;
	free(item->lines);
	item->lines = xstrndup(text + sizeof(pair->result), len - sizeof(pair->result));
}

/* A link_watch.c from a file may crash or loop: only this scenario is lost. */
static void pair_run_apart(struct pair *pair)
{
	const struct apart apart = { .start = pair->loader->forked,
				     .run = pair_run_there,
				     .take = pair_take_here,
				     .data = pair };
	char *text;
	size_t len;
	FILE *messages = xmemstream(&text, &len);
	enum exit_code code = apart_run(&apart, messages);

	xclose_memstream(messages);
	fputs(text, stderr);
	if (code != EXIT_GOOD)
		pair->item->code = code;
	pair->item->is_lost = code == EXIT_BROKEN;
	if (pair->item->is_lost) {
		free(pair->item->lines);
		pair->item->lines = xstrdup(text);
	}
	free(text);
}

static enum exit_code kernels_prepare(const struct walk_diff *walk, const struct kernel kernels[2],
				      const struct scenario *scenario)
{
	enum exit_code code = kernel_prepare(walk->options->loader, &kernels[0], scenario, stderr);

	return code == EXIT_GOOD
		       ? kernel_prepare(walk->options->loader, &kernels[1], scenario, stderr)
		       : code;
}

static void diff_scenario(struct walk_diff *walk, const struct scenario *scenario,
			  struct scenario_diff *item)
{
	struct pair pair = { .scenario = scenario, .loader = walk->options->loader, .item = item };
	struct kernel kernels[2];

	if (!kernels_to_diff(walk->options, scenario, kernels)) {
		complain(scenario->source->path,
			 "no `compare` line with two kernels; give --kernel twice");
		return;
	}
	if (is_skipped(walk->options, scenario, kernels)) {
		item->skipped = "as it is for 32 bits";
		item->code = EXIT_GOOD;
		return;
	}
	walk->is_refused = !until_ns(walk->options, scenario, &pair.until_ns);
	if (walk->is_refused)
		return;
	kernel_name(&kernels[0], item->before);
	kernel_name(&kernels[1], item->after);
	free(item->title);
	item->title = xstrdup(scenario->title);
	item->hz = scenario->hz;
	pair.kernels = kernels;
	item->code = kernels_prepare(walk, kernels, scenario);
	for (unsigned int i = 0; i < 2 && item->code == EXIT_GOOD; i++)
		src_abouts_add(&walk->report->abouts, walk->options->loader, &kernels[i]);
	item->is_lost = item->code == EXIT_BROKEN; /* when it was loaded */
	if (item->code == EXIT_GOOD && (kernels[0].source || kernels[1].source))
		pair_run_apart(&pair);
	else if (item->code == EXIT_GOOD)
		pair_run(&pair);
	if (item->code == EXIT_UNTESTABLE) { /* only `test` uses this code */
		item->code = EXIT_USAGE;
		walk->is_refused = walk->options->kernels_count;
	}
}

static bool diff_file(const char *path, void *data)
{
	struct walk_diff *walk = data;
	struct scenario_diff *item;
	struct loaded loaded;

	item = diff_report_add(walk->report,
			       strcmp(path, "-") == 0 ? "<stdin>" : path + walk->name_from);
	if (!scenario_load(path, walk->options, stderr, &loaded)) {
		walk->is_refused = *walk->options->wants_loader;
		return !walk->is_refused;
	}
	diff_scenario(walk, loaded.scenario, item);
	loaded_free(&loaded);
	return item->code != EXIT_INTERRUPTED && !walk->is_refused;
}

static void add_unreadable(const char *path, int error, void *data)
{
	struct walk_diff *walk = data;

	diff_report_add(walk->report, path + walk->name_from);
	complain(path, strerror(error));
}

static bool stop_at_scenario(const char *path, void *data)
{
	(void)path;
	*(bool *)data = true;
	return false;
}

static void pass_over(const char *path, int error, void *data)
{
	(void)path;
	(void)error;
	(void)data;
}

static bool has_scenarios(char *folder)
{
	bool is_found = false;
	const struct walk walk = { .scenario = stop_at_scenario,
				   .unreadable = pass_over,
				   .data = &is_found };

	if (is_folder(folder))
		walk_scenarios(folder, &walk);
	return is_found;
}

/*
 * The folder of shipped scenarios, in the sources or installed; names are printed as in the sources
 * in either case. The caller frees. NULL if there are none, after printing an error.
 */
static char *shipped_scenarios(size_t *ret_name_from)
{
	char here[] = SCENARIOS,
	     *path = has_scenarios(here) ? xstrdup(SCENARIOS) : data_path(SCENARIOS);

	*ret_name_from = strlen(path) - strlen(SCENARIOS);
	if (is_folder(path))
		return path;
	wrap_message(stderr, "lwsim: error: no folder " SCENARIOS "/ here, and none at %s", path);
	free(path);
	return NULL;
}

static bool are_kernels_right(const struct options *options)
{
	const char *wrong = NULL;

	if (options->takes_all && options->kernels_count != 2)
		wrong = "`lwsim diff --all` takes two --kernel";
	else if (options->kernels_count && options->kernels_count != 2)
		wrong = "`lwsim diff` takes two --kernel, or none: then a file's `compare` line counts";
	if (wrong)
		usage_error("%s", wrong);
	return !wrong;
}

enum exit_code command_diff(const struct options *options, int argc, char **argv)
{
	struct diff_report report;
	struct walk_diff diff = { .options = options, .report = &report };
	const struct walk walk = {
		.scenario = diff_file,
		.unreadable = add_unreadable,
		.data = &diff,
	};
	char *shipped = NULL;
	enum exit_code code;

	if (options->against)
		return options->captures->diff(options, argc, argv);
	if (!are_kernels_right(options))
		return EXIT_USAGE;
	diff_report_init(&report, LWSIM_VERSION);
	report.columns = options->format->id == DIFF_TEXT ? 80 : 76; /* Markdown indents by 4 */
	report.is_verbose = options->is_verbose;
	report.is_colored = options->is_colored && options->format->id == DIFF_TEXT;
	if (options->takes_all) {
		shipped = shipped_scenarios(&diff.name_from);
		if (!shipped) {
			diff_report_free(&report);
			return EXIT_USAGE;
		}
		walk_scenarios(shipped, &walk);
		free(shipped);
	}
	for (int i = 0; i < argc; i++)
		if (!walk_scenarios(argv[i], &walk))
			break;
	code = diff_report_code(&report);
	if (!report.count) {
		code = usage_error("no scenario found");
	} else if (!diff.is_refused) {
		(options->format->id == DIFF_MARKDOWN ? diff_report_write_markdown
						      : diff_report_write_text)(stdout, &report);
	}
	diff_report_free(&report);
	return code;
}
