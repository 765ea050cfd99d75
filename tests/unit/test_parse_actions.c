/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The scenario language: actions, `ip link` and expected errors. */
#include "parse_fixture.h"

static void scenario_parse__every_action_is_read(void **state)
{
	static const struct {
		const char *word;
		enum stmt_kind kind;
	} rows[] = {
		{ "carrier_on", STMT_CARRIER_ON },
		{ "carrier_off", STMT_CARRIER_OFF },
		{ "carrier_event", STMT_CARRIER_EVENT },
		{ "dormant_on", STMT_DORMANT_ON },
		{ "dormant_off", STMT_DORMANT_OFF },
		{ "testing_on", STMT_TESTING_ON },
		{ "testing_off", STMT_TESTING_OFF },
		{ "device_detach", STMT_DEVICE_DETACH },
		{ "device_attach", STMT_DEVICE_ATTACH },
		{ "dev_open", STMT_DEV_OPEN },
		{ "dev_close", STMT_DEV_CLOSE },
		{ "linkwatch_fire_event", STMT_LINKWATCH_FIRE_EVENT },
		{ "getlink", STMT_GETLINK },
	};
	char text[100];
	struct fixture f;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		snprintf(text, sizeof(text), "%s lo\n", rows[i].word);
		parse(&f, text);
		assert_string_equal(stmt_at(&f, 0, rows[i].kind)->dev.prefix, "lo");
		assert_false(stmt_at(&f, 0, rows[i].kind)->dev.is_range);
		assert_int_equal(stmt_at(&f, 0, rows[i].kind)->count, 1);
		teardown(&f);
		snprintf(text, sizeof(text), "%s\n", rows[i].word);
		assert_refused(text, 1, (uint32_t)strlen(text),
			       "expected a device's name, found the end of the line");
		snprintf(text, sizeof(text), "%s lo x\n", rows[i].word);
		assert_refused(text, 1, (uint32_t)strlen(text) - 1,
			       "expected the end of the line, found 'x'");
	}
}

static void scenario_parse__virtnet_is_read(void **state)
{
	struct fixture f;
	const struct stmt *stmt;

	(void)state;
	parse(&f, "virtnet_probe a status=on\nvirtnet_probe b link=down status=off\n"
		  "virtnet_config_changed a link=up\nvirtnet_config_changed b link=down\n");
	stmt = stmt_at(&f, 0, STMT_VIRTNET_PROBE);
	assert_true(stmt->virtnet.has_status && stmt->virtnet.link_up);
	stmt = stmt_at(&f, 1, STMT_VIRTNET_PROBE);
	assert_false(stmt->virtnet.has_status || stmt->virtnet.link_up);
	assert_true(stmt_at(&f, 2, STMT_VIRTNET_CONFIG_CHANGED)->virtnet.link_up);
	assert_false(stmt_at(&f, 3, STMT_VIRTNET_CONFIG_CHANGED)->virtnet.link_up);
	assert_int_equal(f.scenario->max_devices, 2);
	teardown(&f);
}

static void scenario_parse__virtnet_errors(void **state)
{
	(void)state;
	assert_refused("virtnet_probe a\n", 1, 16,
		       "expected status=on or status=off, found the end of the line");
	assert_refused("virtnet_probe a link=up = ENODEV\n", 1, 25,
		       "expected status=on or status=off, found '='");
	assert_refused("virtnet_probe a status=\n", 1, 24, "unknown status '', expected on or off");
	assert_refused("virtnet_probe a status=on status=on\n", 1, 27,
		       "'status' twice, expected it once");
	assert_refused("virtnet_probe a link=up link=up status=on\n", 1, 25,
		       "'link' twice, expected it once");
	assert_refused("virtnet_probe a link=upp status=on\n", 1, 22,
		       "unknown link 'upp', did you mean 'up'?");
	assert_refused("virtnet_probe a stat=on\n", 1, 17,
		       "unknown option 'stat=on', expected status= or link=");
	assert_refused("virtnet_probe a \"status=on\"\n", 1, 17,
		       "expected the end of the line, found \"status=on\"");
	assert_refused("virtnet_probe\n", 1, 14,
		       "expected a device's name, found the end of the line");
	assert_refused("virtnet_config_changed lo\n", 1, 26,
		       "expected link=up or link=down, found the end of the line");
	assert_refused("virtnet_config_changed lo status=on\n", 1, 27,
		       "unknown option 'status=on', expected link=");
	assert_refused("virtnet_config_changed\n", 1, 23,
		       "expected a device's name, found the end of the line");
}

