// SPDX-License-Identifier: GPL-2.0-or-later
/* What changed from release to release, one switch at a time. */
#include "model_fixture.h"

static int probe(struct fixture *f, const char *name, bool has_status, bool link_up)
{
	lock(f);
	return virtnet_probe(f->m, name, has_status, link_up);
}

static void default_operstate__looks_at_the_device_below_since_6_2(void **state)
{
	static const struct {
		const char *kernel;
		bool peer_has_carrier, has_peer;
		uint8_t operstate;
	} cases[] = {
		{ "6.1", true, true, IF_OPER_LOWERLAYERDOWN },
		{ "6.1", false, true, IF_OPER_LOWERLAYERDOWN },
		{ "6.1", false, false, IF_OPER_LOWERLAYERDOWN },
		{ "6.2", true, true, IF_OPER_DOWN },
		{ "6.2", false, true, IF_OPER_LOWERLAYERDOWN },
		{ "6.2", false, false, IF_OPER_DOWN }, /* no device with that number here */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);
		struct net_device *dev = add_veth(f, "v0", "v1");
		struct net_device *peer = find(f, "v1");
		int32_t ifindex = peer->ifindex;

		if (cases[i].peer_has_carrier)
			peer->state &= ~(1UL << __LINK_STATE_NOCARRIER);
		if (!cases[i].has_peer)
			peer->ifindex = 1000;
		assert_int_equal(default_operstate(dev), cases[i].operstate);
		peer->ifindex = ifindex;
		fixture_stop(f);
	}
}

static void default_operstate__own_number_is_never_below(void **state)
{
	struct fixture *f = fixture_start("6.2", 100);
	struct net_device *dev = add_dummy(f, "d0");

	(void)state;
	dev->state |= 1UL << __LINK_STATE_NOCARRIER;
	assert_int_equal(default_operstate(dev), IF_OPER_DOWN);
	fixture_stop(f);
}

/* d1's DOWN would wait until the second is over; on 6.8 a query processes it. */
static void linkwatch_query_dev__works_the_event_off_since_6_8(void **state)
{
	static const char *const kernels[] = { "6.2", "6.8" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = fixture_start(kernels[i], 100);
		struct net_device *d0 = add_dummy(f, "d0"), *d1 = add_dummy(f, "d1");
		uint64_t nextevent;

		link_up(f, d0);
		link_up(f, d1);
		run_to_j(f, 200);
		carrier(f, d0, false);
		run_to_j(f, 210);
		carrier(f, d1, false);
		forget_log(f);
		nextevent = f->m->linkwatch.nextevent;
		run_to_j(f, 230);
		lock(f);
		linkwatch_query_dev(d1);
		linkwatch_query_dev(d1); /* nothing is pending */
		unlock(f);
		settle(f);
		expect_log(f, i ? "230 d1 U DOWN 0\n" : "");
		assert_int_equal(f->m->linkwatch.nextevent, nextevent);
		assert_true(timer_pending(&f->m->linkwatch.work.timer)); /* still armed */
		run_to_j(f, 400);
		expect_log(f, i ? "" : "304 d1 U DOWN 0\n");
		fixture_stop(f);
	}
}

/* Measured on a real virtio_net, 6.12.117: UP without LOWER_UP, and RUNNING in the same instant. */
static void virtnet__open_takes_the_host_in_since_6_12(void **state)
{
	struct fixture *f = fixture_start("6.12", 250);

	(void)state;
	f->is_full = true;
	assert_int_equal(probe(f, "eth0", true, true), 0);
	settle(f);
	run_to_ms(f, 300);
	forget_log(f);
	link_up(f, find(f, "eth0"));
	run_to_ms(f, 5000);
	expect_log(f, "75 eth0 <UP> DOWN mode=0 qdisc=pfifo_fast change=1 up/down=0/1\n"
		      "75 eth0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=pfifo_fast change=0 "
		      "up/down=1/1\n");
	fixture_stop(f);
}

