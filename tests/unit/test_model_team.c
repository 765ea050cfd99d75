// SPDX-License-Identifier: GPL-2.0-or-later
#include "master_fixture.h"

/* NULL: no master */
static int set_master(struct fixture *f, struct net_device *dev, const struct net_device *master)
{
	struct link_attrs attrs = { .has_master = true, .master = master ? master->ifindex : 0 };

	return set_link(f, dev, &attrs);
}

static int set_carrier(struct fixture *f, struct net_device *dev, bool is_on)
{
	struct link_attrs attrs = { .has_carrier = true, .carrier = is_on };

	return set_link(f, dev, &attrs);
}

static struct fixture *start_with_ports(void)
{
	struct fixture *f = fixture_start("6.1", 100);

	add_team(f, "team0");
	add_dummy(f, "d0");
	add_dummy(f, "d1");
	assert_int_equal(set_master(f, find(f, "d0"), find(f, "team0")), 0);
	assert_int_equal(set_master(f, find(f, "d1"), find(f, "team0")), 0);
	forget_log(f);
	return f;
}

/* traces/team.6.1.trace, line by line */
static void team__as_the_real_kernel_has_it(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *team0, *d0;

	(void)state;
	f->is_full = true;
	run_to_ms(f, 1005);
	team0 = add_team(f, "team0");
	d0 = add_dummy(f, "d0");
	run_to_ms(f, 1105);
	assert_int_equal(set_master(f, d0, team0), 0);
	run_to_ms(f, 1305);
	link_up(f, team0);
	run_to_ms(f, 3005);
	set_carrier(f, d0, false);
	run_to_ms(f, 3105);
	set_carrier(f, d0, true);
	run_to_ms(f, 6005);
	expect_log(
		f,
		"100 team0 <> DOWN mode=0 qdisc=noop change=ffffffff up/down=0/0\n"
		"100 d0 <> DOWN mode=0 qdisc=noop change=ffffffff up/down=0/0\n"
		"110 d0 <UP,RUNNING,LOWER_UP> UNKNOWN mode=0 qdisc=noqueue change=41 up/down=0/0\n"
		"110 d0 <UP,RUNNING,LOWER_UP> UNKNOWN mode=0 qdisc=noqueue change=0 up/down=0/0\n"
		"110 d0 <UP,RUNNING,LOWER_UP> UNKNOWN mode=0 qdisc=noqueue change=0 up/down=0/0\n"
		"110 d0 <UP,RUNNING,LOWER_UP> UNKNOWN mode=0 qdisc=noqueue change=0 up/down=0/0\n"
		"110 team0 <> DOWN mode=0 qdisc=noop change=0 up/down=1/0\n"
		"130 team0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=1 up/down=1/0\n"
		"300 d0 <UP> DOWN mode=0 qdisc=noqueue change=0 up/down=0/1\n"
		"300 d0 <UP> DOWN mode=0 qdisc=noqueue change=0 up/down=0/1\n"
		"300 team0 <UP> DOWN mode=0 qdisc=noqueue change=0 up/down=1/1\n"
		"310 d0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=1/1\n"
		"310 d0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=1/1\n"
		"310 team0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=2/1\n");
	fixture_stop(f);
}