static void scenario_parse__durations_ifconfig_and_sysfs_are_read(void **state)
{
	static const char *const attrs[] = {
		"carrier",
		"operstate",
		"dormant",
		"testing",
		"carrier_changes",
		"carrier_up_count",
		"carrier_down_count",
		"link_mode",
		"ifindex",
		"iflink",
		"flags",
	};
	struct fixture f;
	char text[100];
	int i;

	(void)state;
	parse(&f, "rtnl_lock for 0.5\nworker latency 4ms\nifconfig lo up\nifconfig lo down\n");
	assert_int_equal(stmt_at(&f, 0, STMT_RTNL_LOCK)->duration_ns, 500 * MS);
	assert_int_equal(stmt_at(&f, 1, STMT_WORKER_LATENCY)->duration_ns, 4 * MS);
	assert_true(stmt_at(&f, 2, STMT_IFCONFIG)->is_up);
	assert_false(stmt_at(&f, 3, STMT_IFCONFIG)->is_up);
	teardown(&f);
	for (i = 0; i < SYSFS_COUNT; i++) {
		snprintf(text, sizeof(text), "sysfs lo %s\n", attrs[i]);
		parse(&f, text);
		assert_int_equal(stmt_at(&f, 0, STMT_SYSFS)->sysfs, i);
		teardown(&f);
	}
	assert_refused("rtnl_lock 1s\n", 1, 11, "expected 'for', found '1s'");
	assert_refused("rtnl_lock for\n", 1, 14, "expected a duration, found the end of the line");
	assert_refused("rtnl_lock for +1s\n", 1, 15, "expected a duration, found '+1s'");
	assert_refused("rtnl_lock for {\n", 1, 15, "expected a duration, found '{'");
	assert_refused("worker latency x\n", 1, 16, "expected a duration, found 'x'");
	assert_refused("worker for 1s\n", 1, 8, "expected 'latency', found 'for'");
	assert_refused("worker latency 1s = ENODEV\n", 1, 19,
		       "expected the end of the line, found '='");
	assert_refused("ifconfig lo\n", 1, 12, "expected up or down, found the end of the line");
	assert_refused("ifconfig\n", 1, 9, "expected a device's name, found the end of the line");
	assert_refused("sysfs lo x\n", 1, 10,
		       "unknown attribute 'x', expected one of carrier, operstate, dormant, "
		       "testing, carrier_changes, carrier_up_count, carrier_down_count, "
		       "link_mode, ifindex, iflink, flags");
	assert_refused("sysfs\n", 1, 6, "expected a device's name, found the end of the line");
}

static void scenario_parse__ip_link_set_takes_ips_order(void **state)
{
	static const char *const lines[] = {
		"ip link set lo up",	 "ip link set up lo", "ip link set dev lo up",
		"ip link set up dev lo", "ip l set lo up",
	};
	struct fixture f;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const struct stmt *stmt;

		parse(&f, lines[i]);
		stmt = stmt_at(&f, 0, STMT_IP_LINK_SET);
		assert_string_equal(stmt->dev.prefix, "lo");
		assert_int_equal(stmt->attrs.ifi_flags, IFF_UP);
		assert_int_equal(stmt->attrs.ifi_change, IFF_UP);
		assert_false(stmt->attrs.has_carrier || stmt->attrs.has_operstate ||
			     stmt->attrs.has_linkmode);
		teardown(&f);
	}
}

static void scenario_parse__ip_link_set_reads_all_words(void **state)
{
	struct fixture f;
	const struct stmt *stmt;

	(void)state;
	parse(&f,
	      "ip link set lo\n"
	      "ip link set lo down carrier off state dOwN mode DORMANT promisc on multicast off "
	      "allmulticast on arp off\n"
	      "ip link set carrier on lo arp on mode default\n"
	      "ip link set dev up down\n"
	      "virtnet_probe up status=on\n");
	stmt = stmt_at(&f, 0, STMT_IP_LINK_SET);
	assert_int_equal(stmt->attrs.ifi_change, 0);
	stmt = stmt_at(&f, 1, STMT_IP_LINK_SET);
	assert_int_equal(stmt->attrs.ifi_change,
			 IFF_UP | IFF_PROMISC | IFF_MULTICAST | IFF_ALLMULTI | IFF_NOARP);
	assert_int_equal(stmt->attrs.ifi_flags, IFF_PROMISC | IFF_ALLMULTI | IFF_NOARP);
	assert_true(stmt->attrs.has_carrier && !stmt->attrs.carrier);
	assert_true(stmt->attrs.has_operstate && stmt->attrs.operstate == IF_OPER_DOWN);
	assert_true(stmt->attrs.has_linkmode && stmt->attrs.linkmode == IF_LINK_MODE_DORMANT);
	stmt = stmt_at(&f, 2, STMT_IP_LINK_SET);
	assert_true(stmt->attrs.carrier && stmt->attrs.has_linkmode);
	assert_int_equal(stmt->attrs.ifi_change, IFF_NOARP);
	assert_int_equal(stmt->attrs.ifi_flags, 0);
	assert_string_equal(stmt_at(&f, 3, STMT_IP_LINK_SET)->dev.prefix, "up");
	teardown(&f);
}

