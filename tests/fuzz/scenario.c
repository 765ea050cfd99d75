/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A scenario's text: parsed, its errors printed; run on its kernel, expectations evaluated, with one of
 * the writers. The first byte chooses the writer, the rest is the file. A broken invariant of the model
 * is a finding, too.
 */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"
#include "sim/base/xalloc.h"
#include "sim/formats/jsonl_writer.h"
#include "sim/formats/lanes_writer.h"
#include "sim/formats/text_writer.h"
#include "sim/observers/observers.h"
#include "sim/observers/rules.h"
#include "sim/run/runner.h"
#include "sim/story/story.h"

/* More would be slow, and finds nothing else. */
#define STATEMENTS_MAX_FUZZED 2000
#define DEVICES_MAX_FUZZED 300
#define STEPS_MAX 5000

static struct writer *writer_of(unsigned int choice, FILE *out, const struct run_info *info)
{
	switch (choice % 6) {
	case 0:
		return text_writer_new(out, info,
				       TEXT_HEAD | TEXT_ACTIONS | TEXT_COLOR |
					       (choice & 0x80 ? TEXT_WIDE : 0));
	case 1:
		return jsonl_writer_new(out, info);
	case 2:
		return lanes_writer_new(out, info);
	case 3:
		return story_writer_new(out, NULL, choice & 0x80 ? 80 : 0);
	case 4:
		return observers[info->observer].writer_new(out, info);
	default:
		return observers[OBSERVER_COUNT].writer_new(out, info); /* all */
	}
}

static void run(const struct scenario *scenario, unsigned int choice, FILE *out)
{
	const struct run_info info = { .scenario = scenario,
				       .kernel = &scenario->kernel,
				       .observer = choice / 8 % OBSERVER_COUNT };
	struct run_options options = {
		.kernel = scenario->kernel,
		.until_ns = -1,
		.is_forced = choice & 0x40,
		.judges = true,
		.observers = &observer_calls,
		.messages = out,
		.writer = writer_of(choice, out, &info),
	};
	struct runner *runner = runner_new(scenario, &options);

	for (int i = 0; runner && i < STEPS_MAX && runner_next_ns(runner) != INT64_MAX; i++)
		runner_step(runner);
	if (runner && runner_result(runner) == RUN_BROKEN)
		abort();
	runner_free(runner);
	options.writer->free(options.writer);
}

static bool is_small(const struct scenario *scenario)
{
	return scenario->statement_count <= STATEMENTS_MAX_FUZZED &&
	       scenario->max_devices <= DEVICES_MAX_FUZZED &&
	       scenario->max_nets <= DEVICES_MAX_FUZZED;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct scenario *scenario;
	struct source *source;
	struct diags diags;
	char *text;
	size_t len;
	FILE *out;

	if (!size)
		return 0;
	out = xmemstream(&text, &len);
	source = source_from_text("fuzz.lw", (const char *)data + 1, size - 1);
	diags_init(&diags, source);
	scenario = scenario_parse(source, NULL, 0, &diags);
	diags_print(&diags, out);
	if (scenario && !scenario->kernel.source && is_small(scenario))
		run(scenario, data[0], out);
	diags_free(&diags);
	scenario_free(scenario);
	source_free(source);
	xclose_memstream(out);
	free(text);
	return 0;
}
