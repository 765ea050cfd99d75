/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Guesses statements from what a message says, and what the run has instead. */
#include "sim/evidence/guess.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/language/names.h"

/* How long after the end of its second a full run may come: the timer wheel, and delivery. */
#define WHEEL_NS (NSEC_PER_SEC / 10)
#define RUN_BUDGET 100 /* devices that one run handles */
#define FLAPS_MAX 50   /* of one guess */
#define EARLY_MAX 3
#define AHEAD_MAX 12 /* records */

/* What is known when a record is guessed. */
struct case_of {
	const struct import *import;
	const struct sketch_run *run;
	struct guesses *guesses;
	size_t record;
	size_t who_at;
	const struct who *who;
	const struct record *wanted;
	const struct captured *captured, *previous; /* previous: of the device; NULL */
	const char *name;			    /* of the device in the run */
	bool is_there;
	struct link_message now; /* what the run's device would report; if is_there */
	int64_t t_ns;
	int64_t full_ns; /* the full run before it; -1 */
	/* If linkwatch handles at this time what it has delayed: when that may have been queued. */
	int64_t early_ns[EARLY_MAX]; /* ascending */
	unsigned int early_count;
	int64_t queued_ns; /* when it may have been queued if a query has it handled; -1: not */
};

static const struct captured *previous_of(const struct import *import, size_t record)
{
	for (size_t i = record; i; i--)
		if (import->whos.of_record[i - 1] == import->whos.of_record[record])
			return evidence_message(import->evidence, i - 1);
	return NULL;
}

static struct guess *begin(struct case_of *at)
{
	struct guesses *guesses = at->guesses;
	struct guess *guess;

	guesses->items = xgrow(guesses->items, guesses->count, &guesses->capacity,
			       sizeof(guesses->items[0]));
	guess = &guesses->items[guesses->count++];
	memset(guess, 0, sizeof(*guess));
	guess->creates = WHO_NONE;
	return guess;
}

__attribute__((format(printf, 4, 5))) static void add(struct guess *guess, int64_t t_ns,
						      const char *comment, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	guess->lines = xgrow(guess->lines, guess->count, &guess->capacity, sizeof(guess->lines[0]));
	guess->lines[guess->count++] = (struct sketch_line){
		.t_ns = t_ns,
		.text = text,
		.comment = comment && *comment ? xstrdup(comment) : NULL,
	};
}

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

/* The statement with which this device's driver, or process, changes its carrier. */
static char *carrier_text(const struct who *who, const char *name, bool is_on, unsigned int choice)
{
	const char *word = is_on ? "on" : "off";

	if (choice == 0 && who->kind == WHO_NIC)
		return xasprintf("virtnet_config_changed %s link=%s", name, is_on ? "up" : "down");
	if (choice == 0 && (who->kind == WHO_TAP || who->kind == WHO_TUN))
		return xasprintf("tunsetcarrier %s %s", name, word);
	return xasprintf("carrier_%s %s", word, name);
}

static void add_carrier(struct guess *guess, const struct case_of *at, int64_t t_ns, bool is_on,
			unsigned int choice, const char *comment)
{
	char *text = carrier_text(at->who, at->name, is_on, choice);

	add(guess, t_ns, comment, "%s", text);
	free(text);
}

/* When it may have happened, if linkwatch has delayed its message. */
static void early_comment(const struct case_of *at, char ret_text[3 * FORMAT_MAX_BYTES])
{
	char from[FORMAT_MAX_BYTES], to[FORMAT_MAX_BYTES];

	format_moment(at->early_ns[0], from);
	format_moment(at->t_ns, to);
	snprintf(ret_text, 3 * FORMAT_MAX_BYTES, "between %s and %s", from, to);
}

