// SPDX-License-Identifier: GPL-2.0-or-later
/* How a run processes the event list: budget, order, put back, absent devices, sleep on rtnl. */
#include "model_fixture.h"

#define DECISIONS                                                                                  \
	(BIT(TRACE_FIRE) | BIT(TRACE_SCHEDULE) | BIT(TRACE_RUN) | BIT(TRACE_PUT_BACK) |            \
	 BIT(TRACE_OVER_BUDGET))
#define RUNS (BIT(TRACE_RUN) | BIT(TRACE_OVER_BUDGET))

/* Devices d0, d1, ... that are up, with operstate DOWN if !is_on; the rate limit is active. */
static void add_many(struct fixture *f, struct net_device **devs, unsigned int count, bool is_on)
{
	for (unsigned int i = 0; i < count; i++) {
		char name[IFNAMSIZ];

		snprintf(name, sizeof(name), "d%u", i);
		devs[i] = add_dummy(f, name);
		link_up(f, devs[i]);
		if (!is_on)
			netif_carrier_off(devs[i]);
		forget_log(f);
	}
	while (f->m->linkwatch.work.work.is_pending) {
		run_to_ns(f, machine_next_ns(f->m));
		forget_log(f);
	}
	run_to_j(f, 10 * 100);
	use_up_the_second(f); /* nextevent: 1100, the timer fires in jiffy 1104 */
}

static void expect_ends(struct fixture *f, unsigned int messages, const char *first,
			const char *last)
{
	assert_int_equal(f->messages, messages);
	assert_true(strncmp(f->log, first, strlen(first)) == 0);
	assert_true(f->log_len > strlen(last));
	assert_string_equal(f->log + f->log_len - strlen(last), last);
	forget_log(f);
}

static void budget__a_full_run_takes_100_the_rest_a_second_later_each(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *devs[250];

	(void)state;
	add_many(f, devs, 250, true);
	run_to_j(f, 1200);
	f->traced = RUNS;
	for (unsigned int i = 0; i < 250; i++)
		netif_carrier_off(devs[i]);
	settle(f);
	expect_ends(f, 100, "run full next 1300\n1200 d0 U DOWN 0\n1200 d1 U",
		    "1200 d99 U DOWN 0\nover budget 150 of 100\n");
	run_to_j(f, 1303);
	expect_log(f, "");
	run_to_j(f, 1304);
	expect_ends(f, 100, "run full next 1404\n1304 d100 U DOWN 0\n",
		    "1304 d199 U DOWN 0\nover budget 50 of 100\n");
	run_to_j(f, 1407);
	expect_log(f, "");
	run_to_j(f, 1408);
	expect_ends(f, 50, "run full next 1508\n1408 d200 U DOWN 0\n", "1408 d249 U DOWN 0\n");
	fixture_stop(f);
}

static void budget__of_exactly_100_leaves_nothing_over(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *devs[101];

	(void)state;
	add_many(f, devs, 101, true);
	f->traced = RUNS;
	for (unsigned int count = 100; count <= 101; count++) {
		run_to_j(f, 1000 * (count - 98));
		for (unsigned int i = 0; i < count; i++)
			linkwatch_fire_event(devs[i]);
		settle(f);
		assert_int_equal(f->messages, 100);
		assert_int_equal(f->m->linkwatch.work.work.is_pending, count == 101);
		assert_int_equal(!!strstr(f->log, "over budget 1 of 100\n"), count == 101);
		forget_log(f);
	}
	fixture_stop(f);
}

/* The budget defeats urgency: what is left over waits until the second is over... */
static void budget__an_urgent_run_takes_200(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *devs[250];

	(void)state;
	add_many(f, devs, 250, false);
	f->traced = RUNS;
	for (unsigned int i = 0; i < 250; i++)
		netif_carrier_on(devs[i]);
	settle(f);
	expect_ends(f, 200, "run urgent next 1100\n1000 d0 URL UP 0\n",
		    "1000 d199 URL UP 0\nover budget 50 of 200\n");
	run_to_j(f, 1103);
	expect_log(f, "");
	run_to_j(f, 1104);
	expect_ends(f, 50, "run full next 1204\n1104 d200 URL UP 0\n", "1104 d249 URL UP 0\n");
	fixture_stop(f);
}

