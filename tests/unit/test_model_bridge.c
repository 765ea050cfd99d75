// SPDX-License-Identifier: GPL-2.0-or-later
#include "master_fixture.h"

/* br0, which is up, and d0 and d1, which are down and not ports; at rest at jiffy 300. */
static struct fixture *start(void)
{
	struct fixture *f = fixture_start("6.1", 100);

	link_up(f, add_bridge(f, "br0"));
	add_dummy(f, "d0");
	add_dummy(f, "d1");
	run_to_j(f, 300);
	forget_log(f);
	return f;
}

/* traces/bridge.6.1.trace, line by line, without AF_BRIDGE */
static void bridge__as_the_real_kernel_has_it(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *br0, *d0;

	(void)state;
	f->is_full = true;
	run_to_ms(f, 1005);
	br0 = add_bridge(f, "br0");
	d0 = add_dummy(f, "d0");
	run_to_ms(f, 1105);
	join(f, d0, br0);
	run_to_ms(f, 1205);
	link_up(f, br0);
	run_to_ms(f, 1505);
	link_up(f, d0);
	run_to_ms(f, 3005);
	carrier_of(f, d0, false);
	run_to_ms(f, 3105);
	carrier_of(f, d0, true);
	run_to_ms(f, 5005);
	leave(f, d0);
	run_to_ms(f, 7005);
	link_down(f, br0);
	expect_log(
		f,
		"100 br0 <> DOWN mode=0 qdisc=noop change=ffffffff up/down=0/0\n"
		"100 d0 <> DOWN mode=0 qdisc=noop change=ffffffff up/down=0/0\n"
		"110 d0 <> DOWN mode=0 qdisc=noop change=0 up/down=0/0\n"
		"110 d0 <> DOWN mode=0 qdisc=noop change=100 up/down=0/0\n"
		"110 br0 <> DOWN mode=0 qdisc=noop change=0 up/down=0/0\n"
		"110 br0 <> DOWN mode=0 qdisc=noop change=0 up/down=0/1\n"
		"120 br0 <UP> DOWN mode=0 qdisc=noqueue change=1 up/down=0/1\n"
		"150 d0 <UP,RUNNING,LOWER_UP> UNKNOWN mode=0 qdisc=noqueue change=1 up/down=0/0\n"
		"150 br0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=1/1\n"
		"300 d0 <UP> DOWN mode=0 qdisc=noqueue change=0 up/down=0/1\n"
		"310 d0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=1/1\n"
		"408 br0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=2/2\n"
		"500 d0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=100 up/down=1/1\n"
		"500 d0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=1/1\n"
		"500 br0 <UP,RUNNING> UP mode=0 qdisc=noqueue change=0 up/down=2/3\n"
		"500 br0 <UP,RUNNING> UP mode=0 qdisc=noqueue change=0 up/down=2/3\n"
		"509 br0 <UP> DOWN mode=0 qdisc=noqueue change=0 up/down=2/3\n"
		"700 br0 <> DOWN mode=0 qdisc=noqueue change=1 up/down=2/3\n");
	fixture_stop(f);
}

/* A bridge has carrier while one port forwards: the port is up, runs and is oper up, and the bridge
 * is up. */
