/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts the model's decisions by scenario: coverage of what linkwatch can do. */
#include "sim/commands/decisions.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/run/decision.h"

struct decision {
	size_t scenarios; /* that take it */
	char *first;
};

struct decisions {
	struct kernel kernel;
	struct decision of[DECISION_COUNT];
};

struct decisions *decisions_new(const struct kernel *kernel)
{
	struct decisions *decisions = xcalloc(1, sizeof(*decisions));

	decisions->kernel = *kernel;
	return decisions;
}

void decisions_free(struct decisions *decisions)
{
	for (size_t i = 0; decisions && i < DECISION_COUNT; i++)
		free(decisions->of[i].first);
	free(decisions);
}

struct decisions_writer {
	struct writer writer;
	struct decisions *decisions;
	const char *scenario;
	bool is_taken[DECISION_COUNT]; /* in this run */
};

static void take(struct decisions_writer *own, size_t id)
{
	struct decision *decision = &own->decisions->of[id];

	if (!decision->scenarios++)
		decision->first = xstrdup(own->scenario);
}

static void decisions_trace(struct writer *writer, const struct machine *m,
			    const struct trace_event *event, const char *netns)
{
	struct decisions_writer *own = (struct decisions_writer *)writer;

	(void)m;
	(void)netns;
	decision_mark(event, own->is_taken);
}

static void decisions_record(struct writer *writer, const struct record *record)
{
	(void)writer; /* only decisions count */
	(void)record;
}

static void decisions_flush(struct writer *writer)
{
	(void)writer;
}

/* Counts the run's. */
static void decisions_writer_free(struct writer *writer)
{
	struct decisions_writer *own = (struct decisions_writer *)writer;

	for (size_t id = 0; id < DECISION_COUNT; id++)
		if (own->is_taken[id])
			take(own, id);
	free(writer);
}

struct writer *decisions_writer_new(struct decisions *decisions, const char *scenario)
{
	struct decisions_writer *own = xcalloc(1, sizeof(*own));

	own->writer.record = decisions_record;
	own->writer.trace = decisions_trace;
	own->writer.flush = decisions_flush;
	own->writer.free = decisions_writer_free;
	own->decisions = decisions;
	own->scenario = scenario;
	return &own->writer;
}

void decisions_write(FILE *out, const struct decisions *decisions)
{
	char name[KERNEL_NAME_MAX_BYTES], text[DECISION_TEXT_BYTES];
	size_t taken = 0, all = 0;

	for (size_t id = 0; id < DECISION_COUNT; id++) {
		all += decision_is_possible(&decisions->kernel, id);
		taken +=
			decisions->of[id].scenarios && decision_is_possible(&decisions->kernel, id);
	}
	kernel_name(&decisions->kernel, name);
	fprintf(out, "linkwatch on %s: %zu of %zu decisions\n", name, taken, all);
	for (size_t id = 0; id < DECISION_COUNT; id++) {
		if (decisions->of[id].scenarios || !decision_is_possible(&decisions->kernel, id))
			continue;
		decision_text(id, text);
		fprintf(out, "not taken: %s\n", text);
	}
	for (size_t id = 0; id < DECISION_COUNT; id++) {
		if (decisions->of[id].scenarios != 1)
			continue;
		decision_text(id, text);
		fprintf(out, "only once: %s; %s\n", text, decisions->of[id].first);
	}
}