/* ...or until another urgent event, which reschedules the work to run now. */
static void budget__left_over_is_pulled_forward_by_an_urgent_event(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *devs[251];

	(void)state;
	add_many(f, devs, 251, false);
	for (unsigned int i = 0; i < 250; i++)
		netif_carrier_on(devs[i]);
	settle(f);
	forget_log(f);
	f->traced = RUNS;
	run_to_j(f, 1010);
	carrier(f, devs[250], true);
	expect_ends(f, 51, "run urgent next 1100\n1010 d200 URL UP 0\n", "1010 d250 URL UP 0\n");
	run_to_j(f, 1200);
	expect_log(f, "");
	fixture_stop(f);
}

static void budget__left_over_comes_before_put_back_and_newly_fired(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *devs[208];

	(void)state;
	add_many(f, devs, 208, false);
	f->traced = RUNS;
	linkwatch_fire_event(devs[3]); /* first, two that are not urgent */
	linkwatch_fire_event(devs[1]);
	for (unsigned int i = 5; i < 207; i++) /* 202 urgent ones */
		netif_carrier_on(devs[i]);
	settle(f);
	expect_ends(f, 200, "run urgent next 1100\n1000 d5 URL UP 0\n",
		    "1000 d204 URL UP 0\nover budget 2 of 200\n");
	linkwatch_fire_event(devs[207]);
	run_to_j(f, 1200);
	expect_log(f, "run full next 1204\n1104 d205 URL UP 0\n1104 d206 URL UP 0\n"
		      "1104 d3 U DOWN 0\n1104 d1 U DOWN 0\n1104 d207 U DOWN 0\n");
	fixture_stop(f);
}

static void budget__does_not_depend_on_a_listener(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *devs[101];

	(void)state;
	add_many(f, devs, 101, true);
	f->m->callbacks.trace = NULL;
	run_to_j(f, 1200);
	for (unsigned int i = 0; i < 101; i++)
		netif_carrier_off(devs[i]);
	settle(f);
	assert_int_equal(f->messages, 100);
	run_to_j(f, 1304);
	assert_int_equal(f->messages, 101);
	fixture_stop(f);
}

static void loss_and_regain_within_the_limit__is_one_message_without_a_down(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev;

	(void)state;
	add_many(f, &dev, 1, true);
	f->traced = BIT(TRACE_FIRE) | BIT(TRACE_QDISC);
	f->is_full = true;
	run_to_j(f, 1010);
	for (int i = 0; i < 3; i++) {
		carrier(f, dev, false);
		carrier(f, dev, true);
	}
	run_to_j(f, 1200);
	expect_log(f,
		   "fire d0 not-urgent new\n"
		   "fire d0 not-urgent again\nfire d0 not-urgent again\nfire d0 not-urgent again\n"
		   "fire d0 not-urgent again\nfire d0 not-urgent again\n"
		   "1104 d0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=3/3\n");
	fixture_stop(f);
}

static void linkwatch_do_dev__policy_then_qdisc_then_notifiers_then_message(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev;

	(void)state;
	add_many(f, &dev, 1, true);
	run_to_j(f, 1200);
	f->traced = BIT(TRACE_POLICY) | BIT(TRACE_QDISC) | BIT(TRACE_NOTIFIER);
	f->m->cause = 11;
	netif_carrier_off(dev);
	f->m->cause = 12;
	netif_carrier_event(dev); /* already pending: keeps its place */
	settle(f);
	assert_int_equal(f->last.cause, 11);
	carrier(f, dev, true);
	expect_log(f, "policy d0 UNKNOWN DOWN\nqdisc d0 noqueue noop\nnotifier d0 CHANGE\n"
		      "1200 d0 U DOWN 0\n"
		      "policy d0 DOWN UP\nqdisc d0 noop noqueue\nnotifier d0 CHANGE\n"
		      "1200 d0 URL UP 0\n");
	fixture_stop(f);
}