static void scenario_parse__ip_link_add_and_del_are_read(void **state)
{
	struct fixture f;
	const struct stmt *stmt;

	(void)state;
	parse(&f, "ip link add d0 type dummy\nip link add up name d1 mode dormant type dummy\n"
		  "ip link add dev v0 down type veth peer name v1 up mode dormant state up\n"
		  "ip link add v2 type veth peer v3\n"
		  "ip link del d0\nip link delete dev d1\n");
	stmt = stmt_at(&f, 0, STMT_IP_LINK_ADD);
	assert_string_equal(stmt->dev.prefix, "d0");
	assert_int_equal(stmt->create.kind, LINK_KIND_DUMMY);
	assert_null(stmt->peer.prefix);
	stmt = stmt_at(&f, 1, STMT_IP_LINK_ADD);
	assert_string_equal(stmt->dev.prefix, "d1");
	assert_int_equal(stmt->create.attrs.ifi_flags, IFF_UP);
	assert_true(stmt->create.attrs.has_linkmode);
	stmt = stmt_at(&f, 2, STMT_IP_LINK_ADD);
	assert_int_equal(stmt->create.kind, LINK_KIND_VETH);
	assert_int_equal(stmt->create.attrs.ifi_flags, 0);
	assert_int_equal(stmt->create.attrs.ifi_change, IFF_UP);
	assert_string_equal(stmt->peer.prefix, "v1");
	assert_int_equal(stmt->create.peer_attrs.ifi_flags, IFF_UP);
	assert_int_equal(stmt->create.peer_attrs.linkmode, IF_LINK_MODE_DORMANT);
	assert_int_equal(stmt->create.peer_attrs.operstate, IF_OPER_UP);
	assert_string_equal(stmt_at(&f, 3, STMT_IP_LINK_ADD)->peer.prefix, "v3");
	assert_string_equal(stmt_at(&f, 4, STMT_IP_LINK_DEL)->dev.prefix, "d0");
	assert_string_equal(stmt_at(&f, 5, STMT_IP_LINK_DEL)->dev.prefix, "d1");
	assert_int_equal(f.scenario->max_devices, 6);
	teardown(&f);
}

static void scenario_parse__ip_errors(void **state)
{
	(void)state;
	assert_refused("ip\n", 1, 3, "expected 'link', found the end of the line");
	assert_refused("ip lnk set lo up\n", 1, 4, "unknown word 'lnk', did you mean 'link'?");
	assert_refused("ip link\n", 1, 8,
		       "expected one of set, add, del, delete, found the end of the line");
	assert_refused("ip link sat lo\n", 1, 9, "unknown word 'sat', did you mean 'set'?");
	assert_refused("ip link set\n", 1, 12,
		       "expected a device's name, found the end of the line");
	assert_refused("ip link set dev\n", 1, 16,
		       "expected a device's name, found the end of the line");
	assert_refused("ip link set lo dev\n", 1, 19,
		       "expected a device's name, found the end of the line");
	assert_refused("ip link set lo dev lo\n", 1, 20, "second device, expected only one");
	assert_refused("ip link set lo x\n", 1, 16, "unknown word 'x', expected " LINK_WORDS);
	assert_refused("ip link set lo \"up\"\n", 1, 16,
		       "expected the end of the line, found \"up\"");
	assert_refused("ip link set \"lo\"\n", 1, 13, "expected a device's name, found \"lo\"");
	assert_refused("ip link set lo up up\n", 1, 19, "'up' twice, expected it once");
	assert_refused("ip link set lo up down\n", 1, 19,
		       "'down' after 'up', expected only one of them");
	assert_refused("ip link set lo down arp on up\n", 1, 28,
		       "'up' after 'down', expected only one of them");
	assert_refused("ip link set lo carrier\n", 1, 23,
		       "expected on or off, found the end of the line");
	assert_refused("ip link set lo promisc x\n", 1, 24,
		       "unknown promisc 'x', expected on or off");
	assert_refused("ip link set lo state\n", 1, 21,
		       "expected an operstate, found the end of the line");
	assert_refused("ip link set lo state UPP\n", 1, 22,
		       "unknown operstate 'UPP', did you mean 'UP'?");
	assert_refused("ip link set lo mode\n", 1, 20,
		       "expected a link mode, found the end of the line");
	assert_refused("ip link set lo mode testing\n", 1, 21,
		       "unknown link mode 'testing', expected default or dormant");
	assert_refused("ip link add\n", 1, 12,
		       "expected a device's name, found the end of the line");
	assert_refused("ip link add x up up type dummy\n", 1, 18, "'up' twice, expected it once");
	assert_refused("ip link add x\n", 1, 14, "expected 'type', found the end of the line");
	assert_refused("ip link add x type\n", 1, 19,
		       "expected " LINK_KINDS ", found the end of the line");
	assert_refused("ip link add x type dumy\n", 1, 20,
		       "unknown type 'dumy', did you mean 'dummy'?");
	assert_refused("ip link add x type dummy up\n", 1, 26,
		       "expected the end of the line (other words go before 'type'), found 'up'");
	assert_refused("ip link add x type veth\n", 1, 24,
		       "expected 'peer NAME' (ip would choose a name), found the end of the line");
	assert_refused("ip link add x type veth peer up\n", 1, 32,
		       "expected a device's name, found the end of the line");
	assert_refused("ip link add x type veth peer y z\n", 1, 32,
		       "unknown word 'z', expected " LINK_WORDS);
	assert_refused("ip link del dev\n", 1, 16,
		       "expected a device's name, found the end of the line");
}

