/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run on one kernel as text: its story, and its lanes. */
#include <stdlib.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/formats/lanes_writer.h"
#include "sim/observers/rules.h"
#include "sim/playground/page.h"
#include "sim/playground/request.h"
#include "sim/run/clock.h"
#include "sim/run/runner.h"
#include "sim/story/story.h"

static struct writer *explain_new(FILE *out, const struct run_info *info)
{
	const struct story_style style = { .columns = WRAP_COLUMNS };

	story_write_head(out, info, &style);
	return story_writer_new_styled(out, NULL, &style);
}

/* Writes the run's text as ,"NAME":TEXT; and, if it judges, what it prints as ,"failed":TEXT. */
static void answer_run(FILE *out, const struct request *request, const char *name,
		       struct writer *(*writer_new)(FILE *out, const struct run_info *info),
		       bool judges)
{
	const struct run_info info = { .scenario = request->scenario,
				       .kernel = &request->kernels[0],
				       .observer = OBSERVER_COUNT };
	char *text, *printed;
	size_t text_len, printed_len;
	FILE *lines = xmemstream(&text, &text_len), *messages = xmemstream(&printed, &printed_len);
	struct run_options options = {
		.kernel = request->kernels[0],
		.until_ns = -1,
		.judges = judges,
		.writer = writer_new(lines, &info),
		.messages = messages,
		.observers = &observer_calls,
	};
	struct runner *runner = runner_new(request->scenario, &options);

	clock_run(runner, 0.);
	runner_free(runner);
	options.writer->free(options.writer);
	xclose_memstream(lines);
	xclose_memstream(messages);
	answer_kernels(out, "kernels", request->kernels, 1);
	answer_string(out, name, text);
	answer_string(out, "failed", printed);
	free(text);
	free(printed);
}

const char *page_explain(const char *text, const char *kernel, const char *settings)
{
	FILE *out = answer_begin();
	struct request request;

	if (request_open_one(text, kernel, settings, &request, out))
		answer_run(out, &request, "story", explain_new, false);
	request_close(&request);
	return answer_end(out);
}

const char *page_lanes(const char *text, const char *kernel, const char *settings)
{
	FILE *out = answer_begin();
	struct request request;

	if (request_open_one(text, kernel, settings, &request, out))
		answer_run(out, &request, "lanes", lanes_writer_new, true);
	request_close(&request);
	return answer_end(out);
}
