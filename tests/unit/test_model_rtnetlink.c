// SPDX-License-Identifier: GPL-2.0-or-later
#include "model_fixture.h"

static void rtnl_fill_ifinfo__says_the_stored_and_the_derived(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_dummy(f, "d0");
	struct link_message said;

	(void)state;
	dev->operstate = IF_OPER_UP;
	dev->link_mode = IF_LINK_MODE_DORMANT;
	dev->carrier_up_count = 3;
	dev->carrier_down_count = 4;
	f->m->cause = 17;
	rtnl_fill_ifinfo(dev, &said);
	assert_ptr_equal(said.dev, dev);
	assert_false(said.is_dellink);
	assert_int_equal(said.operstate, IF_OPER_DOWN); /* not running */
	assert_int_equal(said.link_mode, IF_LINK_MODE_DORMANT);
	assert_int_equal(said.qdisc, QDISC_NOOP);
	assert_true(said.carrier); /* the bit, also when down */
	assert_int_equal(said.ifi_flags, IFF_BROADCAST | IFF_NOARP);
	assert_int_equal(said.ifi_change, 0);
	assert_int_equal(said.carrier_up_count, 3);
	assert_int_equal(said.carrier_down_count, 4);
	assert_int_equal(said.cause, 17);

	link_up(f, dev);
	netif_carrier_off(dev);
	rtnl_fill_ifinfo(dev, &said);
	assert_int_equal(said.operstate, IF_OPER_UP); /* stored; linkwatch runs later */
	assert_int_equal(said.qdisc, QDISC_NOQUEUE);
	assert_false(said.carrier);
	assert_int_equal(said.ifi_flags, IFF_BROADCAST | IFF_NOARP | IFF_UP | IFF_RUNNING);
	settle(f);
	fixture_stop(f);
}

static void rtnl_fill_ifinfo__says_what_a_device_is(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_dummy(f, "d0");
	struct link_message said;

	(void)state;
	dev->mtu = 1400;
	dev->tx_queue_len = 7;
	dev->promiscuity = 2;
	dev->proto_down = true;
	dev->address = 0x020304050607;
	rtnl_fill_ifinfo(dev, &said);
	assert_int_equal(said.mtu, 1400);
	assert_int_equal(said.tx_queue_len, 7);
	assert_int_equal(said.promiscuity, 2);
	assert_true(said.proto_down);
	assert_int_equal(said.address, 0x020304050607);
	assert_null(said.master);
	assert_false(said.has_link);
	assert_ptr_equal(said.link_net, dev_net(dev));
	rtnl_fill_ifinfo(dev_get_by_name(f->m, "lo"), &said);
	assert_int_equal(said.address, 0);
	dev->promiscuity = 0;
	settle(f);
	fixture_stop(f);
}

static void rtmsg_ifinfo__is_silent_unless_registered(void **state)
{
	static const uint8_t others[] = { NETREG_UNINITIALIZED, NETREG_UNREGISTERING,
					  NETREG_UNREGISTERED };
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_dummy(f, "d0");
	struct link_message dellink;

	(void)state;
	forget_log(f);
	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		dev->reg_state = others[i];
		rtmsg_ifinfo(dev, 1);
		expect_log(f, "");
	}
	rtmsg_ifinfo_build_dellink(dev, &dellink);
	rtmsg_ifinfo_send(&dellink); /* built by hand: sent in any case */
	expect_log(f, "0 DEL d0 - DOWN ffffffff\n");
	dev->reg_state = NETREG_REGISTERED;
	rtmsg_ifinfo(dev, 0x1234);
	expect_log(f, "0 d0 - DOWN 1234\n");
	f->m->callbacks.notify = NULL; /* no listener */
	rtmsg_ifinfo(dev, 1);
	rtmsg_ifinfo_send(&dellink);
	expect_log(f, "");
	fixture_stop(f);
}