static void scenario_parse__words_of_later_are_told_from_unknown_ones(void **state)
{
	(void)state;
	assert_refused("ip monitor\n", 1, 4,
		       "lwsim does not support 'monitor' yet, expected 'link'");
	assert_refused("ip netns list\n", 1, 10,
		       "lwsim does not support 'list' yet, expected one of add, del, delete");
	assert_refused("ip link show\n", 1, 9,
		       "lwsim does not support 'show' yet, expected one of set, add, del, "
		       "delete");
	assert_refused("ip link set lo addr x\n", 1, 16,
		       "lwsim does not support 'addr' yet, expected " LINK_WORDS);
	assert_refused("ip link set lo type vlan\n", 1, 16,
		       "lwsim does not support 'type' yet, expected " LINK_WORDS);
	assert_refused("setlink lo vf 0\n", 1, 12,
		       "lwsim does not support 'vf' yet, expected " LINK_WORDS);
	assert_refused("ip link add t0 type vxlan\n", 1, 21,
		       "lwsim does not support 'vxlan' yet, expected dummy (its operstate stays "
		       "UNKNOWN, too)");
	assert_refused("ip link add t0 type tun\n", 1, 21,
		       "'ip link add' cannot create a 'tun', expected 'ip tuntap add'");
	assert_refused("ip link add t0 type tap\n", 1, 21,
		       "'ip link add' cannot create a 'tap', expected 'ip tuntap add'");
}

static void scenario_parse__attributes_are_read(void **state)
{
	struct fixture f;
	const struct stmt *stmt;

	(void)state;
	parse(&f,
	      "ip link add d0 type dummy\n"
	      "ip link set d0 address 2:aB:0:0:0:f alias \"a b\" group default mtu 9000 name d1\n"
	      "setlink d1 group 5 qlen 7 protodown on alias x name d2\n"
	      "ip link add d3 numtxqueues 4096 numrxqueues 1 txqlen 9 type dummy\n"
	      "ip link add link d2 name m type macvlan mode private\n"
	      "ip link add link d2 name i type ipvlan vepa mode l3\n"
	      "ip link add link d2 name v type vlan protocol 802.1AD id 1\n");
	stmt = stmt_at(&f, 1, STMT_IP_LINK_SET);
	assert_true(stmt->attrs.address == UINT64_C(0x02ab0000000f));
	assert_true(stmt->attrs.has_alias && stmt->attrs.has_group && !stmt->attrs.has_txqlen);
	assert_int_equal(stmt->attrs.mtu, 9000);
	assert_string_equal(stmt->new_name.prefix, "d1");
	stmt = stmt_at(&f, 2, STMT_SETLINK);
	assert_true(stmt->attrs.has_proto_down && stmt->attrs.proto_down);
	assert_false(stmt->attrs.has_mtu);
	assert_int_equal(stmt->attrs.txqlen, 7);
	assert_int_equal(stmt_at(&f, 3, STMT_IP_LINK_ADD)->create.attrs.txqlen, 9);
	assert_int_equal(stmt_at(&f, 6, STMT_IP_LINK_ADD)->create.vlan_proto, 0x88a8);
	teardown(&f);
}

