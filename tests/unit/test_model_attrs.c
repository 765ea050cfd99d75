// SPDX-License-Identifier: GPL-2.0-or-later
#include "master_fixture.h"

#define ADDRESS UINT64_C(0x020000000077)
#define GROUP_ADDRESS UINT64_C(0x010000000001)

static int set_address_of(struct fixture *f, struct net_device *dev, uint64_t address)
{
	struct link_attrs attrs = { .has_address = true, .address = address };

	return set_link(f, dev, &attrs);
}

static int set_txqlen(struct fixture *f, struct net_device *dev, uint32_t len)
{
	struct link_attrs attrs = { .has_txqlen = true, .txqlen = len };

	return set_link(f, dev, &attrs);
}

static int set_proto_down(struct fixture *f, struct net_device *dev, bool is_on)
{
	struct link_attrs attrs = { .has_proto_down = true, .proto_down = is_on };

	return set_link(f, dev, &attrs);
}

static int set_name(struct fixture *f, struct net_device *dev, const char *name)
{
	struct link_attrs attrs = { 0 };

	copy_name(attrs.ifname, name);
	return set_link(f, dev, &attrs);
}

static int add_with(struct fixture *f, enum link_kind kind, const char *name,
		    const struct link_attrs *attrs, const struct net_device *lower)
{
	struct link_create create = { .kind = kind, .attrs = *attrs, .peer_name = "peer" };

	create.link = lower ? lower->ifindex : 0;
	create.vlan_id = 9;
	copy_name(create.name, name);
	return new_link(f, &create);
}

static void do_setlink__alias_and_group_are_told_at_the_end(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d = add_dummy(f, "d");
	struct link_attrs alias = { .has_alias = true };
	struct link_attrs all = { .has_group = true,
				  .ifi_flags = IFF_UP,
				  .ifi_change = IFF_UP,
				  .has_linkmode = true,
				  .linkmode = IF_LINK_MODE_DORMANT };
	struct link_attrs failing = { .has_group = true, .ifname = "d/" };

	(void)state;
	forget_log(f);
	assert_int_equal(set_link(f, d, &alias), 0); /* not for a device that is down */
	expect_log(f, "");
	assert_int_equal(set_link(f, d, &all), 0);
	expect_log(f, "0 d URL UNKNOWN 1\n"
		      "0 d URL UNKNOWN 0\n");
	assert_int_equal(set_link(f, d, &failing), -EBUSY);
	expect_log(f, "0 d URL UNKNOWN 0\n");
	fixture_stop(f);
}

static void do_setlink__stops_at_the_first_error(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d = add_dummy(f, "d");
	struct link_attrs attrs = {
		.net = init_net(f->m),
		.has_address = true,
		.has_mtu = true,
		.mtu = 1000,
		.has_group = true,
		.ifname = "lo",
		.has_alias = true,
		.ifi_change = IFF_UP,
		.ifi_flags = IFF_UP,
		.has_txqlen = true,
		.txqlen = 7,
	};

	(void)state;
	assert_int_equal(set_link(f, d, &attrs), -EADDRNOTAVAIL);
	assert_int_equal(d->mtu, 1500);
	attrs.address = ADDRESS;
	assert_int_equal(set_link(f, d, &attrs), -EEXIST);
	assert_int_equal(d->mtu, 1000);
	assert_false(d->flags & IFF_UP);
	copy_name(attrs.ifname, "e");
	refuse(f, "e", NETDEV_PRE_UP, -EPERM);
	assert_int_equal(set_link(f, d, &attrs), -EPERM);
	assert_int_equal(d->tx_queue_len, 1000);
	fixture_stop(f);
}

static void dev_set_mac_address__as_its_driver_has_it(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d = add_dummy(f, "d"), *i;

	(void)state;
	forget_log(f);
	assert_int_equal(set_address_of(f, d, ADDRESS), 0);
	expect_log(f, "0 d - DOWN 0\n");
	assert_true(d->address == ADDRESS);
	assert_int_equal(set_address_of(f, d, 0), -EADDRNOTAVAIL);
	assert_int_equal(set_address_of(f, d, GROUP_ADDRESS), -EADDRNOTAVAIL);
	netif_device_detach(d);
	assert_int_equal(set_address_of(f, d, GROUP_ADDRESS), -ENODEV);
	netif_device_attach(d);
	i = add_upper(f, LINK_KIND_IPVLAN, "i", d, 0);
	assert_int_equal(set_address_of(f, i, ADDRESS), -EOPNOTSUPP);
	i = add_device(f, "t", &tun_netdev_ops);
	assert_int_equal(set_address_of(f, i, ADDRESS), -EOPNOTSUPP);
	fixture_stop(f);
}

