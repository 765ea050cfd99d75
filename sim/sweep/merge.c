/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Merges the parts of a sweep: part p of n has the combinations whose index % n is p - 1. */
#include "sim/sweep/merge.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/sweep/sweep_chart.h"
#include "sim/sweep/sweep_part.h"
#include "sim/sweep/sweep_rows.h"

/* Missing parts beyond this many are only counted. */
#define MISSING_SAID_MAX 20
/* Longest row or first line. */
#define ROW_MAX_BYTES (1U << 20)

struct part_file {
	const char *path;
	FILE *in; /* seekable */
	struct sweep_part part;
	char *head; /* the CSV head; "" for JSON lines */
	off_t rows_at;
	char *row; /* the current row, len bytes with its newline */
	size_t capacity;
	bool is_wrong;
};

__attribute__((format(printf, 2, 3))) static void wrong(struct part_file *file, const char *format,
							...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	wrap_message(stderr, "lwsim: %s: error: %s", file->path, text);
	free(text);
	file->is_wrong = true;
}

/* Fields contain no newlines. Returns the length with the newline, -1 at the end or at a line that is too long. */
static ssize_t row_read(struct part_file *file)
{
	size_t len = 0;
	int c;

	while ((c = getc_unlocked(file->in)) != EOF) {
		if (len + 1 >= file->capacity) {
			file->capacity = 2 * file->capacity + 256;
			file->row = xreallocarray(file->row, file->capacity, 1);
		}
		file->row[len++] = (char)c;
		if (c == '\n' || len > ROW_MAX_BYTES)
			break;
	}
	if (len > ROW_MAX_BYTES)
		wrong(file, "a line of more than %u MiB", ROW_MAX_BYTES >> 20);
	if (!len || len > ROW_MAX_BYTES)
		return -1;
	file->row[len] = '\0';
	return (ssize_t)len;
}

/*
 * Copies a pipe, whose first line has been read, to a file: parts are read twice, because all
 * errors are found before anything is written. NULL with errno set on failure.
 */
static FILE *rewindable(FILE *in, const char *line, size_t line_len)
{
	char buffer[65536];
	FILE *copy;
	size_t len;
	bool is_good;

	if (fseeko(in, 0, SEEK_CUR) == 0)
		return in;
	copy = tmpfile();
	is_good = copy && fwrite(line, 1, line_len, copy) == line_len;
	while (is_good && (len = fread(buffer, 1, sizeof(buffer), in)) > 0)
		is_good = fwrite(buffer, 1, len, copy) == len;
	is_good = is_good && !ferror(in) && fseeko(copy, (off_t)line_len, SEEK_SET) == 0;
	if (copy && !is_good) {
		fclose(copy);
		copy = NULL;
	}
	if (in != stdin)
		fclose(in);
	return copy;
}

/* Prints errno's text. */
static void cannot_read(struct part_file *file)
{
	if (errno == ENOMEM)
		out_of_memory(); /* GCOVR_EXCL_LINE: no memory */
	wrong(file, "%s", strerror(errno));
}

static void part_open(struct part_file *file, const char *path)
{
	ssize_t len;

	file->path = strcmp(path, "-") == 0 ? "<stdin>" : path;
	file->in = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	if (!file->in) {
		cannot_read(file);
		return;
	}
	len = row_read(file);
	if (len < 0 || !sweep_part_read(file->row, &file->part)) {
		if (ferror(file->in))
			cannot_read(file);
		else if (!file->is_wrong)
			wrong(file, "not a part of a sweep, expected a file written with --shard");
		return;
	}
	file->in = rewindable(file->in, file->row, (size_t)len);
	if (!file->in) {
		cannot_read(file);
		return;
	}
	if (file->part.format == SWEEP_CSV && row_read(file) < 0 && !file->is_wrong)
		wrong(file, "ends inside its header");
	file->head = xstrdup(file->part.format == SWEEP_CSV && file->row ? file->row : "");
	file->rows_at = ftello(file->in);
}

static void part_close(struct part_file *file)
{
	if (file->in && file->in != stdin)
		fclose(file->in);
	swept_free(&file->part.swept);
	free(file->head);
	free(file->row);
}

static bool is_of_same(const struct part_file *a, const struct part_file *b)
{
	return a->part.number == b->part.number && a->part.parts == b->part.parts &&
	       a->part.format == b->part.format && a->part.kernels == b->part.kernels &&
	       a->part.combinations == b->part.combinations && strcmp(a->head, b->head) == 0;
}

/* Checks that all parts are of the first one's sweep, and none occurs twice. */
static void parts_check(struct part_file *files, int count)
{
	for (int i = 1; i < count; i++) {
		if (!files[i].head || !files[0].head)
			continue;
		if (!is_of_same(&files[0], &files[i])) {
			wrong(&files[i], "part %" PRIu64 "/%" PRIu64 " of another sweep than %s",
			      files[i].part.part, files[i].part.parts, files[0].path);
			continue;
		}
		for (int j = 0; j < i; j++)
			if (files[j].head && files[j].part.part == files[i].part.part &&
			    is_of_same(&files[0], &files[j])) {
				wrong(&files[i], "part %" PRIu64 "/%" PRIu64 " twice, as in %s",
				      files[i].part.part, files[i].part.parts, files[j].path);
				break;
			}
	}
}

