/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Explores one kernel. */
#include <stdlib.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/explore/graph_dot.h"
#include "sim/explore/one.h"

static void one_free(struct one *one)
{
	search_free(&one->search);
	graph_free(&one->graph);
	world_free(&one->world);
	free(one);
}

/* NULL: the set-up failed. */
static struct one *one_search(struct exploration *exploration, const struct kernel *kernel,
			      enum moments moments)
{
	struct one *one = xcalloc(1, sizeof(*one));

	one->exploration = exploration;
	if (!world_init(&one->world, exploration->scenario, kernel, 1, exploration->options->loader,
			exploration->messages)) {
		world_free(&one->world);
		free(one);
		return NULL;
	}
	one->world.hearing = HEARING_RUNNING;
	graph_init(&one->graph, &one->world, exploration->aims & AIMS_OF_ONE);
	one->graph.has_labels = exploration->options->graph;
	one->visitor = graph_visitor(&one->graph);
	search_init(&one->search, &one->world, moments, false, exploration->options->hashes);
	one->search.visitor = &one->visitor;
	search_tell(&one->search, exploration);
	one->end = search_run(&one->search);
	tally_erase(exploration->tally);
	one->is_proved = one->end == SEARCH_CLOSED && moments == MOMENTS_EVERY &&
			 !exploration->options->hashes;
	end_note(exploration, &one->search, one->end);
	kernel_name(kernel, one->kernel);
	return one;
}

static void one_show_end(struct one *one)
{
	char *name = xasprintf("%s%s", one->kernel,
			       one->search.moments == MOMENTS_DUE ? ", when something is due" : "");

	show_end(&one->exploration->show, &one->search, one->end, name);
	free(name);
}

static void one_show(struct one *one)
{
	struct exploration *exploration = one->exploration;

	if (!one->graph.is_too_large)
		show_properties(one);
	if (one->end == SEARCH_CLOSED)
		show_aims(one);
	one_show_end(one);
	if (!exploration->options->graph)
		return;
	if (one->end == SEARCH_CLOSED) {
		if (!graph_dot_write(exploration->options->graph, &one->graph, &one->search))
			exploration->show.verdict |= VERDICT_UNWRITTEN;
	} else {
		wrap_message(stderr, "lwsim: warning: %s is not written: the search did not close",
			     exploration->options->graph);
	}
}

/* Whether fewer moments may be worth a try. */
static bool is_too_many(enum search_end end)
{
	return end == SEARCH_STATES || end == SEARCH_MEMORY || end == SEARCH_SECONDS;
}

bool explore_one(struct exploration *exploration, const struct kernel *kernel)
{
	struct one *one = one_search(exploration, kernel, exploration->moments);
	bool goes_on;

	if (!one)
		return false;
	goes_on = is_too_many(one->end) && !exploration->options->moments &&
		  one->graph.undecided == one->graph.to_decide;
	if (!goes_on) {
		one_show(one);
		one_free(one);
		return true;
	}
	one_show_end(one);
	one_free(one);
	one = one_search(exploration, kernel, MOMENTS_DUE);
	if (!one)
		return false; /* GCOVR_EXCL_LINE: it went well before */
	one_show(one);
	one_free(one);
	return true;
}
