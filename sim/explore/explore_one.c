/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One kernel: how late, lost, put off or many its messages can be, and the file's properties. */
#include <inttypes.h>
#include <stdlib.h>

#include "sim/base/xalloc.h"
#include "sim/explore/exploration.h"
#include "sim/explore/graph.h"
#include "sim/explore/property.h"
#include "sim/explore/rate.h"
#include "sim/explore/starve.h"
#include "sim/language/format.h"

/*
 * lag, lost
 */

static const char *const belief_texts[BELIEFS] = {
	"RUNNING is late",
	"the loss of RUNNING is late",
};

static void show_lag(struct exploration *exploration, const struct search *search,
		     const struct graph *graph, enum belief belief, const char *kernel)
{
	static const char *const files[BELIEFS] = { "lag-running", "lag-not-running" };
	uint32_t hz = exploration->scenario->hz;
	char lasts[FORMAT_MAX_BYTES], *title;
	struct lag lag;
	struct way way;

	graph_lag(graph, search, belief, &lag);
	if (!lag.jiffies) {
		show_line(&exploration->show, "%s: %s: never", kernel, belief_texts[belief]);
		return;
	}
	format_duration((int64_t)lag.jiffies * NSEC_PER_SEC / hz, lasts);
	title = lag.is_for_ever ? xasprintf("%s: %s: for ever", kernel, belief_texts[belief])
				: xasprintf("%s: %s: by at most %s (%" PRIu32 " jiffies)", kernel,
					    belief_texts[belief], lasts, lag.jiffies);
	show_line(&exploration->show, "%s", title);
	exploration->is_found |= lag.is_for_ever;
	if (lag.is_for_ever || exploration->options->is_verbose) {
		way_to(&way, search, lag.state);
		show_way(&exploration->show, search, &way, lag.is_for_ever ? 3 * hz : lag.jiffies,
			 files[belief], title);
	}
	free(title);
}

static void show_stuck(struct exploration *exploration, const struct search *search,
		       const struct graph *graph, const char *kernel)
{
	struct way way;
	uint32_t state;

	if (!graph_stuck(graph, search, &state)) {
		show_line(&exploration->show, "%s: a pending event without a run to come: never",
			  kernel);
		return;
	}
	exploration->is_found = true;
	show_line(&exploration->show, "%s: an event stays pending, and no run is to come", kernel);
	way_to(&way, search, state);
	show_way(&exploration->show, search, &way, 3 * exploration->scenario->hz, "lost",
		 "an event stays pending, and no run is to come");
}

static void show_starve(struct exploration *exploration, const struct search *search,
			const struct graph *graph, enum belief belief, const char *kernel)
{
	char lasts[FORMAT_MAX_BYTES];
	struct starve starve;

	starve_find(graph, search, belief, &starve);
	format_duration((int64_t)starve.jiffies * NSEC_PER_SEC / exploration->scenario->hz, lasts);
	if (!starve.jiffies)
		show_line(&exploration->show, "%s: %s, whatever happens to others: never", kernel,
			  belief_texts[belief]);
	else if (!starve.is_for_ever)
		show_line(&exploration->show,
			  "%s: %s, whatever happens to others: by at most %s (%" PRIu32 " jiffies)",
			  kernel, belief_texts[belief], lasts, starve.jiffies);
	else
		show_line(&exploration->show, "%s: %s: others can put it off for ever", kernel,
			  belief_texts[belief]);
	exploration->is_found |= starve.is_for_ever;
}

static void show_rate(struct exploration *exploration, const struct search *search,
		      const struct graph *graph, const char *kernel)
{
	struct rate rate;
	struct way way;

	if (!rate_find(graph, search, &rate)) {
		show_line(&exploration->show, "%s: too many devices to count messages", kernel);
		exploration->is_open = true;
		return;
	}
	if (!rate.is_endless) {
		show_line(&exploration->show,
			  "%s: messages of linkwatch in a second, from actions that send none "
			  "themselves: at most %" PRIu32 ", about one device %" PRIu32,
			  kernel, rate.most, rate.most_of_one);
		return;
	}
	exploration->is_found = true;
	show_line(
		&exploration->show,
		"%s: linkwatch sends without end, in no time, for actions that send nothing themselves",
		kernel);
	rate_way(graph, search, &way);
	show_way(&exploration->show, search, &way, exploration->scenario->hz, "rate",
		 "messages without end, in no time");
}

static void show_graph(struct exploration *exploration, const struct search *search,
		       const struct graph *graph, const char *kernel)
{
	if (graph->is_too_large) {
		show_line(&exploration->show, "%s: too many devices or states to follow beliefs",
			  kernel);
		exploration->is_open = true;
		return;
	}
	if (exploration->aims & (AIM_LAG | AIM_LOST)) {
		show_lag(exploration, search, graph, BELIEF_NOT_RUNNING, kernel);
		show_lag(exploration, search, graph, BELIEF_RUNNING, kernel);
	}
	if (exploration->aims & AIM_LOST)
		show_stuck(exploration, search, graph, kernel);
	if (exploration->aims & AIM_STARVE) {
		show_starve(exploration, search, graph, BELIEF_NOT_RUNNING, kernel);
		show_starve(exploration, search, graph, BELIEF_RUNNING, kernel);
	}
	if (exploration->aims & AIM_RATE)
		show_rate(exploration, search, graph, kernel);
}

