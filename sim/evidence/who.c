/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds out from messages what kinds of devices there are. */
#include "sim/evidence/who.h"

#include <inttypes.h>
#include <linux/if_arp.h>
#include <stdlib.h>
#include <string.h>

#include "model/jiffies.h"
#include "sim/base/xalloc.h"

#define ETH_MTU 1500
#define SOON_NS (NSEC_PER_SEC / 10 * 11) /* what linkwatch delays is over */

/* All that a message can say of a device, and its name, by which people know kinds. */
struct sight {
	const struct rtnl_link_message *message;
	const char *link_name;
	const char *name;
};

static size_t who_add(struct whos *whos, const char *name, int32_t ifindex)
{
	struct who *who;

	whos->items = xgrow(whos->items, whos->count, &whos->capacity, sizeof(whos->items[0]));
	who = &whos->items[whos->count];
	memset(who, 0, sizeof(*who));
	snprintf(who->name, sizeof(who->name), "%s", name);
	who->ifindex = ifindex;
	who->first = who->link = who->master = WHO_NONE;
	who->is_unwritable = name[strcspn(name, "#{}\"'=<>$|()+ \\")] != '\0' || !*name;
	for (const char *at = name; *at; at++)
		who->is_unwritable |= *at < ' ' || *at > '~';
	return whos->count++;
}

static size_t by_name(const struct whos *whos, const char *name)
{
	for (size_t i = whos->count; i; i--)
		if (strcmp(whos->items[i - 1].name, name) == 0 && !whos->items[i - 1].is_deleted &&
		    !whos->items[i - 1].is_abroad)
			return i - 1;
	return WHO_NONE;
}

static size_t by_ifindex(const struct whos *whos, int32_t ifindex)
{
	for (size_t i = whos->count; i; i--)
		if (whos->items[i - 1].ifindex == ifindex && !whos->items[i - 1].is_deleted &&
		    !whos->items[i - 1].is_abroad)
			return i - 1;
	return WHO_NONE;
}

/* A device that others name is there, even if it has no message. */
static size_t named(struct whos *whos, const char *name)
{
	size_t found = by_name(whos, name);

	return found == WHO_NONE ? who_add(whos, name, 0) : found;
}

static size_t numbered(struct whos *whos, int32_t ifindex)
{
	size_t found = by_ifindex(whos, ifindex);
	char name[IFNAMSIZ];

	if (found != WHO_NONE)
		return found;
	snprintf(name, sizeof(name), "if%" PRId32, ifindex);
	return who_add(whos, name, ifindex);
}

static bool begins(const char *name, const char *with)
{
	return strncmp(name, with, strlen(with)) == 0;
}

static bool kind_named(const char *kind, enum who_kind *ret_kind)
{
	static const char *const names[] = {
		[WHO_DUMMY] = "dummy",	   [WHO_VETH] = "veth",	    [WHO_VLAN] = "vlan",
		[WHO_MACVLAN] = "macvlan", [WHO_IPVLAN] = "ipvlan", [WHO_BOND] = "bond",
		[WHO_TEAM] = "team",	   [WHO_BRIDGE] = "bridge", [WHO_VRF] = "vrf",
		[WHO_TAP] = "macvtap",	   [WHO_TUN] = "tun",
	};

	for (unsigned int i = WHO_DUMMY; i <= WHO_TUN; i++)
		if (strcmp(kind, names[i]) == 0) {
			*ret_kind = (enum who_kind)i;
			return true;
		}
	return false;
}

/* Stacked on another device: by the name, which is what people go by; else a VLAN. */
static enum who_kind stacked_kind(const char *name)
{
	if (begins(name, "macvlan") || begins(name, "mac") || begins(name, "mv") ||
	    begins(name, "vrrp"))
		return WHO_MACVLAN;
	if (begins(name, "ipvl"))
		return WHO_IPVLAN;
	return WHO_VLAN;
}

static enum who_kind kind_seen(const struct sight *sight, bool *ret_is_guessed)
{
	const struct rtnl_link_message *message = sight->message;
	bool is_stacked = message->has & LINK_HAS_LINK || *sight->link_name;
	enum who_kind kind;

