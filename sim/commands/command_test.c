/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim test: runs files on the kernels of their headers and evaluates them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sim/base/apart.h"
#include "sim/base/exit.h"
#include "sim/base/whole_file.h"
#include "sim/base/xalloc.h"
#include "sim/cli/options.h"
#include "sim/cli/scenario_files.h"
#include "sim/cli/scenario_load.h"
#include "sim/commands/decisions.h"
#include "sim/commands/snapshot.h"
#include "sim/commands/verdict.h"
#include "sim/observers/rules.h"
#include "sim/run/clock.h"
#include "sim/run/outcome.h"
#include "sim/run/runner.h"
#include "sim/run/src_kernel.h"
#include "sim/story/why.h"

static bool is_in(const struct kernel *kernels, size_t count, const struct kernel *kernel)
{
	for (size_t i = 0; i < count; i++)
		if (kernel_equal(&kernels[i], kernel))
			return true;
	return false;
}

/*
 * The command line's kernels, else those of the header, each once, in the order of its `compare`
 * line. The caller frees.
 */
static size_t kernels_to_test(const struct options *options, const struct scenario *scenario,
			      struct kernel **ret_kernels)
{
	size_t count = 0;
	struct kernel *kernels;

	if (options->kernels_count) {
		kernels = xcalloc(options->kernels_count, sizeof(*kernels));
		memcpy(kernels, options->kernels, options->kernels_count * sizeof(*kernels));
		*ret_kernels = kernels;
		return options->kernels_count;
	}
	kernels = xcalloc(scenario->compare_count + 1, sizeof(*kernels));
	if (!is_in(scenario->compare, scenario->compare_count, &scenario->kernel) &&
	    (scenario->has_kernel || !scenario->compare_count))
		kernels[count++] = scenario->kernel;
	for (size_t i = 0; i < scenario->compare_count; i++)
		kernels[count++] = scenario->compare[i];
	*ret_kernels = kernels;
	return count;
}

struct file_test {
	const struct options *options;
	struct verdicts *verdicts;
	struct decisions *decisions; /* NULL: not counted */
	const struct scenario *scenario;
	struct kernel *kernels;
	char **texts; /* snapshots */
	size_t count;
	enum exit_code code; /* the worst of its runs */
	bool is_interrupted;
	bool is_cut_off; /* a run did not finish */
};

static enum exit_code judge_run(struct file_test *test, size_t i, FILE *messages)
{
	struct writer *writer = test->decisions ? decisions_writer_new(test->decisions,
								       test->scenario->source->path)
						: NULL;
	const struct run_options run = {
		.writer = writer,
		.kernel = test->kernels[i],
		.until_ns = -1,
		.judges = true,
		.observers = &observer_calls,
		.messages = messages,
		.loader = test->options->loader,
	};
	const struct failure *failure;
	struct runner *runner = runner_new(test->scenario, &run);
	enum exit_code code;

	if (!runner)
		return EXIT_USAGE; /* only for a kernel from a file, which has no writer */
	clock_run(runner, 0.);
	code = exit_of(runner_result(runner));
	failure = runner_first_failure(runner);
	if (code == EXIT_FAILED && failure)
		why_print(test->scenario, &run, failure);
	test->is_interrupted = runner_result(runner) == RUN_INTERRUPTED;
	test->is_cut_off |= runner_was_stopped(runner);
	test->texts[i] = snapshot_text(test->scenario, &test->kernels[i], runner_trace(runner));
	if (!test->options->updates && !test->is_interrupted &&
	    (!test->options->kernels_count || snapshot_find(test->scenario, &run.kernel)) &&
	    !snapshot_compare(test->scenario, &test->kernels[i], test->texts[i], messages))
		code = exit_worse(code, EXIT_FAILED);
	runner_free(runner);
	if (writer)
		writer->free(writer);
	return code;
}

/* A run in another process, and what comes back from it, before the snapshot's text. */
struct run_apart {
	struct file_test *test;
	size_t i;
	struct result_apart {
		enum exit_code code;
		bool is_interrupted, is_cut_off, has_text;
	} result;
};

