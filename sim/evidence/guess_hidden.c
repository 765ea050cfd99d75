/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Guesses carrier changes of devices that are down, and waits for rtnl. */
#include "sim/evidence/guess_hidden.h"

#include <string.h>

#include "sim/compare/align.h"
#include "sim/evidence/guess_carrier.h"

#define LATE_MAX_NS (NSEC_PER_SEC / 2)
#define BEFORE_NS (NSEC_PER_SEC / 1000) /* rtnl is taken, before it is wanted */
#define PAIRS_MAX 400
#define MOMENTS 4

static const char comment[] = "while it is down, which sends nothing";

/* When the carrier may have changed: after the device's last message, after the last full run, now. */
static unsigned int moments(const struct guess_case *at, int64_t ret_ns[MOMENTS])
{
	int64_t jiffy_ns = NSEC_PER_SEC / at->import->options.hz;
	int64_t told_ns = guess_last_told_ns(at, 0);
	const int64_t candidates[] = { told_ns, at->full_ns + jiffy_ns,
				       told_ns + (at->t_ns - told_ns) / 2, at->t_ns };
	unsigned int count = 0;

	for (size_t i = 0; i < sizeof(candidates) / sizeof(candidates[0]); i++) {
		bool is_new = candidates[i] >= told_ns && candidates[i] <= at->t_ns;

		for (unsigned int j = 0; j < count; j++)
			is_new &= ret_ns[j] != candidates[i];
		if (is_new)
			ret_ns[count++] = candidates[i];
	}
	return count;
}

static struct guess *assume(struct guess_case *at)
{
	struct guess *guess = guess_begin(at);

	guess->is_assumed = true;
	return guess;
}

static void add_change(struct guess *guess, const struct guess_case *at, int64_t t_ns, bool is_on)
{
	guess_add_carrier(guess, at, t_ns, is_on, 0, comment);
}

static void add_opening(struct guess *guess, const struct guess_case *at)
{
	guess_add(guess, at->t_ns, "", "ip link set %s up", at->name);
}

void guess_opening(struct guess_case *at)
{
	bool is_on = at->wanted->flags & IFF_LOWER_UP;
	int64_t when[MOMENTS];
	unsigned int count;

	if (!at->is_there || at->wanted->kind == RECORD_DELLINK || !(at->wanted->flags & IFF_UP) ||
	    at->now.ifi_flags & IFF_UP)
		return;
	count = moments(at, when);
	for (unsigned int i = 0; i + 1 < count; i++) {
		struct guess *guess = assume(at);

		add_change(guess, at, when[i], is_on);
		add_opening(guess, at);
		for (unsigned int j = 0; j < count; j++) {
			if (when[j] < when[i])
				continue;
			guess = assume(at);
			add_change(guess, at, when[i], !is_on);
			add_change(guess, at, when[j], is_on);
			add_opening(guess, at);
			guess = assume(at);
			add_change(guess, at, when[i], is_on);
			add_change(guess, at, when[j], !is_on);
			add_change(guess, at, at->t_ns, is_on);
			add_opening(guess, at);
		}
	}
}

void guess_late(struct guess_case *at)
{
	int64_t sent_ns = -1, from_ns;
	char duration[SKETCH_TIME_MAX_BYTES];
	struct guess *guess;

	for (size_t i = at->run->trace->count; i && sent_ns < 0; i--) {
		const struct record *record = &at->run->trace->records[i - 1];

		if (record->t_ns < at->t_ns - LATE_MAX_NS)
			return;
		if (record_is_message(record) && record->t_ns < at->t_ns &&
		    strcmp(record->dev, at->wanted->dev) == 0 &&
		    record_says_the_same(record, at->wanted))
			sent_ns = record->t_ns;
	}
	if (sent_ns < BEFORE_NS)
		return;
	from_ns = sent_ns - BEFORE_NS;
	guess = assume(at);
	sketch_time(at->t_ns - from_ns, duration);
	guess_add(guess, from_ns, "the message waited for rtnl", "rtnl_lock for %ss", duration);
}

static void add_lines(struct guess *guess, const struct guess *from)
{
	for (size_t i = 0; i < from->count; i++) {
		guess_add(guess, from->lines[i].t_ns, from->lines[i].comment, "%s",
			  from->lines[i].text);
		guess->lines[guess->count - 1].is_before = from->lines[i].is_before;
	}
}

void guess_pairs(struct guess_case *at, size_t end)
{
	size_t pairs = 0;

	for (size_t i = 0; i < end; i++)
		for (size_t j = 0; j < end && pairs < PAIRS_MAX; j++) {
			size_t creates = at->guesses->items[i].creates;
			struct guess *guess;

			if (i == j || at->guesses->items[j].creates != WHO_NONE)
				continue;
			guess = guess_begin(at);
			guess->creates = creates;
			add_lines(guess, &at->guesses->items[i]);
			add_lines(guess, &at->guesses->items[j]);
			pairs++;
		}
}
