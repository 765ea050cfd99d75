// SPDX-License-Identifier: GPL-2.0-or-later
/* Which device is above which. */
#include "model_fixture.h"

/* Another kind than plain_ops. */
static const struct net_device_ops master_ops = { .kind = "master" };

static struct fixture *start(uint32_t max_links)
{
	struct machine_config config = { .kernel = kernel_named("6.1"),
					 .hz = 100,
					 .long_bits = 64,
					 .max_devices = 20,
					 .max_links = max_links };

	return fixture_start_with(&config);
}

static void unregister(struct fixture *f, struct net_device *dev)
{
	lock(f);
	unregister_netdevice(dev);
	unlock(f);
}

static void netdev_upper_dev_link__tells_the_one_below(void **state)
{
	struct fixture *f = start(2);
	struct net_device *a = add_device(f, "a", &plain_ops), *b = add_device(f, "b", &plain_ops);

	(void)state;
	forget_log(f);
	f->traced = BIT(TRACE_NOTIFIER);
	assert_false(netdev_has_upper_dev(a, b));
	assert_int_equal(netdev_upper_dev_link(a, b, 0), 0);
	expect_log(f, "notifier a CHANGEUPPER\n0 a - DOWN 0\n");
	assert_true(netdev_has_upper_dev(a, b));
	assert_false(netdev_has_upper_dev(b, a));
	assert_null(netdev_master_upper_dev_get(a)); /* an upper is not necessarily a master */
	assert_null(netdev_next_slave(b, NULL));
	netdev_upper_dev_unlink(a, b);
	expect_log(f, "notifier a CHANGEUPPER\n0 a - DOWN 0\n");
	assert_false(netdev_has_upper_dev(a, b));
	assert_null(netdev_next_upper(a, NULL, &plain_ops));
	fixture_stop(f);
}

static void netdev_next_upper__goes_by_order_then_age(void **state)
{
	static const uint32_t orders[] = { 3, 1, 3, 2, 0 };
	static const char *const sorted[] = { "u4", "u1", "u3", "u0", "u2" };
	struct fixture *f = start(8);
	struct net_device *lower = add_device(f, "lower", &plain_ops);
	struct netdev_adjacent *at = NULL;

	(void)state;
	assert_null(netdev_next_upper(lower, NULL, &plain_ops)); /* never linked */
	for (size_t i = 0; i < ARRAY_SIZE(orders); i++) {
		char name[] = { 'u', (char)('0' + i), '\0' };

		assert_int_equal(
			netdev_upper_dev_link(lower, add_device(f, name, &plain_ops), orders[i]),
			0);
	}
	/* one of another kind in between */
	assert_int_equal(netdev_upper_dev_link(lower, add_device(f, "m", &master_ops), 2), 0);
	for (size_t i = 0; i < ARRAY_SIZE(sorted); i++) {
		at = netdev_next_upper(lower, at, &plain_ops);
		assert_non_null(at);
		assert_string_equal(at->upper->name, sorted[i]);
		assert_ptr_equal(at->lower, lower);
	}
	assert_null(netdev_next_upper(lower, at, &plain_ops));
	at = netdev_next_upper(lower, NULL, &master_ops);
	assert_string_equal(at->upper->name, "m");
	assert_null(netdev_next_upper(lower, at, &master_ops));
	fixture_stop(f);
}

static void netdev_next_slave__goes_by_age(void **state)
{
	struct fixture *f = start(8);
	struct net_device *master = add_device(f, "m", &master_ops);
	struct net_device *slaves[3];
	struct netdev_adjacent *at = NULL;

	(void)state;
	assert_null(netdev_next_slave(master, NULL)); /* never linked */
	assert_null(netdev_master_link(master));
	/* other lowers are not slaves; other uppers are not masters */
	assert_int_equal(netdev_upper_dev_link(find(f, "lo"), master, 0), 0);
	for (size_t i = 0; i < 3; i++) {
		slaves[i] = add_device(f, (const char *[]){ "a", "b", "c" }[i], &plain_ops);
		if (i == 1)
			assert_int_equal(
				netdev_upper_dev_link(slaves[i], add_device(f, "u", &plain_ops), 0),
				0);
		assert_int_equal(netdev_master_upper_dev_link(slaves[i], master), 0);
	}
	for (size_t i = 0; i < 3; i++) {
		at = netdev_next_slave(master, at);
		assert_ptr_equal(at->lower, slaves[i]);
		assert_ptr_equal(netdev_master_link(slaves[i]), at);
		assert_ptr_equal(netdev_master_upper_dev_get(slaves[i]), master);
	}
	assert_null(netdev_next_slave(master, at));
	netdev_upper_dev_unlink(slaves[1], master);
	assert_null(netdev_master_link(slaves[1]));
	at = netdev_next_slave(master, netdev_next_slave(master, NULL));
	assert_ptr_equal(at->lower, slaves[2]);
	fixture_stop(f);
}