/* A carrier change, now or earlier, and what comes with it at either time. */
static void guess_carrier_at(struct case_of *at, int64_t t_ns, bool is_on, unsigned int choice,
			     const char *comment)
{
	struct guess *guess = begin(at);

	add_carrier(guess, at, t_ns, is_on, choice, comment);
	if (!(at->wanted->flags & IFF_RUNNING) == !is_on)
		return;
	/* linkwatch may not have come to it: another change sends the message */
	guess = begin(at);
	add_carrier(guess, at, t_ns, is_on, choice, comment);
	add(guess, at->t_ns, "a change that the message does not show", "setlink %s alias other",
	    at->name);
	if (at->wanted->operstate != IF_OPER_DORMANT || at->now.link_mode != IF_LINK_MODE_DEFAULT)
		return;
	guess = begin(at); /* which sends nothing by itself */
	add(guess, t_ns, "or earlier", "ip link set %s mode dormant", at->name);
	add_carrier(guess, at, t_ns, is_on, choice, comment);
}

/* A query has linkwatch handle the device's event before its second is over, since 6.8. */
static void guess_queried(struct case_of *at, bool is_on)
{
	struct guess *guess;

	if (at->early_count || at->queued_ns < 0 ||
	    !kernel_has(&at->import->options.kernel, KERNEL_QUERY_SYNCS))
		return;
	guess = begin(at);
	add_carrier(guess, at, at->queued_ns, is_on, 0, "before the query");
	add(guess, at->t_ns, "", "getlink %s", at->name);
}

static void guess_carrier_early(struct case_of *at, bool is_on)
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
static size_t crowd_of(const struct case_of *at, bool is_on)
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

static char *carrier_of_record(const struct case_of *at, size_t record, bool is_on)
{
	const struct import *import = at->import;

	return carrier_text(&import->whos.items[import->whos.of_record[record]],
			    import->evidence->trace.records[record].dev, is_on, 0);
}

/* The same at the same time for the next devices: one guess for all, as 250 ports go down together. */
static void guess_carrier_group(struct case_of *at, bool is_on)
{
	size_t count = crowd_of(at, is_on);
	struct guess *guess;

	if (count < 2)
		return;
	guess = begin(at);
	for (size_t i = at->record; i < at->record + count; i++) {
		char *text = carrier_of_record(at, i, is_on);

		add(guess, at->import->at_ns[i], "", "%s", text);
		free(text);
	}
}

/* What a run's budget of devices leaves comes a second later, and so on. */
static void batch_rest(const struct case_of *at, bool is_on, size_t count, FILE *out)
{
	const struct import *import = at->import;

	for (size_t i = at->record + count; i < import->evidence->trace.count; i++) {
		const struct record *record = &import->evidence->trace.records[i];
		const struct who *who = &import->whos.items[import->whos.of_record[i]];
		int64_t runs = (int64_t)((i - at->record) / RUN_BUDGET);
		char *text;

		if (import->at_ns[i] - at->t_ns > runs * (NSEC_PER_SEC + WHEEL_NS) ||
		    who->kind != at->who->kind || !(record->flags & IFF_UP) ||
		    !(record->flags & IFF_LOWER_UP) == is_on)
			return;
		text = carrier_of_record(at, i, is_on);
		fprintf(out, "%13s%s\n", "", text);
		free(text);
	}
}

/* All before linkwatch's work starts. Old kernels take the last one from their list first. */
static void guess_carrier_batch(struct case_of *at, bool is_on, bool is_reversed)
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
	add(begin(at), at->t_ns, "", "%s", batch);
	free(batch);
}

/* What has no driver of its own follows others: the other end of a veth, a port. */
static void guess_carrier_by_others(struct case_of *at, bool is_on)
{
	const struct whos *whos = &at->import->whos;
	const char *word = is_on ? "up" : "down";

	if (at->who->kind == WHO_VETH) {
		const struct who *peer = &whos->items[at->who->link];

		add(begin(at), at->t_ns, "its peer", "ip %slink set %s %s",
		    peer->is_abroad ? "-n " WHO_ABROAD " " : "", peer->name, word);
		return;
	}
	for (size_t i = 0; i < whos->count; i++)
		if (whos->items[i].master == at->who_at && at->import->is_there[i] &&
		    whos->items[i].first == WHO_NONE)
			add(begin(at), at->t_ns, "its port", "carrier_%s %s", is_on ? "on" : "off",
			    whos->items[i].name);
}

