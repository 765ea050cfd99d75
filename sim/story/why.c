/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a scenario again up to a failed expectation, for the sentences that lead to it. */
#include "sim/story/why.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/run/clock.h"
#include "sim/run/runner.h"
#include "sim/story/story.h"

/* Older sentences rarely matter; `lwsim explain` prints them all. */
#define SENTENCES_MAX 8U

/* A line begins a sentence if it begins with a time, and not with what hangs over. */
static bool begins_sentence(const char *line)
{
	const char *word = line + strspn(line, " ");

	return *word >= '0' && *word <= '9' && word - line < 12;
}

static const char *last_sentences(const char *text)
{
	const char *at = text + strlen(text);
	unsigned int sentences = 0;

	for (const char *start = at; start > text && sentences < SENTENCES_MAX;) {
		for (start--; start > text && start[-1] != '\n';)
			start--;
		if (begins_sentence(start)) {
			sentences++;
			at = start;
		}
	}
	return at;
}

/* The caller frees. */
static char *story_until(const struct scenario *scenario, const struct run_options *run,
			 const struct failure *failure)
{
	struct run_options again = *run;
	char *story = NULL, *unsaid = NULL;
	size_t story_len, unsaid_len;
	FILE *out = xmemstream(&story, &story_len);
	struct runner *runner;

	again.judges = false;
	again.failed = NULL;
	again.until_ns = failure->t_ns;
	again.messages = xmemstream(&unsaid, &unsaid_len);
	again.writer = story_writer_new(out, failure->device, WRAP_COLUMNS);
	runner = runner_new(scenario, &again);
	if (runner)
		clock_run(runner, 0.);
	runner_free(runner);
	again.writer->free(again.writer);
	xclose_memstream(again.messages);
	xclose_memstream(out);
	free(unsaid);
	return story;
}

void why_print(const struct scenario *scenario, const struct run_options *run,
	       const struct failure *failure)
{
	char *story = story_until(scenario, run, failure);
	const char *lines = last_sentences(story);
	char when[FORMAT_MAX_BYTES];

	format_seconds(failure->t_ns, when);
	if (*lines)
		fprintf(run->messages, "why: what led to the first failure, at %ss:\n%s", when,
			lines);
	free(story);
}