	*ret_is_guessed = false;
	if (message->flags & IFF_LOOPBACK || strcmp(sight->name, "lo") == 0)
		return WHO_LOOPBACK;
	if (message->has & LINK_HAS_KIND && kind_named(message->kind, &kind))
		return kind == WHO_TUN && message->type == ARPHRD_ETHER ? WHO_TAP : kind;
	*ret_is_guessed = !(message->has & LINK_HAS_KIND);
	if (message->flags & IFF_MASTER)
		return message->flags & IFF_NOARP    ? WHO_VRF
		       : begins(sight->name, "team") ? WHO_TEAM
						     : WHO_BOND;
	if (message->has & LINK_HAS_LINK_NETNSID || begins(sight->name, "veth") ||
	    (message->has & LINK_HAS_LINK && !message->link) ||
	    (is_stacked && message->has & LINK_HAS_LINK && !*sight->link_name &&
	     !(message->has & LINK_HAS_KIND) && message->link != message->ifindex))
		return WHO_VETH;
	if (is_stacked)
		return stacked_kind(sight->name);
	if (message->flags & IFF_POINTOPOINT && message->type == ARPHRD_NONE)
		return WHO_TUN;
	if (begins(sight->name, "tap"))
		return WHO_TAP;
	if (message->flags & IFF_NOARP)
		return WHO_DUMMY;
	if (begins(sight->name, "br"))
		return WHO_BRIDGE;
	return begins(sight->name, "team") ? WHO_TEAM : WHO_NIC;
}

/*
 * Whether a device's first message is that of its creation: all bits of the mask, or still noop. On a
 * clock from boot all are created.
 */
static bool is_creation(const struct evidence *evidence, const struct captured *captured)
{
	const struct rtnl_link_message *message = &captured->message;

	if (message->is_dellink)
		return false;
	if (evidence_is_simulated(evidence))
		return true;
	if (captured->line)
		return !(message->flags & IFF_UP) && strcmp(message->qdisc, "noop") == 0;
	return message->change == UINT32_MAX;
}

static size_t master_now(const struct whos *whos, const struct captured *captured)
{
	if (*captured->master_name)
		return by_name(whos, captured->master_name);
	if (captured->message.has & LINK_HAS_MASTER && captured->message.master)
		return by_ifindex(whos, captured->message.master);
	return WHO_NONE;
}

/* The device below, or the peer. */
static void take_link(struct whos *whos, size_t at, const struct captured *captured)
{
	const struct rtnl_link_message *message = &captured->message;
	size_t link = WHO_NONE;

	if (*captured->link_name)
		link = named(whos, captured->link_name);
	else if (message->has & LINK_HAS_LINK && message->link &&
		 message->link != message->ifindex && !(message->has & LINK_HAS_LINK_NETNSID) &&
		 (whos->items[at].kind != WHO_VETH || !captured->line))
		link = numbered(whos, message->link);
	if (link == WHO_NONE)
		return;
	whos->items[at].link = link;
	if (whos->items[link].link == at || whos->items[at].kind == WHO_VETH ||
	    (whos->items[link].kind == WHO_VETH && whos->items[link].link == WHO_NONE)) {
		/* each names the other: a pair */
		whos->items[at].kind = whos->items[link].kind = WHO_VETH;
		whos->items[link].link = at;
		whos->items[link].is_kind_guessed = whos->items[at].is_kind_guessed;
	}
}

static void take_master(struct whos *whos, const struct captured *captured)
{
	const struct rtnl_link_message *message = &captured->message;
	size_t master = WHO_NONE;

	if (*captured->master_name)
		master = named(whos, captured->master_name);
	else if (message->has & LINK_HAS_MASTER && message->master)
		master = numbered(whos, message->master);
	if (master == WHO_NONE)
		return;
	if (whos->items[master].kind == WHO_NIC || whos->items[master].kind == WHO_DUMMY) {
		whos->items[master].kind = message->flags & IFF_SLAVE ? WHO_BOND : WHO_BRIDGE;
		whos->items[master].is_kind_guessed = true;
	}
}

static size_t who_of(struct whos *whos, const struct record *record)
{
	size_t found = by_ifindex(whos, record->ifindex), same;

	if (found != WHO_NONE)
		return found;
	same = by_name(whos, record->dev); /* named before by others */
	if (same != WHO_NONE && !whos->items[same].ifindex) {
		whos->items[same].ifindex = record->ifindex;
		return same;
	}
	return who_add(whos, record->dev, record->ifindex);
}

