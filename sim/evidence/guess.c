/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Guesses statements from what a message says, and what the run has instead. */
#include "sim/evidence/guess.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/evidence/guess_carrier.h"
#include "sim/evidence/guess_case.h"
#include "sim/evidence/guess_device.h"
#include "sim/evidence/guess_hidden.h"
#include "sim/language/names.h"

#define AHEAD_MAX 12 /* records */

void guesses_free(struct guesses *guesses)
{
	for (size_t i = 0; i < guesses->count; i++) {
		for (size_t j = 0; j < guesses->items[i].count; j++) {
			free(guesses->items[i].lines[j].text);
			free(guesses->items[i].lines[j].comment);
		}
		free(guesses->items[i].lines);
	}
	free(guesses->items);
}

char *guess_master(const struct import *import, const char *name, size_t master)
{
	if (master == WHO_NONE)
		return xasprintf("ip link set %s nomaster", name);
	return xasprintf("ip link set %s master %s", name, import->whos.items[master].name);
}

static void guess_state(struct guess_case *at)
{
	uint8_t state = at->wanted->operstate;
	char word[32];

	for (size_t i = 0; i < sizeof(word); i++) {
		word[i] = operstate_name(state)[i];
		word[i] =
			(char)(word[i] >= 'A' && word[i] <= 'Z' ? word[i] + ('a' - 'A') : word[i]);
		if (!word[i])
			break;
	}
	if ((at->wanted->flags ^ at->now.ifi_flags) & IFF_DORMANT)
		guess_add(guess_begin(at), at->t_ns, "", "dormant_%s %s",
			  at->wanted->flags & IFF_DORMANT ? "on" : "off", at->name);
	if (state == IF_OPER_DORMANT) {
		guess_add(guess_begin(at), at->t_ns, "", "dormant_on %s", at->name);
		guess_add(guess_begin(at), at->t_ns, "", "ip link set %s mode dormant", at->name);
		guess_add(guess_begin(at), at->t_ns, "", "ip link set %s state dormant", at->name);
	} else if (state == IF_OPER_TESTING) {
		guess_add(guess_begin(at), at->t_ns, "", "testing_on %s", at->name);
	}
	if (at->now.operstate == IF_OPER_DORMANT && state != IF_OPER_DORMANT)
		guess_add(guess_begin(at), at->t_ns, "", "dormant_off %s", at->name);
	if (at->now.operstate == IF_OPER_TESTING && state != IF_OPER_TESTING)
		guess_add(guess_begin(at), at->t_ns, "", "testing_off %s", at->name);
	if (state == IF_OPER_UP || state == IF_OPER_DORMANT || state == IF_OPER_TESTING)
		guess_add(guess_begin(at), at->t_ns, "", "ip link set %s state %s", at->name, word);
}

static void guess_rename(struct guess_case *at)
{
	if (at->previous && strcmp(at->captured->message.name, at->previous->message.name) != 0)
		guess_add(guess_begin(at), at->t_ns, "", "ip link set %s name %s", at->name,
			  at->wanted->dev);
}

static void guess_master_change(struct guess_case *at)
{
	const size_t *masters = at->import->whos.master_of_record;
	size_t master = masters[at->record], before = WHO_NONE;
	size_t previous = at->import->whos.previous_of_record[at->record];
	char *text;

	if (previous != WHO_NONE)
		before = masters[previous];
	if (master == before && at->previous)
		return;
	text = guess_master(at->import, at->name, master);
	guess_add(guess_begin(at), at->t_ns, "", "%s", text);
	if (master != WHO_NONE) { /* a bond's port has to be down before */
		guess_add(guess_begin(at), at->t_ns, "", "ip link set %s down", at->name);
		guess_add(&at->guesses->items[at->guesses->count - 1], at->t_ns, "", "%s", text);
	}
	free(text);
}

/* Old kernels send IFF_SLAVE, but not the bond. */
static void guess_bond(struct guess_case *at)
{
	const struct whos *whos = &at->import->whos;

	if (!(at->wanted->flags & IFF_SLAVE) || at->now.ifi_flags & IFF_SLAVE ||
	    whos->master_of_record[at->record] != WHO_NONE)
		return;
	for (size_t i = 0; i < whos->count; i++)
		if (whos->items[i].kind == WHO_BOND && import_is_there(at->import, i))
			guess_add(guess_begin(at), at->t_ns, "which bond",
				  "ip link set %s master %s", at->name, whos->items[i].name);
}