/* Recorded on 6.1: the team has carrier while one of two ports has. */
static void two_ports__the_team_is_up_while_one_is(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *team0, *d0, *d1;

	(void)state;
	run_to_ms(f, 1005);
	team0 = add_team(f, "team0");
	d0 = add_dummy(f, "d0");
	d1 = add_dummy(f, "d1");
	run_to_ms(f, 1055);
	link_up(f, team0);
	run_to_ms(f, 1105);
	assert_int_equal(set_master(f, d0, team0), 0);
	run_to_ms(f, 1305);
	assert_int_equal(set_master(f, d1, team0), 0);
	expect_log(f, "100 team0 - DOWN ffffffff\n"
		      "100 d0 - DOWN ffffffff\n"
		      "100 d1 - DOWN ffffffff\n"
		      "105 team0 U DOWN 1\n"
		      "110 d0 URL UNKNOWN 41\n"
		      "110 d0 URL UNKNOWN 0\n"
		      "110 d0 URL UNKNOWN 0\n"
		      "110 d0 URL UNKNOWN 0\n"
		      "110 team0 UL DOWN 0\n"
		      "110 team0 URL UP 0\n"
		      "130 d1 URL UNKNOWN 41\n"
		      "130 d1 URL UNKNOWN 0\n"
		      "130 d1 URL UNKNOWN 0\n"
		      "130 d1 URL UNKNOWN 0\n"
		      "130 team0 URL UP 0\n");
	run_to_ms(f, 3005);
	set_carrier(f, d0, false);
	run_to_ms(f, 3055);
	set_carrier(f, d1, false);
	run_to_ms(f, 3105);
	set_carrier(f, d0, true);
	run_to_ms(f, 3205);
	set_carrier(f, d0, false);
	run_to_ms(f, 3305);
	set_carrier(f, d1, true);
	expect_log(f, "300 d0 U DOWN 0\n"
		      "300 d0 U DOWN 0\n"
		      "305 d1 U DOWN 0\n"
		      "305 d1 U DOWN 0\n"
		      "305 team0 U DOWN 0\n"
		      "310 d0 URL UP 0\n"
		      "310 d0 URL UP 0\n"
		      "310 team0 URL UP 0\n"
		      "320 d0 U DOWN 0\n"
		      "320 d0 U DOWN 0\n"
		      "320 team0 U DOWN 0\n"
		      "330 d1 URL UP 0\n"
		      "330 d1 URL UP 0\n"
		      "330 team0 URL UP 0\n");
	run_to_ms(f, 3405); /* ports stay up when their team goes down */
	link_down(f, team0);
	run_to_ms(f, 3505);
	link_up(f, team0);
	expect_log(f, "340 team0 - DOWN 1\n"
		      "350 team0 URL UP 1\n");
	run_to_ms(f, 4105);
	assert_int_equal(set_master(f, d1, NULL), 0);
	run_to_ms(f, 4205);
	assert_int_equal(set_master(f, d1, team0), 0);
	expect_log(f, "410 d1 URL UP 0\n"
		      "410 d1 URL UP 0\n"
		      "410 d1 - DOWN 41\n"
		      "410 d1 - DOWN 0\n"
		      "410 d1 - DOWN 0\n"
		      "410 team0 UR UP 0\n"
		      "410 team0 U DOWN 0\n"
		      "420 d1 URL UP 41\n"
		      "420 d1 URL UP 0\n"
		      "420 d1 URL UP 0\n"
		      "420 d1 URL UP 0\n"
		      "420 team0 UL DOWN 0\n"
		      "420 team0 URL UP 0\n");
	run_to_ms(f, 4225);
	set_carrier(f, d0, true);
	run_to_ms(f, 4305);
	link_down(f, d1);
	run_to_ms(f, 4405);
	link_down(f, d0);
	run_to_ms(f, 4505);
	link_up(f, d0);
	run_to_ms(f, 4605);
	assert_int_equal(set_master(f, d1, team0), 0); /* already its master */
	run_to_ms(f, 4615);
	link_up(f, d1);
	expect_log(f, "422 d0 URL UP 0\n"
		      "422 d0 URL UP 0\n"
		      "430 d1 - DOWN 1\n"
		      "430 d1 - DOWN 0\n"
		      "440 d0 - DOWN 1\n"
		      "440 d0 - DOWN 0\n"
		      "440 team0 U DOWN 0\n"
		      "450 d0 URL UP 1\n"
		      "450 d0 URL UP 0\n"
		      "450 team0 URL UP 0\n"
		      "461 d1 URL UP 1\n"
		      "461 d1 URL UP 0\n");
	run_to_ms(f, 5005);
	assert_int_equal(delete_link_of(f, d0), 0);
	run_to_ms(f, 5505);
	set_carrier(f, d1, false);
	run_to_ms(f, 5555);
	set_carrier(f, d1, true);
	run_to_ms(f, 6005);
	assert_int_equal(delete_link_of(f, team0), 0);
	run_to_ms(f, 8005);
	expect_log(f, "500 d0 - DOWN 41\n"
		      "500 d0 - DOWN 0\n"
		      "500 team0 URL UP 0\n"
		      "500 DEL d0 - DOWN ffffffff\n"
		      "550 d1 U DOWN 0\n"
		      "550 d1 U DOWN 0\n"
		      "550 team0 U DOWN 0\n"
		      "555 d1 URL UP 0\n"
		      "555 d1 URL UP 0\n"
		      "555 team0 URL UP 0\n"
		      "600 team0 - DOWN 41\n"
		      "600 d1 URL UP 0\n"
		      "600 d1 URL UP 0\n"
		      "600 d1 - DOWN 41\n"
		      "600 d1 - DOWN 0\n"
		      "600 d1 - DOWN 0\n"
		      "600 DEL team0 - DOWN ffffffff\n");
	assert_false(d1->is_lag_port);
	fixture_stop(f);
}