static void rtnl_newlink__takes_address_and_mtu(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct link_attrs attrs = { .has_address = true, .address = GROUP_ADDRESS };
	struct net_device *d = add_dummy(f, "d");
	struct link_create veth = { .kind = LINK_KIND_VETH, .name = "v", .peer_name = "w" };

	(void)state;
	assert_int_equal(add_with(f, LINK_KIND_DUMMY, "a", &attrs, NULL), -EADDRNOTAVAIL);
	assert_int_equal(add_with(f, LINK_KIND_IPVLAN, "i", &attrs, d), 0);
	assert_true(find(f, "i")->address == d->address);
	attrs.address = ADDRESS;
	attrs.has_txqlen = true;
	attrs.txqlen = 5;
	assert_int_equal(add_with(f, LINK_KIND_DUMMY, "a", &attrs, NULL), 0);
	assert_true(find(f, "a")->address == ADDRESS);
	assert_int_equal(find(f, "a")->tx_queue_len, 5);
	assert_int_equal(add_with(f, LINK_KIND_VLAN, "u", &attrs, d), 0);
	assert_true(find(f, "u")->address == ADDRESS);

	veth.peer_attrs.has_address = true;
	assert_int_equal(new_link(f, &veth), -EADDRNOTAVAIL);
	veth.peer_attrs.address = ADDRESS;
	veth.peer_attrs.has_mtu = true;
	veth.peer_attrs.mtu = 67;
	assert_int_equal(new_link(f, &veth), -EINVAL);
	veth.peer_attrs.mtu = 65536;
	assert_int_equal(new_link(f, &veth), -EINVAL);
	assert_null(f->m->extack);
	veth.peer_attrs.mtu = 9000;
	assert_int_equal(new_link(f, &veth), 0);
	assert_int_equal(find(f, "w")->mtu, 9000);
	assert_int_equal(find(f, "v")->mtu, 1500);
	fixture_stop(f);
}

static void rtnl_newlink__on_another_has_its_mtu_or_less(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct link_attrs none = { 0 }, attrs = { .has_mtu = true, .mtu = 1600 };
	struct net_device *d = add_dummy(f, "d"), *e = add_dummy(f, "e");

	(void)state;
	assert_int_equal(set_mtu(f, d, 1400), 0);
	assert_int_equal(add_with(f, LINK_KIND_VLAN, "u", &attrs, d), -EINVAL);
	assert_int_equal(add_with(f, LINK_KIND_MACVLAN, "m", &attrs, d), -EINVAL);
	assert_int_equal(add_with(f, LINK_KIND_IPVLAN, "i", &attrs, e), 0);
	attrs.mtu = 65536;
	assert_int_equal(add_with(f, LINK_KIND_MACVLAN, "m", &attrs, d), -EINVAL);
	assert_string_equal(f->m->extack, "mtu greater than device maximum");
	f->m->extack = NULL;
	assert_int_equal(add_with(f, LINK_KIND_VLAN, "u", &none, d), 0);
	assert_int_equal(add_with(f, LINK_KIND_MACVLAN, "m", &none, d), 0);
	assert_int_equal(find(f, "u")->mtu, 1400);
	assert_int_equal(find(f, "m")->mtu, 1400);
	assert_int_equal(find(f, "i")->mtu, 1600);
	/* devices with a greater MTU follow; an ipvlan always, without a message */
	forget_log(f);
	assert_int_equal(set_mtu(f, d, 1300), 0);
	expect_log(f, "0 d - DOWN 0\n"
		      "0 m - DOWN 0\n"
		      "0 u - DOWN 0\n");
	assert_int_equal(set_mtu(f, e, 2000), 0);
	expect_log(f, "0 e - DOWN 0\n");
	assert_int_equal(find(f, "i")->mtu, 2000);
	assert_int_equal(set_mtu(f, d, 1500), 0);
	assert_int_equal(find(f, "u")->mtu, 1300);
	assert_int_equal(set_mtu(f, find(f, "u"), 1501), -ERANGE);
	assert_int_equal(set_mtu(f, find(f, "m"), 1501), -EINVAL);
	assert_null(f->m->extack);
	assert_int_equal(set_mtu(f, find(f, "m"), 1500), 0);
	fixture_stop(f);
}

