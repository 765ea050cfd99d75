// SPDX-License-Identifier: GPL-2.0-or-later
/* Masters in rtnetlink, and a driver's init in registration. */
#include "model_fixture.h"

/* A master that accepts ports with room, and releases all but those called "stays". */
static int add_slave(struct net_device *dev, struct net_device *slave)
{
	say(fixture_of(dev), "%s takes %s\n", dev->name, slave->name);
	return netdev_master_upper_dev_link(slave, dev);
}

static int del_slave(struct net_device *dev, struct net_device *slave)
{
	say(fixture_of(dev), "%s lets %s go\n", dev->name, slave->name);
	if (strcmp(slave->name, "stays") == 0)
		return -EPERM;
	netdev_upper_dev_unlink(slave, dev);
	return 0;
}

static const struct net_device_ops master_ops = {
	.kind = "master",
	.ndo_add_slave = add_slave,
	.ndo_del_slave = del_slave,
};

static struct fixture *start(void)
{
	return fixture_start("6.1", 100);
}

static int set_master(struct fixture *f, struct net_device *dev, int32_t ifindex)
{
	struct link_attrs attrs = { .has_master = true, .master = ifindex };

	return set_link(f, dev, &attrs);
}

/* Models: do_set_master() */
static void do_setlink__master(void **state)
{
	struct fixture *f = start();
	struct net_device *d = add_device(f, "d", &plain_ops);
	struct net_device *m1 = add_device(f, "m1", &master_ops);
	struct net_device *m2 = add_device(f, "m2", &master_ops);
	struct net_device *stays = add_device(f, "stays", &plain_ops);

	(void)state;
	forget_log(f);
	assert_int_equal(set_master(f, d, 0), 0); /* had none */
	assert_int_equal(set_master(f, d, 99), -EINVAL);
	assert_int_equal(set_master(f, d, stays->ifindex), -EOPNOTSUPP);
	expect_log(f, "");
	assert_int_equal(set_master(f, d, m1->ifindex), 0);
	expect_log(f, "m1 takes d\n0 d - DOWN 0\n");
	assert_int_equal(set_master(f, d, m1->ifindex), 0); /* already its master */
	expect_log(f, "");
	assert_int_equal(set_master(f, d, m2->ifindex), 0);
	expect_log(f, "m1 lets d go\n0 d - DOWN 0\nm2 takes d\n0 d - DOWN 0\n");
	assert_int_equal(set_master(f, d, 99), -EINVAL); /* it has already left the old master */
	expect_log(f, "m2 lets d go\n0 d - DOWN 0\n");
	assert_int_equal(set_master(f, d, m2->ifindex), 0);
	assert_int_equal(set_master(f, d, 0), 0);
	expect_log(f, "m2 takes d\n0 d - DOWN 0\nm2 lets d go\n0 d - DOWN 0\n");
	assert_int_equal(set_master(f, stays, m1->ifindex), 0);
	assert_int_equal(set_master(f, stays, 0), -EPERM);
	assert_ptr_equal(netdev_master_upper_dev_get(stays), m1);
	fixture_stop(f);
}

/* Flags come before the master, the carrier after it; an error stops there. */
static void do_setlink__master_has_its_place(void **state)
{
	struct link_attrs attrs = {
		.ifi_flags = IFF_UP, .ifi_change = IFF_UP, .has_master = true, .has_carrier = true
	};
	struct fixture *f = start();
	struct net_device *d = add_dummy(f, "d"), *m = add_device(f, "m", &master_ops);

	(void)state;
	forget_log(f);
	f->traced = BIT(TRACE_CARRIER);
	attrs.master = 99;
	assert_int_equal(set_link(f, d, &attrs), -EINVAL);
	expect_log(f, "0 d URL UNKNOWN 1\n");
	link_down(f, d);
	forget_log(f);
	attrs.master = m->ifindex;
	assert_int_equal(set_link(f, d, &attrs), 0);
	expect_log(f, "0 d URL UNKNOWN 1\nm takes d\n0 d URL UNKNOWN 0\ncarrier d off\n"
		      "0 d U DOWN 0\n");
	fixture_stop(f);
}

