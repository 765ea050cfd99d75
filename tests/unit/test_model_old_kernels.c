// SPDX-License-Identifier: GPL-2.0-or-later
/* What 2.6.24 to 5.4 did otherwise, one switch at a time. */
#include "model_fixture.h"

/* d0, d1 and d2 are up and have carrier, linkwatch is at rest and its second over, at jiffy 300. */
static struct fixture *three_dummies(const char *kernel)
{
	struct fixture *f = fixture_start(kernel, 100);
	static const char *const names[] = { "d0", "d1", "d2" };
	const char *const *name;

	FOR_EACH(name, names)
	link_up(f, add_dummy(f, *name));
	run_to_j(f, 300);
	forget_log(f);
	return f;
}

/* All in one run; with 2.6.33 the list became a queue. */
static void linkwatch__was_last_in_first_out_up_to_2_6_32(void **state)
{
	static const struct {
		const char *kernel, *told;
	} cases[] = {
		{ "2.6.24", "300 d2 U DOWN 0\n300 d1 U DOWN 0\n300 d0 U DOWN 0\n" },
		{ "3.7", "300 d0 U DOWN 0\n300 d1 U DOWN 0\n300 d2 U DOWN 0\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = three_dummies(cases[i].kernel);

		netif_carrier_off(find(f, "d0"));
		netif_carrier_off(find(f, "d1"));
		netif_carrier_off(find(f, "d2"));
		settle(f);
		expect_log(f, cases[i].told);
		fixture_stop(f);
	}
}

/* What an urgent run puts back is turned round once more. */
static void linkwatch__put_back_was_on_top_too(void **state)
{
	struct fixture *f = three_dummies("2.6.24");

	(void)state;
	carrier(f, find(f, "d2"), false); /* uses up the second */
	expect_log(f, "300 d2 U DOWN 0\n");
	netif_carrier_off(find(f, "d0"));
	netif_carrier_off(find(f, "d1"));
	run_to_j(f, 310);
	carrier(f, find(f, "d2"), true); /* urgent: d1, d0 are put back, d1 first */
	expect_log(f, "310 d2 URL UP 0\n");
	run_to_j(f, 600);
	expect_log(f, "400 d0 U DOWN 0\n400 d1 U DOWN 0\n");
	fixture_stop(f);
}

/* An event of the stacked one waits like any other. */
static void vlan__was_not_urgent_in_2_6_24(void **state)
{
	static const struct {
		const char *kernel, *told;
	} cases[] = {
		{ "2.6.24", "" },
		{ "3.7", "310 v UL LOWERLAYERDOWN 0\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = three_dummies(cases[i].kernel);
		struct net_device *v = add_upper(f, LINK_KIND_VLAN, "v", find(f, "d0"), 5);

		link_up(f, v);
		run_to_j(f, 308);
		use_up_the_second(f);
		run_to_j(f, 310);
		carrier(f, v, false);
		assert_int_equal(f->messages, i);
		forget_log(f);
		run_to_j(f, 600);
		assert_int_equal(f->messages, !i);
		assert_int_equal(v->operstate, IF_OPER_LOWERLAYERDOWN);
		fixture_stop(f);
	}
}

/* A team's init turns the carrier off; the state says so from 3.7 on, an event did before 2.6.28. */
static void register_netdevice__state_without_carrier(void **state)
{
	static const struct {
		const char *kernel;
		uint8_t operstate;
		bool is_pending;
	} cases[] = {
		{ "2.6.24", IF_OPER_UNKNOWN, true },
		{ "3.7", IF_OPER_DOWN, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);
		struct net_device *dev = alloc_netdev(f->m, "team0", &team_netdev_ops);

		lock(f);
		assert_int_equal(register_netdevice(dev), 0);
		assert_int_equal(dev->operstate, cases[i].operstate);
		assert_int_equal(!!(dev->state & BIT(__LINK_STATE_LINKWATCH_PENDING)),
				 cases[i].is_pending);
		assert_int_equal(dev->carrier_down_count, cases[i].is_pending);
		unlock(f);
		assert_int_equal(dev->operstate, IF_OPER_DOWN);
		fixture_stop(f);
	}
}

/* An event of a device that is then not registered goes with it. */
static void free_netdev__takes_an_event_along(void **state)
{
	struct fixture *f = fixture_start("2.6.24", 100);
	struct net_device *dev;

	(void)state;
	dev = alloc_netdev(f->m, "lo", &team_netdev_ops);
	lock(f);
	netif_carrier_off(dev);
	netif_carrier_on(dev);
	assert_int_equal(dev->carrier_up_count + dev->carrier_down_count, 2);
	assert_int_equal(register_netdevice(dev), -EEXIST);
	free_netdev(dev);
	assert_true(list_empty(&f->m->linkwatch.lweventlist));
	unlock(f);
	expect_log(f, "");
	fixture_stop(f);
}

/* The work is queued and waits for its worker when something urgent comes. */
static void linkwatch__queued_work_kept_its_place_before_3_7(void **state)
{
	static const struct {
		const char *kernel;
		unsigned int ms; /* of the run */
		const char *schedule;
	} cases[] = {
		{ "2.6.24", 3020, "schedule 0 pending\n" },
		{ "3.7", 3030, "schedule 0 mod\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = three_dummies(cases[i].kernel);
		struct net_device *d0 = find(f, "d0");

		carrier(f, d0, false);
		run_to_ms(f, 4000);
		forget_log(f);
		run_to_ms(f, 6000);
		f->m->worker_latency_ns = 20 * 1000000;
		netif_carrier_off(find(f, "d1")); /* queued at 6.00 s */
		run_to_ms(f, 6010);
		f->traced = BIT(TRACE_SCHEDULE);
		netif_carrier_on(d0); /* urgent */
		expect_log(f, cases[i].schedule);
		f->traced = 0;
		run_to_ms(f, cases[i].ms + 2999);
		expect_log(f, "");
		run_to_ms(f, cases[i].ms + 3000);
		assert_int_equal(f->messages, 2);
		fixture_stop(f);
	}
}

/* A timer is cancelled in either case; and with nothing under way the work is queued. */
static void linkwatch__urgent_cancelled_the_timer_before_3_7(void **state)
{
	struct fixture *f = three_dummies("2.6.24");
	struct net_device *d0 = find(f, "d0");

	(void)state;
	carrier(f, d0, false);
	expect_log(f, "300 d0 U DOWN 0\n");
	run_to_j(f, 310);
	f->traced = BIT(TRACE_SCHEDULE);
	netif_carrier_on(d0); /* nothing is under way */
	settle(f);
	expect_log(f, "schedule 0 mod\n310 d0 URL UP 0\n");
	netif_carrier_off(find(f, "d1"));
	netif_carrier_off(d0);
	settle(f);
	expect_log(f, "schedule 90 queued\nschedule 90 pending\n");
	assert_true(timer_pending(&f->m->linkwatch.work.timer));
	f->traced = 0;
	run_to_j(f, 320);
	link_down(f, find(f, "d2"));
	carrier(f, find(f, "d2"), false);
	link_up(f, find(f, "d2"));
	forget_log(f);
	carrier(f, find(f, "d2"), true);
	expect_log(f, "320 d2 URL UP 0\n");
	fixture_stop(f);
}

/* IFLA_CARRIER is passed over by a kernel that does not know it. */
static void do_setlink__carrier_is_unknown_before_3_9(void **state)
{
	static const char *const kernels[] = { "3.7", "4.19" };
	const struct link_attrs attrs = { .has_carrier = true, .carrier = false };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = three_dummies(kernels[i]);

		assert_int_equal(set_link(f, find(f, "d0"), &attrs), 0);
		assert_int_equal(netif_carrier_ok(find(f, "d0")), !i);
		fixture_stop(f);
	}
}

static void rtnl_newlink__kinds_have_their_time(void **state)
{
	static const struct {
		const char *kernel;
		enum link_kind kind;
		int err;
	} cases[] = {
		{ "2.6.24", LINK_KIND_TEAM, -EOPNOTSUPP },
		{ "3.7", LINK_KIND_TEAM, 0 },
		{ "3.7", LINK_KIND_IPVLAN, -EOPNOTSUPP },
		{ "4.19", LINK_KIND_IPVLAN, 0 },
		{ "2.6.24", LINK_KIND_MACVLAN, 0 },
		{ "3.7", LINK_KIND_VRF, -EOPNOTSUPP },
		{ "4.19", LINK_KIND_VRF, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);
		struct link_create create = upper_create(cases[i].kind, "x", add_dummy(f, "d0"), 0);

		create.vrf_table = 10;
		assert_int_equal(new_link(f, &create), cases[i].err);
		/* that the name is taken is seen first */
		copy_name(create.name, "d0");
		assert_int_equal(new_link(f, &create), -EEXIST);
		fixture_stop(f);
	}
}

static void veth__is_not_stacked_before_4_1(void **state)
{
	static const struct {
		const char *kernel;
		uint8_t operstate;
	} cases[] = { { "3.7", IF_OPER_DOWN },
		      { "4.19", IF_OPER_LOWERLAYERDOWN },
		      { "3.7+iflink-op-urgent", IF_OPER_LOWERLAYERDOWN } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);
		struct net_device *dev = add_veth(f, "v0", "v1");

		assert_int_equal(dev->operstate, cases[i].operstate);
		assert_int_equal(dev_get_iflink(dev) == dev->ifindex, i != 1);
		fixture_stop(f);
	}
}

/* It never turned its carrier off, so nothing ever said what state it is in. */
static void virtnet__without_status_stayed_unknown_before_4_17(void **state)
{
	static const struct {
		const char *kernel;
		bool has_status;
		uint8_t operstate;
	} cases[] = {
		{ "3.7", false, IF_OPER_UNKNOWN },
		{ "4.19", false, IF_OPER_UP },
		{ "3.7", true, IF_OPER_UP },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);

		lock(f);
		assert_int_equal(virtnet_probe(f->m, "eth0", cases[i].has_status, true), 0);
		settle(f);
		run_to_j(f, 300);
		assert_int_equal(find(f, "eth0")->operstate, cases[i].operstate);
		fixture_stop(f);
	}
}

