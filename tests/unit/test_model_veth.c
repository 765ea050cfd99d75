// SPDX-License-Identifier: GPL-2.0-or-later
#include "model_fixture.h"

static const struct link_attrs up = { .ifi_flags = IFF_UP, .ifi_change = IFF_UP };

/* traces/veth.6.1.trace, line by line */
static void pair__as_the_real_kernel_has_it(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *v0, *v1;

	(void)state;
	f->is_full = true;
	run_to_ms(f, 1005);
	v0 = add_veth(f, "v0", "v1");
	v1 = find(f, "v1");
	run_to_ms(f, 1105);
	link_up(f, v0);
	run_to_ms(f, 1305);
	link_up(f, v1);
	run_to_ms(f, 1505);
	link_down(f, v1);
	expect_log(f,
		   "100 v1 <> DOWN mode=0 qdisc=noop change=ffffffff up/down=0/1\n"
		   "100 v0 <> DOWN mode=0 qdisc=noop change=ffffffff up/down=0/1\n"
		   "110 v0 <UP> LOWERLAYERDOWN mode=0 qdisc=noqueue change=1 up/down=0/1\n"
		   "130 v1 <UP,LOWER_UP> LOWERLAYERDOWN mode=0 qdisc=noqueue change=1 up/down=1/1\n"
		   "130 v1 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=1/1\n"
		   "130 v0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=1/1\n"
		   "150 v1 <> DOWN mode=0 qdisc=noqueue change=1 up/down=1/2\n"
		   "150 v0 <UP> LOWERLAYERDOWN mode=0 qdisc=noqueue change=0 up/down=1/2\n");
	run_to_ms(f, 1555);
	link_up(f, v1);
	run_to_ms(f, 1605);
	link_down(f, v1);
	run_to_ms(f, 1655);
	link_up(f, v1);
	expect_log(f,
		   "155 v1 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=1 up/down=2/2\n"
		   "155 v1 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=2/2\n"
		   "155 v0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=2/2\n"
		   "160 v1 <> DOWN mode=0 qdisc=noqueue change=1 up/down=2/3\n"
		   "160 v0 <UP> LOWERLAYERDOWN mode=0 qdisc=noqueue change=0 up/down=2/3\n"
		   "165 v1 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=1 up/down=3/3\n"
		   "165 v1 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=3/3\n"
		   "165 v0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=3/3\n");
	run_to_ms(f, 4005);
	delete_link_of(f, v0);
	run_to_ms(f, 5005);
	expect_log(f, "400 v0 <> DOWN mode=0 qdisc=noqueue change=41 up/down=3/4\n"
		      "400 v1 <> DOWN mode=0 qdisc=noqueue change=41 up/down=3/4\n"
		      "400 DEL v0 <> DOWN mode=0 qdisc=noop change=ffffffff up/down=3/4\n"
		      "400 DEL v1 <> DOWN mode=0 qdisc=noop change=ffffffff up/down=3/4\n");
	fixture_stop(f);
}

static void pair__goes_whichever_end_is_deleted(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);

	(void)state;
	add_veth(f, "v0", "v1");
	forget_log(f);
	assert_int_equal(delete_link_of(f, find(f, "v1")), 0);
	expect_log(f, "0 DEL v1 - DOWN ffffffff\n0 DEL v0 - DOWN ffffffff\n");
	assert_null(dev_get_by_name(f->m, "v0"));
	assert_null(dev_get_by_name(f->m, "v1"));
	fixture_stop(f);
}

static void iflink__is_the_peers_number_or_0(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *v0 = add_veth(f, "v0", "v1"), *v1 = find(f, "v1");

	(void)state;
	assert_int_equal(v1->ifindex, 2); /* the peer is registered first */
	assert_int_equal(v0->ifindex, 3);
	assert_int_equal(dev_get_iflink(v0), 2);
	assert_int_equal(dev_get_iflink(v1), 3);
	v0->priv.veth.peer = NULL;
	assert_int_equal(dev_get_iflink(v0), 0);
	v0->priv.veth.peer = v1;
	fixture_stop(f);
}

