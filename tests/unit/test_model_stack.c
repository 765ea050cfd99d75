// SPDX-License-Identifier: GPL-2.0-or-later
/* Which device is above which. */
#include "master_fixture.h"

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

/* Lists are left, but no link. */
static void netdev_upper_dev_link__without_a_link(void **state)
{
	struct fixture *f = start(2);
	struct net_device *a = add_device(f, "a", &plain_ops), *b = add_device(f, "b", &plain_ops);
	struct net_device *c = add_device(f, "c", &plain_ops);

	(void)state;
	assert_int_equal(netdev_upper_dev_link(a, b, 0), 0);
	assert_int_equal(netdev_upper_dev_link(b, c, 0), 0);
	forget_log(f);
	assert_int_equal(netdev_upper_dev_link(a, c, 0), -ENOMEM);
	assert_int_equal(netdev_master_upper_dev_link(a, c), -ENOMEM);
	expect_log(f, "");
	assert_null(netdev_master_upper_dev_get(a));
	netdev_upper_dev_unlink(a, b);
	assert_int_equal(netdev_upper_dev_link(a, c, 0), 0);
	fixture_stop(f);
}

/* Whichever of an upper's links is asked for, that one goes. */
static void netdev_upper_dev_unlink__finds_the_link(void **state)
{
	struct fixture *f = start(8);
	struct net_device *upper = add_device(f, "u", &plain_ops), *lower[3];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		lower[i] = add_device(f, (const char *[]){ "a", "b", "c" }[i], &plain_ops);
		assert_int_equal(netdev_upper_dev_link(lower[i], upper, 0), 0);
	}
	netdev_upper_dev_unlink(lower[2], upper);
	assert_true(netdev_has_upper_dev(lower[0], upper));
	assert_true(netdev_has_upper_dev(lower[1], upper));
	assert_false(netdev_has_upper_dev(lower[2], upper));
	netdev_upper_dev_unlink(lower[1], upper);
	assert_true(netdev_has_upper_dev(lower[0], upper));
	assert_false(netdev_has_upper_dev(lower[1], upper));
	fixture_stop(f);
}

#define PORTS 12

/* A bridge that is up, with ports that are down. */
static struct net_device *add_ports(struct fixture *f, struct net_device *ports[PORTS])
{
	struct net_device *bridge = add_bridge(f, "br");

	link_up(f, bridge);
	for (int i = 0; i < PORTS; i++) {
		char name[] = { 'p', (char)('a' + i), '\0' };

		ports[i] = add_dummy(f, name);
		join(f, ports[i], bridge);
	}
	return bridge;
}

static void expect_first_up(const struct net_device *master, const struct net_device *expected)
{
	const struct netdev_adjacent *first = netdev_first_slave_up(master);

	assert_ptr_equal(first ? first->lower : NULL, expected);
	assert_true(netdev_sums_agree(master));
}

static void netdev_first_slave_up__is_the_oldest(void **state)
{
	struct fixture *f = start(20);
	struct net_device *ports[PORTS], *bridge, *never_linked = add_dummy(f, "d");

	(void)state;
	expect_first_up(never_linked, NULL);
	assert_null(netdev_slaves_sum(never_linked));
	bridge = add_ports(f, ports);
	for (int i = 0; i < PORTS; i++) { /* each alone */
		expect_first_up(bridge, NULL);
		link_up(f, ports[i]);
		expect_first_up(bridge, ports[i]);
		link_down(f, ports[i]);
	}
	for (int i = PORTS - 1; i >= 0; i--) {
		link_up(f, ports[i]);
		expect_first_up(bridge, ports[i]);
	}
	for (int i = 0; i < PORTS; i++) {
		expect_first_up(bridge, ports[i]);
		leave(f, ports[i]);
	}
	expect_first_up(bridge, NULL);
	assert_null(netdev_slaves_sum(bridge));
	fixture_stop(f);
}

static struct netdev_adjacent *link_of(const struct seq_node *node)
{
	assert_non_null(node);
	return container_of(node, struct netdev_adjacent, of_master);
}

/* What is spoilt: a field of the whole sum, or what is below it. */
enum spoilt {
	LEAST_ADDRESS,
	LEAST_MTU,
	SOME_FEATURES,
	ALL_FEATURES,
	SOME_VLAN_FEATURES,
	ALL_VLAN_FEATURES,
	IS_SOME_UP,
	LEFT_IS_SOME_UP,
	NO_TREE,
	NO_SLAVES,
	SPOILT_COUNT,
};

static void spoil(struct net_device *master, enum spoilt what)
{
	struct seq *slaves = &master->adj->slaves;
	struct netdev_adjacent *root = link_of(seq_root(slaves)), *at = NULL;

	switch (what) {
	case LEAST_ADDRESS:
		root->sum.least_address++;
		break;
	case LEAST_MTU:
		root->sum.least_mtu++;
		break;
	case SOME_FEATURES:
		root->sum.some_features ^= 1;
		break;
	case ALL_FEATURES:
		root->sum.all_features ^= 1;
		break;
	case SOME_VLAN_FEATURES:
		root->sum.some_vlan_features ^= 1;
		break;
	case ALL_VLAN_FEATURES:
		root->sum.all_vlan_features ^= 1;
		break;
	case IS_SOME_UP:
		root->sum.is_some_up = false;
		break;
	case LEFT_IS_SOME_UP: /* the sum of all stays right, but the first one up is not found */
		link_of(root->of_master.left)->sum.is_some_up = false;
		break;
	case NO_TREE:
		seq_init(slaves);
		break;
	case NO_SLAVES:
		while ((at = netdev_next_lower(master, at)) != NULL)
			at->is_master = false;
		break;
	case SPOILT_COUNT:
		break;
	}
}

static void netdev_sums_agree__sees_each_difference(void **state)
{
	(void)state;
	for (enum spoilt what = 0; what < SPOILT_COUNT; what++) {
		struct fixture *f = start(20);
		struct net_device *ports[PORTS], *bridge = add_ports(f, ports);
		const char *broken;

		for (int i = 0; i < PORTS; i++)
			link_up(f, ports[i]);
		assert_true(netdev_sums_agree(bridge));
		assert_null(machine_verify(f->m));
		spoil(bridge, what);
		assert_false(netdev_sums_agree(bridge));
		broken = machine_verify(f->m);
		assert_string_equal(broken ? broken : "sound",
				    "what a master's ports make together is not what they are");
		fixture_free(f);
	}
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
		cmocka_unit_test(netdev_upper_dev_link__without_a_link),
		cmocka_unit_test(netdev_upper_dev_unlink__finds_the_link),
		cmocka_unit_test(netdev_first_slave_up__is_the_oldest),
		cmocka_unit_test(netdev_sums_agree__sees_each_difference),
		cmocka_unit_test(netdev_rx_handler_check__one_has_it),
		cmocka_unit_test(machine_restore__knows_who_is_above_whom),
		cmocka_unit_test(netif_stacked_transfer_operstate__by_what_is_stored),
		cmocka_unit_test(machine_new__notifiers_have_the_kernels_order),
	};

	return cmocka_run_group_tests_name("stack", tests, NULL, NULL);
}