/* Checks that the file has the runs of its combinations, in order, and no others. */
static void rows_check(struct part_file *file)
{
	const struct sweep_part *part = &file->part;
	uint64_t size = sweep_part_size(part);
	ssize_t len;

	for (uint64_t i = 0; i < size * part->kernels; i++) {
		uint64_t combination = part->part - 1 + i / part->kernels * part->parts;
		uint64_t run = combination * part->kernels + i % part->kernels + 1, found;
		uint64_t left = size * part->kernels - i;

		len = row_read(file);
		if (file->is_wrong)
			return;
		if (len < 0 || file->row[len - 1] != '\n') {
			wrong(file, "ends before run %" PRIu64 ", expected %" PRIu64 " more run%s",
			      run, left, left == 1 ? "" : "s");
			return;
		}
		found = sweep_row_run(part->format, file->row);
		if (found != run) {
			wrong(file, "unexpected line, expected run %" PRIu64, run);
			return;
		}
	}
	if (row_read(file) >= 0 && !file->is_wrong)
		wrong(file, "line after the last run, expected none");
}

/* ret_files: indexed by part. */
static bool is_complete(struct part_file *files, int count, struct part_file **ret_files)
{
	uint64_t parts = files[0].part.parts, missing = 0;

	for (int i = 0; i < count; i++)
		ret_files[files[i].part.part - 1] = &files[i];
	for (uint64_t i = 0; i < parts; i++)
		if (!ret_files[i] && missing++ < MISSING_SAID_MAX)
			fprintf(stderr, "lwsim: error: part %" PRIu64 "/%" PRIu64 " is missing\n",
				i + 1, parts);
	if (missing > MISSING_SAID_MAX)
		fprintf(stderr, "lwsim: error: %" PRIu64 " more parts are missing\n",
			missing - MISSING_SAID_MAX);
	return !missing;
}

static bool are_right(struct part_file *files, int count)
{
	bool is_right = true;

	for (int i = 0; i < count; i++)
		is_right &= !files[i].is_wrong;
	return is_right;
}

/* All parts of a sweep, in the order of the command line and by number. */
struct merged {
	struct part_file *files, **by_part;
	int count;
};

/* False on errors, after printing all of them. */
static bool merged_open(struct merged *merged, char *const *paths, int count)
{
	*merged = (struct merged){ .files = xcalloc((size_t)count, sizeof(merged->files[0])),
				   .count = count };
	for (int i = 0; i < count; i++)
		part_open(&merged->files[i], paths[i]);
	parts_check(merged->files, count);
	for (int i = 0; i < count; i++)
		if (!merged->files[i].is_wrong)
			rows_check(&merged->files[i]);
	if (!are_right(merged->files, count))
		return false;
	/* at most SWEEP_PARTS_MAX, so the cast is safe */
	merged->by_part = xcalloc((size_t)merged->files[0].part.parts, sizeof(merged->by_part[0]));
	if (!is_complete(merged->files, count, merged->by_part))
		return false;
	for (int i = 0; i < count; i++)
		fseeko(merged->files[i].in, merged->files[i].rows_at, SEEK_SET);
	return true;
}

static void merged_close(struct merged *merged)
{
	for (int i = 0; i < merged->count; i++)
		part_close(&merged->files[i]);
	free(merged->by_part);
	free(merged->files);
}

/* The part that has a run; runs count from 0 here. */
static struct part_file *part_of(const struct merged *merged, uint64_t run)
{
	const struct sweep_part *part = &merged->files[0].part;

	return merged->by_part[run / part->kernels % part->parts];
}

static uint64_t runs_of(const struct merged *merged)
{
	return merged->files[0].part.combinations * merged->files[0].part.kernels;
}

enum exit_code merge_files(char *const *paths, int count, FILE *out)
{
	struct merged merged;
	bool is_good = merged_open(&merged, paths, count);

	if (is_good)
		fputs(merged.files[0].head, out);
	for (uint64_t i = 0; is_good && i < runs_of(&merged) && !ferror(out); i++) {
		struct part_file *file = part_of(&merged, i);
		ssize_t len = row_read(file);

		if (len > 0)
			fwrite(file->row, 1, (size_t)len, out);
	}
	merged_close(&merged);
	return is_good ? EXIT_GOOD : EXIT_USAGE;
}

static bool write_waits(const struct merged *merged, FILE *out)
{
	for (uint64_t i = 0; i < runs_of(merged); i++) {
		struct part_file *file = part_of(merged, i);
		int64_t wait_ns;

		if (row_read(file) < 0 ||
		    !sweep_row_wait(file->part.format, file->row, file->part.swept.varies_count,
				    &wait_ns)) {
			wrong(file,
			      "run %" PRIu64 " has no wait, expected its row as sweep wrote it",
			      i + 1);
			return false;
		}
		sweep_chart_wait(out, wait_ns);
	}
	return true;
}

enum exit_code merge_chart(char *const *paths, int count, const struct drawing *drawing,
			   const char *path)
{
	struct merged merged;
	struct sweep_chart chart;
	enum exit_code code = EXIT_USAGE;
	char *rows = NULL;
	size_t len;
	FILE *out = xmemstream(&rows, &len);
	bool is_good = merged_open(&merged, paths, count);

	/* from part 1, whatever the order of the files */
	is_good = is_good && sweep_chart_can(&merged.by_part[0]->part.swept) &&
		  write_waits(&merged, out);
	xclose_memstream(out);
	if (is_good) {
		sweep_chart_make(&merged.by_part[0]->part.swept, rows, &chart);
		if (drawing->chart(&chart, path))
			code = EXIT_GOOD;
		sweep_chart_free(&chart);
	}
	free(rows);
	merged_close(&merged);
	return code;
}
