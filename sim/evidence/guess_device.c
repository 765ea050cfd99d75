/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Guesses what was done to a device itself. */
#include "sim/evidence/guess_device.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/names.h"

static void format_address(const struct rtnl_link_message *message, char ret_text[20])
{
	snprintf(ret_text, 20, "%02x:%02x:%02x:%02x:%02x:%02x", message->address[0],
		 message->address[1], message->address[2], message->address[3], message->address[4],
		 message->address[5]);
}

void guess_attributes(struct guess_case *at)
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
		guess_add(guess_begin(at), at->t_ns, "", "ip link set %s mtu %" PRIu32, at->name,
			  now->mtu);
	if (now->txqlen != before->txqlen)
		guess_add(guess_begin(at), at->t_ns, "", "ip link set %s txqueuelen %" PRIu32,
			  at->name, now->txqlen);
	format_address(now, address);
	if (now->address_len == 6 && memcmp(now->address, before->address, 6) != 0)
		guess_add(guess_begin(at), at->t_ns, "", "ip link set %s address %s", at->name,
			  address);
	/* `ip` does not know the mode testing */
	if (now->has & LINK_HAS_LINKMODE && now->linkmode != before->linkmode)
		guess_add(guess_begin(at), at->t_ns, "", "%s %s mode %s",
			  now->linkmode == IF_LINK_MODE_TESTING ? "setlink" : "ip link set",
			  at->name, linkmode_name(now->linkmode));
	if (now->group != before->group)
		guess_add(guess_begin(at), at->t_ns, "", "ip link set %s group %" PRIu32, at->name,
			  now->group);
	if (strcmp(now->alias, before->alias) != 0)
		guess_add(guess_begin(at), at->t_ns, "", "ip link set %s alias other", at->name);
	if (now->proto_down != before->proto_down)
		guess_add(guess_begin(at), at->t_ns, "", "ip link set %s protodown %s", at->name,
			  now->proto_down ? "on" : "off");
	if ((now->flags ^ before->flags) & IFF_NOARP)
		guess_add(guess_begin(at), at->t_ns, "", "ip link set %s arp %s", at->name,
			  now->flags & IFF_NOARP ? "off" : "on");
	for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]); i++)
		if ((now->flags ^ before->flags) & switches[i].flag)
			guess_add(guess_begin(at), at->t_ns, "", "ip link set %s %s %s", at->name,
				  switches[i].word, now->flags & switches[i].flag ? "on" : "off");
}

void guess_tun(struct guess_case *at)
{
	const char *mode = at->who->kind == WHO_TAP ? "tap" : "tun";

	if (at->who->kind != WHO_TAP && at->who->kind != WHO_TUN)
		return;
	guess_add(guess_begin(at), at->t_ns, "", "tun_close %s", at->name);
	guess_add(guess_begin(at), at->t_ns, "", "tunsetiff %s mode %s", at->name, mode);
	guess_add(guess_begin(at), at->t_ns, "", "tunsetpersist %s on", at->name);
	guess_add(guess_begin(at), at->t_ns, "", "tunsetpersist %s off", at->name);
}

void guess_deletion(struct guess_case *at)
{
	const struct whos *whos = &at->import->whos;

	guess_add(guess_begin(at), at->t_ns, "", "ip link del %s", at->name);
	if (at->who->link != WHO_NONE && !whos->items[at->who->link].is_abroad)
		guess_add(guess_begin(at), at->t_ns, "", "ip link del %s",
			  whos->items[at->who->link].name);
	guess_add(guess_begin(at), at->t_ns, "", "tun_close %s", at->name);
	guess_add(guess_begin(at), at->t_ns, "", "ip tuntap del dev %s mode tap", at->name);
	guess_add(guess_begin(at), at->t_ns, "", "ip tuntap del dev %s mode tun", at->name);
	guess_add(guess_begin(at), at->t_ns, "moved to another namespace",
		  "ip link set %s netns " WHO_ABROAD, at->name);
	guess_add(guess_begin(at), at->t_ns, "", "ip netns add " WHO_ABROAD);
	guess_add(&at->guesses->items[at->guesses->count - 1], at->t_ns,
		  "moved to another namespace", "ip link set %s netns " WHO_ABROAD, at->name);
}

/* It is opened before linkwatch's work starts, which its creation has queued. */
static void guess_creation_batch(struct guess_case *at, const char *creation, const char *comment)
{
	const struct import *import = at->import;
	size_t opened = 0, len;
	char *batch;
	FILE *out;

	out = xmemstream(&batch, &len);
	fprintf(out, "batch {\n%13s%s\n", "", creation);
	for (size_t i = at->record; i < import->evidence->trace.count; i++) {
		const struct record *record = &import->evidence->trace.records[i];
		size_t who = import->whos.of_record[i];
		bool is_end = who == at->who_at || who == at->who->link;

		if (import->at_ns[i] != at->t_ns)
			break;
		if (!is_end || !(record->flags & IFF_UP) || record->flags_before & IFF_UP)
			continue;
		fprintf(out, "%13sip link set %s up\n", "", record->dev);
		opened++;
	}
	fputs("         }", out);
	xclose_memstream(out);
	if (opened) {
		struct guess *guess = guess_begin(at);

		guess_add(guess, at->t_ns, comment, "%s", batch);
		guess->creates = at->who_at;
	}
	free(batch);
}

/* The end of a pair that comes first is the peer; the statement names the other. */
void guess_creation(struct guess_case *at)
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
	guess = guess_begin(at);
	guess_add(guess, at->t_ns, comment, "%s", text);
	guess->creates = at->who_at;
	guess = guess_begin(at);
	guess_add(guess, at->t_ns, "", "ip netns add " WHO_ABROAD);
	guess_add(guess, at->t_ns, comment, "%s", text);
	guess->creates = at->who_at;
	type = strstr(text, " type ");
	if (at->wanted->flags & IFF_UP && type) {
		guess = guess_begin(at);
		guess_add(guess, at->t_ns, comment, "%.*s up%s", (int)(type - text), text, type);
		guess->creates = at->who_at;
	}
	if (type &&
	    at->captured->message.address_len == 6) { /* a bridge keeps one that it is given */
		format_address(&at->captured->message, address);
		guess = guess_begin(at);
		guess_add(guess, at->t_ns, comment, "%.*s address %s%s%s", (int)(type - text), text,
			  address, at->wanted->flags & IFF_UP ? " up" : "", type);
		guess->creates = at->who_at;
	}
	if (who->kind == WHO_VETH && !who->was_abroad && !(at->wanted->flags & IFF_UP))
		guess_creation_batch(at, text, comment);
	if (who->kind == WHO_TAP || who->kind == WHO_TUN) {
		guess = guess_begin(at);
		guess_add(guess, at->t_ns, comment, "ip tuntap add dev %s mode %s", at->name,
			  who->kind == WHO_TAP ? "tap" : "tun");
		guess->creates = at->who_at;
	}
	if (who->kind == WHO_NIC) {
		guess = guess_begin(at);
		guess_add(guess, at->t_ns, comment, "virtnet_probe %s status=on link=down",
			  at->name);
		guess->creates = at->who_at;
	}
	free(comment);
	free(text);
}