/* Recorded on 6.1: a DORMANT port with carrier counts as link down. */
static void linkup__follows_the_operstate(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *team0, *v0, *v1, *d0;

	(void)state;
	run_to_ms(f, 1005);
	team0 = add_team(f, "team0");
	v0 = add_veth(f, "v0", "v1");
	v1 = find(f, "v1");
	d0 = add_dummy(f, "d0");
	run_to_ms(f, 1055);
	link_up(f, v0);
	run_to_ms(f, 1205);
	link_down(f, v0);
	run_to_ms(f, 1255);
	assert_int_equal(set_master(f, v0, team0), 0);
	run_to_ms(f, 1405);
	link_up(f, team0);
	expect_log(f, "100 team0 - DOWN ffffffff\n"
		      "100 v1 - DOWN ffffffff\n"
		      "100 v0 - DOWN ffffffff\n"
		      "100 d0 - DOWN ffffffff\n"
		      "105 v0 U LOWERLAYERDOWN 1\n"
		      "120 v0 - DOWN 1\n"
		      "125 v0 U LOWERLAYERDOWN 41\n"
		      "125 v0 U LOWERLAYERDOWN 0\n"
		      "125 v0 U LOWERLAYERDOWN 0\n"
		      "125 team0 - DOWN 0\n"
		      "140 team0 U DOWN 1\n");
	run_to_ms(f, 1505);
	link_up(f, v1);
	run_to_ms(f, 1605);
	link_down(f, v1);
	run_to_ms(f, 1705);
	link_up(f, v1);
	expect_log(f, "150 v1 UL LOWERLAYERDOWN 1\n"
		      "150 v1 URL UP 0\n"
		      "150 v0 URL UP 0\n"
		      "150 v0 URL UP 0\n"
		      "150 team0 URL UP 0\n"
		      "160 v1 - DOWN 1\n"
		      "160 v0 U LOWERLAYERDOWN 0\n"
		      "160 v0 U LOWERLAYERDOWN 0\n"
		      "160 team0 U DOWN 0\n"
		      "170 v1 URL UP 1\n"
		      "170 v1 URL UP 0\n"
		      "170 v0 URL UP 0\n"
		      "170 v0 URL UP 0\n"
		      "170 team0 URL UP 0\n");
	run_to_ms(f, 1755);
	assert_int_equal(set_linkmode_of(f, v0, IF_LINK_MODE_DORMANT), 0);
	run_to_ms(f, 1765);
	link_down(f, v1);
	run_to_ms(f, 1775);
	link_up(f, v1);
	run_to_ms(f, 1785);
	assert_int_equal(set_operstate_of(f, v0, IF_OPER_UP), 0);
	expect_log(f, "175 v0 URL UP 0\n"
		      "176 v1 - DOWN 1\n"
		      "176 v0 U LOWERLAYERDOWN 0\n"
		      "176 v0 U LOWERLAYERDOWN 0\n"
		      "176 team0 U DOWN 0\n"
		      "177 v1 URL UP 1\n"
		      "177 v1 URL UP 0\n"
		      "177 v0 UL DORMANT 0\n"
		      "178 v0 URL UP 0\n"
		      "178 v0 URL UP 0\n"
		      "178 team0 URL UP 0\n");
	/* once userspace has set the carrier, ports no longer decide */
	run_to_ms(f, 2005);
	assert_int_equal(set_carrier(f, team0, false), 0);
	run_to_ms(f, 2105);
	link_down(f, v1);
	run_to_ms(f, 2205);
	assert_int_equal(set_carrier(f, team0, true), 0);
	run_to_ms(f, 2305);
	assert_int_equal(set_master(f, d0, team0), 0);
	expect_log(f, "200 team0 U DOWN 0\n"
		      "210 v1 - DOWN 1\n"
		      "210 v0 U LOWERLAYERDOWN 0\n"
		      "210 v0 U LOWERLAYERDOWN 0\n"
		      "220 team0 URL UP 0\n"
		      "230 d0 URL UNKNOWN 41\n"
		      "230 d0 URL UNKNOWN 0\n"
		      "230 d0 URL UNKNOWN 0\n"
		      "230 d0 URL UNKNOWN 0\n"
		      "230 team0 URL UP 0\n");
	fixture_stop(f);
}