/* How a NIC's carrier behaves when it is opened: its driver may report a link, or none. */
static void take_opening(struct who *who, const struct evidence *evidence,
			 const struct captured *captured)
{
	const struct rtnl_link_message *message = &captured->message;

	if (who->was_up) {
		who->is_down_first &=
			!(message->flags & IFF_LOWER_UP) || captured->t_ns - who->up_ns > SOON_NS;
		return;
	}
	if (!(message->flags & IFF_UP) || !who->is_new)
		return;
	who->was_up = true;
	who->up_ns = captured->t_ns;
	who->is_down_first = !(message->flags & IFF_LOWER_UP);
	/* with a driver that reports its link, RUNNING would be late after the probe */
	who->is_always_on = message->flags & IFF_RUNNING && message->operstate == IF_OPER_UP &&
			    captured->t_ns - evidence_message(evidence, who->first)->t_ns < SOON_NS;
}

static void take_address(struct who *who, const struct captured *captured)
{
	const struct rtnl_link_message *message = &captured->message;

	if (message->address_len != sizeof(who->address) || message->is_dellink)
		return;
	if (!who->has_address)
		memcpy(who->address, message->address, sizeof(who->address));
	who->has_address = true;
	who->changes_address |= memcmp(who->address, message->address, sizeof(who->address)) != 0;
}

static void take_record(struct whos *whos, const struct evidence *evidence, size_t record)
{
	const struct captured *captured = evidence_message(evidence, record);
	size_t at = who_of(whos, &evidence->trace.records[record]);
	struct who *who = &whos->items[at];
	const struct sight sight = { &captured->message, captured->link_name,
				     evidence->trace.records[record].dev };
	bool is_first = who->first == WHO_NONE;

	whos->of_record[record] = at;
	whos->previous_of_record[record] = is_first ? WHO_NONE : who->last;
	who->last = record;
	if (is_first) {
		who->first = record;
		who->is_new = is_creation(evidence, captured);
		if (who->kind == WHO_NIC)
			who->kind = kind_seen(&sight, &who->is_kind_guessed);
		take_link(whos, at, captured);
	} else if (whos->items[at].link == WHO_NONE && whos->items[at].kind == WHO_VETH) {
		take_link(whos, at, captured);
	}
	take_opening(&whos->items[at], evidence, captured);
	take_master(whos, captured);
	take_address(&whos->items[at], captured);
	whos->master_of_record[record] = master_now(whos, captured);
	if (whos->master_of_record[record] != WHO_NONE) {
		whos->items[at].is_port = true;
		whos->items[whos->master_of_record[record]].has_ports = true;
	}
	if (is_first)
		whos->items[at].master = whos->master_of_record[record];
	whos->items[at].is_deleted = captured->message.is_dellink;
	if (is_first && captured->message.mtu && captured->message.mtu != ETH_MTU)
		whos->items[at].mtu = captured->message.mtu;
}

static const enum who_kind stacked_kinds[] = { WHO_VLAN, WHO_MACVLAN, WHO_IPVLAN };
#define STACKED_KINDS (sizeof(stacked_kinds) / sizeof(stacked_kinds[0]))

static size_t stacked_at(enum who_kind kind)
{
	size_t at = 0;

	while (at < STACKED_KINDS && stacked_kinds[at] != kind)
		at++;
	return at;
}

/* "eth0.7": nobody names anything else so. */
static bool is_vlan_by_name(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && dot[1] && !dot[1 + strspn(dot + 1, "0123456789")];
}

unsigned int who_choices(const struct who *who)
{
	if (who->kind == WHO_BOND)
		return WHO_BOND_CHOICES;
	return who->is_kind_guessed && stacked_at(who->kind) < STACKED_KINDS &&
			       !is_vlan_by_name(who->name)
		       ? STACKED_KINDS
		       : 1;
}

void whos_choose(struct whos *whos, size_t at, unsigned int choice)
{
	struct who *who = &whos->items[at];

	if (who_choices(who) == STACKED_KINDS)
		who->kind = stacked_kinds[(stacked_at(who->first_kind) + choice) % STACKED_KINDS];
	who->choice = choice;
}