/* The event of a device that is down sends nothing, but still uses up the second. */
static void linkwatch_do_dev__of_a_device_that_is_down_is_silent(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev[2];

	(void)state;
	add_many(f, dev, 2, true);
	run_to_j(f, 1200);
	link_down(f, dev[0]);
	forget_log(f);
	f->traced = BIT(TRACE_POLICY) | BIT(TRACE_QDISC) | BIT(TRACE_NOTIFIER) | BIT(TRACE_RUN);
	carrier(f, dev[0], false);
	expect_log(f, "run full next 1300\npolicy d0 UNKNOWN DOWN\n");
	assert_false(dev[0]->state & BIT(__LINK_STATE_LINKWATCH_PENDING));
	f->traced = 0;
	carrier(f, dev[1], false);
	run_to_j(f, 1400);
	expect_log(f, "1304 d1 U DOWN 0\n");
	fixture_stop(f);
}

/* Fires an event for the device it is called for, once. */
static int fire_once(struct net_device *dev, enum netdev_cmd cmd)
{
	struct fixture *f = fixture_of(dev);

	if (cmd == NETDEV_CHANGE && f->veto_name) {
		linkwatch_fire_event(find(f, f->veto_name));
		linkwatch_fire_event(dev);
		f->veto_name = NULL;
	}
	return 0;
}

static void linkwatch_do_dev__an_event_fired_by_a_notifier_is_a_new_one(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev[3];

	(void)state;
	add_many(f, dev, 3, true);
	run_to_j(f, 1200);
	register_netdevice_notifier(f->m, fire_once);
	f->veto_name = "d2"; /* still to be processed in this run: pending, so dropped */
	f->traced = DECISIONS;
	netif_carrier_off(dev[0]);
	netif_carrier_off(dev[2]);
	forget_log(f);
	settle(f);
	expect_log(
		f,
		"run full next 1300\nfire d2 not-urgent again\nfire d0 not-urgent new\n"
		"schedule 100 queued\n1200 d0 U DOWN 0\n1200 d2 U DOWN 0\nschedule 100 pending\n");
	run_to_j(f, 1400);
	expect_log(f, "run full next 1404\n1304 d0 U DOWN 0\n");
	fixture_stop(f);
}

static void linkwatch_forget_dev__deals_with_the_one_and_leaves_the_timer(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev[3];

	(void)state;
	add_many(f, dev, 3, true);
	f->traced = BIT(TRACE_RUN);
	netif_carrier_off(dev[0]);
	run_to_j(f, 1050);
	linkwatch_forget_dev(dev[1]); /* has no event */
	expect_log(f, "");
	linkwatch_forget_dev(dev[0]);
	expect_log(f, "1050 d0 U DOWN 0\n");
	assert_int_equal(since_boot(f, f->m->linkwatch.nextevent), 1100);
	/* the run finds nothing, but moves nextevent */
	run_to_j(f, 1150);
	expect_log(f, "run full next 1204\n");
	carrier(f, dev[2], false);
	run_to_j(f, 1300);
	expect_log(f, "run full next 1305\n1205 d2 U DOWN 0\n"); /* 54 jiffies left: level 0 */
	fixture_stop(f);
}

/* The event has the cause of its origin; what the caller does next has the caller's cause. */
static void linkwatch_forget_dev__leaves_the_cause_as_it_was(void **state)
{
	struct fixture *f = fixture_start("6.12", 100);
	struct net_device *dev;

	(void)state;
	add_many(f, &dev, 1, true);
	run_to_j(f, 1200);
	f->m->cause = 11;
	netif_carrier_off(dev);
	f->m->cause = 12;
	forget_log(f);
	f->traced = BIT(TRACE_FORGET);
	linkwatch_query_dev(dev);
	expect_log(f, "forget d0 asked about\n1200 d0 U DOWN 0\n");
	assert_int_equal(f->last.cause, 11);
	assert_int_equal(f->m->cause, 12);
	fixture_stop(f);
}

static void absent_device__on_5_8_its_event_is_lost(void **state)
{
	struct fixture *f = fixture_start("5.8", 100);
	struct net_device *dev;

	(void)state;
	add_many(f, &dev, 1, true);
	run_to_j(f, 1200);
	f->traced = DECISIONS | BIT(TRACE_POLICY) | BIT(TRACE_NOTIFIER) | BIT(TRACE_QDISC);
	netif_device_detach(dev);
	carrier(f, dev, false);
	expect_log(f, "fire d0 not-urgent new\nschedule 0 queued\nrun full next 1300\n"
		      "policy d0 UNKNOWN DOWN\n");
	netif_device_attach(dev);
	run_to_j(f, 2000);
	expect_log(f, "");
	assert_int_equal(dev->qdisc, QDISC_NOQUEUE);
	fixture_stop(f);
}

