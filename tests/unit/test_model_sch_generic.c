// SPDX-License-Identifier: GPL-2.0-or-later
#include "model_fixture.h"

static void dev_activate__waits_for_the_carrier(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_device(f, "d", &plain_ops);

	(void)state;
	forget_log(f);
	f->traced = BIT(TRACE_QDISC);
	assert_int_equal(dev->qdisc, QDISC_NOOP);
	assert_int_equal(dev->qdisc_sleeping, QDISC_NOOP);
	assert_int_equal(dev->root_qdisc, QDISC_NOOP);

	dev->state |= BIT(__LINK_STATE_NOCARRIER);
	dev_activate(dev); /* attached, not active */
	expect_log(f, "");
	assert_int_equal(dev->qdisc, QDISC_NOOP);
	assert_int_equal(dev->qdisc_sleeping, QDISC_PFIFO_FAST);
	assert_int_equal(dev->root_qdisc, QDISC_PFIFO_FAST);
	assert_true(qdisc_tx_changing(dev));

	dev->state &= ~(unsigned long)BIT(__LINK_STATE_NOCARRIER);
	dev_activate(dev);
	dev_activate(dev);
	expect_log(f, "qdisc d noop pfifo_fast\n");
	assert_false(qdisc_tx_changing(dev));

	dev_deactivate(dev); /* inactive, but kept for later */
	dev_deactivate(dev);
	expect_log(f, "qdisc d pfifo_fast noop\n");
	assert_int_equal(dev->qdisc_sleeping, QDISC_PFIFO_FAST);
	assert_int_equal(dev->root_qdisc, QDISC_PFIFO_FAST);
	dev_activate(dev);
	expect_log(f, "qdisc d noop pfifo_fast\n");

	dev_shutdown(dev);
	expect_log(f, "qdisc d pfifo_fast noop\n");
	assert_int_equal(dev->qdisc_sleeping, QDISC_NOOP);
	assert_int_equal(dev->root_qdisc, QDISC_NOOP);
	assert_false(qdisc_tx_changing(dev));
	fixture_stop(f);
}

static void netif_carrier__counts_and_fires_if_it_changes(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_device(f, "d", &plain_ops);

	(void)state;
	forget_log(f);
	f->traced = BIT(TRACE_CARRIER) | BIT(TRACE_FIRE);
	netif_carrier_on(dev);
	expect_log(f, "");
	f->m->cause = 11;
	netif_carrier_off(dev);
	f->m->cause = 12;
	netif_carrier_off(dev);
	assert_int_equal(dev->link_cause, 11);
	expect_log(f, "carrier d off\nfire d not-urgent new\n");
	assert_false(netif_carrier_ok(dev));
	assert_int_equal(dev->carrier_up_count, 0);
	assert_int_equal(dev->carrier_down_count, 1);
	netif_carrier_on(dev);
	f->m->cause = 13;
	netif_carrier_on(dev);
	assert_int_equal(dev->link_cause, 12);
	expect_log(f, "carrier d on\nfire d not-urgent again\n");
	assert_true(netif_carrier_ok(dev));
	assert_int_equal(dev->carrier_up_count, 1);
	assert_int_equal(dev->carrier_down_count, 1);
	settle(f);
	fixture_stop(f);
}

static void netif_carrier__before_registration_is_only_a_bit(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = alloc_netdev(f->m, "d", &plain_ops);

	(void)state;
	f->traced = BIT(TRACE_CARRIER) | BIT(TRACE_FIRE);
	netif_carrier_off(dev);
	assert_false(netif_carrier_ok(dev));
	netif_carrier_on(dev);
	assert_true(netif_carrier_ok(dev));
	assert_int_equal(netif_carrier_event(dev), 0);
	expect_log(f, "");
	assert_int_equal(dev->carrier_up_count, 0);
	assert_int_equal(dev->carrier_down_count, 0);
	free_netdev(dev);
	fixture_stop(f);
}

static void netif_carrier_event__counts_both_ways_and_tells_once(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_dummy(f, "d0");

	(void)state;
	link_up(f, dev);
	carrier(f, dev, false);
	run_to_j(f, 200);
	carrier(f, dev, true);
	run_to_j(f, 400);
	forget_log(f);
	f->traced = BIT(TRACE_FIRE) | BIT(TRACE_CARRIER);
	f->is_full = true;
	assert_int_equal(netif_carrier_event(dev), 0);
	settle(f);
	expect_log(f,
		   "fire d0 not-urgent new\n"
		   "400 d0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=2/2\n");
	fixture_stop(f);
}

static void netif_carrier_event__does_not_exist_on_5_8(void **state)
{
	struct fixture *f = fixture_start("5.8", 100);
	struct net_device *dev = add_dummy(f, "d0");

	(void)state;
	link_up(f, dev);
	forget_log(f);
	assert_int_equal(netif_carrier_event(dev), -EOPNOTSUPP);
	settle(f);
	expect_log(f, "");
	assert_int_equal(dev->carrier_up_count, 0);
	assert_int_equal(dev->carrier_down_count, 0);
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dev_activate__waits_for_the_carrier),
		cmocka_unit_test(netif_carrier__counts_and_fires_if_it_changes),
		cmocka_unit_test(netif_carrier__before_registration_is_only_a_bit),
		cmocka_unit_test(netif_carrier_event__counts_both_ways_and_tells_once),
		cmocka_unit_test(netif_carrier_event__does_not_exist_on_5_8),
	};

	return cmocka_run_group_tests_name("sch_generic", tests, NULL, NULL);
}
