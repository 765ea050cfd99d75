// SPDX-License-Identifier: GPL-2.0-or-later
#include "model_fixture.h"

#define STEPS (BIT(TRACE_CARRIER) | BIT(TRACE_FIRE) | BIT(TRACE_POLICY) | BIT(TRACE_RUN))

static int probe(struct fixture *f, const char *name, bool has_status, bool link_up)
{
	int err;

	lock(f);
	err = virtnet_probe(f->m, name, has_status, link_up);
	assert_false(f->m->rtnl.is_locked);
	return err;
}

static void probe__with_status(void **state)
{
	static const char *const kernels[] = { "5.8", "6.1" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = fixture_start(kernels[i], 100);

		f->traced = STEPS;
		assert_int_equal(probe(f, "eth0", true, true), 0);
		expect_log(f,
			   "0 eth0 - DOWN ffffffff\ncarrier eth0 off\nfire eth0 not-urgent new\n");
		settle(f); /* linkwatch was queued before config_work */
		expect_log(f, "run full next 100\npolicy eth0 UNKNOWN DOWN\n"
			      "carrier eth0 on\nfire eth0 not-urgent new\n");
		run_to_j(f, 200);
		expect_log(f, "run full next 204\npolicy eth0 DOWN UP\n");
		fixture_stop(f);
	}
}

static void probe__with_status_of_a_link_that_is_down(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);

	(void)state;
	f->traced = STEPS;
	assert_int_equal(probe(f, "eth0", true, false), 0);
	settle(f);
	run_to_j(f, 200);
	expect_log(f, "0 eth0 - DOWN ffffffff\ncarrier eth0 off\nfire eth0 not-urgent new\n"
		      "run full next 100\npolicy eth0 UNKNOWN DOWN\n");
	assert_false(netif_carrier_ok(find(f, "eth0")));
	fixture_stop(f);
}

/* Off and on before the worker runs: one event, straight to UP. */
static void probe__without_status(void **state)
{
	for (int link_is_up = 0; link_is_up <= 1; link_is_up++) {
		struct fixture *f = fixture_start("6.1", 100);

		(void)state;
		f->traced = STEPS;
		assert_int_equal(probe(f, "eth0", false, link_is_up), 0);
		expect_log(f, "0 eth0 - DOWN ffffffff\ncarrier eth0 off\nfire eth0 not-urgent new\n"
			      "carrier eth0 on\nfire eth0 not-urgent again\n");
		settle(f);
		expect_log(f, "run full next 100\npolicy eth0 UNKNOWN UP\n");
		assert_true(find(f, "eth0")->priv.virtnet.status_link_up); /* assumed */
		f->traced = 0;
		f->is_full = true;
		link_up(f, find(f, "eth0"));
		run_to_j(f, 200);
		expect_log(f, "0 eth0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=pfifo_fast change=1 "
			      "up/down=1/1\n");
		fixture_stop(f);
	}
}

static void probe__that_fails_gives_rtnl_up_and_leaves_nothing(void **state)
{
	struct machine_config config = {
		.kernel = kernel_named("6.1"), .hz = 100, .long_bits = 64, .max_devices = 1
	};
	struct fixture *f = fixture_start_with(&config);

	(void)state;
	for (int round = 0; round < 2; round++) {
		assert_int_equal(probe(f, "lo", true, true), -EEXIST);
		assert_int_equal(probe(f, "a/b", true, true), -EINVAL);
		refuse(f, "eth0", NETDEV_REGISTER, -EPERM);
		assert_int_equal(probe(f, "eth0", true, true), -EPERM);
		settle(f);
		refuse(f, "eth0", NETDEV_REGISTER, 0);
	}
	settle(f);
	forget_log(f);
	assert_int_equal(probe(f, "eth0", true, true), 0);
	settle(f);
	assert_int_equal(probe(f, "eth1", true, true), -ENOMEM);
	settle(f);
	expect_log(f, "0 eth0 - DOWN ffffffff\n");
	assert_int_equal(find(f, "eth0")->flags, IFF_BROADCAST | IFF_MULTICAST);
	fixture_stop(f);
}

