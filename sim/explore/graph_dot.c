/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes states and steps as Graphviz dot. */
#include "sim/explore/graph_dot.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/dot_text.h"
#include "sim/base/whole_file.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"

static void write_state(FILE *out, const struct graph *graph, uint32_t state)
{
	const char *line = graph->labels[state];

	fprintf(out, "\ts%" PRIu32 " [label=\"", state);
	while (*line) {
		size_t len = strcspn(line, "\n");

		dot_text_write(out, line, len);
		fputs("\\n", out);
		line += len + 1;
	}
	fprintf(out, "\"%s%s];\n", state ? "" : ", penwidth=2",
		graph->of_state[state] ? ", style=filled, fillcolor=\"#f6d5c4\"" : "");
}

/* What linkwatch's work sent in a step. */
static void write_sent(FILE *out, const struct search *search, uint16_t sent)
{
	const struct net_device *devices = search->world->sides[0].m->devices;

	for (uint32_t dev = 1; dev <= GRAPH_COUNTED_MAX; dev++) {
		if (!sent_of(sent, dev))
			continue;
		fputs("\\nlinkwatch: ", out);
		dot_text_write(out, devices[dev].name, strlen(devices[dev].name));
	}
}

/* Passing time is drawn where it changes something. */
static void write_pass(FILE *out, const struct graph *graph, const struct search *search,
		       uint32_t state)
{
	if (graph->passes[state] == state && !graph->passes_sent[state])
		return;
	fprintf(out, "\ts%" PRIu32 " -> s%" PRIu32 " [style=dashed, label=\"+%" PRIu32 "j", state,
		graph->passes[state], graph->passes_j[state]);
	write_sent(out, search, graph->passes_sent[state]);
	fputs("\"];\n", out);
}

static void write_steps(FILE *out, const struct graph *graph, const struct search *search,
			uint32_t state)
{
	for (size_t n = 0; n < graph->actions_count; n++) {
		size_t at = state * graph->actions_count + n;
		uint32_t to = graph->steps[at] & STEP_STATE;
		const char *words = search->world->actions[n].words;

		if (to == state && !graph->steps_sent[at])
			continue; /* nothing to do */
		fprintf(out, "\ts%" PRIu32 " -> s%" PRIu32 " [label=\"", state, to);
		dot_text_write(out, words, strlen(words));
		write_sent(out, search, graph->steps_sent[at]);
		fputs("\"];\n", out);
	}
}

bool graph_dot_write(const char *path, const struct graph *graph, const struct search *search)
{
	uint32_t states = search_states(search);
	char *text;
	size_t len;
	FILE *out;
	int error;

	if (states > GRAPH_LABELS_MAX) {
		wrap_message(stderr,
			     "lwsim: error: --graph: %" PRIu32
			     " states, and a drawing has at most %d; with --moments due and "
			     "`timers exact` there are fewer",
			     states, GRAPH_LABELS_MAX);
		return false;
	}
	out = xmemstream(&text, &len);
	fputs("digraph states {\n\tnode [shape=box, fontname=\"sans-serif\"];\n"
	      "\tedge [fontname=\"sans-serif\", fontsize=10];\n",
	      out);
	for (uint32_t state = 0; state < states; state++)
		write_state(out, graph, state);
	for (uint32_t state = 0; state < states; state++) {
		write_pass(out, graph, search, state);
		write_steps(out, graph, search, state);
	}
	fputs("}\n", out);
	xclose_memstream(out);
	error = whole_file_write(path, text, len, NULL);
	if (error)
		fprintf(stderr, "lwsim: error: %s: %s\n", path, strerror(error));
	free(text);
	return !error;
}
