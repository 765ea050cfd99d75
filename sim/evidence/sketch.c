/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Statements in order, and their run. */
#include "sim/evidence/sketch.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/safe_text.h"
#include "sim/base/xalloc.h"

#define TIME_COLUMNS 9 /* before the statement, as in scenarios/ */

void sketch_add_line(struct sketch *sketch, const struct sketch_line *line)
{
	size_t at = sketch->count;

	sketch->lines =
		xgrow(sketch->lines, sketch->count, &sketch->capacity, sizeof(sketch->lines[0]));
	while (at && sketch->lines[at - 1].t_ns > line->t_ns)
		at--;
	if (line->is_before && at && sketch->lines[at - 1].t_ns == line->t_ns)
		at--;
	memmove(&sketch->lines[at + 1], &sketch->lines[at],
		(sketch->count - at) * sizeof(sketch->lines[0]));
	sketch->lines[at] = (struct sketch_line){
		.t_ns = line->t_ns,
		.text = xstrdup(line->text),
		.comment = line->comment ? xstrdup(line->comment) : NULL,
		.is_tried = line->is_tried,
	};
	sketch->count++;
	sketch->tried += line->is_tried;
	for (unsigned int i = 0; i < SKETCH_BASES; i++)
		if (at < sketch->settled[i]) {
			sketch->settled[i]++;
			sketch->intruders[i]++;
			sketch->lines[at].is_intruder[i] = true;
		}
}

void sketch_add(struct sketch *sketch, int64_t t_ns, const char *text, const char *comment)
{
	const struct sketch_line line = { .t_ns = t_ns,
					  .text = (char *)(uintptr_t)text,
					  .comment = (char *)(uintptr_t)comment };

	sketch_add_line(sketch, &line);
}

void sketch_copy(struct sketch *ret_sketch, const struct sketch *sketch)
{
	memset(ret_sketch, 0, sizeof(*ret_sketch));
	ret_sketch->kernel = sketch->kernel;
	ret_sketch->hz = sketch->hz;
	ret_sketch->bits = sketch->bits;
	ret_sketch->messages = sketch->messages;
	for (size_t i = 0; i < sketch->count; i++)
		sketch_add(ret_sketch, sketch->lines[i].t_ns, sketch->lines[i].text,
			   sketch->lines[i].comment);
}

static void drop(struct sketch *sketch, size_t at)
{
	struct sketch_line *line = &sketch->lines[at];

	for (unsigned int i = 0; i < SKETCH_BASES; i++)
		if (at < sketch->settled[i]) {
			sketch->settled[i]--;
			sketch->intruders[i] -= line->is_intruder[i];
		}
	free(line->text);
	free(line->comment);
	sketch->count--;
	memmove(line, line + 1, (sketch->count - at) * sizeof(*line));
}

void sketch_drop_tried(struct sketch *sketch)
{
	for (size_t i = sketch->count; sketch->tried; i--)
		if (sketch->lines[i - 1].is_tried) {
			drop(sketch, i - 1);
			sketch->tried--;
		}
}

void sketch_keep_tried(struct sketch *sketch)
{
	for (size_t i = sketch->count; sketch->tried; i--) {
		sketch->tried -= sketch->lines[i - 1].is_tried;
		sketch->lines[i - 1].is_tried = false;
	}
}

void sketch_settle(struct sketch *sketch, unsigned int place, size_t count)
{
	for (size_t i = sketch->settled[place]; i < count; i++)
		sketch->lines[i].is_intruder[place] = false;
	sketch->settled[place] = count;
	sketch->intruders[place] = 0;
}

void sketch_cut(struct sketch *sketch, int64_t t_ns)
{
	while (sketch->count && sketch->lines[sketch->count - 1].t_ns >= t_ns)
		drop(sketch, sketch->count - 1);
}

void sketch_free(struct sketch *sketch)
{
	sketch_cut(sketch, INT64_MIN);
	free(sketch->lines);
	memset(sketch, 0, sizeof(*sketch));
}

void sketch_time(int64_t ns, char ret_text[SKETCH_TIME_MAX_BYTES])
{
	int len = snprintf(ret_text, SKETCH_TIME_MAX_BYTES, "%" PRId64 ".%09" PRId64,
			   ns / NSEC_PER_SEC, ns % NSEC_PER_SEC);

	while (ret_text[len - 1] == '0' && ret_text[len - 2] != '.')
		len--;
	ret_text[len] = '\0';
}