/* Without F_STATUS: RUNNING at once, as measured on 5.10 to 7.2. */
static void virtnet__without_status_does_not_wait(void **state)
{
	static const char *const kernels[] = { "5.10", "6.1", "6.12", "7.2" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = fixture_start(kernels[i], 250);

		assert_int_equal(probe(f, "eth0", false, true), 0);
		settle(f);
		run_to_ms(f, 300);
		forget_log(f);
		link_up(f, find(f, "eth0"));
		run_to_ms(f, 5000);
		expect_log(f, "75 eth0 URL UP 1\n");
		fixture_stop(f);
	}
}

static void virtnet__carrier_goes_with_the_stop_since_6_12(void **state)
{
	struct fixture *f = fixture_start("6.12", 100);
	struct net_device *dev;

	(void)state;
	probe(f, "eth0", true, true);
	settle(f);
	dev = find(f, "eth0");
	run_to_j(f, 200);
	link_up(f, dev);
	assert_true(netif_carrier_ok(dev));
	link_down(f, dev);
	assert_false(netif_carrier_ok(dev));
	/* the host's status is read at the next open */
	virtnet_config_changed(dev, false);
	settle(f);
	assert_true(dev->priv.virtnet.status_link_up);
	run_to_j(f, 600);
	forget_log(f);
	link_up(f, dev); /* by the last known status; then the host's, after linkwatch's work */
	settle(f);
	assert_false(dev->priv.virtnet.status_link_up);
	assert_false(netif_carrier_ok(dev));
	expect_log(f, "600 eth0 UL DOWN 1\n600 eth0 URL UP 0\n");
	run_to_j(f, 900); /* that was the run of this second: the DOWN waits */
	expect_log(f, "704 eth0 U DOWN 0\n");
	/* while it is open, the interrupt queues the work itself */
	virtnet_config_changed(dev, true);
	settle(f);
	expect_log(f, "900 eth0 URL UP 0\n");
	fixture_stop(f);
}

/* A stop cancels the work that an interrupt has queued. */
static void virtnet__stop_cancels_the_work(void **state)
{
	struct fixture *f = fixture_start("6.12", 100);
	struct net_device *dev;

	(void)state;
	probe(f, "eth0", true, true);
	settle(f);
	dev = find(f, "eth0");
	link_up(f, dev);
	virtnet_config_changed(dev, false);
	assert_true(dev->priv.virtnet.config_work.is_pending);
	lock(f);
	dev_close(dev);
	unlock(f);
	settle(f);
	assert_false(dev->priv.virtnet.config_work.is_pending);
	assert_true(dev->priv.virtnet.status_link_up); /* not read yet */
	fixture_stop(f);
}

/* Over a device that has lost its carrier without an event: the loss shows when the device goes
 * down. */
static void ipvlan__hears_of_down_since_6_10(void **state)
{
	static const char *const kernels[] = { "6.8", "6.12" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = fixture_start(kernels[i], 100);
		struct net_device *d0 = add_dummy(f, "d0"), *dev;

		link_up(f, d0);
		dev = add_upper(f, LINK_KIND_IPVLAN, "i", d0, 0);
		d0->state |= 1UL << __LINK_STATE_NOCARRIER;
		link_down(f, d0);
		assert_int_equal(netif_carrier_ok(dev), !i);
		fixture_stop(f);
	}
}

/* The same, when the device goes up. */
static void ipvlan__hears_of_up_since_5_15(void **state)
{
	static const char *const kernels[] = { "5.10", "5.15" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = fixture_start(kernels[i], 100);
		struct net_device *d0 = add_dummy(f, "d0"), *dev;

		dev = add_upper(f, LINK_KIND_IPVLAN, "i", d0, 0);
		d0->state |= 1UL << __LINK_STATE_NOCARRIER;
		link_up(f, d0);
		assert_int_equal(netif_carrier_ok(dev), !i);
		fixture_stop(f);
	}
}