static void carrier__while_one_port_forwards(void **state)
{
	struct fixture *f = start();
	struct net_device *br0 = find(f, "br0"), *d0 = find(f, "d0"), *d1 = find(f, "d1");

	(void)state;
	assert_true(netif_carrier_ok(br0)); /* it never had a port */
	join(f, d0, br0);
	assert_false(netif_carrier_ok(br0));
	link_up(f, d0);
	assert_true(netif_carrier_ok(br0));
	join(f, d1, br0);
	link_up(f, d1);
	link_down(f, d0);
	assert_true(netif_carrier_ok(br0));
	carrier_of(f, d1, false);
	assert_true(netif_carrier_ok(br0)); /* linkwatch has not run yet */
	linkwatch_run_queue(f->m);
	assert_false(netif_carrier_ok(br0));
	carrier_of(f, d1, true);
	linkwatch_run_queue(f->m);
	assert_true(netif_carrier_ok(br0));
	assert_int_equal(set_operstate_of(f, d1, IF_OPER_DORMANT), 0);
	assert_false(netif_carrier_ok(br0));
	assert_int_equal(set_operstate_of(f, d1, IF_OPER_UP), 0);
	assert_true(netif_carrier_ok(br0));
	assert_int_equal(set_linkmode_of(f, d1, IF_LINK_MODE_DORMANT), 0); /* an empty CHANGE */
	assert_true(netif_carrier_ok(br0));
	assert_int_equal(delete_link_of(f, d1), 0);
	assert_false(netif_carrier_ok(br0));
	fixture_stop(f);
}

/* While the bridge is down, its ports do not matter; it checks them when it is opened. */
static void bridge_that_is_down__has_no_carrier_but_the_first(void **state)
{
	struct fixture *f = start();
	struct net_device *br0 = find(f, "br0"), *d0 = find(f, "d0"), *d1 = find(f, "d1");

	(void)state;
	join(f, d0, br0);
	join(f, d1, br0);
	link_up(f, d0);
	link_down(f, br0);
	assert_false(netif_carrier_ok(br0));
	link_down(f, d0);
	link_up(f, d0);
	carrier_of(f, d0, false);
	linkwatch_run_queue(f->m);
	carrier_of(f, d0, true);
	linkwatch_run_queue(f->m);
	link_up(f, d1);
	assert_false(netif_carrier_ok(br0));
	link_down(f, d1);
	link_up(f, br0);
	assert_true(netif_carrier_ok(br0));
	link_down(f, d0);
	assert_false(netif_carrier_ok(br0));
	fixture_stop(f);
}

static void port__that_is_up_already(void **state)
{
	struct fixture *f = start();
	struct net_device *br0 = find(f, "br0"), *br1 = add_bridge(f, "br1");
	struct net_device *d0 = find(f, "d0"), *v0 = add_veth(f, "v0", "v1");

	(void)state;
	link_up(f, d0);
	run_to_j(f, 500);
	forget_log(f);
	join(f, d0, br0); /* its carrier is off in between, so it has another event */
	assert_true(netif_carrier_ok(br0));
	assert_int_equal(br0->carrier_down_count, 1);
	assert_int_equal(br0->carrier_up_count, 1);
	join(f, d0, br1); /* br1 is down */
	assert_false(netif_carrier_ok(br1));
	link_up(f, v0);
	settle(f);
	join(f, v0, br0); /* LOWERLAYERDOWN */
	assert_false(netif_carrier_ok(br0));
	link_down(f, v0);
	link_up(f, v0);
	assert_false(netif_carrier_ok(br0));
	link_up(f, find(f, "v1"));
	assert_true(netif_carrier_ok(br0));
	fixture_stop(f);
}

static void address__is_the_lowest_of_its_ports(void **state)
{
	struct fixture *f = start();
	struct net_device *br0 = find(f, "br0"), *d0 = find(f, "d0"), *d1 = find(f, "d1");
	struct net_device *vlan = add_upper(f, LINK_KIND_VLAN, "br0.5", br0, 5);
	uint64_t own = br0->address;

	(void)state;
	join(f, d1, br0);
	assert_int_equal(br0->address, d1->address);
	join(f, d0, br0);
	assert_int_equal(br0->address, d0->address);
	link_up(f, vlan);
	assert_int_equal(vlan->address, d0->address);
	run_to_j(f, 500);
	forget_log(f);
	lock(f);
	assert_int_equal(dev_set_mac_address(d1, d0->address - 1), 0);
	unlock(f);
	expect_log(f, "500 d1 - DOWN 0\n500 br0 U DOWN 0\n500 br0.5 U LOWERLAYERDOWN 0\n");
	assert_int_equal(vlan->address, d1->address);
	lock(f);
	assert_int_equal(dev_set_mac_address(d0, 1000), 0);
	unlock(f);
	expect_log(f, "500 d0 - DOWN 0\n"); /* no longer the lowest */
	leave(f, d0);
	leave(f, d1);
	assert_int_equal(br0->address, 0);
	lock(f);
	assert_int_equal(dev_set_mac_address(br0, own), 0);
	assert_int_equal(dev_set_mac_address(br0, own), 0);
	unlock(f);
	join(f, d0, br0);
	assert_int_equal(br0->address, own); /* its own was set */
	fixture_stop(f);
}