static void guess_carrier(struct case_of *at, bool is_on)
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
	guess_carrier_batch(at, is_on, false);
	guess_carrier_batch(at, is_on, true);
	/* before what else happens in this instant: its run handles this device, too */
	guess_carrier_at(at, at->t_ns, is_on, 0, "");
	guess = &at->guesses->items[at->guesses->count - 1];
	guess->lines[0].is_before = true;
}

/*
 * Flaps that end in one message: as many as the counters say, or one. is_on: with carrier at the end.
 */
static void guess_flaps(struct case_of *at, bool is_on)
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
	guess = begin(at);
	guess->is_early = true;
	for (int64_t i = 0; losses + gains; i++) {
		has_carrier = !has_carrier;
		if (has_carrier ? !gains : !losses)
			break;
		*(has_carrier ? &gains : &losses) -= 1;
		add_carrier(guess, at, from_ns + i * step_ns, has_carrier, 0, comment);
	}
}

static void guess_state(struct case_of *at)
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
		add(begin(at), at->t_ns, "", "dormant_%s %s",
		    at->wanted->flags & IFF_DORMANT ? "on" : "off", at->name);
	if (state == IF_OPER_DORMANT) {
		add(begin(at), at->t_ns, "", "dormant_on %s", at->name);
		add(begin(at), at->t_ns, "", "ip link set %s mode dormant", at->name);
		add(begin(at), at->t_ns, "", "ip link set %s state dormant", at->name);
	} else if (state == IF_OPER_TESTING) {
		add(begin(at), at->t_ns, "", "testing_on %s", at->name);
	} else if (at->now.operstate == IF_OPER_DORMANT) {
		add(begin(at), at->t_ns, "", "dormant_off %s", at->name);
	} else if (at->now.operstate == IF_OPER_TESTING) {
		add(begin(at), at->t_ns, "", "testing_off %s", at->name);
	}
	if (state == IF_OPER_UP || state == IF_OPER_DORMANT || state == IF_OPER_TESTING)
		add(begin(at), at->t_ns, "", "ip link set %s state %s", at->name, word);
	if (at->previous && at->captured->message.has & LINK_HAS_LINKMODE &&
	    at->captured->message.linkmode != at->previous->message.linkmode)
		add(begin(at), at->t_ns, "", "ip link set %s mode %s", at->name,
		    linkmode_name(at->captured->message.linkmode));
}

static void format_address(const struct rtnl_link_message *message, char ret_text[20])
{
	snprintf(ret_text, 20, "%02x:%02x:%02x:%02x:%02x:%02x", message->address[0],
		 message->address[1], message->address[2], message->address[3], message->address[4],
		 message->address[5]);
}

/* Attributes that differ from the device's previous message. */
static void guess_attributes(struct case_of *at)
{
	static const struct {
		uint32_t flag;
		const char *word;
	} switches[] = { { IFF_PROMISC, "promisc" },
			 { IFF_ALLMULTI, "allmulticast" },
			 { IFF_MULTICAST, "multicast" } };
	const struct rtnl_link_message *now = &at->captured->message, *before;
	char address[20];

	if (!at->previous)
		return;
	before = &at->previous->message;
	if (now->mtu != before->mtu)
		add(begin(at), at->t_ns, "", "ip link set %s mtu %" PRIu32, at->name, now->mtu);
	if (now->txqlen != before->txqlen)
		add(begin(at), at->t_ns, "", "ip link set %s txqueuelen %" PRIu32, at->name,
		    now->txqlen);
	format_address(now, address);
	if (now->address_len == 6 && memcmp(now->address, before->address, 6) != 0)
		add(begin(at), at->t_ns, "", "ip link set %s address %s", at->name, address);
	if (now->group != before->group)
		add(begin(at), at->t_ns, "", "ip link set %s group %" PRIu32, at->name, now->group);
	if (strcmp(now->alias, before->alias) != 0)
		add(begin(at), at->t_ns, "", "ip link set %s alias other", at->name);
	if (now->proto_down != before->proto_down)
		add(begin(at), at->t_ns, "", "ip link set %s protodown %s", at->name,
		    now->proto_down ? "on" : "off");
	if ((now->flags ^ before->flags) & IFF_NOARP)
		add(begin(at), at->t_ns, "", "ip link set %s arp %s", at->name,
		    now->flags & IFF_NOARP ? "off" : "on");
	for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]); i++)
		if ((now->flags ^ before->flags) & switches[i].flag)
			add(begin(at), at->t_ns, "", "ip link set %s %s %s", at->name,
			    switches[i].word, now->flags & switches[i].flag ? "on" : "off");
}

