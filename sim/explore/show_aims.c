/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How late, lost, put off or many one kernel's messages can be. */
#include <inttypes.h>
#include <stdlib.h>

#include "sim/base/xalloc.h"
#include "sim/explore/one.h"
#include "sim/explore/rate.h"
#include "sim/explore/starve.h"
#include "sim/language/format.h"

static const char *const belief_texts[BELIEFS] = {
	"RUNNING is late",
	"the loss of RUNNING is late",
};

/* Of files, with the aim before it. */
static const char *const belief_words[BELIEFS] = { "running", "not-running" };

/* What a figure is when not every state and moment was visited. */
static const char *most(const struct one *one)
{
	return one->is_proved ? "by at most" : "so far, by";
}

static const char *never(const struct one *one)
{
	return one->is_proved ? "never" : "not so far";
}

/* ": by at most 1.08s (108 jiffies)" */
static char *time_text(const struct one *one, uint32_t jiffies)
{
	char lasts[FORMAT_MAX_BYTES];

	format_duration((int64_t)jiffies * NSEC_PER_SEC / one->exploration->scenario->hz, lasts);
	return xasprintf("%s %s (%" PRIu32 " jiffies)", most(one), lasts, jiffies);
}

static void show_belief_way(struct one *one, const char *aim, enum belief belief, uint32_t state,
			    const struct way *rest, uint32_t rest_j, const char *title)
{
	char *file = xasprintf("%s-%s", aim, belief_words[belief]);
	struct way way;

	way_to(&way, &one->search, state);
	way_add_all(&way, rest);
	show_way(&one->exploration->show, &one->world, &way, rest_j, file, title);
	free(file);
}

static void show_lag(struct one *one, enum belief belief)
{
	struct exploration *exploration = one->exploration;
	const struct way nothing = { 0 };
	char *title, *lasts;
	struct lag lag;

	graph_lag(&one->graph, &one->search, belief, &lag);
	if (!lag.jiffies) {
		show_line(&exploration->show, "%s: %s: %s", one->kernel, belief_texts[belief],
			  never(one));
		return;
	}
	lasts = lag.is_for_ever ? xstrdup("for ever") : time_text(one, lag.jiffies);
	title = xasprintf("%s: %s: %s", one->kernel, belief_texts[belief], lasts);
	show_line(&exploration->show, "%s", title);
	if (lag.is_for_ever)
		exploration->show.verdict |= VERDICT_FOUND;
	if (lag.is_for_ever || exploration->options->is_verbose)
		show_belief_way(one, "lag", belief, lag.state, &nothing,
				lag.is_for_ever ? 3 * exploration->scenario->hz : lag.jiffies,
				title);
	free(title);
	free(lasts);
}

static void show_stuck(struct one *one)
{
	struct exploration *exploration = one->exploration;
	struct way way;
	uint32_t state;

	if (!graph_stuck(&one->graph, &one->search, &state)) {
		show_line(&exploration->show, "%s: a pending event without a run to come: %s",
			  one->kernel, never(one));
		return;
	}
	exploration->show.verdict |= VERDICT_FOUND;
	show_line(&exploration->show, "%s: an event stays pending, and no run is to come",
		  one->kernel);
	way_to(&way, &one->search, state);
	show_way(&exploration->show, &one->world, &way, 3 * exploration->scenario->hz, "lost",
		 "an event stays pending, and no run is to come");
}

static void show_starve(struct one *one, enum belief belief)
{
	struct exploration *exploration = one->exploration;
	char *title, *lasts;
	struct starve starve;

	starve_find(&one->graph, &one->search, belief, &starve);
	if (starve.is_for_ever)
		title = xasprintf("%s: %s: others can put it off for ever", one->kernel,
				  belief_texts[belief]);
	else {
		lasts = starve.jiffies ? time_text(one, starve.jiffies) : xstrdup(never(one));
		title = xasprintf("%s: %s, whatever happens to others: %s", one->kernel,
				  belief_texts[belief], lasts);
		free(lasts);
	}
	show_line(&exploration->show, "%s", title);
	if (starve.is_for_ever)
		exploration->show.verdict |= VERDICT_FOUND;
	if (starve.is_for_ever || (starve.jiffies && exploration->options->is_verbose))
		show_belief_way(one, "starve", belief, starve.state, &starve.way,
				starve.is_for_ever ? 3 * exploration->scenario->hz : 0, title);
	way_free(&starve.way);
	free(title);
}

static void show_most(struct one *one, const struct rate *rate)
{
	struct exploration *exploration = one->exploration;
	struct way way = rate->way, way_of_one = rate->way_of_one;

	show_line(&exploration->show,
		  "%s: messages of linkwatch in a second, from actions that send none "
		  "themselves: at most %" PRIu32 ", about one device %" PRIu32,
		  one->kernel, rate->most, rate->most_of_one);
	if (!exploration->options->is_verbose) {
		way_free(&way);
		way_free(&way_of_one);
		return;
	}
	show_way(&exploration->show, &one->world, &way, 0, "rate",
		 "the most messages of linkwatch in a second");
	show_way(&exploration->show, &one->world, &way_of_one, 0, "rate-of-one",
		 "the most messages of linkwatch in a second about one device");
}

static void show_rate(struct one *one)
{
	struct exploration *exploration = one->exploration;
	struct rate rate;

	if (!rate_find(&one->graph, &one->search, &rate)) {
		show_line(&exploration->show, "%s: messages in a second: not known: %s",
			  one->kernel,
			  one->search.moments == MOMENTS_EVERY
				  ? "too many devices"
				  : "it takes every jiffy to count them");
		exploration->show.verdict |= VERDICT_OPEN;
		return;
	}
	if (!rate.is_endless) {
		show_most(one, &rate);
		return;
	}
	exploration->show.verdict |= VERDICT_FOUND;
	show_line(
		&exploration->show,
		"%s: linkwatch sends without end, in no time, for actions that send nothing themselves",
		one->kernel);
	show_way(&exploration->show, &one->world, &rate.way, exploration->scenario->hz, "rate",
		 "messages without end, in no time");
}

void show_aims(struct one *one)
{
	struct exploration *exploration = one->exploration;

	if (one->graph.is_too_large) {
		show_line(&exploration->show, "%s: too many devices or states to follow beliefs",
			  one->kernel);
		exploration->show.verdict |= VERDICT_OPEN;
		return;
	}
	if (exploration->aims & (AIM_LAG | AIM_LOST)) {
		show_lag(one, BELIEF_NOT_RUNNING);
		show_lag(one, BELIEF_RUNNING);
	}
	if (exploration->aims & AIM_LOST)
		show_stuck(one);
	if (exploration->aims & AIM_STARVE) {
		show_starve(one, BELIEF_NOT_RUNNING);
		show_starve(one, BELIEF_RUNNING);
	}
	if (exploration->aims & AIM_RATE)
		show_rate(one);
}