/* Models: __netdev_upper_dev_link() */
static void netdev_upper_dev_link__makes_no_loop(void **state)
{
	struct fixture *f = start(8);
	struct net_device *a = add_device(f, "a", &plain_ops), *b = add_device(f, "b", &plain_ops);
	struct net_device *c = add_device(f, "c", &plain_ops), *d = add_device(f, "d", &plain_ops);

	(void)state;
	assert_int_equal(netdev_upper_dev_link(a, a, 0), -EBUSY);
	assert_int_equal(netdev_upper_dev_link(a, d, 0), 0);
	assert_int_equal(netdev_upper_dev_link(a, b, 0), 0);
	assert_int_equal(netdev_upper_dev_link(b, c, 0), 0);
	forget_log(f);
	assert_int_equal(netdev_upper_dev_link(b, a, 0), -EBUSY);
	assert_int_equal(netdev_master_upper_dev_link(c, a), -EBUSY);
	expect_log(f, "");
	assert_true(netdev_has_upper_dev(a, c));
	assert_int_equal(netdev_upper_dev_link(c, d, 0), 0); /* two paths upwards are not a loop */
	fixture_stop(f);
}

/* At most eight levels, whichever two stacks are joined. */
static void netdev_upper_dev_link__has_a_height(void **state)
{
	struct fixture *f = start(20);
	struct net_device *dev[10];

	(void)state;
	for (size_t i = 0; i < 10; i++) {
		char name[] = { (char)('a' + i), '\0' };

		dev[i] = add_device(f, name, &plain_ops);
	}
	for (size_t i = 0; i < 3; i++) /* a b c d; e f g h */
		assert_int_equal(netdev_upper_dev_link(dev[i], dev[i + 1], 0) |
					 netdev_upper_dev_link(dev[i + 4], dev[i + 5], 0),
				 0);
	assert_int_equal(netdev_upper_dev_link(dev[7], dev[8], 0), 0);
	assert_int_equal(netdev_upper_dev_link(dev[3], dev[4], 0), -EMLINK);
	netdev_upper_dev_unlink(dev[7], dev[8]);
	assert_int_equal(netdev_upper_dev_link(dev[3], dev[4], 0), 0);
	assert_int_equal(netdev_upper_dev_link(dev[8], dev[0], 0), -EMLINK);
	assert_int_equal(netdev_upper_dev_link(dev[7], dev[8], 0), -EMLINK);
	assert_int_equal(netdev_upper_dev_link(dev[6], dev[8], 0), 0);
	/* a short path does not hide the long one, on either side */
	assert_int_equal(netdev_upper_dev_link(dev[0], dev[7], 0), 0);
	assert_int_equal(netdev_upper_dev_link(dev[7], dev[9], 0), -EMLINK);
	assert_int_equal(netdev_upper_dev_link(dev[9], dev[0], 0), -EMLINK);
	fixture_stop(f);
}

/* No memory is lost: a freed device returns its lists, an unlinked one the link. */
static void netdev_upper_dev_link__without_room(void **state)
{
	struct fixture *f = start(1);
	struct net_device *a = add_device(f, "a", &plain_ops), *b;

	(void)state;
	for (int round = 0; round < 3; round++) {
		b = add_device(f, "b", &plain_ops);
		assert_int_equal(netdev_upper_dev_link(a, b, 0), 0);
		forget_log(f);
		assert_int_equal(netdev_upper_dev_link(b, find(f, "lo"), 0), -ENOMEM);
		expect_log(f, "");
		netdev_upper_dev_unlink(a, b);
		unregister(f, b);
	}
	/* a keeps its lists, so one of the two remains, and lo takes it */
	b = add_device(f, "b", &plain_ops);
	assert_int_equal(netdev_upper_dev_link(find(f, "lo"), b, 0), -ENOMEM);
	assert_int_equal(netdev_upper_dev_link(b, a, 0), -ENOMEM);
	unregister(f, a);
	assert_int_equal(netdev_upper_dev_link(find(f, "lo"), b, 0), 0);
	netdev_upper_dev_unlink(find(f, "lo"), b);
	fixture_stop(f);
}

static void netdev_rx_handler_check__one_has_it(void **state)
{
	struct fixture *f = start(8);
	struct net_device *a = add_dummy(f, "a"), *b = add_dummy(f, "b"), *c = add_dummy(f, "c");
	struct net_device *i0 = add_upper(f, LINK_KIND_IPVLAN, "i0", a, 0);
	struct net_device *m0 = add_upper(f, LINK_KIND_MACVLAN, "m0", b, 0);
	struct net_device *v0 = add_upper(f, LINK_KIND_VLAN, "v0", c, 1);

	(void)state;
	assert_int_equal(netdev_rx_handler_check(a), -EBUSY);
	assert_int_equal(netdev_rx_handler_check(b), -EBUSY);
	assert_int_equal(netdev_rx_handler_check(c), 0);
	assert_int_equal(netdev_rx_handler_check(i0), -EINVAL);
	assert_int_equal(netdev_rx_handler_check(m0), 0);
	assert_int_equal(netdev_rx_handler_check(v0), 0);
	assert_int_equal(netdev_master_upper_dev_link(c, add_device(f, "m", &master_ops)), 0);
	assert_int_equal(netdev_rx_handler_check(c), -EBUSY);
	fixture_stop(f);
}