/* Flags, carrier, operstate, linkmode; linkwatch's message comes last. */
static void do_setlink__in_the_kernels_order(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_dummy(f, "d0");
	struct link_attrs all = { .ifi_flags = IFF_UP,
				  .ifi_change = IFF_UP,
				  .has_carrier = true,
				  .has_operstate = true,
				  .operstate = IF_OPER_DORMANT,
				  .has_linkmode = true,
				  .linkmode = IF_LINK_MODE_DORMANT };

	(void)state;
	forget_log(f);
	f->is_full = true;
	f->traced = BIT(TRACE_NOTIFIER) | BIT(TRACE_CARRIER) | BIT(TRACE_SET_OPERSTATE);
	set_link(f, dev, &all);
	expect_log(f,
		   "notifier d0 PRE_UP\n"
		   "0 d0 <UP,RUNNING,LOWER_UP> UNKNOWN mode=0 qdisc=noqueue change=1 up/down=0/0\n"
		   "notifier d0 UP\ncarrier d0 off\nset d0 UNKNOWN DORMANT\nnotifier d0 CHANGE\n"
		   "0 d0 <UP> DORMANT mode=0 qdisc=noqueue change=0 up/down=0/1\n"
		   "notifier d0 CHANGE\n"
		   "0 d0 <UP> DORMANT mode=1 qdisc=noqueue change=0 up/down=0/1\n"
		   "notifier d0 CHANGE\n"
		   "0 d0 <UP> DOWN mode=1 qdisc=noqueue change=0 up/down=0/1\n");
	fixture_stop(f);
}

static void do_setlink__linkmode_is_told_if_it_is_new_and_the_device_up(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_dummy(f, "d0");

	(void)state;
	forget_log(f);
	set_linkmode_of(f, dev, IF_LINK_MODE_DORMANT);
	expect_log(f, "");
	assert_int_equal(dev->link_mode, IF_LINK_MODE_DORMANT);
	link_up(f, dev);
	forget_log(f);
	set_linkmode_of(f, dev, IF_LINK_MODE_DORMANT);
	expect_log(f, "");
	set_linkmode_of(f, dev, IF_LINK_MODE_DEFAULT);
	expect_log(f, "0 d0 URL UNKNOWN 0\n"); /* the operstate is not checked */
	assert_false(f->m->linkwatch.work.work.is_pending);
	fixture_stop(f);
}

static void do_setlink__stops_at_an_error_and_keeps_what_is_done(void **state)
{
	struct link_attrs attrs = { .ifi_flags = IFF_UP,
				    .ifi_change = IFF_UP,
				    .has_carrier = true,
				    .has_linkmode = true,
				    .linkmode = IF_LINK_MODE_DORMANT };
	struct fixture *f = fixture_start("6.1+setlink-event", 100);
	struct net_device *plain = add_device(f, "p", &plain_ops), *dev = add_dummy(f, "d0");

	(void)state;
	refuse(f, "d0", NETDEV_PRE_UP, -EPERM);
	forget_log(f);
	f->traced = BIT(TRACE_FIRE);
	assert_int_equal(set_link(f, dev, &attrs), -EPERM);
	expect_log(f, "");
	assert_true(netif_carrier_ok(dev));
	assert_int_equal(dev->link_mode, IF_LINK_MODE_DEFAULT);
	assert_int_equal(set_link(f, plain, &attrs), -EOPNOTSUPP);
	expect_log(f, "0 p URL UNKNOWN 1\nfire p not-urgent new\n0 p URL UP 0\n");
	assert_int_equal(plain->link_mode, IF_LINK_MODE_DEFAULT);
	fixture_stop(f);
}

/* ifi_change 0 stands for all flags, unless ifi_flags is 0 too: then no flags are requested. */
static void do_setlink__flags_and_change(void **state)
{
	static const struct {
		uint32_t flags, change;
		const char *log;
	} cases[] = {
		{ 0, 0, "" },
		{ IFF_UP, IFF_UP, "0 d0 URL UNKNOWN 1\n" },
		{ IFF_UP, IFF_UP, "" },
		{ IFF_UP, IFF_MULTICAST, "" },		/* no flag that counts */
		{ IFF_UP, 0, "0 d0 URL UNKNOWN 80\n" }, /* all: NOARP is cleared */
		{ IFF_UP | IFF_PROMISC, IFF_PROMISC, "0 d0 URL UNKNOWN 100\n" },
		{ 0, IFF_DEBUG, "" },		       /* PROMISC stays */
		{ IFF_DEBUG, 0, "0 d0 - DOWN 105\n" }, /* all: UP and PROMISC are cleared */
		{ 0, ~0U, "0 d0 - DOWN 4\n" },
		{ 0, ~0U, "" },
	};
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_dummy(f, "d0");

	(void)state;
	forget_log(f);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(set_flags(f, dev, cases[i].flags, cases[i].change), 0);
		expect_log(f, cases[i].log);
	}
	fixture_stop(f);
}

