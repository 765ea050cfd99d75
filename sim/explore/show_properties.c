/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The file's properties. */
#include <inttypes.h>
#include <stdlib.h>

#include "sim/base/xalloc.h"
#include "sim/explore/one.h"
#include "sim/explore/property.h"
#include "sim/explore/starve.h"
#include "sim/language/format.h"

/* The nearest state in which the first condition holds, or does not. False: there is none. */
static bool state_find(const struct one *one, unsigned int n, bool holds, uint32_t *ret_state)
{
	const struct search *search = &one->search;
	bool is_found = false;

	for (uint32_t state = 0; state < search_states(search); state++) {
		if (!search->nodes[state].is_done ||
		    !!(one->graph.holds[state] & PROPERTY_FIRST(n)) != holds)
			continue;
		if (is_found && !search_is_nearer(search, state, *ret_state))
			continue;
		is_found = true;
		*ret_state = state;
	}
	return is_found;
}

/* rest: the steps that follow after the way to the state. */
static void show_property_way(struct one *one, uint32_t state, const struct property *property,
			      const struct way *rest, uint32_t rest_j)
{
	char file[32];
	struct way way;

	snprintf(file, sizeof(file), "property-%" PRIu32, property->line);
	way_to(&way, &one->search, state);
	way_add_all(&way, rest);
	show_way(&one->exploration->show, &one->world, &way, rest_j, file,
		 "a property of the file");
}

static void show_condition(struct one *one, const struct property *property, unsigned int n,
			   const char *said)
{
	const struct show *show = &one->exploration->show;
	const struct way nothing = { 0 };
	bool is_reach = property->kind == PROPERTY_REACH;
	uint32_t state = 0;

	if (state_find(one, n, property->kind != PROPERTY_ALWAYS, &state)) {
		show_line(show, "%s: %s", said, is_reach ? "yes" : "does not hold");
		one->exploration->show.verdict |= VERDICT_FOUND;
		show_property_way(one, state, property, &nothing, 0);
	} else if (one->is_proved) {
		show_line(show, "%s: %s", said,
			  is_reach ? "no, on no sequence" : "holds, on every sequence");
	} else {
		show_line(show, "%s: %s so far", said, is_reach ? "no" : "holds");
	}
}

static void show_leads(struct one *one, const struct property *property, unsigned int n,
		       const char *said)
{
	const struct show *show = &one->exploration->show;
	const struct jiffies_clock *clock = &one->world.sides[0].m->clock;
	char lasts[FORMAT_MAX_BYTES];
	struct starve starve;

	starve_property(&one->graph, &one->search, n, &starve);
	format_duration((int64_t)starve.jiffies * NSEC_PER_SEC / clock->hz, lasts);
	if (starve.jiffies > jiffies_of_ns(clock, property->within_ns)) {
		one->exploration->show.verdict |= VERDICT_FOUND;
		show_line(show, "%s: does not hold: %s%s", said,
			  starve.is_for_ever ? "it can be put off for ever" : "it can take ",
			  starve.is_for_ever ? "" : lasts);
		show_property_way(one, starve.state, property, &starve.way,
				  starve.is_for_ever ? 3 * clock->hz : 0);
	} else if (one->is_proved) {
		show_line(show, "%s: holds, on every sequence: after %s at the latest", said,
			  lasts);
	} else {
		show_line(show, "%s: holds so far: after %s at the latest", said, lasts);
	}
	way_free(&starve.way);
}

void show_properties(struct one *one)
{
	const struct scenario *scenario = one->exploration->scenario;
	unsigned int n = 0;

	for (const struct property *at = scenario->explore.properties; at; at = at->next, n++) {
		char *said = xasprintf("%s: %.*s", one->kernel, (int)at->span.len,
				       scenario->source->text + at->span.off);

		if (at->kind != PROPERTY_LEADS)
			show_condition(one, at, n, said);
		else if (one->end == SEARCH_CLOSED)
			show_leads(one, at, n, said);
		else
			show_line(&one->exploration->show, "%s: not known: not closed", said);
		free(said);
	}
}
