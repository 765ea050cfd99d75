// SPDX-License-Identifier: GPL-2.0-or-later
#include "model_fixture.h"

static const struct link_attrs up = { .ifi_flags = IFF_UP, .ifi_change = IFF_UP };

static void set_carrier(struct fixture *f, struct net_device *dev, bool is_on)
{
	struct link_attrs attrs = { .has_carrier = true, .carrier = is_on };

	assert_int_equal(set_link(f, dev, &attrs), 0);
}

/* traces/macvlan.6.1.trace, line by line, except for a unicast filter: there d0's `up` has change
 * 101. */
static void macvlan__as_the_real_kernel_has_it(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0, *m0;

	(void)state;
	f->is_full = true;
	run_to_ms(f, 1005);
	d0 = add_dummy(f, "d0");
	run_to_ms(f, 1105);
	m0 = add_upper(f, LINK_KIND_MACVLAN, "m0", d0, 0);
	run_to_ms(f, 1205);
	link_up(f, m0);
	run_to_ms(f, 1405);
	link_up(f, d0);
	run_to_ms(f, 1605);
	link_up(f, m0);
	run_to_ms(f, 3005);
	set_carrier(f, d0, false);
	run_to_ms(f, 3105);
	set_carrier(f, d0, true);
	run_to_ms(f, 5005);
	link_down(f, d0);
	run_to_ms(f, 7005);
	expect_log(
		f,
		"100 d0 <> DOWN mode=0 qdisc=noop change=ffffffff up/down=0/0\n"
		"110 d0 <> DOWN mode=0 qdisc=noop change=0 up/down=0/0\n"
		"110 m0 <> DOWN mode=0 qdisc=noop change=ffffffff up/down=0/0\n"
		"120 m0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=1 up/down=0/0\n"
		"140 d0 <UP,RUNNING,LOWER_UP> UNKNOWN mode=0 qdisc=noqueue change=1 up/down=0/0\n"
		"300 d0 <UP> DOWN mode=0 qdisc=noqueue change=0 up/down=0/1\n"
		"300 m0 <UP> LOWERLAYERDOWN mode=0 qdisc=noqueue change=0 up/down=0/1\n"
		"310 d0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=1/1\n"
		"310 m0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=1/1\n"
		"500 d0 <> DOWN mode=0 qdisc=noqueue change=1 up/down=1/1\n");
	fixture_stop(f);
}

/* Messages of 6.1.192 under user-mode Linux for the same commands. In mode L3, the default, an open
 * also sets NOARP. No event is forced at its creation, so it stays UNKNOWN. */
static void ipvlan__stays_unknown_over_a_carrier(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0 = add_dummy(f, "d0"), *i0;

	(void)state;
	link_up(f, d0);
	forget_log(f);
	f->traced = BIT(TRACE_FIRE);
	i0 = add_upper(f, LINK_KIND_IPVLAN, "i0", d0, 0);
	expect_log(f, "0 d0 URL UNKNOWN 0\n0 i0 - DOWN ffffffff\n");
	assert_int_equal(f->last.ifi_flags, IFF_BROADCAST | IFF_MULTICAST);
	link_up(f, i0);
	assert_int_equal(f->last.ifi_flags, IFF_BROADCAST | IFF_MULTICAST | IFF_NOARP | IFF_UP |
						    IFF_RUNNING | IFF_LOWER_UP);
	link_down(f, i0);
	link_up(f, i0);
	expect_log(f, "0 i0 URL UNKNOWN 81\n0 i0 - DOWN 1\n0 i0 URL UNKNOWN 1\n");
	assert_int_equal(i0->netdev_ops->default_qdisc, QDISC_NOQUEUE);
	fixture_stop(f);
}

