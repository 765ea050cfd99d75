/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses the options after `ip link add NAME type` bond or bridge, as in iproute2. */
#include "sim/language/parser.h"

/* Parses `mode MODE`, by name or number, and `miimon MS`. */
static int bond_word_parse(struct parser *parser, struct link_create *create)
{
	static const char *const words[] = { "mode", "miimon", NULL };
	static const char *const later[] = {
		"active_slave",	     "ad_actor_sys_prio", "ad_actor_system",
		"ad_select",	     "ad_user_port_key",  "all_slaves_active",
		"arp_all_targets",   "arp_interval",	  "arp_ip_target",
		"arp_missed_max",    "arp_validate",	  "clear_active_slave",
		"coupled_control",   "downdelay",	  "fail_over_mac",
		"lacp_active",	     "lacp_rate",	  "lp_interval",
		"min_links",	     "missed_max",	  "ns_ip6_target",
		"num_grat_arp",	     "num_unsol_na",	  "packets_per_slave",
		"peer_notify_delay", "primary",		  "primary_reselect",
		"resend_igmp",	     "tlb_dynamic_lb",	  "updelay",
		"use_carrier",	     "xmit_hash_policy",  NULL,
	};
	/* indexed by enum bond_mode: names, then numbers */
	static const char *const modes[] = {
		"balance-rr", "active-backup", "balance-xor", "0", "1", "2", NULL
	};
	static const char *const later_modes[] = { "broadcast",	  "802.3ad", "balance-tlb",
						   "balance-alb", "3",	     "4",
						   "5",		  "6",	     NULL };
	const struct token *token = token_peek(parser);
	uint64_t miimon;
	int word, mode;

	if (word_find(token, later) >= 0)
		return later_error(parser, token, words, NULL);
	if (choice_take(parser, "word", words, &word) < 0)
		return -1;
	if (word == 1) {
		if (number_take(parser, "a number of ms", INT32_MAX, &miimon) < 0)
			return -1;
		create->bond_miimon = (uint32_t)miimon;
		return 0;
	}
	token = token_peek(parser);
	if (token && word_find(token, later_modes) >= 0)
		return later_error(parser, token, modes, NULL);
	if (choice_take(parser, "mode", modes, &mode) < 0)
		return -1;
	create->bond_mode = (uint8_t)(mode % 3);
	return 0;
}

int bond_parse(struct parser *parser, struct stmt *stmt)
{
	while (token_peek(parser))
		if (bond_word_parse(parser, &stmt->create) < 0)
			return -1;
	return 0;
}

/* Parses `stp_state 0`, and times, which have no effect without STP. */
static int bridge_word_parse(struct parser *parser)
{
	static const char *const words[] = { "stp_state", "forward_delay", NULL };
	static const char *const later[] = {
		"ageing_time",
		"fdb_flush",
		"fdb_max_learned",
		"group_address",
		"group_fwd_mask",
		"hello_time",
		"max_age",
		"mcast_hash_elasticity",
		"mcast_hash_max",
		"mcast_igmp_version",
		"mcast_last_member_count",
		"mcast_last_member_interval",
		"mcast_membership_interval",
		"mcast_mld_version",
		"mcast_querier",
		"mcast_querier_interval",
		"mcast_query_interval",
		"mcast_query_response_interval",
		"mcast_query_use_ifaddr",
		"mcast_router",
		"mcast_snooping",
		"mcast_startup_query_count",
		"mcast_startup_query_interval",
		"mcast_stats_enabled",
		"mcast_vlan_snooping",
		"nf_call_arptables",
		"nf_call_ip6tables",
		"nf_call_iptables",
		"no_linklocal_learn",
		"priority",
		"vlan_default_pvid",
		"vlan_filtering",
		"vlan_protocol",
		"vlan_stats_enabled",
		"vlan_stats_per_port",
		NULL,
	};
	const struct token *token = token_peek(parser);
	uint64_t number;
	int word;

	if (word_find(token, later) >= 0)
		return later_error(parser, token, words, NULL);
	if (choice_take(parser, "word", words, &word) < 0)
		return -1;
	token = token_peek(parser);
	if (number_take(parser, word == 0 ? "0 or 1" : "hundredths of a second", UINT32_MAX,
			&number) < 0)
		return -1;
	if (word == 0 && number != 0)
		return parse_error(parser, token->span,
				   "lwsim does not support STP yet, expected stp_state 0");
	return 0;
}

int bridge_parse(struct parser *parser)
{
	while (token_peek(parser))
		if (bridge_word_parse(parser) < 0)
			return -1;
	return 0;
}
