/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim sweep: one row of figures for each combination of values on each kernel. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/path.h"
#include "sim/base/workers.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/cli/command.h"
#include "sim/cli/numbers.h"
#include "sim/cli/options.h"
#include "sim/cli/progress.h"
#include "sim/language/format.h"
#include "sim/sweep/merge.h"
#include "sim/sweep/sweep.h"
#include "sim/sweep/sweep_chart.h"
#include "sim/sweep/sweep_part.h"
#include "sim/sweep/sweep_rows.h"

/* The row with the longest time. */
struct worst {
	int64_t ns; /* 0: none */
	uint64_t run;
};

/* Shared by the workers and their parent. */
struct job {
	struct sweep sweep;
	struct sweep_part part; /* 1/1: the whole sweep */
	write_row_fn write_row;
	FILE *rows; /* output of the rows */
	struct progress progress;
	struct worst late, wrong; /* of the rows so far, with --as */
};

static bool complain(const char *option, const char *text, const char *expected)
{
	wrap_message(stderr, "lwsim: error: --%s %s: expected %s", option, text, expected);
	return false;
}

static bool shard_read(const struct options *options, struct sweep_part *ret_part)
{
	const char *end;

	ret_part->part = 1;
	ret_part->parts = 1;
	if (!options->shard)
		return true;
	if (number_read(options->shard, '/', SWEEP_PARTS_MAX, &ret_part->part, &end) &&
	    number_read(end + 1, '\0', SWEEP_PARTS_MAX, &ret_part->parts, &end) &&
	    ret_part->part <= ret_part->parts)
		return true;
	return complain("shard", options->shard, "I/N, as 1/4 to 4/4");
}

static void job_start(void *data)
{
	const struct job *job = data;

	if (job->sweep.options->loader)
		job->sweep.options->loader->forked();
}

static enum exit_code job_piece(void *data, uint64_t at, FILE *out, FILE *messages)
{
	const struct job *job = data;

	return sweep_run(&job->sweep, job->part.part - 1 + at * job->part.parts, job->write_row,
			 out, messages);
}

static void worst_take(struct worst *worst, int64_t ns, uint64_t run)
{
	if (ns > worst->ns)
		*worst = (struct worst){ .ns = ns, .run = run };
}

/* text: a combination's rows */
static void worsts_take(struct job *job, const char *text, size_t len)
{
	enum sweep_format format = job->part.format;
	char *rows = xstrndup(text, len);
	char *rest = NULL;
	int64_t late_ns, wrong_ns;

	for (char *row = strtok_r(rows, "\n", &rest); row; row = strtok_r(NULL, "\n", &rest))
		if (sweep_row_observed(format, row, job->sweep.varies_count, &late_ns, &wrong_ns)) {
			worst_take(&job->late, late_ns, sweep_row_run(format, row));
			worst_take(&job->wrong, wrong_ns, sweep_row_run(format, row));
		}
	free(rows);
}

/* "late" or "wrong": the timing that breaks the daemon. */
static void worst_say(const struct job *job, const struct worst *worst, const char *how)
{
	const char *name = job->sweep.options->observer->name;
	char duration[FORMAT_MAX_BYTES], *text;
	size_t len;
	FILE *out;

	if (!worst->ns) {
		wrap_message(stderr, "lwsim: note: %s is never %s", name, how);
		return;
	}
	out = xmemstream(&text, &len);
	sweep_say_run(&job->sweep, worst->run, out);
	xclose_memstream(out);
	format_duration(worst->ns, duration);
	wrap_message(stderr, "lwsim: note: %s is %s for at most %s, in run %" PRIu64 ": %s", name,
		     how, duration, worst->run, text);
	free(text);
}

static bool job_take(void *data, uint64_t at, const char *text, size_t len)
{
	struct job *job = data;

	if (job->sweep.options->observer)
		worsts_take(job, text, len);
	fwrite(text, 1, len, job->rows);
	progress_show(&job->progress, (at + 1) * job->part.kernels);
	return !ferror(job->rows);
}

static enum exit_code job_work(struct job *job, unsigned int processes)
{
	struct work work = {
		.pieces = sweep_part_size(&job->part),
		.processes = processes,
		.start = job_start,
		.piece = job_piece,
		.take = job_take,
		.data = job,
	};
	enum exit_code code;

	progress_start(&job->progress, work.pieces * job->part.kernels);
	code = workers_run(&work);
	progress_end(&job->progress);
	if (code == EXIT_INTERRUPTED)
		fputs("lwsim: interrupted\n", stderr);
	return code;
}

