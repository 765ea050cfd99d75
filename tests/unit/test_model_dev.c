// SPDX-License-Identifier: GPL-2.0-or-later
#include "model_fixture.h"

#define NOTIFIERS BIT(TRACE_NOTIFIER)

static int refuse_to_open(struct net_device *dev)
{
	assert_true(netif_running(dev)); /* START is set before ndo_open */
	assert_false(dev->flags & IFF_UP);
	return -EBUSY;
}

/* A driver that has carrier while open; logs its calls. */
static int open_with_carrier(struct net_device *dev)
{
	say(fixture_of(dev), "open %s\n", dev->name);
	netif_carrier_on(dev);
	return 0;
}

static void stop_with_carrier(struct net_device *dev)
{
	assert_false(netif_running(dev));
	assert_true(dev->flags & IFF_UP);
	say(fixture_of(dev), "stop %s\n", dev->name);
	netif_carrier_off(dev);
}

static const struct net_device_ops refusing_ops = {
	.kind = "refusing",
	.default_qdisc = QDISC_NOQUEUE,
	.ndo_open = refuse_to_open,
};

static const struct net_device_ops carrier_ops = {
	.kind = "carrier",
	.default_qdisc = QDISC_NOQUEUE,
	.ndo_open = open_with_carrier,
	.ndo_stop = stop_with_carrier,
};

static int always_seven(const struct net_device *dev)
{
	(void)dev;
	return 7;
}

static const struct net_device_ops iflink_ops = { .kind = "iflink",
						  .ndo_get_iflink = always_seven };

static void dev_get_iflink__is_the_drivers_or_its_own(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);

	(void)state;
	assert_int_equal(dev_get_iflink(add_device(f, "a", &plain_ops)), 2);
	assert_int_equal(dev_get_iflink(add_device(f, "b", &iflink_ops)), 7);
	fixture_stop(f);
}

static void dev_get_flags__derives_three_from_the_state(void **state)
{
	static const struct {
		bool running, carrier, dormant;
		uint8_t operstate;
		uint32_t flags;
	} cases[] = {
		{ 0, 1, 1, IF_OPER_UP, 0 },
		{ 1, 1, 0, IF_OPER_UP, IFF_RUNNING | IFF_LOWER_UP },
		{ 1, 1, 0, IF_OPER_UNKNOWN, IFF_RUNNING | IFF_LOWER_UP },
		{ 1, 1, 0, IF_OPER_NOTPRESENT, IFF_LOWER_UP },
		{ 1, 1, 0, IF_OPER_DOWN, IFF_LOWER_UP },
		{ 1, 1, 0, IF_OPER_LOWERLAYERDOWN, IFF_LOWER_UP },
		{ 1, 1, 0, IF_OPER_TESTING, IFF_LOWER_UP },
		{ 1, 1, 1, IF_OPER_DORMANT, IFF_LOWER_UP | IFF_DORMANT },
		{ 1, 0, 0, IF_OPER_UP, IFF_RUNNING },
		{ 1, 0, 1, IF_OPER_DOWN, IFF_DORMANT },
	};
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_device(f, "d", &plain_ops);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		dev->state = (unsigned long)cases[i].running << __LINK_STATE_START |
			     (unsigned long)!cases[i].carrier << __LINK_STATE_NOCARRIER |
			     (unsigned long)cases[i].dormant << __LINK_STATE_DORMANT;
		dev->operstate = cases[i].operstate;
		/* stored values of these are ignored; for PROMISC only userspace's request matters */
		dev->flags = IFF_BROADCAST | IFF_RUNNING | IFF_LOWER_UP | IFF_DORMANT | IFF_PROMISC;
		dev->gflags = IFF_ALLMULTI | IFF_DEBUG;
		assert_int_equal(dev_get_flags(dev), cases[i].flags | IFF_BROADCAST | IFF_ALLMULTI);
	}
	fixture_free(f);
}

static int say_block(struct net_device *dev, enum netdev_cmd cmd)
{
	if (cmd == NETDEV_PRE_UP)
		say(fixture_of(dev), "second block\n");
	return 0;
}

static void call_netdevice_notifiers__stop_at_the_first_error(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_device(f, "d", &plain_ops);

	(void)state;
	forget_log(f);
	refuse(f, "d", NETDEV_PRE_UP, -EPERM);
	register_netdevice_notifier(f->m, say_block);
	assert_int_equal(call_netdevice_notifiers(NETDEV_PRE_UP, dev), -EPERM);
	expect_log(f, "");
	refuse(f, "d", NETDEV_PRE_UP, 0);
	assert_int_equal(call_netdevice_notifiers(NETDEV_PRE_UP, dev), 0);
	expect_log(f, "second block\n");
	fixture_stop(f);
}

static void register_netdevice_notifier__takes_16_blocks(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = find(f, "lo");
	uint32_t own = f->m->notifiers_count; /* the machine's own */

	(void)state;
	for (uint32_t i = own; i < 16; i++)
		assert_int_equal(register_netdevice_notifier(f->m, say_block), 0);
	assert_int_equal(register_netdevice_notifier(f->m, say_block), -ENOSPC);
	call_netdevice_notifiers(NETDEV_PRE_UP, dev);
	assert_int_equal(f->log_len, (16 - own) * strlen("second block\n"));
	fixture_stop(f);
}