static void config_changed__moves_the_carrier_if_it_is_news(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev;

	(void)state;
	probe(f, "eth0", true, true);
	settle(f);
	dev = find(f, "eth0");
	link_up(f, dev);
	run_to_j(f, 500);
	forget_log(f);
	f->traced = BIT(TRACE_CARRIER);
	assert_int_equal(virtnet_config_changed(dev, false), 0);
	expect_log(f, ""); /* by a work item, not in the interrupt */
	settle(f);
	expect_log(f, "carrier eth0 off\n500 eth0 U DOWN 0\n");
	virtnet_config_changed(dev, false);
	settle(f);
	expect_log(f, "");
	/* two before the work starts: the last status counts, and it is unchanged */
	virtnet_config_changed(dev, true);
	virtnet_config_changed(dev, false);
	settle(f);
	expect_log(f, "");
	run_to_j(f, 510);
	virtnet_config_changed(dev, true);
	settle(f);
	expect_log(f, "carrier eth0 on\n510 eth0 URL UP 0\n");
	fixture_stop(f);
}

static void config_changed__without_status_has_no_effect(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);

	(void)state;
	probe(f, "eth0", false, true);
	settle(f);
	forget_log(f);
	assert_int_equal(virtnet_config_changed(find(f, "eth0"), false), 0);
	settle(f);
	assert_true(netif_carrier_ok(find(f, "eth0")));
	fixture_stop(f);
}

static void config_changed__is_for_virtio_net(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);

	(void)state;
	assert_int_equal(virtnet_config_changed(add_dummy(f, "d0"), true), -EOPNOTSUPP);
	settle(f);
	fixture_stop(f);
}

/* ndo_open and ndo_stop do not touch the carrier; RTM_DELLINK cannot delete the device. */
static void open_and_stop__leave_the_carrier_alone(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev;

	(void)state;
	probe(f, "eth0", true, true);
	settle(f);
	dev = find(f, "eth0");
	run_to_j(f, 500);
	forget_log(f);
	f->traced = BIT(TRACE_CARRIER) | BIT(TRACE_FIRE);
	link_up(f, dev);
	link_down(f, dev);
	expect_log(f, "500 eth0 URL UP 1\n500 eth0 - DOWN 1\n");
	assert_int_equal(delete_link_of(f, dev), -EOPNOTSUPP);
	fixture_stop(f);
}

/* The original case: a microVM, opened 0.4 s after the probe used up the second. */
static void early_open__waits_for_the_second_to_end_unless_both_changes_are_there(void **state)
{
	static const struct {
		const char *kernel;
		unsigned int running_j;
	} cases[] = { { "5.8", 256 },
		      { "5.8+urgent-event", 256 },
		      { "5.8+setlink-event", 256 },
		      { "5.8+urgent-event+setlink-event", 102 },
		      { "6.1", 256 },
		      { "6.1+urgent-event+setlink-event", 102 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 250);
		char expected[200];

		run_to_ms(f, 10);
		probe(f, "eth0", true, true);
		settle(f);
		run_to_ms(f, 410);
		link_up(f, find(f, "eth0"));
		run_to_ms(f, 4000);
		snprintf(expected, sizeof(expected),
			 "2 eth0 - DOWN ffffffff\n102 eth0 UL DOWN 1\n%u eth0 URL UP 0\n",
			 cases[i].running_j);
		expect_log(f, expected);
		fixture_stop(f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(probe__with_status),
		cmocka_unit_test(probe__with_status_of_a_link_that_is_down),
		cmocka_unit_test(probe__without_status),
		cmocka_unit_test(probe__that_fails_gives_rtnl_up_and_leaves_nothing),
		cmocka_unit_test(config_changed__moves_the_carrier_if_it_is_news),
		cmocka_unit_test(config_changed__without_status_has_no_effect),
		cmocka_unit_test(config_changed__is_for_virtio_net),
		cmocka_unit_test(open_and_stop__leave_the_carrier_alone),
		cmocka_unit_test(
			early_open__waits_for_the_second_to_end_unless_both_changes_are_there),
	};

	return cmocka_run_group_tests_name("virtio_net", tests, NULL, NULL);
}