static void absent_device__on_6_1_its_event_waits_and_polls_once_a_second(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev[2];

	(void)state;
	add_many(f, dev, 2, true);
	run_to_j(f, 1200);
	f->traced = DECISIONS | BIT(TRACE_POLICY);
	netif_device_detach(dev[0]);
	carrier(f, dev[0], false);
	expect_log(f, "fire d0 not-urgent new\nschedule 0 queued\nrun full next 1300\n"
		      "put back d0 absent\nschedule 100 queued\n");
	run_to_j(f, 1303);
	expect_log(f, "");
	run_to_j(f, 1350); /* its polling delays the others */
	carrier(f, dev[1], false);
	expect_log(f, "run full next 1404\nput back d0 absent\nschedule 100 queued\n"
		      "fire d1 not-urgent new\nschedule 54 pending\n");
	netif_device_attach(dev[0]);
	run_to_j(f, 2000);
	expect_log(f, "run full next 1508\npolicy d0 UNKNOWN DOWN\n1408 d0 U DOWN 0\n"
		      "policy d1 UNKNOWN DOWN\n1408 d1 U DOWN 0\n");
	fixture_stop(f);
}

/* An absent device waits even if it is down, and even in an urgent run. */
static void absent_device__on_6_1_waits_whatever_else_it_is(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev[2];

	(void)state;
	add_many(f, dev, 2, false);
	link_down(f, dev[0]);
	forget_log(f);
	netif_device_detach(dev[0]);
	netif_device_detach(dev[1]);
	f->traced = BIT(TRACE_RUN) | BIT(TRACE_PUT_BACK);
	netif_carrier_on(dev[0]);
	netif_carrier_on(dev[1]); /* urgent */
	settle(f);
	expect_log(f, "run urgent next 1100\nput back d0 absent\nput back d1 absent\n");
	netif_device_attach(dev[0]);
	netif_device_attach(dev[1]);
	run_to_j(f, 1200);
	expect_log(f, "run full next 1204\n1104 d1 URL UP 0\n");
	assert_int_equal(dev[0]->operstate, IF_OPER_UP);
	fixture_stop(f);
}

/* linkwatch_forget_dev() processes the event in any case: only a run checks PRESENT. */
static void absent_device__on_6_1_is_not_looked_at_by_forget_dev(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev;

	(void)state;
	add_many(f, &dev, 1, true);
	netif_device_detach(dev);
	netif_carrier_off(dev);
	linkwatch_forget_dev(dev);
	expect_log(f, "1000 d0 U DOWN 0\n");
	fixture_stop(f);
}

static void hold_rtnl_to_j(struct machine *m, void *arg, uint64_t j)
{
	(void)arg;
	rtnl_hold(m, jiffies_start_ns(&m->clock, j) - m->now_ns);
}