static int call_again(struct net_device *dev, enum netdev_cmd cmd)
{
	return call_netdevice_notifiers(cmd, dev);
}

static void call_netdevice_notifiers__without_end_break_the_machine_once(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);

	(void)state;
	register_netdevice_notifier(f->m, call_again);
	assert_int_equal(call_netdevice_notifiers(NETDEV_UP, find(f, "lo")), -ELOOP);
	assert_int_equal(call_netdevice_notifiers(NETDEV_UP, find(f, "lo")), -ELOOP);
	assert_int_equal(f->m->notifier_depth, 0);
	assert_int_equal(f->broken_calls, 1);
	assert_string_equal(f->broken, "notifiers call each other without end");
	fixture_free(f);
}

static void dev_open__of_a_kernel_says_0x41_then_notifies(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_device(f, "d", &carrier_ops);

	(void)state;
	netif_carrier_off(dev);
	settle(f);
	run_to_j(f, 200);
	forget_log(f);
	f->traced = NOTIFIERS | BIT(TRACE_QDISC) | BIT(TRACE_FIRE);
	lock(f);
	assert_int_equal(dev_open(dev), 0);
	/* first open: the carrier that ndo_open sets is not urgent */
	expect_log(f, "notifier d PRE_UP\nopen d\nfire d not-urgent new\nqdisc d noop noqueue\n"
		      "200 d UL DOWN 41\nnotifier d UP\n");
	assert_int_equal(dev_open(dev), 0);
	expect_log(f, "");
	unlock(f);
	expect_log(f, "notifier d CHANGE\n200 d URL UP 0\n");

	lock(f);
	dev_close(dev);
	expect_log(f, "notifier d GOING_DOWN\nqdisc d noqueue noop\nstop d\nfire d not-urgent new\n"
		      "200 d - DOWN 41\nnotifier d DOWN\n");
	dev_close(dev);
	unlock(f);
	expect_log(f, "");

	/* A second open is urgent, because the qdisc is detached; but the run comes after
	 * dev_activate(). */
	f->traced |= BIT(TRACE_PUT_BACK);
	lock(f);
	dev_open(dev);
	unlock(f);
	expect_log(f, "notifier d PRE_UP\nopen d\nfire d qdisc-off again\nqdisc d noop noqueue\n"
		      "200 d URL UP 41\nnotifier d UP\nput back d not urgent\n");
	run_to_j(f, 400);
	expect_log(f, "notifier d CHANGE\n304 d URL UP 0\n");
	fixture_stop(f);
}

static void dev_open__that_fails_leaves_it_down_and_silent(void **state)
{
	static const struct {
		const struct net_device_ops *ops;
		bool is_absent;
		int veto, err;
		const char *log;
	} cases[] = {
		{ &plain_ops, true, 0, -ENODEV, "" },
		{ &plain_ops, false, -EPERM, -EPERM, "notifier d PRE_UP\n" },
		{ &refusing_ops, false, 0, -EBUSY, "notifier d PRE_UP\n" },
	};

	(void)state;
	for (size_t i = 0; i < 2 * ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start("6.1", 100);
		struct net_device *dev = add_device(f, "d", cases[i / 2].ops);

		if (cases[i / 2].is_absent)
			netif_device_detach(dev);
		refuse(f, "d", NETDEV_PRE_UP, cases[i / 2].veto);
		forget_log(f);
		f->traced = NOTIFIERS;
		if (i % 2)
			assert_int_equal(dev_open(dev), cases[i / 2].err);
		else
			assert_int_equal(set_flags(f, dev, IFF_UP, IFF_UP), cases[i / 2].err);
		expect_log(f, cases[i / 2].log);
		assert_false(dev->flags & IFF_UP);
		assert_false(netif_running(dev));
		assert_int_equal(dev->root_qdisc, QDISC_NOOP);
		fixture_stop(f);
	}
}

static void dev_close_many__goes_step_by_step(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev[3];
	struct list_head head;

	(void)state;
	INIT_LIST_HEAD(&head);
	for (size_t i = 0; i < 3; i++) {
		dev[i] = add_device(f, (const char *[]){ "a", "b", "c" }[i], &carrier_ops);
		list_add_tail(&dev[i]->close_list, &head);
	}
	link_up(f, dev[0]);
	link_up(f, dev[2]);
	forget_log(f);
	f->traced = NOTIFIERS | BIT(TRACE_QDISC);
	lock(f);
	dev_close_many(&head, true);
	unlock(f);
	expect_log(f, "notifier a GOING_DOWN\nnotifier c GOING_DOWN\n"
		      "qdisc a noqueue noop\nqdisc c noqueue noop\nstop a\nstop c\n"
		      "0 a - DOWN 41\nnotifier a DOWN\n0 c - DOWN 41\nnotifier c DOWN\n");
	assert_true(list_empty(&head));
	for (size_t i = 0; i < 3; i++)
		assert_true(list_empty(&dev[i]->close_list));
	fixture_stop(f);
}

