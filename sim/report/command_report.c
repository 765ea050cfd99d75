/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim report: runs a scenario on several kernels and draws the result. */
#include "sim/report/command_report.h"

#include <stdlib.h>

#include "sim/base/xalloc.h"
#include "sim/cli/options.h"
#include "sim/base/path.h"
#include "sim/cli/scenario_load.h"
#include "sim/base/wrap.h"
#include "sim/compare/runs.h"
#include "sim/observers/opinions.h"
#include "sim/observers/tracker_writer.h"
#include "sim/report/layout.h"
#include "sim/report/output.h"
#include "sim/run/src_about.h"

static enum exit_code write_report(const struct scenario *scenario, const char *path,
				   struct timeline *const *timelines, size_t count,
				   const char *opinions)
{
	struct picture picture;
	const struct report report = { scenario, timelines, count, &picture, NULL, opinions };
	bool is_good;

	layout_make(&picture, scenario, timelines, count, output_format(path) != html_write);
	is_good = output_write(path, output_format(path), &report);
	picture_free(&picture);
	return is_good ? EXIT_GOOD : EXIT_USAGE;
}

/* What was compiled for a kernel with a file, and how far its results hold. */
static void about_take(const struct src_loader *loader, struct timeline *timeline)
{
	size_t len;
	FILE *lines;

	if (!timeline->kernel.source)
		return;
	lines = xmemstream(&timeline->about, &len);
	src_about_write(lines, "", loader, &timeline->kernel, 1);
	xclose_memstream(lines);
	timeline->caveat = src_about_caveat(loader->about(&timeline->kernel));
}

/* A run is written by its timeline, and by a tracker of daemons. */
struct two_writers {
	struct writer writer;
	struct writer *timeline; /* freed by its owner */
	struct writer *tracker;
};

static void two_record(struct writer *writer, const struct record *record)
{
	struct two_writers *two = (struct two_writers *)writer;

	two->timeline->record(two->timeline, record);
	two->tracker->record(two->tracker, record);
}

static void two_trace(struct writer *writer, const struct machine *m,
		      const struct trace_event *event, const char *netns)
{
	struct two_writers *two = (struct two_writers *)writer;

	two->timeline->trace(two->timeline, m, event, netns);
	two->tracker->trace(two->tracker, m, event, netns);
}

static void two_flush(struct writer *writer)
{
	struct two_writers *two = (struct two_writers *)writer;

	two->timeline->flush(two->timeline);
	two->tracker->flush(two->tracker);
}

static void two_free(struct writer *writer)
{
	struct two_writers *two = (struct two_writers *)writer;

	two->tracker->free(two->tracker);
	free(two);
}

static struct writer *two_writers_new(struct writer *timeline, enum observer_id id)
{
	struct two_writers *two = xcalloc(1, sizeof(*two));

	two->writer.record = two_record;
	two->writer.trace = two_trace;
	two->writer.flush = two_flush;
	two->writer.free = two_free;
	two->timeline = timeline;
	two->tracker = tracker_writer_new(id);
	return &two->writer;
}

/* The caller frees. */
static char *opinions_text(const struct scenario *scenario, const struct kernel *kernels,
			   struct writer *const *writers, size_t count)
{
	struct opinions_run *runs = xcalloc(count, sizeof(*runs));
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	for (size_t i = 0; i < count; i++) {
		struct two_writers *two = (struct two_writers *)writers[i];

		runs[i] = (struct opinions_run){ .kernel = &kernels[i],
						 .tracker = tracker_writer_end(two->tracker) };
	}
	opinions_compare(out, scenario, runs, count, WRAP_COLUMNS, false);
	xclose_memstream(out);
	free(runs);
	return text;
}

static enum exit_code report_scenario(const struct scenario *scenario,
				      const struct options *options, int64_t until)
{
	const struct kernel *kernels;
	size_t count = runs_kernels(scenario, options, &kernels);
	struct compared_run *runs = xcalloc(count, sizeof(*runs));
	struct timeline **timelines = xcalloc(count, sizeof(struct timeline *));
	struct writer **writers = xcalloc(count, sizeof(struct writer *));
	char *opinions = NULL;
	enum exit_code code;

	for (size_t i = 0; i < count; i++) {
		const struct run_info info = { .scenario = scenario, .kernel = &kernels[i] };

		timelines[i] = timeline_new(&info);
		writers[i] = &timelines[i]->writer;
		if (options->observer)
			writers[i] = two_writers_new(writers[i],
						     (enum observer_id)options->observer->id);
	}
	code = runs_make(scenario, options->loader, kernels, count, until, writers, runs);
	for (size_t i = 0; i < count && code == EXIT_GOOD; i++)
		timeline_end(timelines[i], runs[i].trace, runs[i].end_ns);
	for (size_t i = 0; i < count && code == EXIT_GOOD; i++)
		about_take(options->loader, timelines[i]);
	for (size_t i = 0; i < count && code == EXIT_GOOD; i++)
		timelines[i]->same_story = timeline_same_story(timelines, i);
	if (code == EXIT_GOOD && options->observer)
		opinions = opinions_text(scenario, kernels, writers, count);
	if (code == EXIT_GOOD)
		code = write_report(scenario, options->output, timelines, count, opinions);
	free(opinions);
	for (size_t i = 0; i < count && options->observer; i++)
		writers[i]->free(writers[i]);
	for (size_t i = 0; i < count; i++)
		timeline_free(timelines[i]);
	runs_free(runs, count);
	free(runs);
	free(timelines);
	free(writers);
	return code == EXIT_UNTESTABLE ? EXIT_USAGE : code; /* only `test` uses this code */
}

enum exit_code command_report(const struct options *options, int argc, char **argv)
{
	enum exit_code code = EXIT_USAGE;
	struct loaded loaded;
	int64_t until;

	(void)argc;
	if (!output_is_known(options->output))
		return EXIT_USAGE;
	if (options->observer && output_format(options->output) != html_write)
		return usage_error("--as %s: its table is in a page only, expected -o FILE.html",
				   options->observer->name);
	if (is_same_file(argv[0], options->output))
		return usage_error("-o %s: that is the scenario, expected another file",
				   options->output);
	if (!scenario_load(argv[0], options, stderr, &loaded))
		return EXIT_USAGE;
	if (until_ns(options, loaded.scenario, &until))
		code = report_scenario(loaded.scenario, options, until);
	loaded_free(&loaded);
	return code;
}
