/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two kernels side by side: equal, or the shortest scenario for each kind of difference. */
#include <inttypes.h>
#include <stdlib.h>

#include "sim/base/xalloc.h"
#include "sim/explore/equal.h"
#include "sim/explore/exploration.h"

static const char *const difference_words[DIFFERENCE_KINDS] = {
	"earlier", "later", "more", "fewer", "other",
};

static const char *const difference_texts[DIFFERENCE_KINDS] = {
	"the same messages, earlier",
	"the same messages, later",
	"more messages",
	"fewer messages",
	"as many messages, with another content or order",
};

static void show_difference(struct exploration *exploration, struct search *search,
			    enum difference_kind kind, const struct difference *difference)
{
	char second[KERNEL_NAME_MAX_BYTES], file[64], *title;
	struct way way;

	kernel_name(&exploration->kernels[1], second);
	way_to(&way, search, difference->from);
	way_add(&way, difference->move, difference->jiffies);
	title = xasprintf("%s: %s", second, difference_texts[kind]);
	snprintf(file, sizeof(file), "equal-%s", difference_words[kind]);
	fprintf(exploration->show.out, "%s, %" PRIu32 " statement%s:\n\n", title,
		difference->actions, difference->actions == 1 ? "" : "s");
	show_way(&exploration->show, search->world, &way, difference->settled_j, file, title);
	free(title);
}

/* A search for differences. */
struct pair {
	struct world world;
	struct search search;
	struct equal equal;
	struct visitor visitor;
	enum search_end end;
};

/* Explores both kernels side by side. NULL: a set-up failed. */
static struct pair *pair_search(struct exploration *exploration, enum moments moments, bool goes_on)
{
	struct pair *pair = xcalloc(1, sizeof(*pair));

	if (!world_init(&pair->world, exploration->scenario, exploration->kernels, 2,
			exploration->options->loader, exploration->messages)) {
		world_free(&pair->world);
		free(pair);
		return NULL;
	}
	pair->world.hearing = goes_on ? HEARING_ALL : HEARING_NOTHING;
	equal_init(&pair->equal, goes_on);
	pair->visitor = equal_visitor(&pair->equal, &pair->world);
	search_init(&pair->search, &pair->world, moments, true, exploration->options->hashes);
	pair->search.visitor = &pair->visitor;
	search_tell(&pair->search, exploration);
	pair->end = search_run(&pair->search);
	tally_erase(exploration->tally);
	return pair;
}

static void pair_free(struct pair *pair)
{
	if (!pair)
		return;
	search_free(&pair->search);
	equal_free(&pair->equal);
	world_free(&pair->world);
	free(pair);
}

static unsigned int kinds_found(const struct equal *equal)
{
	unsigned int kinds = 0;

	for (unsigned int kind = 0; kind < DIFFERENCE_KINDS; kind++)
		if (equal->found[kind].is_found)
			kinds |= 1U << kind;
	return kinds;
}

static void show_differences(struct exploration *exploration, struct pair *pair)
{
	exploration->show.verdict |= VERDICT_FOUND;
	if (pair->equal.is_cut)
		show_line(&exploration->show,
			  "too many differ to look at each: a kind may be missing");
	fputc('\n', exploration->show.out);
	for (unsigned int kind = 0; kind < DIFFERENCE_KINDS; kind++)
		if (pair->equal.found[kind].is_found)
			show_difference(exploration, &pair->search, kind, &pair->equal.found[kind]);
}

static void show_pair(struct exploration *exploration, struct pair *pair)
{
	static const char *const moments_texts[] = {
		[MOMENTS_EVERY] = "side by side, in each jiffy",
		[MOMENTS_DUE] = "side by side, when something is due",
	};
	const struct show *show = &exploration->show;
	char first[KERNEL_NAME_MAX_BYTES], second[KERNEL_NAME_MAX_BYTES];
	bool is_proved = pair->end == SEARCH_CLOSED && pair->search.moments == MOMENTS_EVERY &&
			 !pair->search.form.is_hashed;

	end_note(exploration, &pair->search, pair->end);
	kernel_name(&exploration->kernels[0], first);
	kernel_name(&exploration->kernels[1], second);
	if (kinds_found(&pair->equal))
		show_line(show, "%s and %s differ", first, second);
	else if (is_proved)
		show_line(show,
			  "%s and %s are equal: no sequence of these statements, however long, "
			  "makes one tell userspace what the other does not",
			  first, second);
	else
		show_line(show, "%s and %s: no difference so far", first, second);
	show_end(show, &pair->search, pair->end, moments_texts[pair->search.moments]);
	if (kinds_found(&pair->equal))
		show_differences(exploration, pair);
}

/* Only the moments when something is due are few, and show what differs. */
static bool explore_due(struct exploration *exploration, bool *ret_is_answered)
{
	struct pair *pair = pair_search(exploration, MOMENTS_DUE, true);

	if (!pair)
		return false;
	*ret_is_answered = kinds_found(&pair->equal) || pair->end == SEARCH_BROKEN ||
			   exploration->options->moments;
	if (*ret_is_answered)
		show_pair(exploration, pair);
	pair_free(pair);
	return true;
}

/* What differs is the shortest of all moments only if each was asked for: then the search goes on behind it. */
static bool explore_every(struct exploration *exploration)
{
	struct pair *pair = pair_search(exploration, MOMENTS_EVERY, exploration->options->moments);

	if (!pair)
		return false;
	show_pair(exploration, pair);
	pair_free(pair);
	return true;
}

bool explore_pair(struct exploration *exploration)
{
	bool is_answered = false;

	if ((!exploration->options->moments || exploration->moments == MOMENTS_DUE) &&
	    !explore_due(exploration, &is_answered))
		return false;
	return is_answered || explore_every(exploration);
}