static void guess_admin(struct guess_case *at, bool is_up)
{
	const char *word = is_up ? "up" : "down";
	bool has_carrier = at->wanted->flags & IFF_LOWER_UP;

	guess_add(guess_begin(at), at->t_ns, "", "ip link set %s %s", at->name, word);
	if (at->who->link != WHO_NONE && at->who->kind != WHO_VETH)
		guess_add(guess_begin(at), at->t_ns, "", "ip link set %s %s",
			  at->import->whos.items[at->who->link].name, word);
	if (is_up) { /* it is opened with another carrier than the run's device would have */
		struct guess *guess = guess_begin(at);

		guess_add_carrier(guess, at, at->t_ns, has_carrier, 0, "");
		guess_add(guess, at->t_ns, "", "ip link set %s up", at->name);
		guess = guess_begin(at);
		guess_add(guess, at->t_ns, "", "ip link set %s up", at->name);
		guess_add_carrier(guess, at, at->t_ns, has_carrier, 0, "");
		guess = guess_begin(at); /* changes while it is down, which send nothing */
		guess_add_carrier(guess, at, at->t_ns, !has_carrier, 0, "");
		guess_add_carrier(guess, at, at->t_ns, has_carrier, 0, "");
		guess_add(guess, at->t_ns, "", "ip link set %s up", at->name);
	}
	guess_add(guess_begin(at), at->t_ns, "", "dev_%s %s", is_up ? "open" : "close", at->name);
}

/* Down and up again, with one message of each: the first of them shows the change. */
static void guess_again(struct guess_case *at)
{
	bool is_on = at->wanted->flags & IFF_LOWER_UP;

	guess_flaps(at, is_on);
	guess_attributes(at);
	guess_carrier_early(at, is_on);
}

/* What explains any message that repeats the one before. A device that is down sends it for less. */
static void guess_nothing(struct guess_case *at)
{
	if (!at->is_there || at->wanted->kind == RECORD_DELLINK)
		return;
	if (at->now.ifi_flags & IFF_UP)
		guess_add(guess_begin(at), at->t_ns, GUESS_UNSEEN, "ip link set %s alias other",
			  at->name);
	else
		guess_add(guess_begin(at), at->t_ns, GUESS_UNSEEN, "ip link set %s txqueuelen %zu",
			  at->name, 2000 + at->record);
	guess_add(guess_begin(at), at->t_ns, "an event without a change", "linkwatch_fire_event %s",
		  at->name);
}

static void guess_change(struct guess_case *at)
{
	uint32_t differs = at->wanted->flags ^ at->now.ifi_flags;
	bool is_up = at->wanted->flags & IFF_UP;

	guess_rename(at);
	guess_master_change(at);
	guess_bond(at);
	if (differs & IFF_UP)
		guess_admin(at, is_up);
	if (is_up && differs & IFF_LOWER_UP)
		guess_carrier(at, at->wanted->flags & IFF_LOWER_UP);
	if (is_up && (at->wanted->operstate != at->now.operstate || differs & IFF_DORMANT))
		guess_state(at);
	guess_tun(at);
	guess_again(at);
}

static void guess_one(struct guess_case *at)
{
	if (at->wanted->kind == RECORD_DELLINK)
		guess_deletion(at);
	else if (!at->is_there)
		guess_creation(at);
	else
		guess_change(at);
}

/* The message may be the first that a statement for another device sends: those that come with it. */
static void guess_ahead(const struct guess_case *first, size_t count)
{
	const struct import *import = first->import;
	size_t most = first->record + 1 + AHEAD_MAX;

	for (size_t i = first->record + 1; i < count && i < most; i++) {
		struct guess_case at;
		size_t from = first->guesses->count;

		guess_case_begin(import, first->run, i, first->guesses, &at);
		guess_one(&at);
		for (size_t j = from; j < first->guesses->count; j++)
			for (size_t k = 0; k < first->guesses->items[j].count; k++)
				if (first->guesses->items[j].lines[k].t_ns > first->t_ns)
					first->guesses->items[j].lines[k].t_ns = first->t_ns;
	}
}

size_t guess_instant_end(const struct import *import, size_t record)
{
	int64_t slack_ns = import->is_simulated ? 0 : import->options.tolerance_ns;
	size_t end = record + 1;

	while (end < import->evidence->trace.count &&
	       import->at_ns[end] <= import->at_ns[record] + slack_ns)
		end++;
	return end;
}

void guesses_make(const struct import *import, const struct sketch_run *run, size_t record,
		  struct guesses *ret_guesses)
{
	struct guess_case at;

	memset(ret_guesses, 0, sizeof(*ret_guesses));
	guess_case_begin(import, run, record, ret_guesses, &at);
	guess_one(&at);
	guess_ahead(&at, guess_instant_end(import, record));
	guess_late(&at);
	guess_opening(&at);
	ret_guesses->likely = ret_guesses->count;
	guess_nothing(&at);
	ret_guesses->single = ret_guesses->count;
	if (import->dig)
		guess_pairs(&at, ret_guesses->likely);
}