static void judge_there(void *data, FILE *out)
{
	const struct run_apart *run = data;
	struct file_test *test = run->test;
	struct result_apart result = { .code = judge_run(test, run->i, stderr) };

	result.is_interrupted = test->is_interrupted;
	result.is_cut_off = test->is_cut_off;
	result.has_text = test->texts[run->i];
	fwrite(&result, sizeof(result), 1, out);
	if (result.has_text)
		fputs(test->texts[run->i], out);
}

static void take_here(void *data, const char *text, size_t len)
{
	struct run_apart *run = data;

	memcpy(&run->result, text, sizeof(run->result));
	if (run->result.has_text)
		run->test->texts[run->i] =
			xstrndup(text + sizeof(run->result), len - sizeof(run->result));
}

/* A link_watch.c from a file may crash or loop: only this run is lost. */
static enum exit_code judge_apart(struct file_test *test, size_t i, FILE *messages)
{
	struct run_apart run = { .test = test, .i = i };
	const struct apart apart = { .start = test->options->loader->forked,
				     .run = judge_there,
				     .take = take_here,
				     .data = &run };
	enum exit_code code = apart_run(&apart, messages);

	test->is_interrupted = code == EXIT_INTERRUPTED || run.result.is_interrupted;
	test->is_cut_off |= run.result.is_cut_off;
	return code == EXIT_GOOD ? run.result.code : code;
}

static void test_kernel(struct file_test *test, size_t i)
{
	const struct kernel *kernel = &test->kernels[i];
	char *text;
	size_t len;
	FILE *messages = xmemstream(&text, &len);
	enum exit_code code =
		kernel_prepare(test->options->loader, kernel, test->scenario, messages);

	if (code == EXIT_GOOD)
		verdicts_add_kernel(test->verdicts, test->options->loader, kernel);
	if (code == EXIT_GOOD)
		code = kernel->source ? judge_apart(test, i, messages)
				      : judge_run(test, i, messages);
	xclose_memstream(messages);
	test->code = exit_worse(test->code, code);
	verdicts_add(test->verdicts, test->scenario->source->path, kernel, code, text);
}

/* Fails a snapshot of a kernel that the header does not name: it would never be compared. */
static void test_stale_snapshots(struct file_test *test)
{
	const struct scenario *scenario = test->scenario;

	for (size_t i = 0; i < scenario->snapshots_count; i++) {
		const struct snapshot *snapshot = &scenario->snapshots[i];
		char *text;
		size_t len;
		FILE *messages;

		if (is_in(test->kernels, test->count, &snapshot->kernel))
			continue;
		messages = xmemstream(&text, &len);
		diag_print(messages, scenario->source, SEVERITY_FAIL, &snapshot->header,
			   "a snapshot of a kernel that the header does not name");
		xclose_memstream(messages);
		verdicts_add(test->verdicts, scenario->source->path, &snapshot->kernel, EXIT_FAILED,
			     text);
	}
}

/* Writes the snapshots, unless a run did not finish: its output would be incomplete. */
static void update(struct file_test *test)
{
	char *text;
	size_t len;
	FILE *messages;

	if (test->code > EXIT_FAILED || test->is_cut_off)
		return;
	messages = xmemstream(&text, &len);
	if (snapshots_write(test->scenario, test->kernels, test->texts, test->count, messages)) {
		xclose_memstream(messages);
		free(text);
		return;
	}
	xclose_memstream(messages);
	verdicts_add(test->verdicts, test->scenario->source->path, NULL, EXIT_USAGE, text);
}

static void test_scenario(struct file_test *test)
{
	test->count = kernels_to_test(test->options, test->scenario, &test->kernels);
	test->texts = xcalloc(test->count, sizeof(test->texts[0]));
	for (size_t i = 0; i < test->count && !test->is_interrupted; i++)
		test_kernel(test, i);
	if (test->options->updates)
		update(test);
	else if (!test->options->kernels_count)
		test_stale_snapshots(test);
	for (size_t i = 0; i < test->count; i++)
		free(test->texts[i]);
	free(test->texts);
	free(test->kernels);
}

/* State of the test of one path. */
struct path_test {
	const struct options *options;
	struct decisions *decisions;
	struct verdicts *verdicts;
};