static void setlink_event__fires_whenever_flags_are_asked_for(void **state)
{
	struct link_create create = { .kind = LINK_KIND_DUMMY,
				      .name = "d1",
				      .attrs = { .ifi_flags = IFF_UP, .ifi_change = IFF_UP } };
	struct fixture *f = fixture_start("6.1+setlink-event", 100);
	struct net_device *dev = add_dummy(f, "d0");

	(void)state;
	forget_log(f);
	f->traced = BIT(TRACE_FIRE);
	link_up(f, dev); /* UNKNOWN becomes UP, with one more message */
	expect_log(f, "0 d0 URL UNKNOWN 1\nfire d0 not-urgent new\n0 d0 URL UP 0\n");
	run_to_j(f, 200);
	link_up(f, dev); /* a no-op */
	expect_log(f, "fire d0 not-urgent new\n200 d0 URL UP 0\n");
	run_to_j(f, 400);
	link_down(f, dev);
	expect_log(f, "400 d0 - DOWN 1\nfire d0 not-urgent new\n");
	set_linkmode_of(f, dev, IF_LINK_MODE_DORMANT); /* requests no flags */
	expect_log(f, "");
	/* not by SIOCSIFFLAGS, not by a creation */
	lock(f);
	assert_int_equal(dev_ifsioc_set_flags(dev, IFF_UP | IFF_NOARP), 0);
	unlock(f);
	expect_log(f, "400 d0 URL UP 1\n");
	assert_int_equal(new_link(f, &create), 0);
	expect_log(f, "400 d1 URL UNKNOWN ffffffff\n");
	fixture_stop(f);
}

/* traces/early.*.trace: carrier off, on, and an early `up` inside the limit */
static void early_up__as_the_real_kernels_have_it(void **state)
{
	static const struct {
		const char *kernel;
		unsigned int up_j;
	} cases[] = { { "5.8", 208 },
		      { "6.1", 208 },
		      { "6.1+urgent-event", 208 },
		      { "6.1+urgent-event+setlink-event", 140 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);
		struct net_device *dev;
		char expected[200];

		run_to_ms(f, 1005);
		dev = add_dummy(f, "d0");
		run_to_ms(f, 1015);
		carrier(f, dev, false);
		run_to_ms(f, 1025);
		carrier(f, dev, true);
		run_to_ms(f, 1405);
		link_up(f, dev);
		run_to_ms(f, 4005);
		snprintf(expected, sizeof(expected),
			 "100 d0 - DOWN ffffffff\n140 d0 UL DOWN 1\n%u d0 URL UP 0\n",
			 cases[i].up_j);
		expect_log(f, expected);
		fixture_stop(f);
	}
}