void sketch_write(const struct sketch *sketch, FILE *out)
{
	sketch_write_lines(sketch, 0, sketch->count, out);
}

void sketch_write_lines(const struct sketch *sketch, size_t from, size_t to, FILE *out)
{
	int64_t last_ns = -1;

	for (size_t i = from; i < to; i++) {
		const struct sketch_line *line = &sketch->lines[i];
		char time[SKETCH_TIME_MAX_BYTES] = "";

		if (line->t_ns != last_ns)
			sketch_time(line->t_ns, time);
		last_ns = line->t_ns;
		if (!*line->text) { /* a comment of its own */
			fprintf(out, "%*s # ? ", TIME_COLUMNS - 1, "");
			text_line(out, "%s", line->comment);
			last_ns = -1;
			continue;
		}
		fprintf(out, "%-*s %s", TIME_COLUMNS - 1, time, line->text);
		if (line->comment)
			fprintf(out, " # ? %s", line->comment);
		fputc('\n', out);
	}
}

static void take_trace(struct writer *writer, const struct machine *m,
		       const struct trace_event *event, const char *netns)
{
	struct sketch_run *run = container_of(writer, struct sketch_run, writer);

	(void)netns;
	if (event->point != TRACE_RUN || !event->a)
		return;
	run->full_ns =
		xgrow(run->full_ns, run->full_count, &run->full_capacity, sizeof(run->full_ns[0]));
	run->full_ns[run->full_count++] = m->now_ns;
}

static void take_record(struct writer *writer, const struct record *record)
{
	struct sketch_run *run = container_of(writer, struct sketch_run, writer);

	run->errors += record->kind == RECORD_ERROR;
}

static void take_flush(struct writer *writer)
{
	(void)writer; /* nothing is buffered */
}

char *sketch_header(const struct sketch *sketch)
{
	char kernel[KERNEL_NAME_MAX_BYTES];

	kernel_name(&sketch->kernel, kernel);
	return xasprintf("kernel %s\nhz %" PRIu32 "\nbits %" PRIu32, kernel, sketch->hz,
			 sketch->bits);
}

static void parse(const struct sketch *sketch, struct sketch_run *run)
{
	char *header = sketch_header(sketch), *text;
	struct diags diags;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	fprintf(out, "%s\n", header);
	sketch_write(sketch, out);
	xclose_memstream(out);
	free(header);
	run->source = source_from_text("import", text, len);
	free(text);
	diags_init(&diags, run->source);
	run->scenario = scenario_parse(run->source, NULL, 0, &diags);
	diags_free(&diags);
}

void sketch_run_start(struct sketch_run *run)
{
	memset(run, 0, sizeof(*run));
	run->writer =
		(struct writer){ .record = take_record, .trace = take_trace, .flush = take_flush };
}

void sketch_run(const struct sketch *sketch, int64_t until_ns, struct sketch_run *ret_run)
{
	struct run_options options = {
		.kernel = sketch->kernel,
		.until_ns = until_ns,
		.is_forced = true,
		.writer = &ret_run->writer,
		.messages = sketch->messages,
	};

	sketch_run_start(ret_run);
	parse(sketch, ret_run);
	if (!ret_run->scenario)
		return;
	ret_run->runner = runner_new(ret_run->scenario, &options);
	while (runner_next_ns(ret_run->runner) != INT64_MAX)
		runner_step(ret_run->runner);
	ret_run->trace = runner_trace(ret_run->runner);
}

void sketch_run_free(struct sketch_run *run)
{
	if (run->release)
		run->release(run);
	if (!run->base)
		runner_free(run->runner);
	scenario_free(run->scenario);
	source_free(run->source);
	free(run->full_ns);
}

static int64_t full_before(const struct sketch_run *run, int64_t t_ns)
{
	size_t at = run->full_count;

	while (at && run->full_ns[at - 1] >= t_ns)
		at--;
	return at ? run->full_ns[at - 1] : -1;
}

int64_t sketch_full_before(const struct sketch_run *run, int64_t t_ns)
{
	int64_t full_ns = full_before(run, t_ns);

	return full_ns < 0 && run->before ? full_before(run->before, t_ns) : full_ns;
}