static void newlink__tells_the_peer_before_it_is_tied(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *v0;

	(void)state;
	f->traced = BIT(TRACE_NOTIFIER) | BIT(TRACE_FIRE) | BIT(TRACE_POLICY);
	v0 = add_veth(f, "v0", "v1");
	expect_log(f, "notifier v1 POST_INIT\nnotifier v1 REGISTER\nfire v1 not-urgent new\n"
		      "0 v1 - DOWN ffffffff\n"
		      "notifier v0 POST_INIT\nnotifier v0 REGISTER\nfire v0 not-urgent new\n"
		      "0 v0 - DOWN ffffffff\n"
		      "policy v1 UNKNOWN LOWERLAYERDOWN\npolicy v0 UNKNOWN LOWERLAYERDOWN\n");
	assert_false(netif_carrier_ok(v0));
	fixture_stop(f);
}

/* dev may be opened at creation; both ends get their own attributes. */
static void newlink__of_a_device_that_is_up(void **state)
{
	struct link_create create = {
		.kind = LINK_KIND_VETH,
		.name = "v0",
		.peer_name = "v1",
		.attrs = up,
		.peer_attrs = { .has_linkmode = true,
				.linkmode = IF_LINK_MODE_DORMANT,
				.has_operstate = true,
				.operstate = IF_OPER_UP },
	};
	struct fixture *f = fixture_start("6.1", 100);

	(void)state;
	f->is_full = true;
	assert_int_equal(new_link(f, &create), 0);
	expect_log(f, "0 v1 <> DOWN mode=1 qdisc=noop change=ffffffff up/down=0/1\n"
		      "0 v0 <UP,RUNNING> UNKNOWN mode=0 qdisc=noqueue change=ffffffff up/down=0/1\n"
		      "0 v0 <UP> LOWERLAYERDOWN mode=0 qdisc=noqueue change=0 up/down=0/1\n");
	fixture_stop(f);
}

static void newlink__that_fails_leaves_nothing(void **state)
{
	static const struct {
		struct link_create create;
		uint32_t max_devices;
		const char *veto_name;
		enum netdev_cmd veto_cmd;
		int err;
		const char *log;
	} cases[] = {
		{ { .name = "v0", .peer_name = "v1" }, 0, "", 0, -ENOMEM, "" },
		{ { .name = "v0", .peer_name = "v1" }, 1, "", 0, -ENOMEM, "" },
		{ { .name = "v0", .peer_name = "a b" }, 2, "", 0, -EINVAL, "" },
		{ { .name = "v0", .peer_name = "" }, 2, "", 0, -EINVAL, "" },
		{ { .name = "v0", .peer_name = "lo" }, 2, "", 0, -EEXIST, "" },
		{ { .name = "lo", .peer_name = "v1" }, 2, "", 0, -EEXIST, "" },
		/* its own name: the peer has taken it by then */
		{ { .name = "v0", .peer_name = "v0" },
		  2,
		  "",
		  0,
		  -EEXIST,
		  "0 v0 - DOWN ffffffff\n0 DEL v0 - DOWN ffffffff\n" },
		{ { .name = "", .peer_name = "v1" },
		  2,
		  "",
		  0,
		  -EINVAL,
		  "0 v1 - DOWN ffffffff\n0 DEL v1 - DOWN ffffffff\n" },
		/* a peer opened at creation has no peer itself yet */
		{ { .name = "v0",
		    .peer_name = "v1",
		    .peer_attrs = { .ifi_flags = IFF_UP, .ifi_change = IFF_UP } },
		  2,
		  "",
		  0,
		  -ENOTCONN,
		  "" },
		{ { .name = "v0", .peer_name = "v1" }, 2, "v1", NETDEV_POST_INIT, -EPERM, "" },
		{ { .name = "v0", .peer_name = "v1" }, 2, "v1", NETDEV_REGISTER, -EPERM, "" },
		{ { .name = "v0", .peer_name = "v1" },
		  2,
		  "v0",
		  NETDEV_POST_INIT,
		  -EPERM,
		  "0 v1 - DOWN ffffffff\n0 DEL v1 - DOWN ffffffff\n" },
		{ { .name = "v0", .peer_name = "v1" },
		  2,
		  "v0",
		  NETDEV_REGISTER,
		  -EPERM,
		  "0 v1 - DOWN ffffffff\n0 DEL v1 - DOWN ffffffff\n" },
		{ { .name = "v0",
		    .peer_name = "v1",
		    .attrs = { .ifi_flags = IFF_UP, .ifi_change = IFF_UP } },
		  2,
		  "v0",
		  NETDEV_PRE_UP,
		  -EPERM,
		  "0 v1 - DOWN ffffffff\n0 DEL v1 - DOWN ffffffff\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct machine_config config = { .kernel = kernel_named("6.1"),
						 .hz = 100,
						 .long_bits = 64,
						 .max_devices = cases[i].max_devices };
		struct fixture *f = fixture_start_with(&config);
		struct link_create create = cases[i].create;

		create.kind = LINK_KIND_VETH;
		refuse(f, cases[i].veto_name, cases[i].veto_cmd, *cases[i].veto_name ? -EPERM : 0);
		for (int round = 0; round < 2; round++) { /* and no slot is lost */
			assert_int_equal(new_link(f, &create), cases[i].err);
			expect_log(f, cases[i].log);
		}
		assert_ptr_equal(init_net(f->m)->dev_base_head.next, &find(f, "lo")->dev_list);
		assert_ptr_equal(init_net(f->m)->dev_base_head.prev, &find(f, "lo")->dev_list);
		if (config.max_devices == 2) {
			refuse(f, "", NETDEV_UP, 0);
			add_veth(f, "v0", "v1");
		}
		fixture_stop(f);
	}
}

