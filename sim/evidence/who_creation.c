/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The statements that create the devices of a capture. */
#include <inttypes.h>
#include <stdio.h>

#include "sim/base/xalloc.h"
#include "sim/evidence/who.h"

#define WORDS_MAX_BYTES 64

/*
 * " address 02:...", for `ip link add`, if others depend on it: a bridge takes the lowest of its ports,
 * a bond or team without one that of its first port.
 */
static void format_address(const struct who *who, char ret_text[WORDS_MAX_BYTES])
{
	bool is_master = who->kind == WHO_BOND || who->kind == WHO_TEAM;

	*ret_text = '\0';
	if (!who->has_address ||
	    !(is_master ? who->is_new && who->has_ports && !who->changes_address : who->is_port))
		return;
	snprintf(ret_text, WORDS_MAX_BYTES, " address %02x:%02x:%02x:%02x:%02x:%02x",
		 who->address[0], who->address[1], who->address[2], who->address[3],
		 who->address[4], who->address[5]);
}

/* " index 77", if it is given. */
static void format_index(int32_t ifindex, char ret_text[WORDS_MAX_BYTES])
{
	*ret_text = '\0';
	if (ifindex)
		snprintf(ret_text, WORDS_MAX_BYTES, " index %" PRId32, ifindex);
}

static char *creation_of_veth(const struct whos *whos, const struct who *who)
{
	const struct who *peer = &whos->items[who->link];
	const struct who *first = who, *second = peer;
	char address[WORDS_MAX_BYTES], peer_address[WORDS_MAX_BYTES];
	char index[WORDS_MAX_BYTES], peer_index[WORDS_MAX_BYTES];

	/* the kernel registers the peer first: it has the lower number */
	if (who->was_abroad ||
	    (peer->ifindex && peer->ifindex > who->ifindex && !peer->was_abroad)) {
		first = peer;
		second = who;
	}
	format_address(first, address);
	format_address(second, peer_address);
	/* in two namespaces, the numbers decide if linkwatch takes it for a stacked device */
	format_index(who->link_ifindex ? who->ifindex : 0, index);
	format_index(who->link_ifindex, peer_index);
	return xasprintf("ip link add %s%s%s type veth peer name %s%s%s%s", first->name, address,
			 index, second->name, peer_address, peer_index,
			 second->is_abroad || second->was_abroad ? " netns " WHO_ABROAD : "");
}

/* " mtu 9000", for `ip link add`, if it is not the one that it gets anyway. */
static void format_mtu(const struct who *who, char ret_text[32])
{
	*ret_text = '\0';
	if (who->mtu)
		snprintf(ret_text, 32, " mtu %u", who->mtu);
}

static const char *const bond_words[WHO_BOND_CHOICES] = {
	" mode active-backup miimon 100",
	" mode balance-xor miimon 100",
	"",
	" mode balance-xor",
	" mode active-backup",
	" miimon 100",
};

char *who_creation(const struct whos *whos, const struct who *who, char **ret_guess)
{
	char mtu[32], address[WORDS_MAX_BYTES], index[WORDS_MAX_BYTES];
	const char *below = who->link == WHO_NONE ? "" : whos->items[who->link].name;
	const char *guess = who->is_kind_guessed ? "its kind" : "";
	char *text = NULL;

	format_mtu(who, mtu);
	format_address(who, address);
	format_index(who->is_named_by_number ? who->ifindex : 0, index);
	switch (who->kind) {
	case WHO_NIC:
		guess = "virtio_net stands for its driver";
		text = xasprintf("virtnet_probe %s status=%s", who->name,
				 who->is_always_on    ? "off"
				 : who->is_down_first ? "on link=down"
						      : "on");
		break;
	case WHO_LOOPBACK:
		text = xstrdup("");
		guess = "";
		break;
	case WHO_DUMMY:
		text = xasprintf("ip link add %s%s%s%s type dummy", who->name, address, index, mtu);
		break;
	case WHO_VETH:
		if (who->was_abroad) {
			text = xasprintf("ip -n " WHO_ABROAD " link set %s netns 1", who->name);
			guess = "from which namespace";
			break;
		}
		text = creation_of_veth(whos, who);
		if (whos->items[who->link].is_abroad)
			guess = "where its peer is";
		break;
	case WHO_VLAN:
		text = xasprintf("ip link add link %s name %s type vlan id %u", below, who->name,
				 who->vlan_id);
		guess = who->is_kind_guessed ? "its kind and id" : "its id";
		break;
	case WHO_MACVLAN:
		text = xasprintf("ip link add link %s name %s type macvlan", below, who->name);
		break;
	case WHO_IPVLAN:
		text = xasprintf("ip link add link %s name %s type ipvlan", below, who->name);
		break;
	case WHO_BOND:
		text = xasprintf("ip link add %s%s type bond%s", who->name, address,
				 bond_words[who->choice]);
		guess = "mode and miimon";
		break;
	case WHO_TEAM:
		text = xasprintf("ip link add %s%s%s type team", who->name, address, mtu);
		break;
	case WHO_BRIDGE:
		text = xasprintf("ip link add %s%s%s type bridge", who->name, index, mtu);
		break;
	case WHO_VRF:
		text = xasprintf("ip link add %s type vrf table 10", who->name);
		guess = "its table";
		break;
	case WHO_TAP:
	case WHO_TUN:
		text = xasprintf("tunsetiff %s mode %s", who->name,
				 who->kind == WHO_TAP ? "tap" : "tun");
		guess = "or by ip tuntap";
		break;
	}
	*ret_guess = xstrdup(guess);
	return text;
}