static bool test_file(const char *path, void *data)
{
	const struct path_test *paths = data;
	struct file_test test = { .options = paths->options,
				  .verdicts = paths->verdicts,
				  .decisions = paths->decisions };
	struct loaded loaded;
	char *text;
	size_t len;
	FILE *messages = xmemstream(&text, &len);
	bool is_loaded = scenario_load(path, test.options, messages, &loaded);

	if (is_loaded && !loaded.scenario->stmts) { /* `ok` without statements would mislead */
		diag_print(messages, NULL, SEVERITY_ERROR, NULL, "no statement, nothing to judge");
		loaded_free(&loaded);
		is_loaded = false;
	}
	xclose_memstream(messages);
	if (!is_loaded) {
		verdicts_add(test.verdicts, path, NULL, EXIT_USAGE, text);
		return true;
	}
	free(text);
	test.scenario = loaded.scenario;
	test_scenario(&test);
	loaded_free(&loaded);
	if (test.options->coverage && !test.decisions)
		test.options->loader->cover_scenario(path);
	return !test.is_interrupted;
}

static void add_unreadable(const char *path, int error, void *data)
{
	verdicts_add(((const struct path_test *)data)->verdicts, path, NULL, EXIT_USAGE,
		     xasprintf("lwsim: %s: error: %s\n", path, strerror(error)));
}

/* Begins to count: a file's lines, or the model's decisions. False after printing an error. */
static bool coverage_begin(const struct options *options, struct decisions **ret_decisions)
{
	*ret_decisions = NULL;
	if (!options->coverage)
		return true;
	if (options->kernels_count != 1) {
		usage_error("--coverage %s: it is of one kernel, expected one --kernel",
			    options->coverage);
		return false;
	}
	if (options->kernels[0].source)
		return options->loader->cover(options->coverage);
	if (mkdir(options->coverage, 0777) < 0 && errno != EEXIST) {
		usage_error("--coverage %s: %s", options->coverage, strerror(errno));
		return false;
	}
	*ret_decisions = decisions_new(&options->kernels[0]);
	return true;
}

/* Writes the decisions, also to a file in the folder. */
static enum exit_code decisions_end(const struct decisions *decisions, const char *folder,
				    FILE *out)
{
	char *path = xasprintf("%s/decisions.txt", folder), *text;
	enum exit_code code = EXIT_GOOD;
	size_t len;
	FILE *lines = xmemstream(&text, &len);
	int error;

	decisions_write(lines, decisions);
	xclose_memstream(lines);
	fwrite(text, 1, len, out);
	error = whole_file_write(path, text, len, NULL);
	if (error)
		code = usage_error("--coverage %s: %s", folder, strerror(error));
	free(text);
	free(path);
	return code;
}

static enum exit_code coverage_end(const struct options *options, const struct decisions *decisions)
{
	FILE *out = options->format->id == VERDICT_TEXT ? stdout : stderr;

	if (decisions)
		return decisions_end(decisions, options->coverage, out);
	return options->loader->cover_end(out);
}

enum exit_code command_test(const struct options *options, int argc, char **argv)
{
	struct verdicts verdicts = { .items = NULL };
	struct path_test paths = { .options = options, .verdicts = &verdicts };
	const struct walk walk = {
		.scenario = test_file,
		.unreadable = add_unreadable,
		.data = &paths,
	};
	enum exit_code code;

	for (int i = 0; i < argc && options->updates; i++)
		if (strcmp(argv[i], "-") == 0)
			return usage_error("--update cannot write standard input");
	if (!coverage_begin(options, &paths.decisions))
		return EXIT_USAGE;
	for (int i = 0; i < argc; i++)
		if (!walk_scenarios(argv[i], &walk))
			break;
	code = verdicts_code(&verdicts);
	if (!verdicts.count && !*options->wants_loader) {
		code = usage_error("no scenario found");
	}
	if (!*options->wants_loader)
		verdicts_write(stdout, &verdicts, (enum verdict_format)options->format->id,
			       options->is_colored);
	if (options->coverage && code != EXIT_INTERRUPTED && verdicts.count)
		code = exit_worse(code, coverage_end(options, paths.decisions));
	decisions_free(paths.decisions);
	verdicts_free(&verdicts);
	return code;
}
