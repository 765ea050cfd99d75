/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses the type of `ip link add`, and says what can stand for one that lwsim does not have. */
#include "model/rtnetlink.h"
#include "sim/language/parser.h"

/* Hints: what the messages expect in place of a type. */
#define AS_DUMMY "dummy (its operstate stays UNKNOWN, too)"
#define AS_CARD "dummy (set its carrier: 'ip link set DEV carrier off')"
#define AS_PORT "'ip link set DEV master NAME'"

const char *const link_kinds[] = {
	[LINK_KIND_DUMMY] = "dummy",   [LINK_KIND_VETH] = "veth",
	[LINK_KIND_VLAN] = "vlan",     [LINK_KIND_MACVLAN] = "macvlan",
	[LINK_KIND_IPVLAN] = "ipvlan", [LINK_KIND_TEAM] = "team",
	[LINK_KIND_VRF] = "vrf",       [LINK_KIND_BOND] = "bond",
	[LINK_KIND_BRIDGE] = "bridge", NULL,
};

/* Types of iproute2 that are not there yet, and the nearest one that is. */
static const struct {
	const char *kind, *stand_in;
} later_kinds[] = {
	{ "bareudp", AS_DUMMY },
	{ "batadv", "bridge (it has carrier while a port has it, too)" },
	{ "bond_slave", AS_PORT },
	{ "bridge_slave", AS_PORT },
	{ "can", AS_CARD },
	{ "geneve", AS_DUMMY },
	{ "gre", AS_DUMMY },
	{ "gretap", AS_DUMMY },
	{ "gtp", AS_DUMMY },
	{ "hsr", "bond (it has carrier while a slave has it, too)" },
	{ "ifb", AS_DUMMY },
	{ "ip6gre", AS_DUMMY },
	{ "ip6gretap", AS_DUMMY },
	{ "ip6tnl", AS_DUMMY },
	{ "ipip", AS_DUMMY },
	{ "ipvtap", "ipvlan (an ipvtap is one)" },
	{ "lowpan", AS_CARD },
	{ "macsec", "vlan (its state follows its lower device, too)" },
	{ "macvtap", "macvlan (a macvtap is one)" },
	{ "netdevsim", AS_CARD },
	{ "nlmon", AS_DUMMY },
	{ "rmnet", AS_CARD },
	{ "sit", AS_DUMMY },
	{ "vcan", AS_DUMMY },
	{ "vti", AS_DUMMY },
	{ "vxcan", "veth (a pair with carrier while both are up, too)" },
	{ "vxlan", AS_DUMMY },
	{ "wireguard", AS_DUMMY },
	{ "xfrm", AS_DUMMY },
};

/* clang-format off: columns */
/* Drivers of network cards; `ip link add` cannot create these. */
static const char *const card_drivers[] = {
	"bnx2x", "bnxt_en", "e1000", "e1000e", "ena",	     "fec",	"hv_netvsc",
	"i40e",	 "ice",	    "igb",   "igc",    "ixgbe",	     "mlx4_en", "mlx5_core",
	"r8169", "stmmac",  "tg3",   "virtio", "virtio_net", "vmxnet3", NULL,
};
/* clang-format on */

/* NULL: not a type of iproute2, or one that lwsim has. */
static const char *stand_in(const struct token *token)
{
	for (size_t i = 0; i < sizeof(later_kinds) / sizeof(later_kinds[0]); i++)
		if (token_is(token, later_kinds[i].kind))
			return later_kinds[i].stand_in;
	return NULL;
}

int kind_take(struct parser *parser, enum link_kind *ret_kind)
{
	const struct token *token = token_peek(parser);
	int kind;

	if (token_is(token, "tun") || token_is(token, "tap"))
		return parse_error(parser, token->span,
				   "'ip link add' cannot create a '%.*s', expected 'ip tuntap add'",
				   (int)token->len, token->text);
	if (token && word_find(token, card_drivers) >= 0)
		return parse_error(
			parser, token->span,
			"'%.*s' is a driver, not a type, expected 'virtnet_probe NAME' for a network card",
			(int)token->len, token->text);
	if (stand_in(token))
		return later_error(parser, token, NULL, stand_in(token));
	kind = token && token->kind == TOKEN_WORD ? word_find(token, link_kinds) : 0;
	if (kind < 0)
		return unknown_error(
			parser, "type", token->text, token->len, token->span, link_kinds,
			"dummy (for any card: it takes carrier on|off), veth, vlan, macvlan, ipvlan, "
			"team, vrf, bond or bridge");
	if (choice_take(parser, "type", link_kinds, &kind) < 0)
		return -1;
	*ret_kind = (enum link_kind)kind;
	return 0;
}
