// SPDX-License-Identifier: GPL-2.0-or-later
/* Stacked devices in `ip link` and `setlink`. */
#include <linux/if_ether.h>

#include "parse_fixture.h"

static const struct link_create *create_at(const struct fixture *f, unsigned int number,
					   enum link_kind kind)
{
	const struct stmt *stmt = stmt_at(f, number, STMT_IP_LINK_ADD);

	assert_int_equal(stmt->create.kind, kind);
	return &stmt->create;
}

static void scenario_parse__vlan_is_read(void **state)
{
	struct fixture f;
	const struct link_create *create;

	(void)state;
	parse(&f, "ip link add link lo name v0 type vlan id 7\n"
		  "ip link add v1 link lo up type vlan protocol 802.1ad id 0xfff loose_binding on "
		  "bridge_binding on\n"
		  "ip link add link lo v2 type vlan loose_binding off id 0 bridge_binding off "
		  "protocol 802.1q\n"
		  "ip link add link lo v{3..5} type vlan protocol 802.1Q id 65535\n"
		  "ip link add link v{3..5} w{0..2} type vlan id {65533..65535}\n"
		  "ip link add link lo x type vlan id {1..2} id 3\n");
	create = create_at(&f, 0, LINK_KIND_VLAN);
	assert_int_equal(create->vlan_id, 7);
	assert_int_equal(create->vlan_proto, ETH_P_8021Q);
	assert_false(create->is_loose || create->is_bridge_bound);
	assert_string_equal(stmt_at(&f, 0, STMT_IP_LINK_ADD)->link.prefix, "lo");
	assert_string_equal(stmt_at(&f, 0, STMT_IP_LINK_ADD)->dev.prefix, "v0");
	create = create_at(&f, 1, LINK_KIND_VLAN);
	assert_int_equal(create->vlan_id, 4095); /* refused by the kernel, not by ip */
	assert_int_equal(create->vlan_proto, ETH_P_8021AD);
	assert_true(create->is_loose && create->is_bridge_bound);
	assert_int_equal(create->attrs.ifi_flags, IFF_UP);
	assert_string_equal(stmt_at(&f, 1, STMT_IP_LINK_ADD)->dev.prefix, "v1");
	create = create_at(&f, 2, LINK_KIND_VLAN);
	assert_int_equal(create->vlan_id, 0);
	assert_int_equal(create->vlan_proto, ETH_P_8021Q);
	assert_false(create->is_loose || create->is_bridge_bound);
	create = create_at(&f, 3, LINK_KIND_VLAN);
	assert_int_equal(create->vlan_id, 65535);
	assert_int_equal(create->vlan_proto, ETH_P_8021Q);
	assert_false(stmt_at(&f, 3, STMT_IP_LINK_ADD)->is_id_range);
	create = create_at(&f, 4, LINK_KIND_VLAN);
	assert_int_equal(create->vlan_id, 65533);
	assert_true(stmt_at(&f, 4, STMT_IP_LINK_ADD)->is_id_range);
	assert_int_equal(stmt_at(&f, 4, STMT_IP_LINK_ADD)->count, 3);
	assert_int_equal(create_at(&f, 5, LINK_KIND_VLAN)->vlan_id, 3); /* as in ip: the last */
	assert_false(stmt_at(&f, 5, STMT_IP_LINK_ADD)->is_id_range);
	assert_int_equal(f.scenario->max_devices, 11);
	assert_true(f.scenario->has_links);
	teardown(&f);
}

static void scenario_parse__vlan_errors(void **state)
{
	(void)state;
	assert_refused("ip link add x type vlan id 7\n", 1, 13,
		       "vlan without a lower device, expected 'link NAME' before 'type'");
	assert_refused("ip link add x link\n", 1, 19,
		       "expected a device's name, found the end of the line");
	assert_refused("ip link add link y x type vlan id 7\n", 1, 18,
		       "no line creates device 'y', expected 'ip link add' or 'virtnet_probe'");
	assert_refused("ip link add link lo x type vlan\n", 1, 32,
		       "expected 'id N', found the end of the line");
	assert_refused("ip link add link lo x type vlan protocol 802.1ad\n", 1, 49,
		       "expected 'id N', found the end of the line");
	assert_refused("ip link add link lo x type vlan id\n", 1, 35,
		       "expected a number, found the end of the line");
	assert_refused("ip link add link lo x type vlan id seven\n", 1, 36,
		       "expected a number, found 'seven'");
	assert_refused("ip link add link lo x type vlan id 65536\n", 1, 36,
		       "65536 is out of range, expected a number of at most 65535");
	assert_refused("ip link add link lo x type vlan id 7 up\n", 1, 38,
		       "unknown word 'up', expected one of id, protocol, loose_binding, "
		       "bridge_binding");
	assert_refused("ip link add link lo x type vlan protocol 802.1x id 7\n", 1, 42,
		       "unknown protocol '802.1x', expected 802.1Q or 802.1ad");
	assert_refused("ip link add link lo x type vlan loose_binding maybe id 7\n", 1, 47,
		       "unknown loose_binding 'maybe', expected on or off");
	assert_refused("ip link add link lo x type vlan id 7 bridge_binding\n", 1, 52,
		       "expected on or off, found the end of the line");
	assert_refused("ip link add link lo x{1..3} type vlan id {1..2}\n", 1, 42,
		       "range of 2 values, expected 3, as in the first range");
	assert_refused("ip link add link lo x type vlan id {1..2}0\n", 1, 36,
		       "bad range, expected {FIRST..LAST}");
	assert_refused("ip link add link lo x type vlan id {1..}\n", 1, 36,
		       "bad range, expected {FIRST..LAST}");
	assert_refused("ip link add link lo x type vlan id \"{1..2}\"\n", 1, 36,
		       "expected a number, found \"{1..2}\"");
	assert_refused("ip link add link lo x type vlan id {65535..65536}\n", 1, 36,
		       "65536 is out of range, expected a number of at most 65535");
	assert_refused("ip link set lo link lo\n", 1, 16,
		       "unknown word 'link', expected " LINK_WORDS);
	assert_refused("ip link add v0 type veth peer v1 link lo\n", 1, 34,
		       "unknown word 'link', expected " LINK_WORDS);
}