static void port__must_be_fit_for_it(void **state)
{
	struct fixture *f = start();
	struct net_device *br0 = find(f, "br0"), *d0 = find(f, "d0"), *d1 = find(f, "d1");

	(void)state;
	expect_refusal(f, find(f, "lo"), br0, -EINVAL, NULL);
	expect_refusal(f, add_bridge(f, "br1"), br0, -ELOOP,
		       "Can not enslave a bridge to a bridge");
	expect_refusal(f, br0, br0, -ELOOP, "Can not enslave a bridge to a bridge");
	add_upper(f, LINK_KIND_MACVLAN, "m0", d0, 0);
	expect_refusal(f, d0, br0, -EBUSY, NULL);
	expect_refusal(f, add_upper(f, LINK_KIND_IPVLAN, "i0", d1, 0), br0, -EINVAL, NULL);
	expect_refusal(f, add_upper(f, LINK_KIND_VLAN, "br0.5", br0, 5), br0, -EBUSY, NULL);
	assert_int_equal(d0->promiscuity, 0);
	fixture_stop(f);
}

/* Ports leave before their bridge is closed, the newest first. */
static void dellink__of_port_and_bridge(void **state)
{
	struct fixture *f = start();
	struct net_device *br0 = find(f, "br0"), *d0 = find(f, "d0"), *d1 = find(f, "d1");

	(void)state;
	join(f, d0, br0);
	join(f, d1, br0);
	link_up(f, d0);
	run_to_j(f, 600);
	forget_log(f);
	assert_int_equal(delete_link_of(f, br0), 0);
	expect_log(f, "600 d1 - DOWN 100\n"
		      "600 d1 - DOWN 0\n"
		      "600 d0 URL UNKNOWN 100\n"
		      "600 d0 URL UNKNOWN 0\n"
		      "600 br0 - DOWN 41\n"
		      "600 DEL br0 - DOWN ffffffff\n");
	br0 = add_bridge(f, "br0");
	join(f, d0, br0);
	assert_int_equal(delete_link_of(f, d0), 0);
	fixture_stop(f);
}

/* A bond restores the address of a slave that leaves, but not if it is a bridge that is being
 * deleted. */
static void set_mac_address__not_while_it_goes(void **state)
{
	struct fixture *f = start();
	struct net_device *br0 = find(f, "br0"), *b0 = add_bond(f, "b0", BOND_MODE_XOR, 0);
	uint64_t address = br0->address;

	(void)state;
	link_down(f, br0);
	join(f, find(f, "d0"), b0);
	join(f, br0, b0); /* a bridge can be a slave */
	assert_int_equal(br0->address, b0->address);
	assert_int_not_equal(br0->address, address);
	assert_int_equal(delete_link_of(f, br0), 0);
	assert_null(dev_get_by_name(f->m, "br0"));
	fixture_stop(f);
}

