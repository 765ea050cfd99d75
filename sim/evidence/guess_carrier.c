/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Guesses what a driver did to the carrier. */
#include "sim/evidence/guess_carrier.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"

#define RUN_BUDGET 100 /* devices that one run handles */
#define FLAPS_MAX 50   /* of one guess */

/* Whether it is the other end of a veth, and still in another namespace. */
static bool is_abroad_now(const struct guess_case *at, const struct who *who)
{
	return who->is_abroad ||
	       (who->was_abroad && !dev_get_by_name(runner_machine(at->run->runner), who->name));
}

/* The statement with which this device's driver, or process, changes its carrier. */
static char *carrier_text(const struct guess_case *at, const struct who *who, const char *name,
			  bool is_on, unsigned int choice)
{
	const char *word = is_on ? "on" : "off";
	const struct who *peer = who->link == WHO_NONE ? NULL : &at->import->whos.items[who->link];

	if (choice == 0 && peer && is_abroad_now(at, peer))
		return xasprintf("ip -n " WHO_ABROAD " link set %s %s", peer->name,
				 is_on ? "up" : "down");
	if (choice == 0 && who->kind == WHO_NIC)
		return xasprintf("virtnet_config_changed %s link=%s", name, is_on ? "up" : "down");
	if (choice == 0 && (who->kind == WHO_TAP || who->kind == WHO_TUN))
		return xasprintf("tunsetcarrier %s %s", name, word);
	return xasprintf("carrier_%s %s", word, name);
}

void guess_add_carrier(struct guess *guess, const struct guess_case *at, int64_t t_ns, bool is_on,
		       unsigned int choice, const char *comment)
{
	char *text = carrier_text(at, at->who, at->name, is_on, choice);

	guess_add(guess, t_ns, comment, "%s", text);
	free(text);
}

/* When it may have happened, if linkwatch has delayed its message. */
static void early_comment(const struct guess_case *at, char ret_text[3 * FORMAT_MAX_BYTES])
{
	char from[FORMAT_MAX_BYTES], to[FORMAT_MAX_BYTES];

	format_moment(at->early_ns[0], from);
	format_moment(at->t_ns, to);
	snprintf(ret_text, 3 * FORMAT_MAX_BYTES, "between %s and %s", from, to);
}

/* A carrier change, now or earlier, and what comes with it at either time. */
static void guess_carrier_at(struct guess_case *at, int64_t t_ns, bool is_on, unsigned int choice,
			     const char *comment)
{
	struct guess *guess = guess_begin(at);

	guess_add_carrier(guess, at, t_ns, is_on, choice, comment);
	if (!(at->wanted->flags & IFF_RUNNING) == !is_on)
		return;
	/* linkwatch may not have come to it: another change sends the message */
	guess = guess_begin(at);
	guess_add_carrier(guess, at, t_ns, is_on, choice, comment);
	guess_add(guess, at->t_ns, GUESS_UNSEEN, "setlink %s alias other", at->name);
	if (at->wanted->operstate != IF_OPER_DORMANT || at->now.link_mode != IF_LINK_MODE_DEFAULT)
		return;
	guess = guess_begin(at); /* which sends nothing by itself */
	guess_add(guess, t_ns, "or earlier", "ip link set %s mode dormant", at->name);
	guess_add_carrier(guess, at, t_ns, is_on, choice, comment);
}

/* A query has linkwatch handle the device's event before its second is over, since 6.8. */
static void guess_queried(struct guess_case *at, bool is_on)
{
	struct guess *guess;

	if (!kernel_has(&at->import->options.kernel, KERNEL_QUERY_SYNCS))
		return;
	if (at->import->dig) {
		guess = guess_begin(at);
		guess_add_carrier(guess, at, at->t_ns, is_on, 0, "before the query");
		guess_add(guess, at->t_ns, "", "getlink %s", at->name);
	}
	if (at->early_count || at->queued_ns < 0)
		return;
	guess_add(guess_begin(at), at->t_ns, "a query", "getlink %s", at->name);
	guess = guess_begin(at);
	guess_add_carrier(guess, at, at->queued_ns, is_on, 0, "before the query");
	guess_add(guess, at->t_ns, "", "getlink %s", at->name);
}