/*
 * properties
 */

/* The nearest state in which the first condition holds, or does not. False: there is none. */
static bool state_find(const struct graph *graph, const struct search *search, unsigned int n,
		       bool holds, uint32_t *ret_state)
{
	bool is_found = false;

	for (uint32_t state = 0; state < search_states(search); state++) {
		if (!search->nodes[state].is_done ||
		    !!(graph->holds[state] & PROPERTY_FIRST(n)) != holds)
			continue;
		if (is_found && !search_is_nearer(search, state, *ret_state))
			continue;
		is_found = true;
		*ret_state = state;
	}
	return is_found;
}

static void show_property_way(struct exploration *exploration, const struct search *search,
			      uint32_t state, const struct property *property, uint32_t rest_j)
{
	char file[32];
	struct way way;

	snprintf(file, sizeof(file), "property-%" PRIu32, property->line);
	way_to(&way, search, state);
	show_way(&exploration->show, search, &way, rest_j, file, "a property of the file");
}

static void show_condition(struct exploration *exploration, const struct search *search,
			   const struct graph *graph, const struct property *property,
			   unsigned int n, bool is_closed, const char *said)
{
	bool is_reach = property->kind == PROPERTY_REACH;
	uint32_t state = 0;

	if (state_find(graph, search, n, property->kind != PROPERTY_ALWAYS, &state)) {
		show_line(&exploration->show, "%s: %s", said, is_reach ? "yes" : "does not hold");
		exploration->is_found = true;
		show_property_way(exploration, search, state, property, 0);
	} else if (is_closed) {
		show_line(&exploration->show, "%s: %s", said,
			  is_reach ? "no, on no sequence" : "holds, on every sequence");
	} else {
		show_line(&exploration->show, "%s: %s so far", said, is_reach ? "no" : "holds");
	}
}

static void show_leads(struct exploration *exploration, const struct search *search,
		       const struct graph *graph, const struct property *property, unsigned int n,
		       const char *said)
{
	const struct jiffies_clock *clock = &search->world->sides[0].m->clock;
	char lasts[FORMAT_MAX_BYTES];
	struct starve starve;

	starve_property(graph, search, n, &starve);
	format_duration((int64_t)starve.jiffies * NSEC_PER_SEC / clock->hz, lasts);
	if (starve.jiffies <= jiffies_of_ns(clock, property->within_ns)) {
		show_line(&exploration->show,
			  "%s: holds, on every sequence: after %s at the latest", said, lasts);
		return;
	}
	exploration->is_found = true;
	show_line(&exploration->show, "%s: does not hold: %s%s", said,
		  starve.is_for_ever ? "it can be put off for ever" : "it can take ",
		  starve.is_for_ever ? "" : lasts);
	show_property_way(exploration, search, starve.state, property,
			  starve.is_for_ever ? 3 * clock->hz : starve.jiffies);
}

static void show_properties(struct exploration *exploration, const struct search *search,
			    const struct graph *graph, bool is_closed, const char *kernel)
{
	const struct scenario *scenario = exploration->scenario;
	unsigned int n = 0;

	for (const struct property *at = scenario->explore.properties; at; at = at->next, n++) {
		char *said = xasprintf("%s: %.*s", kernel, (int)at->span.len,
				       scenario->source->text + at->span.off);

		if (at->kind != PROPERTY_LEADS)
			show_condition(exploration, search, graph, at, n, is_closed, said);
		else if (is_closed)
			show_leads(exploration, search, graph, at, n, said);
		else
			show_line(&exploration->show, "%s: not known: not closed", said);
		free(said);
	}
}

bool explore_one(struct exploration *exploration, const struct kernel *kernel)
{
	char name[KERNEL_NAME_MAX_BYTES];
	struct visitor visitor = graph_visitor;
	struct world world;
	struct search search;
	struct graph graph;
	enum search_end end;

	if (!world_init(&world, exploration->scenario, kernel, 1, exploration->options->loader,
			stderr)) {
		world_free(&world);
		return false;
	}
	world.hearing = HEARING_RUNNING;
	graph_init(&graph, &world, exploration->aims & AIMS_OF_ONE);
	visitor.user = &graph;
	search_init(&search, &world, MOMENTS_EVERY, false);
	search.visitor = &visitor;
	search.bounds = exploration->bounds;
	search.interrupted = exploration->interrupted;
	end = search_run(&search);
	end_note(exploration, end);
	kernel_name(kernel, name);
	if (!graph.is_too_large)
		show_properties(exploration, &search, &graph, end == SEARCH_CLOSED, name);
	if (end == SEARCH_CLOSED)
		show_graph(exploration, &search, &graph, name);
	show_end(&exploration->show, &search, end, name);
	search_free(&search);
	graph_free(&graph);
	world_free(&world);
	return true;
}