static void port__must_be_fit_for_it(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *team0 = add_team(f, "team0"), *team1 = add_team(f, "team1");
	struct net_device *d0 = add_dummy(f, "d0");
	struct net_device *low = add_upper(f, LINK_KIND_VLAN, "d0.7", d0, 7);
	struct net_device *high = add_upper(f, LINK_KIND_VLAN, "t5", team0, 5);
	struct net_device *up = add_dummy(f, "up");
	const struct {
		struct net_device *dev, *team;
		int err;
		const char *extack;
	} cases[] = {
		{ find(f, "lo"), team0, -EINVAL, "Loopback device can't be added as a team port" },
		{ team0, team0, -EINVAL, "Cannot enslave team device to itself" },
		{ high, team0, -EBUSY, "Device is already an upper device of the team interface" },
		{ team0, team1, -EBUSY, "Device is already an upper device of the team interface" },
		{ d0, team1, -EBUSY, "Device is already a lower device of the team interface" },
		{ d0, team0, -EBUSY, "Device is already a lower device of the team interface" },
		{ up, team0, -EBUSY, "Device is up. Set it down before adding it as a team port" },
	};

	(void)state;
	link_up(f, d0); /* and devices on it */
	link_down(f, low);
	assert_int_equal(set_master(f, low, team1), 0);
	link_down(f, d0);
	assert_int_equal(set_master(f, team1, team0), 0);
	link_up(f, up);
	run_to_j(f, 300);
	forget_log(f);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		f->m->extack = NULL;
		assert_int_equal(set_master(f, cases[i].dev, cases[i].team), cases[i].err);
		assert_string_equal(f->m->extack, cases[i].extack);
	}
	expect_log(f, "");
	fixture_stop(f);
}

/* It may have been opened by then, and gets an event that restores its address. */
static void port__that_cannot_be_linked_is_closed_again(void **state)
{
	struct machine_config config = { .kernel = kernel_named("6.1"),
					 .hz = 100,
					 .long_bits = 64,
					 .max_devices = 8,
					 .max_links = 2 };
	struct fixture *f = fixture_start_with(&config);
	struct net_device *team0 = add_team(f, "team0"), *d0 = add_dummy(f, "d0");
	struct net_device *d1 = add_dummy(f, "d1"), *d2 = add_dummy(f, "d2");
	struct net_device *m0 = add_upper(f, LINK_KIND_MACVLAN, "m0", d0, 0);
	struct net_device *i0 = add_upper(f, LINK_KIND_IPVLAN, "i0", d1, 0);

	(void)state;
	forget_log(f);
	assert_int_equal(set_master(f, d0, team0), -EBUSY); /* macvlan has its receive handler */
	expect_log(f, "0 d0 URL UNKNOWN 41\n0 d0 - DOWN 41\n0 d0 - DOWN 0\n");
	assert_int_equal(set_master(f, d1, team0), -EBUSY); /* ipvlan does */
	assert_int_equal(d1->flags & IFF_UP, 0);
	forget_log(f);
	assert_int_equal(set_master(f, i0, team0), -EINVAL); /* an ipvlan accepts none */
	expect_log(f, "0 i0 URL UNKNOWN 41\n0 i0 - DOWN 41\n");
	assert_int_equal(set_master(f, d2, team0), -ENOMEM); /* there are only two links */
	expect_log(f, "0 d2 URL UNKNOWN 41\n0 d2 - DOWN 41\n0 d2 - DOWN 0\n");
	refuse(f, "d2", NETDEV_PRE_UP, -EPERM);
	assert_int_equal(set_master(f, d2, team0), -EPERM);
	expect_log(f, "0 d2 - DOWN 0\n");
	netif_device_detach(d2);
	assert_int_equal(set_master(f, d2, team0), -ENODEV); /* nor can its address be set */
	expect_log(f, "");
	assert_false(d0->is_lag_port || d1->is_lag_port || d2->is_lag_port || m0->is_lag_port);
	fixture_stop(f);
}

static void receive_handler__there_is_one(void **state)
{
	struct fixture *f = start_with_ports();

	(void)state;
	assert_int_equal(netdev_rx_handler_check(find(f, "d0")), -EBUSY);
	assert_int_equal(netdev_rx_handler_check(find(f, "team0")), 0);
	fixture_stop(f);
}