/* Each kind handles some events of the device below and ignores others. */
static void events__that_transfer_the_state(void **state)
{
	static const struct {
		enum link_kind kind;
		enum netdev_cmd cmd;
		bool transfers;
	} cases[] = {
		{ LINK_KIND_MACVLAN, NETDEV_UP, true },
		{ LINK_KIND_MACVLAN, NETDEV_DOWN, true },
		{ LINK_KIND_MACVLAN, NETDEV_CHANGE, true },
		{ LINK_KIND_MACVLAN, NETDEV_GOING_DOWN, false },
		{ LINK_KIND_MACVLAN, NETDEV_CHANGEUPPER, false },
		{ LINK_KIND_IPVLAN, NETDEV_UP, true },
		{ LINK_KIND_IPVLAN, NETDEV_DOWN, false },
		{ LINK_KIND_IPVLAN, NETDEV_CHANGE, true },
		{ LINK_KIND_IPVLAN, NETDEV_GOING_DOWN, false },
		{ LINK_KIND_IPVLAN, NETDEV_CHANGEUPPER, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start("6.1", 100);
		struct net_device *d0 = add_dummy(f, "d0");
		struct net_device *x0 = add_upper(f, cases[i].kind, "x0", d0, 0);
		struct net_device *x1 = add_upper(f, cases[i].kind, "x1", d0, 0);

		d0->state |= 1UL << __LINK_STATE_NOCARRIER;
		call_netdevice_notifiers(cases[i].cmd, d0);
		assert_int_equal(netif_carrier_ok(x0), !cases[i].transfers);
		assert_int_equal(netif_carrier_ok(x1), !cases[i].transfers);
		fixture_stop(f);
	}
}

static void newlink__takes_on_carrier_and_dormant(void **state)
{
	static const enum link_kind kinds[] = { LINK_KIND_MACVLAN, LINK_KIND_IPVLAN };
	static const struct {
		bool carrier, dormant;
		uint8_t lower_operstate, at_first, operstate, operstate_of_ipvlan;
	} cases[] = {
		{ true, false, IF_OPER_UNKNOWN, IF_OPER_UNKNOWN, IF_OPER_UP, IF_OPER_UNKNOWN },
		{ false, false, IF_OPER_DOWN, IF_OPER_LOWERLAYERDOWN, IF_OPER_LOWERLAYERDOWN,
		  IF_OPER_LOWERLAYERDOWN },
		{ true, true, IF_OPER_DORMANT, IF_OPER_DORMANT, IF_OPER_DORMANT, IF_OPER_DORMANT },
		{ true, true, IF_OPER_UP, IF_OPER_DORMANT, IF_OPER_UP, IF_OPER_UP },
		{ true, false, IF_OPER_TESTING, IF_OPER_UNKNOWN, IF_OPER_TESTING, IF_OPER_TESTING },
	};

	(void)state;
	for (size_t i = 0; i < 2 * ARRAY_SIZE(cases); i++) {
		bool is_ipvlan = i >= ARRAY_SIZE(cases);
		size_t c = i % ARRAY_SIZE(cases);
		struct fixture *f = fixture_start("6.1", 100);
		struct net_device *d0 = add_dummy(f, "d0"), *dev;
		struct link_create create = upper_create(kinds[is_ipvlan], "x", d0, 0);

		d0->state = 1UL << __LINK_STATE_PRESENT |
			    (unsigned long)!cases[c].carrier << __LINK_STATE_NOCARRIER |
			    (unsigned long)cases[c].dormant << __LINK_STATE_DORMANT;
		d0->operstate = cases[c].lower_operstate;
		lock(f);
		assert_int_equal(rtnl_newlink(f->m, &create), 0);
		dev = find(f, "x");
		assert_int_equal(dev->operstate, cases[c].at_first);
		assert_int_equal(dev_get_iflink(dev), d0->ifindex);
		unlock(f);
		assert_int_equal(dev->operstate,
				 is_ipvlan ? cases[c].operstate_of_ipvlan : cases[c].operstate);
		fixture_stop(f);
	}
}

/* A device created on another of its kind is stacked beside it. */
static void newlink__on_its_kind_takes_the_device_below(void **state)
{
	static const enum link_kind kinds[] = { LINK_KIND_MACVLAN, LINK_KIND_IPVLAN };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		struct fixture *f = fixture_start("6.1", 100);
		struct net_device *d0 = add_dummy(f, "d0");
		struct net_device *x0 = add_upper(f, kinds[i], "x0", d0, 0);
		struct net_device *x1 = add_upper(f, kinds[i], "x1", x0, 0);

		assert_int_equal(dev_get_iflink(x1), d0->ifindex);
		forget_log(f);
		delete_link_of(f, x0);
		expect_log(f, "0 d0 - DOWN 0\n0 DEL x0 - DOWN ffffffff\n");
		delete_link_of(f, d0);
		expect_log(f, "0 DEL x1 - DOWN ffffffff\n0 DEL d0 - DOWN ffffffff\n");
		fixture_stop(f);
	}
}