static void guess_rename(struct case_of *at)
{
	if (at->previous && strcmp(at->captured->message.name, at->previous->message.name) != 0)
		add(begin(at), at->t_ns, "", "ip link set %s name %s", at->name, at->wanted->dev);
}

static size_t previous_record(const struct import *import, size_t record)
{
	for (size_t i = record; i; i--)
		if (import->whos.of_record[i - 1] == import->whos.of_record[record])
			return i - 1;
	return SIZE_MAX;
}

static void guess_master_change(struct case_of *at)
{
	const size_t *masters = at->import->whos.master_of_record;
	size_t master = masters[at->record], before = WHO_NONE;
	size_t previous = previous_record(at->import, at->record);
	char *text;

	if (previous != SIZE_MAX)
		before = masters[previous];
	if (master == before && at->previous)
		return;
	text = guess_master(at->import, at->name, master);
	add(begin(at), at->t_ns, "", "%s", text);
	if (master != WHO_NONE) { /* a bond's port has to be down before */
		add(begin(at), at->t_ns, "", "ip link set %s down", at->name);
		add(&at->guesses->items[at->guesses->count - 1], at->t_ns, "", "%s", text);
	}
	free(text);
}

static void guess_admin(struct case_of *at, bool is_up)
{
	const char *word = is_up ? "up" : "down";
	bool has_carrier = at->wanted->flags & IFF_LOWER_UP;

	add(begin(at), at->t_ns, "", "ip link set %s %s", at->name, word);
	if (at->who->link != WHO_NONE && at->who->kind != WHO_VETH)
		add(begin(at), at->t_ns, "", "ip link set %s %s",
		    at->import->whos.items[at->who->link].name, word);
	if (is_up) { /* it is opened with another carrier than the run's device would have */
		struct guess *guess = begin(at);

		add_carrier(guess, at, at->t_ns, has_carrier, 0, "");
		add(guess, at->t_ns, "", "ip link set %s up", at->name);
		guess = begin(at);
		add(guess, at->t_ns, "", "ip link set %s up", at->name);
		add_carrier(guess, at, at->t_ns, has_carrier, 0, "");
		guess = begin(at); /* changes while it is down, which send nothing */
		add_carrier(guess, at, at->t_ns, !has_carrier, 0, "");
		add_carrier(guess, at, at->t_ns, has_carrier, 0, "");
		add(guess, at->t_ns, "", "ip link set %s up", at->name);
	}
	add(begin(at), at->t_ns, "", "dev_%s %s", is_up ? "open" : "close", at->name);
}

/* Down and up again, with one message of each: the first of them shows the change. */
static void guess_again(struct case_of *at)
{
	bool is_on = at->wanted->flags & IFF_LOWER_UP;

	guess_flaps(at, is_on);
	guess_attributes(at);
	guess_carrier_early(at, is_on);
}

/* What explains any message that repeats the one before. A device that is down sends it for less. */
static void guess_nothing(struct case_of *at)
{
	static const char comment[] = "a change that the message does not show";

	if (!at->is_there || at->wanted->kind == RECORD_DELLINK)
		return;
	if (at->now.ifi_flags & IFF_UP)
		add(begin(at), at->t_ns, comment, "ip link set %s alias other", at->name);
	else
		add(begin(at), at->t_ns, comment, "ip link set %s txqueuelen %zu", at->name,
		    2000 + at->record);
	add(begin(at), at->t_ns, "an event without a change", "linkwatch_fire_event %s", at->name);
}

