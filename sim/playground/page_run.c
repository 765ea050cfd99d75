/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scenario on several kernels: picture, table, stories, messages, expectations. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/json.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/compare/compare.h"
#include "sim/language/format.h"
#include "sim/observers/rules.h"
#include "sim/playground/page.h"
#include "sim/playground/request.h"
#include "sim/report/layout.h"
#include "sim/report/output.h"
#include "sim/run/clock.h"
#include "sim/run/outcome.h"
#include "sim/story/why.h"

static const char *const story_kinds[] = {
	[STORY_ACTION] = "action",
	[STORY_ANSWER] = "answer",
	[STORY_ERROR] = "error",
	[STORY_DECISION] = "decision",
	[STORY_EVENT] = "event",
	[STORY_URGENT_EVENT] = "urgent event",
	[STORY_WAIT] = "wait",
	[STORY_RUN] = "run",
	[STORY_URGENT_RUN] = "urgent run",
	[STORY_MESSAGE] = "message",
	[STORY_BELIEF] = "belief",
};

static void answer_about(FILE *out, const struct scenario *scenario)
{
	answer_string(out, "title", scenario->title);
	fputs(",\"params\":[", out);
	for (size_t i = 0; i < scenario->params_count; i++) {
		fprintf(out, "%s{\"name\":", i ? "," : "");
		json_write_string(out, scenario->params[i].name, strlen(scenario->params[i].name));
		answer_string(out, "value", scenario->params[i].value);
		fputc('}', out);
	}
	fputc(']', out);
}

static void answer_picture(FILE *out, const struct scenario *scenario,
			   struct timeline *const *timelines, size_t count)
{
	struct picture picture;
	const struct report report = {
		.scenario = scenario, .timelines = timelines, .count = count, .picture = &picture
	};
	char *svg;
	size_t len;
	FILE *lines = xmemstream(&svg, &len);

	layout_make(&picture, scenario, timelines, count, true);
	svg_write(&report, lines);
	xclose_memstream(lines);
	answer_string(out, "svg", svg);
	free(svg);
	fputs(",\"spots\":[", out);
	for (size_t i = 0; i < picture.spots_count; i++) {
		const struct spot *spot = &picture.spots[i];

		fprintf(out, "%s{\"x\":%.1f,\"y\":%.1f,\"w\":%.1f,\"h\":%.1f,\"kernel\":%zu",
			i ? "," : "", spot->x, spot->y, spot->w, spot->h, spot->kernel);
		if (spot->line)
			fprintf(out, ",\"line\":%u", spot->line);
		if (spot->sentence != NO_SENTENCE)
			fprintf(out, ",\"sentence\":%zu", spot->sentence);
		answer_string(out, "text", spot->text);
		fputc('}', out);
	}
	fputc(']', out);
	picture_free(&picture);
}

static void answer_table(FILE *out, const struct scenario *scenario,
			 const struct compared_run *runs, size_t count)
{
	const struct compare_style style = { .columns = WRAP_COLUMNS };
	char *table;
	size_t len;
	FILE *lines = xmemstream(&table, &len);

	compare_write(lines, scenario, runs, count, &style);
	xclose_memstream(lines);
	answer_string(out, "table", table);
	free(table);
}

static void answer_sentence(FILE *out, const struct story_sentence *sentence)
{
	fprintf(out, "{\"t_ns\":%" PRId64 ",\"kind\":\"%s\"", sentence->t_ns,
		story_kinds[sentence->kind]);
	if (sentence->line)
		fprintf(out, ",\"line\":%" PRIu32, sentence->line);
	if (sentence->running)
		fprintf(out, ",\"running\":%d", sentence->running);
	if (sentence->function)
		answer_string(out, "function", sentence->function);
	answer_string(out, "text", sentence->text);
	fputc('}', out);
}

static void answer_stories(FILE *out, struct timeline *const *timelines, size_t count)
{
	fputs(",\"stories\":[", out);
	for (size_t i = 0; i < count; i++) {
		fputs(i ? ",[" : "[", out);
		for (size_t j = 0; j < timelines[i]->sentences_count; j++) {
			fputs(j ? "," : "", out);
			answer_sentence(out, &timelines[i]->sentences[j]);
		}
		fputc(']', out);
	}
	fputc(']', out);
}