static enum sweep_format sweep_format(const struct options *options)
{
	return (enum sweep_format)options->format->id;
}

static enum exit_code write_rows(struct job *job, unsigned int processes)
{
	const struct options *options = job->sweep.options;
	const char *clash = sweep_rows_clash(sweep_format(options), &job->sweep);

	if (clash)
		return usage_error(
			"--vary %s: the table has a column of this name, expected another "
			"one or --format jsonl",
			clash);
	if (options->shard)
		sweep_part_write(stdout, &job->part);
	sweep_rows_head(stdout, sweep_format(options), &job->sweep);
	job->write_row = sweep_row_writer(sweep_format(options));
	job->rows = stdout;
	return job_work(job, processes);
}

static enum exit_code draw_chart(struct job *job, unsigned int processes)
{
	const struct options *options = job->sweep.options;
	struct sweep_chart chart;
	enum exit_code code;
	char *rows;
	size_t len;

	if (!sweep_chart_can(&job->part.swept))
		return EXIT_USAGE;
	job->write_row = sweep_chart_row;
	job->rows = xmemstream(&rows, &len);
	code = job_work(job, processes);
	xclose_memstream(job->rows);
	if (code == EXIT_GOOD) {
		sweep_chart_make(&job->part.swept, rows, &chart);
		if (!options->drawing->chart(&chart, options->output))
			code = EXIT_USAGE;
		sweep_chart_free(&chart);
	}
	free(rows);
	return code;
}

/*
 * False, after printing an error, if -o is given and cannot be drawn: with --shard or --format, or
 * for an unknown suffix.
 */
static bool output_is_right(const struct options *options, int argc, char **argv)
{
	if (!options->output)
		return true;
	if (options->shard) {
		usage_error(
			"-o draws a whole sweep, expected no --shard: `lwsim sweep --merge PART... "
			"-o FILE` draws the merged table");
		return false;
	}
	if (sweep_format(options) != SWEEP_CSV) {
		fputs("lwsim: error: -o draws a chart, expected no --format\n", stderr);
		return false;
	}
	for (int i = 0; i < argc; i++)
		if (is_same_file(argv[i], options->output)) {
			usage_error("-o %s: this is an input file, expected another file",
				    options->output);
			return false;
		}
	return options->drawing->knows(options->output);
}

/* A row has the figures of one daemon; a chart draws the wait of none. */
static bool observer_is_right(const struct options *options)
{
	if (!options->observer)
		return true;
	if (options->observer->id == OBSERVER_COUNT)
		return complain("as", options->observer->name,
				"one observer: a row has the figures of one");
	if (options->output)
		return complain("as", options->observer->name, "no -o: it draws waits for RUNNING");
	return true;
}

static enum exit_code merge(const struct options *options, int argc, char **argv)
{
	if (options->varies_count || options->kernels_count || options->settings_count ||
	    options->until || options->device || options->shard || options->jobs ||
	    options->observer || sweep_format(options) != SWEEP_CSV)
		return usage_error(
			"--merge takes the parts alone, and -o: the parts record how they "
			"were made");
	if (!output_is_right(options, argc, argv))
		return EXIT_USAGE;
	if (options->output)
		return merge_chart(argv, argc, options->drawing, options->output);
	return merge_files(argv, argc, stdout);
}

enum exit_code command_sweep(const struct options *options, int argc, char **argv)
{
	struct job job = { .write_row = NULL };
	unsigned int processes;
	enum exit_code code;
	bool is_right;

	if (options->merges)
		return merge(options, argc, argv);
	if (argc > 1)
		return usage_error("usage: lwsim sweep [OPTION...] FILE, or more with --merge");
	is_right = shard_read(options, &job.part);
	is_right &= jobs_read(options, &processes);
	is_right &= observer_is_right(options);
	is_right &= output_is_right(options, argc, argv);
	if (!is_right)
		return EXIT_USAGE;
	if (!sweep_open(&job.sweep, options, argv[0]))
		return job.sweep.code;
	job.part.format = sweep_format(options);
	job.part.combinations = job.sweep.combinations;
	job.part.kernels = job.sweep.kernels_count;
	job.part.number = sweep_number(&job.sweep);
	swept_make(&job.sweep, &job.part.swept);
	code = options->output ? draw_chart(&job, processes) : write_rows(&job, processes);
	if (code == EXIT_GOOD && options->observer) {
		worst_say(&job, &job.late, "late");
		worst_say(&job, &job.wrong, "wrong");
	}
	swept_free(&job.part.swept);
	sweep_close(&job.sweep);
	return code;
}