void guess_carrier_early(struct guess_case *at, bool is_on)
{
	char comment[3 * FORMAT_MAX_BYTES];

	if (!at->early_count)
		return;
	early_comment(at, comment);
	at->guesses->expects_early = true;
	for (unsigned int i = 0; i < at->early_count; i++) {
		size_t from = at->guesses->count;

		guess_carrier_at(at, at->early_ns[i], is_on, 0, comment);
		for (size_t j = from; j < at->guesses->count; j++)
			at->guesses->items[j].is_early = true;
	}
}

/* How many records from this one on say the same of devices of this kind, at the same time. */
static size_t crowd_of(const struct guess_case *at, bool is_on)
{
	const struct import *import = at->import;
	size_t end = at->record;

	for (; end < import->evidence->trace.count; end++) {
		const struct record *record = &import->evidence->trace.records[end];
		const struct who *who = &import->whos.items[import->whos.of_record[end]];

		if (import->at_ns[end] > at->t_ns + NSEC_PER_SEC / 1000 ||
		    who->kind != at->who->kind || !(record->flags & IFF_UP) ||
		    !(record->flags & IFF_LOWER_UP) == is_on)
			break;
	}
	return end - at->record;
}

static char *carrier_of_record(const struct guess_case *at, size_t record, bool is_on)
{
	const struct import *import = at->import;

	return carrier_text(at, &import->whos.items[import->whos.of_record[record]],
			    import->evidence->trace.records[record].dev, is_on, 0);
}

/* The same at the same time for the next devices: one guess for all, as 250 ports go down together. */
static void guess_carrier_group(struct guess_case *at, bool is_on)
{
	size_t count = crowd_of(at, is_on);
	struct guess *guess;

	if (count < 2)
		return;
	guess = guess_begin(at);
	for (size_t i = at->record; i < at->record + count; i++) {
		char *text = carrier_of_record(at, i, is_on);

		guess_add(guess, at->import->at_ns[i], "", "%s", text);
		free(text);
	}
}

/* What a run's budget of devices leaves comes a second later, and so on. */
static void batch_rest(const struct guess_case *at, bool is_on, size_t count, FILE *out)
{
	const struct import *import = at->import;

	for (size_t i = at->record + count; i < import->evidence->trace.count; i++) {
		const struct record *record = &import->evidence->trace.records[i];
		const struct who *who = &import->whos.items[import->whos.of_record[i]];
		int64_t runs = (int64_t)((i - at->record) / RUN_BUDGET);
		char *text;

		if (import->at_ns[i] - at->t_ns > runs * (NSEC_PER_SEC + GUESS_WHEEL_NS) ||
		    who->kind != at->who->kind || !(record->flags & IFF_UP) ||
		    !(record->flags & IFF_LOWER_UP) == is_on)
			return;
		text = carrier_of_record(at, i, is_on);
		fprintf(out, "%13s%s\n", "", text);
		free(text);
	}
}

/* All before linkwatch's work starts. Old kernels take the last one from their list first. */
static void guess_carrier_batch(struct guess_case *at, bool is_on, bool is_reversed)
{
	size_t count = crowd_of(at, is_on), len;
	char *batch;
	FILE *out;

	if (count < 2)
		return;
	out = xmemstream(&batch, &len);
	fputs("batch {\n", out);
	for (size_t i = 0; i < count; i++) {
		size_t record = at->record + (is_reversed ? count - 1 - i : i);
		char *text = carrier_of_record(at, record, is_on);

		fprintf(out, "%13s%s\n", "", text);
		free(text);
	}
	if (count >= RUN_BUDGET)
		batch_rest(at, is_on, count, out);
	fputs("         }", out);
	xclose_memstream(out);
	guess_add(guess_begin(at), at->t_ns, "", "%s", batch);
	free(batch);
}