/* As recorded: in 6.12 with carrier, not announced yet; in 7.2 without. */
static void team__tells_of_features_before_the_link_in_7_2(void **state)
{
	static const struct {
		const char *kernel, *told;
	} cases[] = {
		{ "6.18", "300 t UL DOWN 0\n300 t URL UP 0\n" },
		{ "7.2", "300 t U DOWN 0\n300 d0 URL UNKNOWN 0\n300 t URL UP 0\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);
		struct net_device *d0 = add_dummy(f, "d0"), *t;
		struct link_create create = { .kind = LINK_KIND_TEAM };
		struct link_attrs attrs = { .has_master = true };
		const char *of_team;

		copy_name(create.name, "t");
		assert_int_equal(new_link(f, &create), 0);
		t = find(f, "t");
		link_up(f, t);
		run_to_j(f, 300);
		forget_log(f);
		attrs.master = t->ifindex;
		assert_int_equal(set_link(f, d0, &attrs), 0);
		of_team = strstr(f->log, "300 t ");
		assert_non_null(of_team);
		assert_string_equal(of_team, cases[i].told);
		fixture_stop(f);
	}
}

/* The event of a deleted device finds no device below. */
static void default_operstate__of_what_is_gone(void **state)
{
	static const struct {
		const char *kernel;
		uint8_t operstate;
	} cases[] = { { "6.8", IF_OPER_LOWERLAYERDOWN }, { "6.12", IF_OPER_DOWN } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);
		struct net_device *dev = add_veth(f, "v0", "v1");

		dev->reg_state = NETREG_UNREGISTERED;
		assert_int_equal(default_operstate(dev), cases[i].operstate);
		dev->reg_state = NETREG_REGISTERED;
		assert_int_equal(default_operstate(dev), IF_OPER_LOWERLAYERDOWN);
		fixture_stop(f);
	}
}

/* Two devices with the same number in different namespaces: only the driver knows that one is
 * stacked on the other. */
static void iflink_op_urgent__goes_by_the_driver(void **state)
{
	static const struct {
		const char *kernel;
		enum urgent_clause clause;
		uint8_t operstate;
	} cases[] = {
		{ "6.1", URGENT_NOT, IF_OPER_DOWN },
		{ "6.1+iflink-op-urgent", URGENT_IFLINK, IF_OPER_LOWERLAYERDOWN },
		{ "2.6.24+iflink-op-urgent", URGENT_NOT, IF_OPER_LOWERLAYERDOWN },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);
		struct net_device *d0 = add_dummy(f, "d0");
		struct net_device *dev = add_upper(f, LINK_KIND_VLAN, "v", d0, 5);
		int32_t ifindex = dev->ifindex;

		link_up(f, d0);
		dev->state |= 1UL << __LINK_STATE_NOCARRIER;
		dev->ifindex = d0->ifindex;
		assert_int_equal(linkwatch_urgent_event(dev), cases[i].clause);
		assert_int_equal(default_operstate(dev), cases[i].operstate);
		dev->ifindex = ifindex;
		/* devices without ndo_get_iflink behave as before */
		assert_int_equal(linkwatch_urgent_event(d0), URGENT_NOT);
		d0->state |= 1UL << __LINK_STATE_NOCARRIER;
		assert_int_equal(default_operstate(d0), IF_OPER_DOWN);
		fixture_stop(f);
	}
}

