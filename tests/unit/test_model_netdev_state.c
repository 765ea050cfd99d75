// SPDX-License-Identifier: GPL-2.0-or-later
#include "model_fixture.h"

static void testing_on(struct net_device *dev)
{
	assert_int_equal(netif_testing_on(dev), 0);
}

static void testing_off(struct net_device *dev)
{
	assert_int_equal(netif_testing_off(dev), 0);
}

static void dormant_and_testing__fire_if_the_bit_changes(void **state)
{
	static const struct {
		void (*on)(struct net_device *), (*off)(struct net_device *);
		enum netdev_state_t bit;
		const char *told;
	} cases[] = {
		{ netif_dormant_on, netif_dormant_off, __LINK_STATE_DORMANT,
		  "fire d0 not-urgent new\n0 d0 ULD DORMANT 0\n" },
		{ testing_on, testing_off, __LINK_STATE_TESTING,
		  "fire d0 not-urgent new\n0 d0 UL TESTING 0\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start("6.1", 100);
		struct net_device *dev = add_dummy(f, "d0");

		link_up(f, dev);
		forget_log(f);
		f->traced = BIT(TRACE_FIRE);
		cases[i].off(dev); /* no change */
		settle(f);
		expect_log(f, "");
		cases[i].on(dev);
		assert_true(dev->state & BIT(cases[i].bit));
		settle(f);
		expect_log(f, cases[i].told);
		cases[i].on(dev);
		settle(f);
		expect_log(f, "");
		run_to_j(f, 200);
		cases[i].off(dev);
		assert_false(dev->state & BIT(cases[i].bit));
		settle(f);
		expect_log(f, "fire d0 not-urgent new\n200 d0 URL UP 0\n");
		assert_int_equal(dev->carrier_up_count + dev->carrier_down_count, 0);
		fixture_stop(f);
	}
}

/* Unlike the carrier, these fire before the device is registered. */
static void dormant_on__fires_before_registration(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = alloc_netdev(f->m, "d", &plain_ops);

	(void)state;
	f->traced = BIT(TRACE_FIRE);
	lock(f);
	netif_dormant_on(dev);
	netif_testing_on(dev);
	expect_log(f, "fire d not-urgent new\nfire d not-urgent again\n");
	assert_int_equal(register_netdevice(dev), 0);
	unlock(f);
	assert_int_equal(dev->operstate, IF_OPER_TESTING);
	fixture_stop(f);
}

static void detach_and_attach__are_no_event(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_dummy(f, "d0");

	(void)state;
	link_up(f, dev);
	forget_log(f);
	f->traced = BIT(TRACE_FIRE);
	netif_device_detach(dev);
	assert_false(netif_device_present(dev));
	assert_true(netif_running(dev));
	netif_device_attach(dev);
	assert_true(netif_device_present(dev));
	settle(f);
	expect_log(f, "");
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dormant_and_testing__fire_if_the_bit_changes),
		cmocka_unit_test(dormant_on__fires_before_registration),
		cmocka_unit_test(detach_and_attach__are_no_event),
	};

	return cmocka_run_group_tests_name("netdev_state", tests, NULL, NULL);
}