/* VLAN_FLAG_BRIDGE_BINDING: VLAN 1 has all ports, other VLANs have none. */
static void bound_vlan__has_the_carrier_of_its_ports(void **state)
{
	struct fixture *f = start();
	struct net_device *br0 = find(f, "br0"), *d0 = find(f, "d0"), *d1 = find(f, "d1");
	struct link_create create = upper_create(LINK_KIND_VLAN, "br0.1", br0, 1);
	struct net_device *vlan1, *vlan2, *late, *free_vlan;

	(void)state;
	create.is_bridge_bound = true;
	assert_int_equal(new_link(f, &create), 0);
	vlan1 = find(f, "br0.1");
	copy_name(create.name, "br0.2");
	create.vlan_id = 2;
	assert_int_equal(new_link(f, &create), 0);
	vlan2 = find(f, "br0.2");
	free_vlan = add_upper(f, LINK_KIND_VLAN, "br0.3", br0, 3);
	assert_false(netif_carrier_ok(vlan1)); /* no ports */
	join(f, d0, br0);
	link_up(f, d0);
	settle(f);
	assert_true(netif_carrier_ok(vlan1));
	assert_false(netif_carrier_ok(vlan2));
	assert_true(netif_carrier_ok(free_vlan));
	copy_name(create.name, "q");
	create.vlan_id = 1;
	create.vlan_proto = 0x88a8;
	assert_int_equal(new_link(f, &create), 0);
	late = find(f, "q");
	assert_true(netif_carrier_ok(late)); /* once it is linked */
	join(f, d1, br0);
	link_up(f, d1);
	link_down(f, d0);
	assert_true(netif_carrier_ok(vlan1));
	link_down(f, d1);
	assert_false(netif_carrier_ok(vlan1));
	link_up(f, d1);
	assert_int_equal(set_operstate_of(f, d1, IF_OPER_DORMANT), 0);
	assert_false(netif_carrier_ok(vlan1));
	assert_int_equal(set_operstate_of(f, d1, IF_OPER_UP), 0);
	link_up(f, d0);
	assert_int_equal(set_operstate_of(f, d0, IF_OPER_DORMANT), 0);
	assert_true(netif_carrier_ok(vlan1)); /* d1 remains */
	linkwatch_run_queue(f->m);
	assert_true(netif_carrier_ok(vlan1));
	link_down(f, br0);
	link_up(f, br0);
	settle(f);
	assert_true(netif_carrier_ok(vlan1));
	fixture_stop(f);
}

/* A bridge needs all that its ports receive; other requests are counted with it. */
static void promiscuity__is_counted(void **state)
{
	struct fixture *f = start();
	struct net_device *br0 = find(f, "br0"), *d0 = find(f, "d0");

	(void)state;
	join(f, d0, br0);
	expect_log(f, "300 d0 - DOWN 0\n"
		      "300 d0 - DOWN 100\n"
		      "300 br0 URL UNKNOWN 0\n"
		      "300 br0 UR UNKNOWN 0\n"
		      "300 br0 U DOWN 0\n");
	assert_int_equal(d0->flags & IFF_PROMISC, IFF_PROMISC);
	set_promisc(f, d0, true);
	expect_log(f, "300 d0 - DOWN 100\n");
	set_promisc(f, br0, true); /* its ports are promiscuous already */
	expect_log(f, "300 br0 U DOWN 100\n");
	assert_int_equal(d0->promiscuity, 2);
	leave(f, d0);
	assert_int_equal(d0->flags & IFF_PROMISC, IFF_PROMISC);
	set_promisc(f, d0, false);
	assert_int_equal(d0->flags & IFF_PROMISC, 0);
	fixture_stop(f);
}

static void resend_igmp__goes_on_to_the_bridge(void **state)
{
	struct fixture *f = start();
	struct net_device *b0 = add_bond(f, "b0", BOND_MODE_ACTIVEBACKUP, 100);

	(void)state;
	join(f, b0, find(f, "br0"));
	link_up(f, b0);
	join(f, find(f, "d0"), b0);
	f->traced = BIT(TRACE_NOTIFIER);
	forget_log(f);
	run_to_j(f, 305);
	assert_non_null(strstr(f->log, "notifier b0 RESEND_IGMP\n"));
	assert_non_null(strstr(f->log, "notifier br0 RESEND_IGMP\n"));
	fixture_stop(f);
}