/* An ipvlan on a macvlan is allowed, and is deleted with it. */
static void newlink__of_an_ipvlan_on_a_macvlan(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0 = add_dummy(f, "d0");
	struct net_device *m0 = add_upper(f, LINK_KIND_MACVLAN, "m0", d0, 0);
	struct net_device *i0 = add_upper(f, LINK_KIND_IPVLAN, "i0", m0, 0);

	(void)state;
	assert_int_equal(dev_get_iflink(i0), m0->ifindex);
	forget_log(f);
	delete_link_of(f, d0);
	expect_log(f, "0 DEL i0 - DOWN ffffffff\n0 DEL m0 - DOWN ffffffff\n"
		      "0 DEL d0 - DOWN ffffffff\n");
	fixture_stop(f);
}

/* All are deleted with the device below; those that are up are closed first. */
static void dellink__of_the_device_below(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0 = add_dummy(f, "d0");

	(void)state;
	link_up(f, d0);
	link_up(f, add_upper(f, LINK_KIND_MACVLAN, "m0", d0, 0));
	add_upper(f, LINK_KIND_MACVLAN, "m1", d0, 0);
	forget_log(f);
	delete_link_of(f, d0);
	expect_log(f, "0 d0 - DOWN 41\n0 m0 - DOWN 41\n0 DEL m0 - DOWN ffffffff\n"
		      "0 DEL m1 - DOWN ffffffff\n0 DEL d0 - DOWN ffffffff\n");
	fixture_stop(f);
}

/* Two macvlans that are up on one device cannot share an address, nor use that of the device. */
static void macvlan__has_an_address_of_its_own(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0 = add_dummy(f, "d0");
	struct net_device *m0 = add_upper(f, LINK_KIND_MACVLAN, "m0", d0, 0);
	struct net_device *m1 = add_upper(f, LINK_KIND_MACVLAN, "m1", d0, 0);

	(void)state;
	link_up(f, d0);
	lock(f);
	assert_int_equal(dev_set_mac_address(m0, d0->address), -EADDRINUSE);
	assert_int_equal(dev_set_mac_address(m0, m0->address), 0);
	assert_int_equal(dev_set_mac_address(m1, m0->address), 0); /* both are down */
	unlock(f);
	link_up(f, m0);
	assert_int_equal(set_flags(f, m1, IFF_UP, IFF_UP), -EADDRINUSE);
	lock(f);
	assert_int_equal(dev_set_mac_address(m1, 1000), 0);
	assert_int_equal(dev_set_mac_address(m1, m0->address), -EADDRINUSE);
	unlock(f);
	link_up(f, m1);
	assert_int_equal(m1->address, 1000);
	fixture_stop(f);
}

/* More macvlans than buckets, in an order of going that is none of coming. */
static void macvlan__many_have_addresses_of_their_own(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0, *d1, *other, *m[5];
	char name[IFNAMSIZ];

	(void)state;
	f->m->hash_mask = 1;
	d0 = add_dummy(f, "d0");
	link_up(f, d0);
	for (size_t i = 0; i < ARRAY_SIZE(m); i++) {
		snprintf(name, sizeof(name), "m%zu", i);
		m[i] = add_upper(f, LINK_KIND_MACVLAN, name, d0, 0);
		link_up(f, m[i]);
	}
	lock(f);
	for (size_t i = 0; i < ARRAY_SIZE(m); i++) {
		assert_int_equal(dev_set_mac_address(m[i], m[(i + 2) % 5]->address), -EADDRINUSE);
		assert_int_equal(dev_set_mac_address(m[i], 5000 + i), 0);
	}
	unlock(f);
	for (size_t i = 0; i < ARRAY_SIZE(m); i++)
		link_down(f, m[i * 2 % 5]);
	lock(f);
	assert_int_equal(dev_set_mac_address(m[0], 5003), 0); /* nobody has it up */
	unlock(f);
	d1 = add_dummy(f, "d1");
	other = add_upper(f, LINK_KIND_MACVLAN, "other", d1, 0);
	link_up(f, d1);
	link_up(f, other);
	lock(f);
	for (uint64_t address = 6000; address < 6016;
	     address++) { /* that of one on another device is free */
		assert_int_equal(dev_set_mac_address(other, address), 0);
		assert_int_equal(dev_set_mac_address(m[0], address), 0);
	}
	unlock(f);
	forget_log(f);
	fixture_free(f);
}