static void waiting_for_rtnl__can_turn_an_urgent_run_into_a_full_one(void **state)
{
	static const struct {
		uint64_t held_to_j;
		const char *log;
	} cases[] = {
		{ 1099, "run urgent next 1100\n1099 d0 URL UP 0\n" },
		{ 1100, "run full next 1200\n1100 d0 URL UP 0\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start("6.1", 100);
		struct net_device *dev;

		add_many(f, &dev, 1, false);
		f->traced = BIT(TRACE_RUN);
		assert_int_equal(rtnl_run(f->m, hold_rtnl_to_j, NULL, cases[i].held_to_j), 1);
		carrier(f, dev, true);
		run_to_j(f, 1500);
		expect_log(f, cases[i].log);
		fixture_stop(f);
	}
}

/* It waits in its own waiter, which is not handed out to others later. */
static void waiting_for_rtnl__takes_none_of_the_spare_places(void **state)
{
	struct machine_config config = {
		.kernel = kernel_named("6.1"), .hz = 100, .long_bits = 64, .max_waiters = 1
	};
	struct fixture *f = fixture_start_with(&config);

	(void)state;
	for (uint64_t round = 0; round < 2; round++) {
		uint64_t to_j = 10 * round + 5;

		assert_int_equal(rtnl_run(f->m, hold_rtnl_to_j, NULL, to_j), 1);
		f->m->linkwatch.nextevent = f->m->jiffies;
		linkwatch_fire_event(find(f, "lo"));
		settle(f);
		assert_int_equal(rtnl_run(f->m, hold_rtnl_to_j, NULL, to_j), 0);
		assert_int_equal(rtnl_run(f->m, hold_rtnl_to_j, NULL, to_j), -ENOBUFS);
		run_to_j(f, 10 * round + 10);
		assert_false(f->m->rtnl.is_locked);
	}
	fixture_stop(f);
}

/* The work's PENDING bit is cleared when it starts: an event fired while it sleeps queues a second
 * run. The first run takes all events, the second finds none. */
static void waiting_for_rtnl__a_second_run_is_queued_and_finds_nothing(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev[3];

	(void)state;
	add_many(f, dev, 3, true);
	run_to_j(f, 1200);
	f->traced = DECISIONS;
	rtnl_run(f->m, hold_rtnl_to_j, NULL, 1250);
	carrier(f, dev[0], false);
	run_to_j(f, 1210);
	carrier(f, dev[1], false);
	carrier(f, dev[2], false);
	expect_log(f, "fire d0 not-urgent new\nschedule 0 queued\nfire d1 not-urgent new\n"
		      "schedule 0 queued\nfire d2 not-urgent new\nschedule 0 pending\n");
	run_to_j(f, 2000);
	expect_log(f, "run full next 1350\n1250 d0 U DOWN 0\n1250 d1 U DOWN 0\n1250 d2 U DOWN 0\n"
		      "run urgent next 1350\n");
	fixture_stop(f);
}

/* An urgent event while the worker sleeps before an urgent run is left to that run. */
static void waiting_for_rtnl__lw_urgent_stays_set(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev[2];

	(void)state;
	add_many(f, dev, 2, false);
	f->traced = DECISIONS;
	rtnl_run(f->m, hold_rtnl_to_j, NULL, 1010);
	carrier(f, dev[0], true);
	run_to_j(f, 1005);
	carrier(f, dev[1], true);
	run_to_j(f, 1500);
	expect_log(f, "fire d0 qdisc-off new\nschedule 0 mod\nfire d1 qdisc-off new\n"
		      "schedule 0 left to urgent\nrun urgent next 1100\n"
		      "1010 d0 URL UP 0\n1010 d1 URL UP 0\n");
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(budget__a_full_run_takes_100_the_rest_a_second_later_each),
		cmocka_unit_test(budget__of_exactly_100_leaves_nothing_over),
		cmocka_unit_test(budget__an_urgent_run_takes_200),
		cmocka_unit_test(budget__left_over_is_pulled_forward_by_an_urgent_event),
		cmocka_unit_test(budget__left_over_comes_before_put_back_and_newly_fired),
		cmocka_unit_test(budget__does_not_depend_on_a_listener),
		cmocka_unit_test(loss_and_regain_within_the_limit__is_one_message_without_a_down),
		cmocka_unit_test(linkwatch_do_dev__policy_then_qdisc_then_notifiers_then_message),
		cmocka_unit_test(linkwatch_do_dev__of_a_device_that_is_down_is_silent),
		cmocka_unit_test(linkwatch_do_dev__an_event_fired_by_a_notifier_is_a_new_one),
		cmocka_unit_test(linkwatch_forget_dev__deals_with_the_one_and_leaves_the_timer),
		cmocka_unit_test(linkwatch_forget_dev__leaves_the_cause_as_it_was),
		cmocka_unit_test(absent_device__on_5_8_its_event_is_lost),
		cmocka_unit_test(absent_device__on_6_1_its_event_waits_and_polls_once_a_second),
		cmocka_unit_test(absent_device__on_6_1_waits_whatever_else_it_is),
		cmocka_unit_test(absent_device__on_6_1_is_not_looked_at_by_forget_dev),
		cmocka_unit_test(waiting_for_rtnl__can_turn_an_urgent_run_into_a_full_one),
		cmocka_unit_test(waiting_for_rtnl__takes_none_of_the_spare_places),
		cmocka_unit_test(waiting_for_rtnl__a_second_run_is_queued_and_finds_nothing),
		cmocka_unit_test(waiting_for_rtnl__lw_urgent_stays_set),
	};

	return cmocka_run_group_tests_name("linkwatch_queue", tests, NULL, NULL);
}