/* One that never got a peer, as during newlink. */
static void dellink__of_a_single_end(void **state)
{
	static const struct link_attrs none;
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev;

	(void)state;
	lock(f);
	assert_int_equal(rtnl_create_link(init_net(f->m), "v0", &veth_netdev_ops, &none, &dev), 0);
	assert_int_equal(register_netdevice(dev), 0);
	expect_log(f, "");
	assert_int_equal(rtnl_configure_link(dev, &none), 0);
	expect_log(f, "0 v0 - DOWN ffffffff\n");
	assert_int_equal(do_setlink(dev, &up), -ENOTCONN);
	assert_int_equal(rtnl_dellink(dev), 0);
	expect_log(f, "0 DEL v0 - DOWN ffffffff\n");
	unlock(f);
	assert_null(dev_get_by_name(f->m, "v0"));
	fixture_stop(f);
}

/* The new number of such an end is nobody's iflink. */
static void move__of_a_single_end(void **state)
{
	static const struct link_attrs none;
	struct fixture *f = fixture_start("6.1", 100);
	struct net *net = add_net(f);
	struct net_device *dev;

	(void)state;
	lock(f);
	assert_int_equal(rtnl_create_link(init_net(f->m), "v0", &veth_netdev_ops, &none, &dev), 0);
	assert_int_equal(register_netdevice(dev), 0);
	assert_int_equal(rtnl_configure_link(dev, &none), 0);
	forget_log(f);
	assert_int_equal(do_setlink(dev, &(struct link_attrs){ .net = net, .new_ifindex = 9 }), 0);
	expect_log(f, "0 DEL v0 - DOWN ffffffff\n0 net1/v0 - DOWN ffffffff\n");
	assert_int_equal(dev->ifindex, 9);
	assert_int_equal(dev_get_iflink(dev), 0);
	assert_int_equal(rtnl_dellink(dev), 0);
	unlock(f);
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pair__as_the_real_kernel_has_it),
		cmocka_unit_test(pair__goes_whichever_end_is_deleted),
		cmocka_unit_test(iflink__is_the_peers_number_or_0),
		cmocka_unit_test(newlink__tells_the_peer_before_it_is_tied),
		cmocka_unit_test(newlink__of_a_device_that_is_up),
		cmocka_unit_test(newlink__that_fails_leaves_nothing),
		cmocka_unit_test(dellink__of_a_single_end),
		cmocka_unit_test(move__of_a_single_end),
	};

	return cmocka_run_group_tests_name("veth", tests, NULL, NULL);
}