static void dev_set_mtu__vlans_follow_later_since_7_2(void **state)
{
	struct fixture *f = fixture_start("7.2", 100);
	struct net_device *d = add_dummy(f, "d"), *u = add_upper(f, LINK_KIND_VLAN, "u", d, 2);

	(void)state;
	lock(f);
	assert_int_equal(dev_set_mtu(d, 1400), 0);
	assert_int_equal(u->mtu, 1500);
	unlock(f);
	assert_int_equal(u->mtu, 1400);
	/* by the time the work runs, d's MTU is great enough again: u keeps its own */
	lock(f);
	assert_int_equal(dev_set_mtu(d, 1300), 0);
	assert_int_equal(dev_set_mtu(d, 1500), 0);
	unlock(f);
	assert_int_equal(u->mtu, 1400);
	fixture_stop(f);
}

static void dev_set_mtu__within_limits(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d = add_dummy(f, "d"), *v = add_veth(f, "v", "w");

	(void)state;
	assert_int_equal(set_mtu(f, v, 67), -EINVAL);
	assert_string_equal(f->m->extack, "mtu less than device minimum");
	assert_int_equal(set_mtu(f, v, 65536), -EINVAL);
	assert_string_equal(f->m->extack, "mtu greater than device maximum");
	assert_int_equal(set_mtu(f, d, 0), 0);
	assert_int_equal(set_mtu(f, d, INT32_MAX), 0);
	assert_int_equal(set_mtu(f, d, 1U + INT32_MAX), -EINVAL);
	netif_device_detach(v);
	assert_int_equal(set_mtu(f, v, 1400), -ENODEV);
	forget_log(f);
	assert_int_equal(set_mtu(f, v, 1500), 0); /* already the value */
	expect_log(f, "");
	fixture_stop(f);
}

/* Only the team itself may change the MTU of its ports. */
static void dev_set_mtu__of_a_team_and_its_port(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d = add_dummy(f, "d"), *t = add_team(f, "t");

	(void)state;
	assert_int_equal(set_mtu(f, d, 1400), 0);
	join(f, d, t);
	assert_int_equal(d->mtu, 1500);
	assert_int_equal(set_mtu(f, d, 1400), -EPERM);
	assert_null(f->m->extack);
	assert_int_equal(set_mtu(f, t, 1300), 0);
	assert_int_equal(d->mtu, 1300);
	assert_int_equal(set_mtu(f, d, 1400), -EPERM); /* unchanged */
	assert_int_equal(d->mtu, 1300);
	leave(f, d);
	assert_int_equal(d->mtu, 1400);
	assert_int_equal(set_mtu(f, d, 1450), 0);
	fixture_stop(f);
}

/* Ports before the one that refuses are restored, ports after it are not asked, and there is no
 * error text. */
static void dev_set_mtu__of_all_ports_or_none(void **state)
{
	static const enum link_kind kinds[] = { LINK_KIND_BOND, LINK_KIND_TEAM };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		static const struct link_attrs none;
		struct fixture *f = fixture_start("6.1", 100);
		struct net_device *d = add_dummy(f, "d"), *e = add_dummy(f, "e"), *m;
		struct net_device *tap = add_device(f, "tap", &tap_netdev_ops); /* 65521 */

		assert_int_equal(add_with(f, kinds[i], "m", &none, NULL), 0);
		m = find(f, "m");
		join(f, d, m);
		join(f, tap, m);
		join(f, e, m);
		forget_log(f);
		assert_int_equal(set_mtu(f, m, 65521), 0);
		expect_log(f, "0 d URL UNKNOWN 0\n"
			      "0 tap URL UNKNOWN 0\n"
			      "0 e URL UNKNOWN 0\n"
			      "0 m - DOWN 0\n");
		assert_int_equal(e->mtu, 65521);
		assert_int_equal(set_mtu(f, m, 65522), -EINVAL);
		expect_log(f, "0 d URL UNKNOWN 0\n"
			      "0 d URL UNKNOWN 0\n");
		assert_null(f->m->extack);
		assert_int_equal(d->mtu, 65521);
		assert_int_equal(e->mtu, 65521);
		assert_int_equal(m->mtu, 65521);
		assert_int_equal(set_mtu(f, m, 65536), -EINVAL);
		assert_string_equal(f->m->extack, "mtu greater than device maximum");
		expect_log(f, "");
		fixture_stop(f);
	}
}