/* A process opens or closes it, or keeps it. */
static void guess_tun(struct case_of *at)
{
	const char *mode = at->who->kind == WHO_TAP ? "tap" : "tun";

	if (at->who->kind != WHO_TAP && at->who->kind != WHO_TUN)
		return;
	add(begin(at), at->t_ns, "", "tun_close %s", at->name);
	add(begin(at), at->t_ns, "", "tunsetiff %s mode %s", at->name, mode);
	add(begin(at), at->t_ns, "", "tunsetpersist %s on", at->name);
	add(begin(at), at->t_ns, "", "tunsetpersist %s off", at->name);
}

static void guess_deletion(struct case_of *at)
{
	const struct whos *whos = &at->import->whos;

	add(begin(at), at->t_ns, "", "ip link del %s", at->name);
	if (at->who->link != WHO_NONE && !whos->items[at->who->link].is_abroad)
		add(begin(at), at->t_ns, "", "ip link del %s", whos->items[at->who->link].name);
	add(begin(at), at->t_ns, "", "tun_close %s", at->name);
	add(begin(at), at->t_ns, "", "ip tuntap del dev %s mode tap", at->name);
	add(begin(at), at->t_ns, "", "ip tuntap del dev %s mode tun", at->name);
	add(begin(at), at->t_ns, "moved to another namespace", "ip link set %s netns " WHO_ABROAD,
	    at->name);
	add(begin(at), at->t_ns, "", "ip netns add " WHO_ABROAD);
	add(&at->guesses->items[at->guesses->count - 1], at->t_ns, "moved to another namespace",
	    "ip link set %s netns " WHO_ABROAD, at->name);
}

/* The end of a pair that comes first is the peer; the statement names the other. */
static void guess_creation(struct case_of *at)
{
	const struct who *who = at->who;
	char *comment, *text = who_creation(&at->import->whos, who, &comment);
	struct guess *guess;
	const char *type;
	char address[20];

	if (who->is_abroad || *text == '\0') {
		free(comment);
		free(text);
		return;
	}
	guess = begin(at);
	add(guess, at->t_ns, comment, "%s", text);
	guess->creates = at->who_at;
	guess = begin(at);
	add(guess, at->t_ns, "", "ip netns add " WHO_ABROAD);
	add(guess, at->t_ns, comment, "%s", text);
	guess->creates = at->who_at;
	type = strstr(text, " type ");
	if (at->wanted->flags & IFF_UP && type) {
		guess = begin(at);
		add(guess, at->t_ns, comment, "%.*s up%s", (int)(type - text), text, type);
		guess->creates = at->who_at;
	}
	if (type &&
	    at->captured->message.address_len == 6) { /* a bridge keeps one that it is given */
		format_address(&at->captured->message, address);
		guess = begin(at);
		add(guess, at->t_ns, comment, "%.*s address %s%s%s", (int)(type - text), text,
		    address, at->wanted->flags & IFF_UP ? " up" : "", type);
		guess->creates = at->who_at;
	}
	if (who->kind == WHO_TAP || who->kind == WHO_TUN) {
		guess = begin(at);
		add(guess, at->t_ns, comment, "ip tuntap add dev %s mode %s", at->name,
		    who->kind == WHO_TAP ? "tap" : "tun");
		guess->creates = at->who_at;
	}
	if (who->kind == WHO_NIC) {
		guess = begin(at);
		add(guess, at->t_ns, comment, "virtnet_probe %s status=on link=down", at->name);
		guess->creates = at->who_at;
	}
	free(comment);
	free(text);
}

static void guess_change(struct case_of *at)
{
	uint32_t differs = at->wanted->flags ^ at->now.ifi_flags;
	bool is_up = at->wanted->flags & IFF_UP;

	guess_rename(at);
	guess_master_change(at);
	if (differs & IFF_UP)
		guess_admin(at, is_up);
	if (is_up && differs & IFF_LOWER_UP)
		guess_carrier(at, at->wanted->flags & IFF_LOWER_UP);
	if (is_up && (at->wanted->operstate != at->now.operstate || differs & IFF_DORMANT))
		guess_state(at);
	guess_tun(at);
	guess_again(at);
}