/* Links are saved and restored with the machine. */
static void machine_restore__knows_who_is_above_whom(void **state)
{
	struct fixture *f = start(4);
	struct net_device *d0 = add_dummy(f, "d0");
	void *copy;

	(void)state;
	add_upper(f, LINK_KIND_VLAN, "v1", d0, 1);
	copy = malloc(machine_save_bytes(f->m));
	machine_save(f->m, copy);
	for (int round = 0; round < 2; round++) {
		forget_log(f);
		link_up(f, d0);
		add_upper(f, LINK_KIND_VLAN, "v2", d0, 2);
		delete_link_of(f, find(f, "v1"));
		expect_log(f, "0 d0 URL UNKNOWN 1\n0 v1 URL UP 1\n0 d0 URL UNKNOWN 0\n"
			      "0 v2 - DOWN ffffffff\n0 d0 URL UNKNOWN 0\n0 v1 - DOWN 41\n"
			      "0 DEL v1 - DOWN ffffffff\n");
		machine_restore(f->m, copy);
	}
	free(copy);
	fixture_stop(f);
}

/* dormant, testing, carrier: an event for each bit that changes; the first one queues the device. */
static void netif_stacked_transfer_operstate__by_what_is_stored(void **state)
{
	static const struct {
		uint8_t operstate;
		bool carrier;
		const char *log;
	} cases[] = {
		{ IF_OPER_DORMANT, true, "fire b not-urgent new\n" },
		{ IF_OPER_DORMANT, true, "" },
		{ IF_OPER_TESTING, true, "fire b not-urgent again\nfire b not-urgent again\n" },
		{ IF_OPER_TESTING, false, "carrier b off\nfire b not-urgent again\n" },
		{ IF_OPER_UP, true,
		  "fire b not-urgent again\ncarrier b on\nfire b not-urgent again\n" },
		{ IF_OPER_DOWN, true, "" },
		{ IF_OPER_UNKNOWN, true, "" },
		{ IF_OPER_DORMANT, false,
		  "fire b not-urgent again\ncarrier b off\nfire b not-urgent again\n" },
	};
	struct fixture *f = start(0);
	struct net_device *a = add_device(f, "a", &plain_ops), *b = add_device(f, "b", &plain_ops);

	(void)state;
	forget_log(f);
	f->traced = BIT(TRACE_FIRE) | BIT(TRACE_CARRIER);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		a->operstate = cases[i].operstate;
		a->state = 1UL << __LINK_STATE_PRESENT | 1UL << __LINK_STATE_TESTING |
			   1UL << __LINK_STATE_DORMANT |
			   (unsigned long)!cases[i].carrier << __LINK_STATE_NOCARRIER;
		netif_stacked_transfer_operstate(a, b);
		expect_log(f, cases[i].log);
		assert_int_equal(netif_dormant(b), cases[i].operstate == IF_OPER_DORMANT);
		assert_int_equal(netif_testing(b), cases[i].operstate == IF_OPER_TESTING);
		assert_int_equal(netif_carrier_ok(b), cases[i].carrier);
	}
	a->state = 1UL << __LINK_STATE_PRESENT;
	settle(f);
	fixture_stop(f);
}

/* The initialization order of a kernel without modules: which notifier is called first for a lower
 * device. */
static void machine_new__notifiers_have_the_kernels_order(void **state)
{
	static const notifier_fn order[] = { rtnetlink_event,	  bond_device_event,
					     ipvlan_device_event, macvlan_device_event,
					     team_device_event,	  vrf_device_event,
					     br_device_event,	  vlan_device_event };
	struct fixture *f = start(0);

	(void)state;
	assert_int_equal(f->m->notifiers_count, ARRAY_SIZE(order));
	for (size_t i = 0; i < ARRAY_SIZE(order); i++)
		assert_true(f->m->notifiers[i] == order[i]);
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(netdev_upper_dev_link__tells_the_one_below),
		cmocka_unit_test(netdev_next_upper__goes_by_order_then_age),
		cmocka_unit_test(netdev_next_slave__goes_by_age),
		cmocka_unit_test(netdev_upper_dev_link__makes_no_loop),
		cmocka_unit_test(netdev_upper_dev_link__has_a_height),
		cmocka_unit_test(netdev_upper_dev_link__without_room),
		cmocka_unit_test(netdev_rx_handler_check__one_has_it),
		cmocka_unit_test(machine_restore__knows_who_is_above_whom),
		cmocka_unit_test(netif_stacked_transfer_operstate__by_what_is_stored),
		cmocka_unit_test(machine_new__notifiers_have_the_kernels_order),
	};

	return cmocka_run_group_tests_name("stack", tests, NULL, NULL);
}