static void dev_change_flags__tells_before_it_notifies(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_dummy(f, "d0");

	(void)state;
	forget_log(f);
	f->traced = NOTIFIERS;
	link_up(f, dev);
	expect_log(f, "notifier d0 PRE_UP\n0 d0 URL UNKNOWN 1\nnotifier d0 UP\n");
	link_up(f, dev); /* nothing changes: no message */
	expect_log(f, "");
	link_down(f, dev);
	expect_log(f, "notifier d0 GOING_DOWN\n0 d0 - DOWN 1\nnotifier d0 DOWN\n");
	assert_true(list_empty(&dev->close_list));
	link_down(f, dev);
	expect_log(f, "");
	fixture_stop(f);
}

static void dev_change_flags__other_flags(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_dummy(f, "d0");

	(void)state;
	forget_log(f);
	f->traced = NOTIFIERS;
	/* of a device that is down: a message, but no CHANGE */
	set_flags(f, dev, IFF_MULTICAST, IFF_MULTICAST);
	expect_log(f, "0 d0 - DOWN 1000\n");
	link_up(f, dev);
	forget_log(f);
	set_flags(f, dev, 0, IFF_MULTICAST);
	expect_log(f, "0 d0 URL UNKNOWN 1000\nnotifier d0 CHANGE\n");
	/* promiscuity is separate, and sends no CHANGE */
	set_flags(f, dev, IFF_PROMISC, IFF_PROMISC);
	expect_log(f, "0 d0 URL UNKNOWN 100\n");
	assert_true(dev_get_flags(dev) & IFF_PROMISC);
	set_flags(f, dev, IFF_ALLMULTI, IFF_ALLMULTI);
	expect_log(f, "0 d0 URL UNKNOWN 200\n");
	assert_int_equal(dev->gflags, IFF_PROMISC | IFF_ALLMULTI);
	set_flags(f, dev, 0, IFF_PROMISC);
	expect_log(f, "0 d0 URL UNKNOWN 100\n");
	/* flags that userspace cannot set are kept */
	set_flags(f, dev, 0, IFF_BROADCAST | IFF_RUNNING);
	set_flags(f, dev, IFF_LOOPBACK | IFF_MASTER, IFF_LOOPBACK | IFF_MASTER);
	expect_log(f, "");
	assert_int_equal(dev->flags, IFF_UP | IFF_BROADCAST | IFF_NOARP | IFF_ALLMULTI);
	/* up and another flag together */
	set_flags(f, dev, IFF_MULTICAST, IFF_MULTICAST | IFF_UP);
	expect_log(f, "notifier d0 GOING_DOWN\n0 d0 - DOWN 1001\nnotifier d0 DOWN\n");
	fixture_stop(f);
}

static void dev_change_carrier__asks_the_driver(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_dummy(f, "d0"), *plain = add_device(f, "p", &plain_ops);

	(void)state;
	assert_int_equal(dev_change_carrier(plain, false), -EOPNOTSUPP);
	assert_true(netif_carrier_ok(plain));
	assert_int_equal(dev_change_carrier(dev, false), 0);
	assert_false(netif_carrier_ok(dev));
	netif_device_detach(dev);
	assert_int_equal(dev_change_carrier(dev, true), -ENODEV);
	assert_false(netif_carrier_ok(dev));
	netif_device_detach(plain);
	assert_int_equal(dev_change_carrier(plain, true), -EOPNOTSUPP); /* checked first */
	netif_device_attach(dev);
	assert_int_equal(dev_change_carrier(dev, true), 0);
	assert_true(netif_carrier_ok(dev));
	fixture_stop(f);
}

static void netdev_state_change__is_for_devices_that_are_up(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_dummy(f, "d0");

	(void)state;
	forget_log(f);
	f->traced = NOTIFIERS;
	netdev_state_change(dev);
	expect_log(f, "");
	link_up(f, dev);
	forget_log(f);
	netdev_state_change(dev);
	expect_log(f, "notifier d0 CHANGE\n0 d0 URL UNKNOWN 0\n");
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dev_get_iflink__is_the_drivers_or_its_own),
		cmocka_unit_test(dev_get_flags__derives_three_from_the_state),
		cmocka_unit_test(call_netdevice_notifiers__stop_at_the_first_error),
		cmocka_unit_test(register_netdevice_notifier__takes_16_blocks),
		cmocka_unit_test(call_netdevice_notifiers__without_end_break_the_machine_once),
		cmocka_unit_test(dev_open__of_a_kernel_says_0x41_then_notifies),
		cmocka_unit_test(dev_open__that_fails_leaves_it_down_and_silent),
		cmocka_unit_test(dev_close_many__goes_step_by_step),
		cmocka_unit_test(dev_change_flags__tells_before_it_notifies),
		cmocka_unit_test(dev_change_flags__other_flags),
		cmocka_unit_test(dev_change_carrier__asks_the_driver),
		cmocka_unit_test(netdev_state_change__is_for_devices_that_are_up),
	};

	return cmocka_run_group_tests_name("dev", tests, NULL, NULL);
}