static void rtnl_newlink__is_one_message_however_it_is_asked_for(void **state)
{
	static const struct {
		struct link_attrs attrs;
		const char *log;
	} cases[] = {
		{ { 0 },
		  "notifier d POST_INIT\nnotifier d REGISTER\n"
		  "0 d <> DOWN mode=0 qdisc=noop change=ffffffff up/down=0/0\n" },
		{ { .ifi_flags = IFF_UP, .ifi_change = IFF_UP },
		  "notifier d POST_INIT\nnotifier d REGISTER\nnotifier d PRE_UP\n"
		  "0 d <UP,RUNNING,LOWER_UP> UNKNOWN mode=0 qdisc=noqueue change=ffffffff "
		  "up/down=0/0\nnotifier d UP\n" },
		/* stored before registration */
		{ { .ifi_flags = IFF_UP,
		    .ifi_change = IFF_UP,
		    .has_operstate = true,
		    .operstate = IF_OPER_DORMANT,
		    .has_linkmode = true,
		    .linkmode = IF_LINK_MODE_DORMANT },
		  "notifier d POST_INIT\nnotifier d REGISTER\nnotifier d PRE_UP\n"
		  "0 d <UP,LOWER_UP> DORMANT mode=1 qdisc=noqueue change=ffffffff up/down=0/0\n"
		  "notifier d UP\n" },
		/* IFLA_CARRIER is ignored */
		{ { .has_carrier = true, .carrier = false },
		  "notifier d POST_INIT\nnotifier d REGISTER\n"
		  "0 d <> DOWN mode=0 qdisc=noop change=ffffffff up/down=0/0\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start("6.1", 100);
		struct link_create create = { .kind = LINK_KIND_DUMMY,
					      .name = "d",
					      .attrs = cases[i].attrs };

		f->is_full = true;
		f->traced = BIT(TRACE_NOTIFIER);
		assert_int_equal(new_link(f, &create), 0);
		expect_log(f, cases[i].log);
		assert_true(netif_carrier_ok(find(f, "d")));
		assert_int_equal(find(f, "d")->rtnl_link_state, RTNL_LINK_INITIALIZED);
		assert_int_equal(new_link(f, &create), -EEXIST);
		expect_log(f, "");
		fixture_stop(f);
	}
}

static void rtnl_newlink__that_fails_leaves_nothing_and_says_nothing(void **state)
{
	static const struct {
		enum netdev_cmd cmd;
		const char *log;
	} cases[] = {
		{ NETDEV_POST_INIT, "notifier d POST_INIT\n" },
		{ NETDEV_REGISTER,
		  "notifier d POST_INIT\nnotifier d REGISTER\nnotifier d UNREGISTER\n" },
		{ NETDEV_PRE_UP,
		  "notifier d POST_INIT\nnotifier d REGISTER\nnotifier d PRE_UP\nnotifier d UNREGISTER\n" },
	};
	struct link_create create = { .kind = LINK_KIND_DUMMY,
				      .name = "d",
				      .attrs = { .ifi_flags = IFF_UP, .ifi_change = IFF_UP } };
	struct machine_config config = { .kernel = kernel_named("6.1"),
					 .hz = 100,
					 .long_bits = 64 };

	(void)state;
	config.max_devices = 1; /* a leak would show */
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start_with(&config);

		refuse(f, "d", cases[i].cmd, -EPERM);
		f->traced = BIT(TRACE_NOTIFIER);
		assert_int_equal(new_link(f, &create), -EPERM);
		expect_log(f, cases[i].log);
		assert_null(dev_get_by_name(f->m, "d"));
		refuse(f, "d", cases[i].cmd, 0);
		assert_int_equal(new_link(f, &create), 0);
		fixture_stop(f);
	}
}

static void rtnl_dellink__is_for_what_newlink_made(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *plain = add_device(f, "p", &plain_ops), *dev = add_dummy(f, "d0");

	(void)state;
	link_up(f, dev);
	forget_log(f);
	assert_int_equal(delete_link_of(f, plain), -EOPNOTSUPP);
	assert_int_equal(delete_link_of(f, find(f, "lo")), -EOPNOTSUPP);
	expect_log(f, "");
	assert_int_equal(delete_link_of(f, dev), 0);
	expect_log(f, "0 d0 - DOWN 41\n0 DEL d0 - DOWN ffffffff\n");
	assert_null(dev_get_by_name(f->m, "d0"));
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rtnl_fill_ifinfo__says_the_stored_and_the_derived),
		cmocka_unit_test(rtnl_fill_ifinfo__says_what_a_device_is),
		cmocka_unit_test(rtmsg_ifinfo__is_silent_unless_registered),
		cmocka_unit_test(do_setlink__in_the_kernels_order),
		cmocka_unit_test(do_setlink__linkmode_is_told_if_it_is_new_and_the_device_up),
		cmocka_unit_test(do_setlink__stops_at_an_error_and_keeps_what_is_done),
		cmocka_unit_test(do_setlink__flags_and_change),
		cmocka_unit_test(setlink_event__fires_whenever_flags_are_asked_for),
		cmocka_unit_test(early_up__as_the_real_kernels_have_it),
		cmocka_unit_test(rtnl_newlink__is_one_message_however_it_is_asked_for),
		cmocka_unit_test(rtnl_newlink__that_fails_leaves_nothing_and_says_nothing),
		cmocka_unit_test(rtnl_dellink__is_for_what_newlink_made),
	};

	return cmocka_run_group_tests_name("rtnetlink", tests, NULL, NULL);
}