static void ipvlan__has_the_address_below(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0 = add_dummy(f, "d0");
	struct net_device *i0 = add_upper(f, LINK_KIND_IPVLAN, "i0", d0, 0);
	struct net_device *i1 = add_upper(f, LINK_KIND_IPVLAN, "i1", d0, 0);

	(void)state;
	assert_int_equal(i0->address, d0->address);
	forget_log(f);
	lock(f);
	assert_int_equal(dev_set_mac_address(d0, 1000), 0);
	assert_int_equal(dev_set_mac_address(i0, 1001), -EOPNOTSUPP);
	unlock(f);
	assert_int_equal(i1->address, 1000);
	expect_log(f, "0 d0 - DOWN 0\n0 i0 - DOWN 0\n0 i1 - DOWN 0\n");
	fixture_stop(f);
}

static void newlink__that_fails_leaves_nothing(void **state)
{
	/* 1: lo, 2: d0, 3: m0 on it, 4: d1, 5: i0 on it */
	static const struct {
		enum link_kind kind;
		const char *name;
		int32_t link;
		uint32_t max_devices, max_links;
		bool is_refused;
		int err;
	} cases[] = {
		{ LINK_KIND_MACVLAN, "x", 9, 9, 9, false, -ENODEV },
		{ LINK_KIND_IPVLAN, "x", 9, 9, 9, false, -ENODEV },
		{ LINK_KIND_MACVLAN, "x", 1, 9, 9, false, -EINVAL },
		{ LINK_KIND_IPVLAN, "x", 1, 9, 9, false, -EINVAL },
		{ LINK_KIND_MACVLAN, "x", 4, 9, 9, false, -EBUSY },
		{ LINK_KIND_IPVLAN, "x", 2, 9, 9, false, -EBUSY },
		{ LINK_KIND_MACVLAN, "x", 5, 9, 9, false, -EINVAL }, /* IFF_NO_RX_HANDLER */
		{ LINK_KIND_MACVLAN, "m0", 2, 9, 9, false, -EEXIST },
		{ LINK_KIND_IPVLAN, "a b", 4, 9, 9, false, -EINVAL },
		{ LINK_KIND_MACVLAN, "x", 2, 9, 9, true, -EPERM },
		{ LINK_KIND_IPVLAN, "x", 4, 9, 9, true, -EPERM },
		{ LINK_KIND_MACVLAN, "x", 2, 4, 9, false, -ENOMEM },
		{ LINK_KIND_IPVLAN, "x", 4, 4, 9, false, -ENOMEM },
		{ LINK_KIND_MACVLAN, "x", 2, 9, 2, false, -ENOMEM },
		{ LINK_KIND_IPVLAN, "x", 4, 9, 2, false, -ENOMEM },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct machine_config config = { .kernel = kernel_named("6.1"),
						 .hz = 100,
						 .long_bits = 64,
						 .max_devices = cases[i].max_devices,
						 .max_links = cases[i].max_links };
		struct fixture *f = fixture_start_with(&config);
		struct link_create create = { .kind = cases[i].kind,
					      .link = cases[i].link,
					      .attrs = up };

		add_upper(f, LINK_KIND_MACVLAN, "m0", add_dummy(f, "d0"), 0);
		add_upper(f, LINK_KIND_IPVLAN, "i0", add_dummy(f, "d1"), 0);
		copy_name(create.name, cases[i].name);
		if (cases[i].is_refused)
			refuse(f, "x", NETDEV_REGISTER, -EPERM);
		forget_log(f);
		for (int round = 0; round < 2; round++) { /* and no slot is lost */
			assert_int_equal(new_link(f, &create), cases[i].err);
			expect_log(f, "");
		}
		assert_null(dev_get_by_name(f->m, "x"));
		fixture_stop(f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(macvlan__as_the_real_kernel_has_it),
		cmocka_unit_test(ipvlan__stays_unknown_over_a_carrier),
		cmocka_unit_test(events__that_transfer_the_state),
		cmocka_unit_test(newlink__takes_on_carrier_and_dormant),
		cmocka_unit_test(newlink__on_its_kind_takes_the_device_below),
		cmocka_unit_test(newlink__of_an_ipvlan_on_a_macvlan),
		cmocka_unit_test(dellink__of_the_device_below),
		cmocka_unit_test(macvlan__has_an_address_of_its_own),
		cmocka_unit_test(macvlan__many_have_addresses_of_their_own),
		cmocka_unit_test(ipvlan__has_the_address_below),
		cmocka_unit_test(newlink__that_fails_leaves_nothing),
	};

	return cmocka_run_group_tests_name("macvlan", tests, NULL, NULL);
}