static unsigned int vlan_id_of(const struct whos *whos, size_t at)
{
	const char *dot = strrchr(whos->items[at].name, '.'), *digits = dot ? dot + 1 : NULL;
	unsigned long id = 0;

	if (!digits) {
		digits = whos->items[at].name + strlen(whos->items[at].name);
		while (digits > whos->items[at].name && digits[-1] >= '0' && digits[-1] <= '9')
			digits--;
	}
	id = strtoul(digits, NULL, 10);
	for (size_t i = 0; i < at; i++)
		if (stacked_at(whos->items[i].kind) < STACKED_KINDS &&
		    whos->items[i].link == whos->items[at].link && whos->items[i].vlan_id == id)
			id = 0;
	return id >= 1 && id <= 4094 ? (unsigned int)id : (unsigned int)(1000 + at % 3000);
}

/* The number of a veth's other end, in another namespace. */
static void take_link_ifindex(struct who *who, const struct evidence *evidence)
{
	const struct rtnl_link_message *message;

	if (who->first == WHO_NONE)
		return;
	message = &evidence_message(evidence, who->first)->message;
	if (message->has & LINK_HAS_LINK && message->link && message->ifindex)
		who->link_ifindex = message->link;
}

/* The other end comes later, while the first message says that it is elsewhere. */
static void take_was_abroad(struct whos *whos, const struct evidence *evidence, size_t at)
{
	struct who *who = &whos->items[at];
	struct who *peer = who->link == WHO_NONE ? NULL : &whos->items[who->link];

	if (who->kind != WHO_VETH || who->first == WHO_NONE || !peer || peer->first == WHO_NONE ||
	    peer->first < who->first ||
	    !(evidence_message(evidence, who->first)->message.has & LINK_HAS_LINK_NETNSID))
		return;
	peer->was_abroad = true;
	take_link_ifindex(who, evidence);
}

/* Since 6.2 a veth's state depends on who has its peer's number in the veth's namespace. */
static void take_number(struct whos *whos, size_t veth)
{
	for (size_t i = 0; i < whos->count; i++)
		whos->items[i].is_named_by_number |=
			i != veth && whos->items[i].ifindex == whos->items[veth].link_ifindex;
}

void whos_make(const struct evidence *evidence, struct whos *ret_whos)
{
	memset(ret_whos, 0, sizeof(*ret_whos));
	ret_whos->previous_of_record = xcalloc(evidence->trace.count + 1, sizeof(size_t));
	ret_whos->of_record = xcalloc(evidence->trace.count + 1, sizeof(size_t));
	ret_whos->master_of_record = xcalloc(evidence->trace.count + 1, sizeof(size_t));
	for (size_t i = 0; i < evidence->trace.count; i++)
		take_record(ret_whos, evidence, i);
	for (size_t i = 0; i < ret_whos->count; i++) {
		struct who *who = &ret_whos->items[i];
		bool is_stacked = who->kind == WHO_VLAN || who->kind == WHO_MACVLAN ||
				  who->kind == WHO_IPVLAN;
		char name[IFNAMSIZ];
		size_t peer;

		if (is_stacked && who->link == WHO_NONE)
			who->kind = WHO_NIC; /* what is below is in another namespace */
		take_was_abroad(ret_whos, evidence, i);
		if (who->kind != WHO_VETH || who->link != WHO_NONE)
			continue;
		/* the other end is not seen: it is in another namespace */
		take_link_ifindex(who, evidence);
		memcpy(name, who->name, sizeof(name)); /* who_add() moves the items */
		peer = who_add(ret_whos, name, 0);
		ret_whos->items[i].link = peer;
		ret_whos->items[peer].kind = WHO_VETH;
		ret_whos->items[peer].link = i;
		ret_whos->items[peer].is_abroad = true;
	}
	for (size_t i = 0; i < ret_whos->count; i++)
		if (ret_whos->items[i].link_ifindex)
			take_number(ret_whos, i);
	for (size_t i = 0; i < ret_whos->count; i++) {
		ret_whos->items[i].first_kind = ret_whos->items[i].kind;
		if (stacked_at(ret_whos->items[i].kind) < STACKED_KINDS)
			ret_whos->items[i].vlan_id = vlan_id_of(ret_whos, i);
	}
}

void whos_free(struct whos *whos)
{
	free(whos->items);
	free(whos->previous_of_record);
	free(whos->of_record);
	free(whos->master_of_record);
}