/* A macvlan cannot follow; it sets no error text. */
static void dev_set_mtu__of_another_device_leaves_no_word(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d = add_dummy(f, "d");
	struct net_device *m = add_upper(f, LINK_KIND_MACVLAN, "m", d, 0);
	struct link_attrs attrs = { .has_mtu = true, .mtu = 67 };

	(void)state;
	copy_name(attrs.ifname, "lo");
	assert_int_equal(set_link(f, d, &attrs), -EEXIST);
	assert_null(f->m->extack);
	assert_int_equal(d->mtu, 67);
	assert_int_equal(m->mtu, 1500);
	fixture_stop(f);
}

/* A master created with an MTU that one port cannot have, and another can. */
static void dev_set_mtu__of_a_port_that_comes_and_goes(void **state)
{
	static const enum link_kind kinds[] = { LINK_KIND_BOND, LINK_KIND_TEAM };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		struct fixture *f = fixture_start("6.1", 100);
		struct link_attrs attrs = { .has_mtu = true, .mtu = 65530 };
		struct link_attrs master = { .has_master = true };
		struct net_device *tap = add_device(f, "tap", &tap_netdev_ops);
		struct net_device *d = add_dummy(f, "d");

		assert_int_equal(add_with(f, kinds[i], "m", &attrs, NULL), 0);
		master.master = find(f, "m")->ifindex;
		assert_int_equal(set_link(f, tap, &master), -EINVAL);
		f->m->extack = NULL;
		refuse(f, "d", NETDEV_PRE_UP, -EPERM);
		assert_int_equal(set_link(f, d, &master), -EPERM);
		assert_int_equal(d->mtu, 1500);
		f->veto_err = 0;
		assert_int_equal(set_link(f, d, &master), 0);
		assert_int_equal(d->mtu, 65530);
		master.master = 0;
		assert_int_equal(set_link(f, d, &master), 0);
		assert_int_equal(d->mtu, 1500);
		fixture_stop(f);
	}
}

static void dev_change_tx_queue_len__puts_the_qdisc_on_anew(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d = add_dummy(f, "d");

	(void)state;
	forget_log(f);
	f->traced = BIT(TRACE_QDISC);
	assert_int_equal(set_txqlen(f, d, 1000), 0);
	expect_log(f, "");
	assert_int_equal(set_txqlen(f, d, 7), 0);
	expect_log(f, "0 d - DOWN 0\n");
	link_up(f, d);
	forget_log(f);
	assert_int_equal(set_txqlen(f, d, 8), 0);
	expect_log(f, "0 d URL UNKNOWN 0\n"
		      "qdisc d noqueue noop\n"
		      "qdisc d noop noqueue\n");
	fixture_stop(f);
}

static void dev_change_name__a_free_one(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d = add_dummy(f, "d");

	(void)state;
	forget_log(f);
	assert_int_equal(set_name(f, d, "d"), 0);
	assert_int_equal(set_name(f, d, "d/"), -EINVAL);
	assert_int_equal(set_name(f, d, "lo"), -EEXIST);
	expect_log(f, "");
	assert_int_equal(set_name(f, d, "e"), 0);
	expect_log(f, "0 e - DOWN 0\n");
	assert_null(dev_get_by_name(f->m, "d"));
	assert_ptr_equal(find(f, "e"), d);
	link_up(f, d);
	assert_int_equal(set_name(f, d, "f"), -EBUSY);
	fixture_stop(f);
}

static void dev_change_name__of_what_is_up_since_6_2(void **state)
{
	struct fixture *f = fixture_start("6.2", 100);
	struct net_device *d = add_dummy(f, "d");

	(void)state;
	link_up(f, d);
	assert_int_equal(set_name(f, d, "e"), 0);
	assert_ptr_equal(find(f, "e"), d);
	fixture_stop(f);
}