/* What has no driver of its own follows others: the other end of a veth, a port. */
static void guess_carrier_by_others(struct guess_case *at, bool is_on)
{
	const struct whos *whos = &at->import->whos;
	const char *word = is_on ? "up" : "down";

	if (at->who->kind == WHO_VETH) {
		const struct who *peer = &whos->items[at->who->link];

		guess_add(guess_begin(at), at->t_ns, "its peer", "ip %slink set %s %s",
			  is_abroad_now(at, peer) ? "-n " WHO_ABROAD " " : "", peer->name, word);
		return;
	}
	for (size_t i = 0; i < whos->count; i++)
		if (whos->items[i].master == at->who_at && import_is_there(at->import, i) &&
		    whos->items[i].first == WHO_NONE)
			guess_add(guess_begin(at), at->t_ns, "its port", "carrier_%s %s",
				  is_on ? "on" : "off", whos->items[i].name);
}

/* Just before linkwatch's work, which something else has queued. */
static void guess_carrier_between(struct guess_case *at, bool is_on)
{
	int64_t last_ns = guess_last_told_ns(at, 0);

	if (at->import->dig && last_ns > at->t_ns - NSEC_PER_SEC)
		guess_carrier_at(at, last_ns + (at->t_ns - last_ns) / 2, is_on, 0,
				 "since the message before");
}

void guess_carrier(struct guess_case *at, bool is_on)
{
	struct guess *guess;

	guess_carrier_by_others(at, is_on);
	guess_carrier_early(at, is_on);
	if (crowd_of(at, is_on) >= RUN_BUDGET)
		guess_carrier_batch(at, is_on, false);
	guess_carrier_group(at, is_on);
	guess_carrier_at(at, at->t_ns, is_on, 0, "");
	guess_carrier_at(at, at->t_ns, is_on, 1, "");
	guess_queried(at, is_on);
	guess_carrier_between(at, is_on);
	guess_carrier_batch(at, is_on, false);
	guess_carrier_batch(at, is_on, true);
	/* before what else happens in this instant: its run handles this device, too */
	guess_carrier_at(at, at->t_ns, is_on, 0, "");
	guess = &at->guesses->items[at->guesses->count - 1];
	guess->lines[0].is_before = true;
}

void guess_flaps(struct guess_case *at, bool is_on)
{
	uint32_t losses = 1, gains = is_on ? 1 : 0;
	char comment[3 * FORMAT_MAX_BYTES];
	struct guess *guess;
	int64_t from_ns, step_ns;
	bool has_carrier = at->now.carrier;

	if (!at->early_count)
		return;
	if (at->captured->message.has & LINK_HAS_CARRIER_DOWN) {
		losses = at->wanted->carrier_down - at->now.carrier_down_count;
		gains = at->wanted->carrier_up - at->now.carrier_up_count;
	}
	if (losses + gains < 2 || losses > FLAPS_MAX || gains > FLAPS_MAX)
		return;
	early_comment(at, comment);
	at->guesses->expects_early = true;
	from_ns = at->early_ns[0];
	step_ns = (at->t_ns - NSEC_PER_SEC / 20 - from_ns) / (losses + gains + 1);
	if (step_ns <= 0)
		return;
	guess = guess_begin(at);
	guess->is_early = true;
	for (int64_t i = 0; losses + gains; i++) {
		has_carrier = !has_carrier;
		if (has_carrier ? !gains : !losses)
			break;
		*(has_carrier ? &gains : &losses) -= 1;
		guess_add_carrier(guess, at, from_ns + i * step_ns, has_carrier, 0, comment);
	}
}