/* br_dev_newlink() passes an address to the STP code, which checks the ports. */
static void br_dev_newlink__with_an_address_has_no_carrier(void **state)
{
	struct link_create create = {
		.kind = LINK_KIND_BRIDGE,
		.name = "br0",
		.attrs = { .has_address = true, .address = 0x020000000001 },
	};
	struct fixture *f = fixture_start("6.1", 100);

	(void)state;
	assert_int_equal(new_link(f, &create), 0);
	expect_log(f, "0 br0 - DOWN ffffffff\n");
	assert_false(netif_carrier_ok(find(f, "br0")));
	copy_name(create.name, "br1");
	refuse(f, "br1", NETDEV_POST_INIT, -EPERM);
	assert_int_equal(new_link(f, &create), -EPERM);
	fixture_stop(f);
}

/* As in tests/traces/lanes/bridge_features.*.trace; the second port makes the difference. */
static void features__are_told_of_each_port_and_last(void **state)
{
	static const struct {
		const char *kernel, *first, *second, *one_of_two, *last;
	} cases[] = {
		{ "6.12",
		  "500 d0 URL UNKNOWN 0\n"
		  "500 d0 URL UNKNOWN 100\n"
		  "500 br0 URL UNKNOWN 0\n"
		  "500 br0 URL UNKNOWN 0\n"
		  "500 br0 URL UP 0\n",
		  "800 d1 URL UNKNOWN 0\n"
		  "800 d1 URL UNKNOWN 100\n",
		  "1100 d1 URL UNKNOWN 100\n"
		  "1100 d1 URL UNKNOWN 0\n",
		  "1200 d0 URL UNKNOWN 100\n"
		  "1200 d0 URL UNKNOWN 0\n"
		  "1200 br0 UR UP 0\n"
		  "1200 br0 UR UP 0\n"
		  "1200 br0 U DOWN 0\n" },
		{ "7.2",
		  "500 d0 URL UNKNOWN 0\n"
		  "500 d0 URL UNKNOWN 100\n"
		  "500 br0 URL UNKNOWN 0\n"
		  "500 br0 URL UNKNOWN 0\n"
		  "500 br0 URL UP 0\n",
		  "800 d1 URL UNKNOWN 0\n"
		  "800 d1 URL UNKNOWN 100\n"
		  "800 br0 URL UP 0\n",
		  "1100 d1 URL UNKNOWN 100\n"
		  "1100 d1 URL UNKNOWN 0\n"
		  "1100 br0 URL UP 0\n",
		  "1200 d0 URL UNKNOWN 100\n"
		  "1200 d0 URL UNKNOWN 0\n"
		  "1200 br0 UR UP 0\n"
		  "1200 br0 UR UP 0\n"
		  "1200 br0 U DOWN 0\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);
		struct net_device *br0 = add_bridge(f, "br0");
		struct net_device *d0 = add_dummy(f, "d0"), *d1 = add_dummy(f, "d1");

		link_up(f, br0);
		link_up(f, d0);
		link_up(f, d1);
		run_to_ms(f, 5005);
		forget_log(f);
		join(f, d0, br0);
		run_to_ms(f, 8005);
		expect_log(f, cases[i].first);
		join(f, d1, br0);
		run_to_ms(f, 11005);
		expect_log(f, cases[i].second);
		leave(f, d1);
		run_to_ms(f, 12005);
		expect_log(f, cases[i].one_of_two);
		leave(f, d0);
		run_to_ms(f, 14005);
		expect_log(f, cases[i].last);
		fixture_stop(f);
	}
}

/* As recorded on both: before, a bridge without carrier sent its features before its carrier was
 * back. */
static void features__are_told_with_the_carrier_of_the_first_port(void **state)
{
	static const struct {
		const char *kernel, *joined;
	} cases[] = {
		{ "6.12", "500 br0 U DOWN 0\n500 br0 UL DOWN 0\n500 br0 URL UP 0\n" },
		{ "7.2", "500 br0 UL DOWN 0\n500 br0 UL DOWN 0\n500 br0 URL UP 0\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);
		struct net_device *br0 = add_bridge(f, "br0"), *d0 = add_dummy(f, "d0");

		link_up(f, br0);
		link_up(f, d0);
		join(f, d0, br0);
		leave(f, d0);
		run_to_ms(f, 5005);
		forget_log(f);
		join(f, d0, br0);
		settle(f);
		assert_string_equal(strstr(f->log, "500 br0"), cases[i].joined);
		fixture_stop(f);
	}
}

/* It follows the lowest MTU of its ports until a different one is set. */
static void mtu__is_the_least_of_its_ports(void **state)
{
	struct fixture *f = start();
	struct net_device *br0 = find(f, "br0"), *d0 = find(f, "d0"), *d1 = find(f, "d1");

	(void)state;
	assert_int_equal(set_mtu(f, br0, 1500), 0); /* already the value */
	assert_int_equal(set_mtu(f, d0, 1400), 0);
	assert_int_equal(set_mtu(f, d1, 100000), 0);
	join(f, d0, br0);
	assert_int_equal(br0->mtu, 1400);
	settle(f);
	forget_log(f);
	assert_int_equal(set_mtu(f, d0, 1300), 0);
	expect_log(f, "300 d0 - DOWN 0\n300 br0 U DOWN 0\n");
	assert_int_equal(br0->mtu, 1300);
	join(f, d1, br0);
	assert_int_equal(br0->mtu, 1300);
	assert_int_equal(set_mtu(f, d1, 1200), 0);
	assert_int_equal(br0->mtu, 1200);
	assert_int_equal(set_mtu(f, d1, 100000), 0);
	assert_int_equal(br0->mtu, 1300);
	leave(f, d0);
	assert_int_equal(br0->mtu, 1300); /* it cannot exceed 65535 */
	assert_int_equal(set_mtu(f, d1, 1600), 0);
	assert_int_equal(br0->mtu, 1600);
	leave(f, d1);
	assert_int_equal(br0->mtu, 1500);
	assert_int_equal(set_mtu(f, br0, 1700), 0);
	join(f, d0, br0);
	assert_int_equal(set_mtu(f, d0, 1200), 0);
	assert_int_equal(br0->mtu, 1700);
	leave(f, d0);
	assert_int_equal(br0->mtu, 1700);
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(br_dev_newlink__with_an_address_has_no_carrier),
		cmocka_unit_test(bridge__as_the_real_kernel_has_it),
		cmocka_unit_test(carrier__while_one_port_forwards),
		cmocka_unit_test(bridge_that_is_down__has_no_carrier_but_the_first),
		cmocka_unit_test(port__that_is_up_already),
		cmocka_unit_test(address__is_the_lowest_of_its_ports),
		cmocka_unit_test(port__must_be_fit_for_it),
		cmocka_unit_test(mtu__is_the_least_of_its_ports),
		cmocka_unit_test(dellink__of_port_and_bridge),
		cmocka_unit_test(set_mac_address__not_while_it_goes),
		cmocka_unit_test(bound_vlan__has_the_carrier_of_its_ports),
		cmocka_unit_test(promiscuity__is_counted),
		cmocka_unit_test(resend_igmp__goes_on_to_the_bridge),
		cmocka_unit_test(features__are_told_of_each_port_and_last),
		cmocka_unit_test(features__are_told_with_the_carrier_of_the_first_port),
	};

	return cmocka_run_group_tests_name("bridge", tests, NULL, NULL);
}