static void scenario_parse__setlink_is_read(void **state)
{
	struct fixture f;
	const struct stmt *stmt;

	(void)state;
	parse(&f, "setlink lo up mode testing\n");
	stmt = stmt_at(&f, 0, STMT_SETLINK);
	assert_int_equal(stmt->attrs.ifi_flags, IFF_UP);
	assert_int_equal(stmt->attrs.linkmode, IF_LINK_MODE_TESTING);
	teardown(&f);
	assert_refused("setlink\n", 1, 8, "expected a device's name, found the end of the line");
	assert_refused("setlink lo\n", 1, 11,
		       "expected a word such as 'up', found the end of the line");
	assert_refused("setlink lo upp\n", 1, 12, "unknown word 'upp', did you mean 'up'?");
	assert_refused("setlink lo mode x\n", 1, 17,
		       "unknown link mode 'x', expected one of default, dormant, testing");
}

/* However it was moved there. */
static void scenario_parse__a_device_is_known_where_it_was_moved_to(void **state)
{
	struct fixture f;

	(void)state;
	parse(&f, "ip netns add n1\nip link add d0 type dummy\nsetlink d0 netns n1\n"
		  "setlink -n n1 d0 up\nip -n n1 link set d0 netns 1\n");
	assert_string_equal(stmt_at(&f, 3, STMT_SETLINK)->netns.prefix, "n1");
	teardown(&f);
	assert_refused("ip netns add n1\nip link add d0 type dummy\nsetlink -n n1 d0 up\n", 3, 15,
		       "no line creates device 'n1/d0', did you mean 'n1/lo'?");
}

static void scenario_parse__expected_errors_are_read(void **state)
{
	struct fixture f;
	const struct stmt *stmt;

	(void)state;
	parse(&f, "dev_open lo = ENETDOWN\ndev_open lo = \"a\\nb\"\ndev_open lo\n");
	stmt = stmt_at(&f, 0, STMT_DEV_OPEN);
	assert_true(stmt->expected_error.is_set);
	assert_int_equal(stmt->expected_error.error, ENETDOWN);
	assert_null(stmt->expected_error.text);
	assert_int_equal(stmt->expected_error.span.off, 14);
	stmt = stmt_at(&f, 1, STMT_DEV_OPEN);
	assert_int_equal(stmt->expected_error.error, 0);
	assert_string_equal(stmt->expected_error.text, "a\nb");
	assert_false(stmt_at(&f, 2, STMT_DEV_OPEN)->expected_error.is_set);
	teardown(&f);
	assert_refused("dev_open lo =\n", 1, 14,
		       "expected an error's name or \"text\", found the end of the line");
	assert_refused("dev_open lo = {\n}\n", 1, 15,
		       "expected an error's name or \"text\", found '{'");
	assert_refused("dev_open lo = ENETDWN\n", 1, 15,
		       "unknown error 'ENETDWN', did you mean 'ENETDOWN'?");
	assert_refused("dev_open lo = down\n", 1, 15,
		       "unknown error 'down', expected a name such as ENETDOWN, or the \"text\"");
	assert_refused("dev_open lo = ENODEV x\n", 1, 22,
		       "expected the end of the line, found 'x'");
	assert_refused("dev_open = ENODEV\n", 1, 10, "expected a device's name, found '='");
	assert_refused("mark = ENODEV\n", 1, 6, "expected the end of the line, found '='");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scenario_parse__every_action_is_read),
		cmocka_unit_test(scenario_parse__virtnet_is_read),
		cmocka_unit_test(scenario_parse__virtnet_errors),
		cmocka_unit_test(scenario_parse__durations_ifconfig_and_sysfs_are_read),
		cmocka_unit_test(scenario_parse__ip_link_set_takes_ips_order),
		cmocka_unit_test(scenario_parse__ip_link_set_reads_all_words),
		cmocka_unit_test(scenario_parse__ip_link_add_and_del_are_read),
		cmocka_unit_test(scenario_parse__ip_errors),
		cmocka_unit_test(scenario_parse__words_of_later_are_told_from_unknown_ones),
		cmocka_unit_test(scenario_parse__attributes_are_read),
		cmocka_unit_test(scenario_parse__setlink_is_read),
		cmocka_unit_test(scenario_parse__a_device_is_known_where_it_was_moved_to),
		cmocka_unit_test(scenario_parse__expected_errors_are_read),
	};

	return cmocka_run_group_tests_name("parse_actions", tests, NULL, NULL);
}