static void answer_message(FILE *out, const struct record *record, size_t kernel)
{
	char label[LABEL_MAX_BYTES], flags[FORMAT_MAX_BYTES];

	format_label(record->netns, record->dev, label);
	format_link_flags(record->flags, flags);
	fprintf(out, "{\"kernel\":%zu,\"t_ns\":%" PRId64 ",\"jiffy\":%" PRIu64 ",\"line\":%" PRIu32,
		kernel, record->t_ns, record->jiffy, record->line);
	answer_string(out, "dev", label);
	answer_string(out, "flags", flags);
	answer_string(out, "operstate",
		      record->kind == RECORD_DELLINK ? "DELETED"
						     : operstate_name(record->operstate));
	if (record->waited_ns >= 0)
		fprintf(out, ",\"waited_ns\":%" PRId64, record->waited_ns);
	fputc('}', out);
}

static void answer_messages(FILE *out, const struct compared_run *runs, size_t count)
{
	const char *between = "";

	fputs(",\"messages\":[", out);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < runs[i].trace->count; j++) {
			if (!record_is_message(&runs[i].trace->records[j]))
				continue;
			fputs(between, out);
			answer_message(out, &runs[i].trace->records[j], i);
			between = ",";
		}
	fputc(']', out);
}

struct failures {
	FILE *out;
	const struct source *source;
	bool has_one;
};

static void take_failure(void *user, enum severity severity, const struct span *span,
			 const char *text)
{
	struct failures *failures = user;

	fputs(failures->has_one ? "," : "", failures->out);
	answer_diagnostic(failures->out, failures->source, severity, span, text);
	failures->has_one = true;
}

/* As `lwsim test` judges it. */
static void answer_test(FILE *out, const struct scenario *scenario, const struct kernel *kernel)
{
	struct failures failures = { .out = out, .source = scenario->source };
	char *printed;
	size_t len;
	FILE *messages = xmemstream(&printed, &len);
	const struct run_options options = {
		.kernel = *kernel,
		.until_ns = -1,
		.judges = true,
		.messages = messages,
		.observers = &observer_calls,
		.failed = take_failure,
		.user = &failures,
	};
	struct runner *runner = runner_new(scenario, &options);
	enum run_result result;

	fputs("{\"failures\":[", out);
	clock_run(runner, 0.);
	fputc(']', out);
	result = runner_result(runner);
	if (result == RUN_FAILED && runner_first_failure(runner))
		why_print(scenario, &options, runner_first_failure(runner));
	runner_free(runner);
	xclose_memstream(messages);
	answer_flag(out, "passed", result == RUN_GOOD);
	answer_string(out, "printed", printed);
	free(printed);
	fputc('}', out);
}

static void answer_runs(FILE *out, const struct request *request)
{
	const struct scenario *scenario = request->scenario;
	size_t count = request->kernels_count;
	struct compared_run *runs = xcalloc(count, sizeof(*runs));
	struct timeline **timelines = xcalloc(count, sizeof(struct timeline *));
	struct writer **writers = xcalloc(count, sizeof(struct writer *));
	int64_t end_ns = 0;

	for (size_t i = 0; i < count; i++) {
		const struct run_info info = { .scenario = scenario,
					       .kernel = &request->kernels[i] };

		timelines[i] = timeline_new(&info);
		writers[i] = &timelines[i]->writer;
	}
	if (runs_make(scenario, NULL, request->kernels, count, -1, writers, runs) != EXIT_GOOD)
		exit(EXIT_BROKEN); /* after a message: an invariant of the model broke */
	for (size_t i = 0; i < count; i++) {
		timeline_end(timelines[i], runs[i].trace, runs[i].end_ns);
		end_ns = runs[i].end_ns > end_ns ? runs[i].end_ns : end_ns;
	}
	for (size_t i = 0; i < count; i++)
		timelines[i]->same_story = timeline_same_story(timelines, i);
	fprintf(out, ",\"end_ns\":%" PRId64, end_ns);
	answer_picture(out, scenario, timelines, count);
	answer_table(out, scenario, runs, count);
	answer_stories(out, timelines, count);
	answer_messages(out, runs, count);
	for (size_t i = 0; i < count; i++)
		timeline_free(timelines[i]);
	runs_free(runs, count);
	free(runs);
	free(timelines);
	free(writers);
}

const char *page_run(const char *text, const char *kernels, const char *settings)
{
	FILE *out = answer_begin();
	struct request request;

	if (request_open(text, kernels, settings, &request, out)) {
		answer_about(out, request.scenario);
		answer_kernels(out, "kernels", request.kernels, request.kernels_count);
		answer_runs(out, &request);
		fputs(",\"tests\":[", out);
		for (size_t i = 0; i < request.kernels_count; i++) {
			fputs(i ? "," : "", out);
			answer_test(out, request.scenario, &request.kernels[i]);
		}
		fputc(']', out);
	}
	request_close(&request);
	return answer_end(out);
}