/* When the run has last told of the device; 0: never. */
static int64_t last_told_ns(const struct case_of *at)
{
	for (size_t i = at->run->trace->count; i; i--) {
		const struct record *record = &at->run->trace->records[i - 1];

		if (record_is_message(record) && strcmp(record->dev, at->name) == 0 &&
		    record->t_ns < at->t_ns)
			return record->t_ns;
	}
	return 0;
}

/* Only what is queued after a full run, and before its second is over, is delayed. */
static void take_early(struct case_of *at)
{
	int64_t jiffy_ns = NSEC_PER_SEC / at->import->options.hz, due_ns, from_ns;
	int64_t tolerance_ns = at->import->options.tolerance_ns;

	at->queued_ns = -1;
	at->full_ns = sketch_full_before(at->run, at->t_ns);
	if (at->full_ns < 0)
		return;
	due_ns = at->full_ns + NSEC_PER_SEC;
	from_ns = last_told_ns(at);
	if (from_ns < at->full_ns)
		from_ns = at->full_ns;
	from_ns += jiffy_ns;
	if (from_ns < at->t_ns && at->t_ns < due_ns)
		at->queued_ns = from_ns;
	if (at->t_ns < due_ns - tolerance_ns || at->t_ns > due_ns + WHEEL_NS + tolerance_ns ||
	    from_ns >= due_ns)
		return;
	/* the wheel rounds by how long it waits: each of its levels */
	at->early_ns[at->early_count++] = from_ns;
	if (from_ns < due_ns - 300 * jiffy_ns)
		at->early_ns[at->early_count++] = due_ns - 300 * jiffy_ns;
	if (from_ns < due_ns - 30 * jiffy_ns)
		at->early_ns[at->early_count++] = due_ns - 30 * jiffy_ns;
}

static void case_begin(const struct import *import, const struct sketch_run *run, size_t record,
		       struct guesses *guesses, struct case_of *ret_case)
{
	const struct net_device *dev;

	*ret_case = (struct case_of){
		.import = import,
		.run = run,
		.guesses = guesses,
		.record = record,
		.who_at = import->whos.of_record[record],
		.wanted = &import->evidence->trace.records[record],
		.captured = evidence_message(import->evidence, record),
		.previous = previous_of(import, record),
		.t_ns = import->at_ns[record],
	};
	ret_case->who = &import->whos.items[ret_case->who_at];
	ret_case->name = ret_case->previous && ret_case->previous->message.has & LINK_HAS_NAME
				 ? ret_case->previous->message.name
				 : ret_case->wanted->dev;
	dev = dev_get_by_name(runner_machine(run->runner), ret_case->name);
	ret_case->is_there = dev != NULL;
	if (dev)
		rtnl_fill_ifinfo(dev, &ret_case->now);
	take_early(ret_case);
}

static void guess_case(struct case_of *at)
{
	if (at->wanted->kind == RECORD_DELLINK)
		guess_deletion(at);
	else if (!at->is_there)
		guess_creation(at);
	else
		guess_change(at);
}

/* The message may be the first that a statement for another device sends: those that come with it. */
static void guess_ahead(const struct case_of *first, size_t count)
{
	const struct import *import = first->import;
	size_t most = first->record + 1 + AHEAD_MAX;

	for (size_t i = first->record + 1; i < count && i < most; i++) {
		struct case_of at;
		size_t from = first->guesses->count;

		case_begin(import, first->run, i, first->guesses, &at);
		guess_case(&at);
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
	struct case_of at;

	memset(ret_guesses, 0, sizeof(*ret_guesses));
	case_begin(import, run, record, ret_guesses, &at);
	guess_case(&at);
	guess_ahead(&at, guess_instant_end(import, record));
	ret_guesses->likely = ret_guesses->count;
	guess_nothing(&at);
}