/* Events of a running team and of a running port are urgent, whatever the change. */
static void events__are_urgent(void **state)
{
	struct fixture *f = start_with_ports();
	struct net_device *team0 = find(f, "team0"), *d0 = find(f, "d0");

	(void)state;
	f->traced = BIT(TRACE_FIRE);
	assert_int_equal(set_carrier(f, team0, false), 0); /* the team is not up */
	assert_int_equal(set_carrier(f, d0, false), 0);
	assert_int_equal(set_master(f, d0, NULL), 0);
	forget_log(f);
	assert_int_equal(set_carrier(f, d0, true), 0);
	expect_log(f, "fire d0 not-urgent new\n");
	link_up(f, team0);
	run_to_j(f, 300);
	forget_log(f);
	netif_carrier_on(team0);
	netif_carrier_off(find(f, "d1"));
	expect_log(f, "fire team0 lag new\nfire d1 lag new\n");
	fixture_stop(f);
}

static void device_event__of_what_is_no_port_or_does_not_run(void **state)
{
	struct fixture *f = start_with_ports();
	struct net_device *team0 = find(f, "team0"), *d0 = find(f, "d0");
	struct net_device *d2 = add_dummy(f, "d2"), *d3 = add_dummy(f, "d3");

	(void)state;
	lock(f);
	assert_int_equal(netdev_master_upper_dev_link(d2, d3), 0); /* a master of another kind */
	forget_log(f);
	assert_int_equal(team_device_event(d2, NETDEV_DOWN), 0);
	assert_int_equal(team_device_event(d3, NETDEV_DOWN), 0);
	netdev_upper_dev_unlink(d2, d3);
	unlock(f);
	link_down(f, d0);
	assert_false(netdev_master_link(d0)->port.team.linkup);
	forget_log(f);
	assert_int_equal(team_device_event(d0, NETDEV_CHANGE), 0); /* oper_up, but not running */
	expect_log(f, "");
	assert_false(netdev_master_link(d0)->port.team.linkup);
	assert_true(netif_carrier_ok(team0)); /* because of d1 */
	fixture_stop(f);
}

/* Recorded on 6.1. */
static void port__deleted_with_its_peer(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *team0 = add_team(f, "team0"), *v0 = add_veth(f, "v0", "v1");

	(void)state;
	link_up(f, team0);
	link_up(f, find(f, "v1"));
	assert_int_equal(set_master(f, v0, team0), 0);
	run_to_j(f, 300);
	forget_log(f);
	assert_int_equal(delete_link_of(f, find(f, "v1")), 0);
	expect_log(f, "300 v1 - DOWN 41\n"
		      "300 v0 - DOWN 41\n"
		      "300 v0 - DOWN 0\n"
		      "300 DEL v1 - DOWN ffffffff\n"
		      "300 team0 UR UP 0\n"
		      "300 DEL v0 - DOWN ffffffff\n"
		      "300 team0 U DOWN 0\n");
	fixture_stop(f);
}

static void newlink__that_fails_leaves_nothing(void **state)
{
	static const struct {
		const char *name;
		uint32_t max_devices;
		int err;
	} cases[] = {
		{ "team0", 0, -ENOMEM },
		{ "a b", 1, -EINVAL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct machine_config config = { .kernel = kernel_named("6.1"),
						 .hz = 100,
						 .long_bits = 64,
						 .max_devices = cases[i].max_devices };
		struct fixture *f = fixture_start_with(&config);
		struct link_create create = { .kind = LINK_KIND_TEAM };

		copy_name(create.name, cases[i].name);
		for (int round = 0; round < 2; round++) /* and no slot is lost */
			assert_int_equal(new_link(f, &create), cases[i].err);
		expect_log(f, "");
		if (cases[i].max_devices)
			add_team(f, "team0");
		fixture_stop(f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(team__as_the_real_kernel_has_it),
		cmocka_unit_test(two_ports__the_team_is_up_while_one_is),
		cmocka_unit_test(linkup__follows_the_operstate),
		cmocka_unit_test(port__must_be_fit_for_it),
		cmocka_unit_test(port__that_cannot_be_linked_is_closed_again),
		cmocka_unit_test(receive_handler__there_is_one),
		cmocka_unit_test(events__are_urgent),
		cmocka_unit_test(device_event__of_what_is_no_port_or_does_not_run),
		cmocka_unit_test(port__deleted_with_its_peer),
		cmocka_unit_test(newlink__that_fails_leaves_nothing),
	};

	return cmocka_run_group_tests_name("team", tests, NULL, NULL);
}