/* d1 and d2 lose their carrier 5 ms after d0. */
/* Compared with a real 6.1 that has the patch: traces/early, traces/price. */
static void open_syncs__works_off_the_own_event_in_silence(void **state)
{
	static const char *const kernels[] = { "6.1", "6.1+open-syncs", "6.12+open-syncs" };
	static const char *const logs[] = {
		"150 d1 UL DOWN 1\n208 d1 URL UP 0\n",
		"150 d1 URL UP 1\n",
		"150 d1 URL UP 1\n",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = fixture_start(kernels[i], 100);
		struct net_device *d0 = add_dummy(f, "d0"), *d1 = add_dummy(f, "d1");
		uint64_t nextevent;

		carrier(f, d1, false);
		link_up(f, d0);
		run_to_j(f, 100);
		carrier(f, d0, false);
		run_to_j(f, 110);
		carrier(f, d1, true);
		forget_log(f);
		nextevent = f->m->linkwatch.nextevent;
		run_to_j(f, 150);
		link_up(f, d1);
		assert_int_equal(f->m->linkwatch.nextevent, nextevent);
		run_to_j(f, 400);
		expect_log(f, logs[i]);
		fixture_stop(f);
	}
}

static void limit_5ms__shortens_the_second(void **state)
{
	static const struct {
		const char *kernel;
		uint32_t hz, told_j; /* after d0; the wheel rounds up */
	} cases[] = {
		{ "6.1", 1000, 1064 },	     { "6.1+limit-5ms", 1000, 6 }, { "6.1", 250, 258 },
		{ "6.1+limit-5ms", 250, 2 }, { "6.1+limit-5ms", 100, 0 }, /* no limit */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, cases[i].hz);
		struct net_device *d0 = add_dummy(f, "d0"), *d1 = add_dummy(f, "d1");
		uint64_t told_j;

		link_up(f, d0);
		link_up(f, d1);
		run_to_ms(f, 3000);
		carrier(f, d0, false);
		told_j = f->m->since_boot_j;
		carrier(f, d1, false);
		while (d1->operstate != IF_OPER_DOWN)
			run_to_j(f, f->m->since_boot_j + 1);
		assert_int_equal(f->m->since_boot_j - told_j, cases[i].told_j);
		fixture_stop(f);
	}
}

/* A nextevent further ahead than the limit counts as past: after a wrap, or at boot on 32 bit. */
static void limit_5ms__is_the_clamp_too(void **state)
{
	struct fixture *f = fixture_start("6.1+limit-5ms", 1000);
	struct net_device *d0 = add_dummy(f, "d0");

	(void)state;
	link_up(f, d0);
	run_to_ms(f, 3000);
	forget_log(f);
	f->m->linkwatch.nextevent = f->m->jiffies + 6;
	f->traced = BIT(TRACE_SCHEDULE) | BIT(TRACE_RUN);
	carrier(f, d0, false);
	/* at once, in an urgent-only run, which sets nextevent to now */
	expect_log(f, "schedule 0 queued\nrun urgent next 3000\nschedule 0 queued\n"
		      "run full next 3005\n3000 d0 U DOWN 0\n");
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(default_operstate__looks_at_the_device_below_since_6_2),
		cmocka_unit_test(default_operstate__own_number_is_never_below),
		cmocka_unit_test(linkwatch_query_dev__works_the_event_off_since_6_8),
		cmocka_unit_test(virtnet__open_takes_the_host_in_since_6_12),
		cmocka_unit_test(virtnet__without_status_does_not_wait),
		cmocka_unit_test(virtnet__carrier_goes_with_the_stop_since_6_12),
		cmocka_unit_test(virtnet__stop_cancels_the_work),
		cmocka_unit_test(ipvlan__hears_of_down_since_6_10),
		cmocka_unit_test(ipvlan__hears_of_up_since_5_15),
		cmocka_unit_test(team__tells_of_features_before_the_link_in_7_2),
		cmocka_unit_test(default_operstate__of_what_is_gone),
		cmocka_unit_test(iflink_op_urgent__goes_by_the_driver),
		cmocka_unit_test(open_syncs__works_off_the_own_event_in_silence),
		cmocka_unit_test(limit_5ms__shortens_the_second),
		cmocka_unit_test(limit_5ms__is_the_clamp_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