/* 4.19 tells of a detached device as of any other; 5.8 loses the message; 5.4's stable keeps it. */
static void linkwatch__events_of_a_detached_device(void **state)
{
	static const struct {
		const char *kernel, *told, *told_when_attached;
		uint8_t operstate;
	} cases[] = {
		{ "4.19", "300 d0 U DOWN 0\n", "", IF_OPER_DOWN },
		{ "5.8", "", "", IF_OPER_DOWN },
		{ "5.4", "", "512 d0 U DOWN 0\n", IF_OPER_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = three_dummies(cases[i].kernel);
		struct net_device *d0 = find(f, "d0");

		netif_device_detach(d0);
		carrier(f, d0, false);
		expect_log(f, cases[i].told);
		assert_int_equal(d0->operstate, cases[i].operstate);
		run_to_j(f, 500);
		netif_device_attach(d0);
		run_to_j(f, 700);
		expect_log(f, cases[i].told_when_attached);
		fixture_stop(f);
	}
}

/* A port's own event, while it runs. */
static void linkwatch__team_ports_were_not_urgent(void **state)
{
	static const char *const kernels[] = { "3.7", "4.19" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = three_dummies(kernels[i]);
		struct net_device *d0 = find(f, "d0");

		d0->is_lag_port = true;
		assert_int_equal(linkwatch_urgent_event(d0), i ? URGENT_LAG : URGENT_NOT);
		d0->is_lag_port = false;
		d0->is_lag_master = true;
		assert_int_equal(linkwatch_urgent_event(d0), i ? URGENT_LAG : URGENT_NOT);
		d0->is_lag_master = false;
		fixture_stop(f);
	}
}

/* 150 devices lose their carrier at once. */
static void linkwatch__a_run_had_no_end_before_5_3(void **state)
{
	static const struct {
		const char *kernel;
		uint32_t at_once;
	} cases[] = { { "4.19", 150 }, { "5.4", 100 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);
		char name[IFNAMSIZ];

		for (unsigned int d = 0; d < 150; d++) {
			snprintf(name, sizeof(name), "d%u", d);
			link_up(f, add_dummy(f, name));
		}
		run_to_j(f, 300);
		forget_log(f);
		for (unsigned int d = 0; d < 150; d++) {
			snprintf(name, sizeof(name), "d%u", d);
			netif_carrier_off(find(f, name));
		}
		settle(f);
		assert_int_equal(f->messages, cases[i].at_once);
		run_to_j(f, 600);
		assert_int_equal(f->messages, 150);
		fixture_stop(f);
	}
}

/* Neither the driver's bit nor userspace's words, before 5.8. */
static void testing__is_unknown_before_5_8(void **state)
{
	static const struct {
		const char *kernel;
		int err;
		uint8_t set, off_and_on;
	} cases[] = {
		{ "5.4", -EOPNOTSUPP, IF_OPER_UNKNOWN, IF_OPER_UP },
		{ "5.8", 0, IF_OPER_TESTING, IF_OPER_TESTING },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = three_dummies(cases[i].kernel);
		struct net_device *d0 = find(f, "d0"), *d1 = find(f, "d1");

		assert_int_equal(set_operstate_of(f, d0, IF_OPER_TESTING), 0);
		assert_int_equal(d0->operstate, cases[i].set);
		assert_int_equal(set_linkmode_of(f, d0, IF_LINK_MODE_TESTING), 0);
		assert_int_equal(d0->link_mode, IF_LINK_MODE_TESTING);
		carrier(f, d0, false);
		run_to_j(f, 500);
		carrier(f, d0, true);
		assert_int_equal(d0->operstate, cases[i].off_and_on);
		assert_int_equal(netif_testing_on(d1), cases[i].err);
		assert_int_equal(netif_testing(d1), !cases[i].err);
		assert_int_equal(netif_testing_off(d1), cases[i].err);
		settle(f);
		fixture_stop(f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(linkwatch__was_last_in_first_out_up_to_2_6_32),
		cmocka_unit_test(linkwatch__put_back_was_on_top_too),
		cmocka_unit_test(vlan__was_not_urgent_in_2_6_24),
		cmocka_unit_test(register_netdevice__state_without_carrier),
		cmocka_unit_test(free_netdev__takes_an_event_along),
		cmocka_unit_test(linkwatch__queued_work_kept_its_place_before_3_7),
		cmocka_unit_test(linkwatch__urgent_cancelled_the_timer_before_3_7),
		cmocka_unit_test(do_setlink__carrier_is_unknown_before_3_9),
		cmocka_unit_test(rtnl_newlink__kinds_have_their_time),
		cmocka_unit_test(veth__is_not_stacked_before_4_1),
		cmocka_unit_test(virtnet__without_status_stayed_unknown_before_4_17),
		cmocka_unit_test(linkwatch__events_of_a_detached_device),
		cmocka_unit_test(linkwatch__team_ports_were_not_urgent),
		cmocka_unit_test(linkwatch__a_run_had_no_end_before_5_3),
		cmocka_unit_test(testing__is_unknown_before_5_8),
	};

	return cmocka_run_group_tests_name("old kernels", tests, NULL, NULL);
}