static void scenario_parse__macvlan_and_ipvlan_are_read(void **state)
{
	struct fixture f;

	(void)state;
	parse(&f, "ip link add link lo name m0 type macvlan\nip link add i0 link m0 type ipvlan\n");
	create_at(&f, 0, LINK_KIND_MACVLAN);
	create_at(&f, 1, LINK_KIND_IPVLAN);
	assert_string_equal(stmt_at(&f, 1, STMT_IP_LINK_ADD)->link.prefix, "m0");
	teardown(&f);
	assert_refused("ip link add x type macvlan\n", 1, 13,
		       "macvlan without a lower device, expected 'link NAME' before 'type'");
	assert_refused("ip link add x type ipvlan\n", 1, 13,
		       "ipvlan without a lower device, expected 'link NAME' before 'type'");
	assert_refused("ip link add link lo x type macvlan up\n", 1, 36,
		       "unknown word 'up', expected mode");
}

static void scenario_parse__masters_are_read(void **state)
{
	struct fixture f;
	const struct link_create *create;

	(void)state;
	parse(&f, "ip link add t0 type team\n");
	create = create_at(&f, 0, LINK_KIND_TEAM);
	assert_false(create->attrs.has_master);
	assert_true(f.scenario->has_links);
	teardown(&f);
	assert_refused("ip link add x type team mode 1\n", 1, 25,
		       "expected the end of the line (other words go before 'type'), found "
		       "'mode'");
}