static void dev_change_name__among_colliding_ones(void **state)
{
	struct machine_config config = {
		.kernel = kernel_named("6.1"), .hz = 100, .long_bits = 64, .max_devices = 4
	};
	struct fixture *f = fixture_start_with(&config);
	struct net_device *devs[4];
	char name[IFNAMSIZ];

	(void)state;
	for (unsigned int i = 0; i < ARRAY_SIZE(devs); i++) {
		snprintf(name, sizeof(name), "a%u", i);
		devs[i] = add_dummy(f, name);
	}
	for (unsigned int i = 0; i < ARRAY_SIZE(devs); i++) {
		snprintf(name, sizeof(name), "b%u", i);
		assert_int_equal(set_name(f, devs[i], name), 0);
		assert_ptr_equal(find(f, name), devs[i]);
	}
	fixture_stop(f);
}

static void dev_change_proto_down__is_the_carrier_of_a_macvlan(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d = add_dummy(f, "d"), *m;

	(void)state;
	link_up(f, d);
	m = add_upper(f, LINK_KIND_MACVLAN, "m", d, 0);
	link_up(f, m);
	run_to_ms(f, 5000);
	forget_log(f);
	assert_int_equal(set_proto_down(f, m, true), 0);
	expect_log(f, "500 m UR UP 0\n" /* for protodown, then for the carrier */
		      "500 m U LOWERLAYERDOWN 0\n");
	assert_int_equal(set_proto_down(f, m, false), 0);
	assert_true(netif_carrier_ok(m));
	assert_int_equal(set_proto_down(f, m, true), 0);
	carrier(f, m, true); /* nothing holds it off */
	assert_true(netif_carrier_ok(m));
	netif_device_detach(m);
	assert_int_equal(set_proto_down(f, m, true), -ENODEV);
	netif_device_attach(m);
	assert_int_equal(set_proto_down(f, d, true), -EOPNOTSUPP);
	assert_string_equal(f->m->extack, "Protodown not supported by device");
	fixture_stop(f);
}

static void dev_change_proto_down__holds_since_7_2(void **state)
{
	struct fixture *f = fixture_start("7.2", 100);
	struct net_device *d = add_dummy(f, "d"), *m;

	(void)state;
	m = add_upper(f, LINK_KIND_MACVLAN, "m", d, 0);
	assert_int_equal(set_proto_down(f, m, true), 0);
	carrier(f, m, true);
	assert_false(netif_carrier_ok(m));
	netif_carrier_off(d);
	assert_int_equal(set_proto_down(f, m, false), 0);
	assert_false(netif_carrier_ok(m)); /* nor does the device below */
	netif_carrier_on(d);
	assert_int_equal(set_proto_down(f, m, false), 0);
	assert_true(netif_carrier_ok(m));
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(do_setlink__alias_and_group_are_told_at_the_end),
		cmocka_unit_test(do_setlink__stops_at_the_first_error),
		cmocka_unit_test(dev_set_mac_address__as_its_driver_has_it),
		cmocka_unit_test(rtnl_newlink__takes_address_and_mtu),
		cmocka_unit_test(rtnl_newlink__on_another_has_its_mtu_or_less),
		cmocka_unit_test(dev_set_mtu__vlans_follow_later_since_7_2),
		cmocka_unit_test(dev_set_mtu__within_limits),
		cmocka_unit_test(dev_set_mtu__of_a_team_and_its_port),
		cmocka_unit_test(dev_set_mtu__of_all_ports_or_none),
		cmocka_unit_test(dev_set_mtu__of_another_device_leaves_no_word),
		cmocka_unit_test(dev_set_mtu__of_a_port_that_comes_and_goes),
		cmocka_unit_test(dev_change_tx_queue_len__puts_the_qdisc_on_anew),
		cmocka_unit_test(dev_change_name__a_free_one),
		cmocka_unit_test(dev_change_name__of_what_is_up_since_6_2),
		cmocka_unit_test(dev_change_name__among_colliding_ones),
		cmocka_unit_test(dev_change_proto_down__is_the_carrier_of_a_macvlan),
		cmocka_unit_test(dev_change_proto_down__holds_since_7_2),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