/* The master comes last, when the device is registered. */
static void rtnl_newlink__with_a_master(void **state)
{
	struct link_create create = { .kind = LINK_KIND_DUMMY,
				      .name = "d",
				      .attrs = { .has_master = true } };
	struct fixture *f = start();
	struct net_device *m = add_device(f, "m", &master_ops);

	(void)state;
	forget_log(f);
	create.attrs.master = m->ifindex;
	assert_int_equal(new_link(f, &create), 0);
	expect_log(f, "0 d - DOWN ffffffff\nm takes d\n0 d - DOWN 0\n");
	copy_name(create.name, "e");
	create.attrs.master = 99;
	assert_int_equal(new_link(f, &create), -EINVAL);
	expect_log(f, "0 e - DOWN ffffffff\n0 DEL e - DOWN ffffffff\n");
	fixture_stop(f);
}

static void rtnetlink_event__tells_of_some(void **state)
{
	static const struct {
		enum netdev_cmd cmd;
		bool tells;
	} cases[] = {
		{ NETDEV_UP, false },
		{ NETDEV_DOWN, false },
		{ NETDEV_CHANGE, false },
		{ NETDEV_REGISTER, false },
		{ NETDEV_UNREGISTER, false },
		{ NETDEV_GOING_DOWN, false },
		{ NETDEV_PRE_UP, false },
		{ NETDEV_POST_INIT, false },
		{ NETDEV_CHANGEUPPER, true },
		{ NETDEV_CHANGELOWERSTATE, true },
		{ NETDEV_FEAT_CHANGE, true },
		{ NETDEV_CHANGEADDR, true },
		{ NETDEV_BONDING_FAILOVER, true },
		{ NETDEV_NOTIFY_PEERS, true },
		{ NETDEV_RESEND_IGMP, true },
	};
	struct fixture *f = start();
	struct net_device *d = add_device(f, "d", &plain_ops);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		forget_log(f);
		assert_int_equal(rtnetlink_event(d, cases[i].cmd), 0);
		expect_log(f, cases[i].tells ? "0 d - DOWN 0\n" : "");
	}
	netdev_change_features(d);
	expect_log(f, "0 d - DOWN 0\n");
	fixture_stop(f);
}

static int init(struct net_device *dev)
{
	say(fixture_of(dev), "init %s %s\n", dev->name, dev->ifindex ? "late" : "early");
	return strcmp(dev->name, "bad") == 0 ? -EIO : 0;
}

static void uninit(struct net_device *dev)
{
	say(fixture_of(dev), "uninit %s\n", dev->name);
}

/* Models: register_netdevice(), unregister_netdevice_many_notify() */
static void register_netdevice__inits_and_uninits(void **state)
{
	static const struct net_device_ops ops = { .ndo_init = init, .ndo_uninit = uninit };
	static const struct {
		const char *name;
		enum netdev_cmd veto;
		int err;
		const char *log;
	} cases[] = {
		{ "bad", NETDEV_UP, -EIO, "init bad early\n" },
		{ "lo", NETDEV_UP, -EEXIST, "" },
		{ "d", NETDEV_POST_INIT, -EPERM, "init d early\nnotifier d POST_INIT\nuninit d\n" },
		{ "d", NETDEV_REGISTER, -EPERM,
		  "init d early\nnotifier d POST_INIT\nnotifier d REGISTER\n"
		  "notifier d UNREGISTER\nuninit d\n0 DEL d - DOWN ffffffff\n" },
		{ "d", NETDEV_UP, 0,
		  "init d early\nnotifier d POST_INIT\nnotifier d REGISTER\n"
		  "0 d - DOWN ffffffff\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = start();
		struct net_device *dev = alloc_netdev(f->m, cases[i].name, &ops);

		refuse(f, "d", cases[i].veto, -EPERM);
		f->traced = BIT(TRACE_NOTIFIER);
		lock(f);
		assert_int_equal(register_netdevice(dev), cases[i].err);
		expect_log(f, cases[i].log);
		if (cases[i].err) {
			free_netdev(dev);
		} else {
			unregister_netdevice(dev);
			expect_log(f, "notifier d UNREGISTER\nuninit d\n0 DEL d - DOWN ffffffff\n");
		}
		unlock(f);
		fixture_stop(f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(do_setlink__master),
		cmocka_unit_test(do_setlink__master_has_its_place),
		cmocka_unit_test(rtnl_newlink__with_a_master),
		cmocka_unit_test(rtnetlink_event__tells_of_some),
		cmocka_unit_test(register_netdevice__inits_and_uninits),
	};

	return cmocka_run_group_tests_name("masters", tests, NULL, NULL);
}