static void scenario_parse__bond_is_read(void **state)
{
	static const struct {
		const char *words;
		uint8_t mode;
		uint32_t miimon;
	} cases[] = {
		{ "", BOND_MODE_ROUNDROBIN, 0 },
		{ " mode balance-rr", BOND_MODE_ROUNDROBIN, 0 },
		{ " mode active-backup miimon 100", BOND_MODE_ACTIVEBACKUP, 100 },
		{ " miimon 2147483647 mode balance-xor", BOND_MODE_XOR, 2147483647 },
		{ " mode 0", BOND_MODE_ROUNDROBIN, 0 },
		{ " mode 1", BOND_MODE_ACTIVEBACKUP, 0 },
		{ " mode 2 miimon 0", BOND_MODE_XOR, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct link_create *create;
		struct fixture f;
		char text[80];

		(void)snprintf(text, sizeof(text), "ip link add b0 type bond%s\n", cases[i].words);
		parse(&f, text);
		create = create_at(&f, 0, LINK_KIND_BOND);
		assert_int_equal(create->bond_mode, cases[i].mode);
		assert_int_equal(create->bond_miimon, cases[i].miimon);
		assert_true(f.scenario->has_bonds);
		teardown(&f);
	}
}

static void scenario_parse__bond_errors(void **state)
{
	(void)state;
	assert_refused("ip link add b0 type bond mod 1\n", 1, 26,
		       "unknown word 'mod', did you mean 'mode'?");
	assert_refused(
		"ip link add b0 type bond mode\n", 1, 30,
		"expected one of balance-rr, active-backup, balance-xor, 0, 1, 2, found the end "
		"of the line");
	assert_refused("ip link add b0 type bond mode 802.3ad\n", 1, 31,
		       "lwsim does not support '802.3ad' yet, expected one of balance-rr, "
		       "active-backup, balance-xor, 0, 1, 2");
	assert_refused(
		"ip link add b0 type bond mode 7\n", 1, 31,
		"unknown mode '7', expected one of balance-rr, active-backup, balance-xor, 0, "
		"1, 2");
	assert_refused("ip link add b0 type bond miimon\n", 1, 32,
		       "expected a number of ms, found the end of the line");
	assert_refused("ip link add b0 type bond miimon 2147483648\n", 1, 33,
		       "2147483648 is out of range, expected a number of ms of at most 2147483647");
	assert_refused("ip link add b0 type bond updelay 200\n", 1, 26,
		       "lwsim does not support 'updelay' yet, expected mode or miimon");
}

static void scenario_parse__bridge_is_read(void **state)
{
	struct fixture f;

	(void)state;
	parse(&f, "ip link add br0 type bridge\n"
		  "ip link add br1 type bridge stp_state 0 forward_delay 400\n");
	create_at(&f, 0, LINK_KIND_BRIDGE);
	create_at(&f, 1, LINK_KIND_BRIDGE);
	assert_false(f.scenario->has_bonds);
	teardown(&f);
	assert_refused("ip link add br0 type bridge stp_state 1\n", 1, 39,
		       "lwsim does not support STP yet, expected stp_state 0");
	assert_refused("ip link add br0 type bridge stp_state\n", 1, 38,
		       "expected 0 or 1, found the end of the line");
	assert_refused("ip link add br0 type bridge vlan_filtering 1\n", 1, 29,
		       "lwsim does not support 'vlan_filtering' yet, expected stp_state or "
		       "forward_delay");
	assert_refused("ip link add br0 type bridge stp 0\n", 1, 29,
		       "unknown word 'stp', did you mean 'stp_state'?");
}

static void scenario_parse__master_is_read(void **state)
{
	struct fixture f;
	const struct stmt *stmt;

	(void)state;
	parse(&f, "ip link add br0 type team\n"
		  "ip link set lo up master br0\n"
		  "ip link set lo nomaster\n"
		  "setlink lo master br0\n"
		  "ip link add master br0 d0 type dummy\n"
		  "ip link set lo up\n"
		  "ip link add nomaster d1 type dummy\n");
	stmt = stmt_at(&f, 1, STMT_IP_LINK_SET);
	assert_true(stmt->attrs.has_master);
	assert_string_equal(stmt->master.prefix, "br0");
	assert_string_equal(stmt->dev.prefix, "lo");
	stmt = stmt_at(&f, 2, STMT_IP_LINK_SET);
	assert_true(stmt->attrs.has_master);
	assert_null(stmt->master.prefix);
	stmt = stmt_at(&f, 3, STMT_SETLINK);
	assert_true(stmt->attrs.has_master);
	assert_string_equal(stmt->master.prefix, "br0");
	stmt = stmt_at(&f, 4, STMT_IP_LINK_ADD);
	assert_true(stmt->create.attrs.has_master);
	assert_string_equal(stmt->master.prefix, "br0");
	assert_false(stmt_at(&f, 5, STMT_IP_LINK_SET)->attrs.has_master);
	stmt = stmt_at(&f, 6, STMT_IP_LINK_ADD);
	assert_true(stmt->create.attrs.has_master);
	assert_null(stmt->master.prefix);
	teardown(&f);
	assert_refused("ip link set lo master\n", 1, 22,
		       "expected a device's name, found the end of the line");
	assert_refused("ip link set lo master br0\n", 1, 23,
		       "no line creates device 'br0', expected 'ip link add' or 'virtnet_probe'");
	assert_refused("ip link set lo master lo master lo\n", 1, 26,
		       "'master' twice, expected it once");
	assert_refused("ip link set lo nomaster nomaster\n", 1, 25,
		       "'nomaster' twice, expected it once");
	assert_refused("ip link set lo master lo nomaster\n", 1, 26,
		       "'nomaster' after 'master', expected only one of them");
	assert_refused("ip link set lo nomaster master lo\n", 1, 25,
		       "'master' after 'nomaster', expected only one of them");
}

/* Scenarios that need no links get no memory for them. */
static void scenario_parse__links_are_counted_where_there_are_any(void **state)
{
	static const struct {
		const char *text;
		bool has_links;
	} cases[] = {
		{ "ip link add d0 type dummy\nip link set d0 up nomaster\n", false },
		{ "ip link add v0 type veth peer v1\n", false },
		{ "virtnet_probe eth0 status=on\n", false },
		{ "ip link add link lo m0 type macvlan\n", true },
		{ "ip link add x type dummy\nip link set x master lo\n", true },
		{ "setlink lo master lo\n", true },
		{ "repeat 2 every 1s {\nip link add x type team\n}\n", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture f;

		parse(&f, cases[i].text);
		assert_int_equal(f.scenario->has_links, cases[i].has_links);
		teardown(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scenario_parse__vlan_is_read),
		cmocka_unit_test(scenario_parse__vlan_errors),
		cmocka_unit_test(scenario_parse__macvlan_and_ipvlan_are_read),
		cmocka_unit_test(scenario_parse__masters_are_read),
		cmocka_unit_test(scenario_parse__bond_is_read),
		cmocka_unit_test(scenario_parse__bond_errors),
		cmocka_unit_test(scenario_parse__bridge_is_read),
		cmocka_unit_test(scenario_parse__master_is_read),
		cmocka_unit_test(scenario_parse__links_are_counted_where_there_are_any),
	};

	return cmocka_run_group_tests_name("parse_stack", tests, NULL, NULL);
}
