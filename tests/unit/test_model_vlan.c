// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/if_ether.h>

#include "model_fixture.h"

static const struct link_attrs up = { .ifi_flags = IFF_UP, .ifi_change = IFF_UP };

static struct net_device *add_vlan(struct fixture *f, const char *name,
				   const struct net_device *lower, uint16_t id)
{
	return add_upper(f, LINK_KIND_VLAN, name, lower, id);
}

/* As root with rtnetlink's IFLA_CARRIER. */
static void set_carrier(struct fixture *f, struct net_device *dev, bool is_on)
{
	struct link_attrs attrs = { .has_carrier = true, .carrier = is_on };

	assert_int_equal(set_link(f, dev, &attrs), 0);
}

/* traces/vlan.6.1.trace, line by line */
static void vlan__as_the_real_kernel_has_it(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0, *vlan;

	(void)state;
	run_to_ms(f, 1005);
	d0 = add_dummy(f, "d0");
	run_to_ms(f, 1105);
	link_up(f, d0);
	forget_log(f);
	f->is_full = true;
	run_to_ms(f, 1205);
	vlan = add_vlan(f, "d0.5", d0, 5);
	run_to_ms(f, 1305);
	link_up(f, vlan);
	run_to_ms(f, 2505);
	set_carrier(f, d0, false);
	run_to_ms(f, 2525);
	set_carrier(f, d0, true);
	run_to_ms(f, 2545);
	set_carrier(f, d0, false);
	expect_log(
		f,
		"120 d0 <UP,RUNNING,LOWER_UP> UNKNOWN mode=0 qdisc=noqueue change=0 up/down=0/0\n"
		"120 d0.5 <> DOWN mode=0 qdisc=noop change=ffffffff up/down=0/0\n"
		"130 d0.5 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=1 up/down=0/0\n"
		"250 d0 <UP> DOWN mode=0 qdisc=noqueue change=0 up/down=0/1\n"
		"250 d0.5 <UP> LOWERLAYERDOWN mode=0 qdisc=noqueue change=0 up/down=0/1\n"
		"252 d0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=1/1\n"
		"252 d0.5 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=1/1\n");
	run_to_ms(f, 5005);
	set_carrier(f, d0, true);
	run_to_ms(f, 6005);
	link_down(f, d0);
	run_to_ms(f, 7005);
	link_up(f, d0);
	run_to_ms(f, 9505);
	assert_int_equal(delete_link_of(f, vlan), 0);
	run_to_ms(f, 10005);
	expect_log(f,
		   "352 d0 <UP> DOWN mode=0 qdisc=noqueue change=0 up/down=1/2\n"
		   "352 d0.5 <UP> LOWERLAYERDOWN mode=0 qdisc=noqueue change=0 up/down=1/2\n"
		   "500 d0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=2/2\n"
		   "500 d0.5 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=2/2\n"
		   "600 d0 <> DOWN mode=0 qdisc=noqueue change=1 up/down=2/2\n"
		   "600 d0.5 <> DOWN mode=0 qdisc=noqueue change=41 up/down=2/3\n"
		   "700 d0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=1 up/down=2/2\n"
		   "700 d0.5 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=1 up/down=3/3\n"
		   "950 d0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=2/2\n"
		   "950 d0.5 <> DOWN mode=0 qdisc=noqueue change=41 up/down=3/4\n"
		   "950 DEL d0.5 <> DOWN mode=0 qdisc=noop change=ffffffff up/down=3/4\n");
	fixture_stop(f);
}

static void after_a_while(struct fixture *f)
{
	run_to_ns(f, f->m->now_ns + INT64_C(1200) * 1000000);
}

/* Messages of 6.1.192 under user-mode Linux for the same commands, 1.2 s apart. The group is
 * ordered by protocol, then id; a close goes through it backwards. */
static void vlans__of_all_sorts_follow_the_device_below(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0 = add_dummy(f, "d0"), *v1, *v3;
	struct link_create create;

	(void)state;
	link_up(f, d0);
	create = upper_create(LINK_KIND_VLAN, "v2", d0, 2);
	create.vlan_proto = ETH_P_8021AD;
	create.attrs = up;
	assert_int_equal(new_link(f, &create), 0);
	v1 = add_vlan(f, "v1", d0, 1);
	link_up(f, v1);
	create = upper_create(LINK_KIND_VLAN, "v3", d0, 3);
	create.attrs = up;
	create.is_loose = true;
	assert_int_equal(new_link(f, &create), 0);
	v3 = find(f, "v3");
	after_a_while(f);
	after_a_while(f);
	forget_log(f);

	create = upper_create(LINK_KIND_VLAN, "v4", d0, 4);
	create.attrs = up;
	create.is_bridge_bound = true;
	assert_int_equal(new_link(f, &create), 0); /* a VLAN does not copy the carrier */
	expect_log(f, "240 d0 URL UNKNOWN 0\n"
		      "240 v4 U LOWERLAYERDOWN ffffffff\n240 v4 U LOWERLAYERDOWN 0\n");
	after_a_while(f);
	link_down(f, d0);
	expect_log(f, "360 d0 - DOWN 1\n360 v2 - DOWN 41\n360 v4 - DOWN 41\n360 v1 - DOWN 41\n");
	after_a_while(f);
	assert_int_equal(set_flags(f, v1, IFF_UP, IFF_UP), -ENETDOWN);
	assert_null(f->m->extack);
	link_down(f, v3);
	expect_log(f, "480 v3 - DOWN 1\n");
	after_a_while(f);
	link_up(f, v3); /* does not depend on d0 being up */
	expect_log(f, "600 v3 UL LOWERLAYERDOWN 1\n600 v3 URL UP 0\n");
	after_a_while(f);
	link_up(f, d0);
	expect_log(f, "720 d0 URL UNKNOWN 1\n"
		      "720 v1 URL UP 1\n720 v4 U LOWERLAYERDOWN 1\n720 v2 URL UP 1\n");
	after_a_while(f);
	set_carrier(f, d0, false);
	expect_log(f, "840 d0 U DOWN 0\n840 v1 U LOWERLAYERDOWN 0\n840 v3 U LOWERLAYERDOWN 0\n"
		      "840 v2 U LOWERLAYERDOWN 0\n");
	after_a_while(f);
	set_carrier(f, d0, true);
	expect_log(f, "960 d0 URL UP 0\n960 v1 URL UP 0\n960 v3 URL UP 0\n960 v2 URL UP 0\n");
	after_a_while(f);
	delete_link_of(f, d0);
	expect_log(f, "1080 d0 - DOWN 41\n1080 v2 - DOWN 41\n1080 v4 - DOWN 41\n1080 v1 - DOWN 41\n"
		      "1080 v3 - DOWN 41\n"
		      "1080 DEL v1 - DOWN ffffffff\n1080 DEL v3 - DOWN ffffffff\n"
		      "1080 DEL v4 - DOWN ffffffff\n1080 DEL v2 - DOWN ffffffff\n"
		      "1080 DEL d0 - DOWN ffffffff\n");
	after_a_while(f);
	expect_log(f, "");
	fixture_stop(f);
}

/* The same with seven on top of each other, the most there can be. */
static void vlans__on_vlans(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0 = add_dummy(f, "d0"), *dev = d0;
	struct link_create create;

	(void)state;
	for (char name[] = "a1"; name[1] <= '7'; name[1]++) {
		dev = add_vlan(f, name, dev, 1);
		after_a_while(f);
	}
	forget_log(f);
	for (int round = 0; round < 2; round++) { /* and no slot is lost */
		create = upper_create(LINK_KIND_VLAN, "a8", dev, 1);
		assert_int_equal(new_link(f, &create), -EMLINK);
	}
	expect_log(f, "");
	link_up(f, d0);
	expect_log(f, "840 d0 URL UNKNOWN 1\n840 a1 URL UP 1\n840 a2 URL UP 1\n840 a3 URL UP 1\n"
		      "840 a4 URL UP 1\n840 a5 URL UP 1\n840 a6 URL UP 1\n840 a7 URL UP 1\n");
	after_a_while(f);
	link_down(f, d0);
	expect_log(f, "960 d0 - DOWN 1\n960 a1 - DOWN 41\n960 a2 - DOWN 41\n960 a3 - DOWN 41\n"
		      "960 a4 - DOWN 41\n960 a5 - DOWN 41\n960 a6 - DOWN 41\n960 a7 - DOWN 41\n");
	after_a_while(f);
	link_up(f, d0);
	expect_log(f, "1080 d0 URL UNKNOWN 1\n1080 a1 URL UP 1\n1080 a2 UL LOWERLAYERDOWN 1\n"
		      "1080 a3 UL LOWERLAYERDOWN 1\n1080 a4 UL LOWERLAYERDOWN 1\n"
		      "1080 a5 UL LOWERLAYERDOWN 1\n1080 a6 UL LOWERLAYERDOWN 1\n"
		      "1080 a7 UL LOWERLAYERDOWN 1\n"
		      "1080 a2 URL UP 0\n1080 a3 URL UP 0\n1080 a4 URL UP 0\n1080 a5 URL UP 0\n"
		      "1080 a6 URL UP 0\n1080 a7 URL UP 0\n");
	after_a_while(f);
	delete_link_of(f, d0);
	expect_log(f, "1200 d0 - DOWN 41\n1200 a1 - DOWN 41\n1200 a2 - DOWN 41\n1200 a3 - DOWN 41\n"
		      "1200 a4 - DOWN 41\n1200 a5 - DOWN 41\n1200 a6 - DOWN 41\n1200 a7 - DOWN 41\n"
		      "1200 DEL a7 - DOWN ffffffff\n1200 DEL a6 - DOWN ffffffff\n"
		      "1200 DEL a5 - DOWN ffffffff\n1200 DEL a4 - DOWN ffffffff\n"
		      "1200 DEL a3 - DOWN ffffffff\n1200 DEL a2 - DOWN ffffffff\n"
		      "1200 DEL a1 - DOWN ffffffff\n1200 DEL d0 - DOWN ffffffff\n");
	fixture_stop(f);
}

/* Registration stores the state by the bits below; the event after it turns UNKNOWN into UP. */
static void newlink__takes_on_what_is_below(void **state)
{
	static const struct {
		bool carrier, dormant, is_bridge_bound;
		uint8_t lower_operstate, at_first, operstate;
	} cases[] = {
		{ true, false, false, IF_OPER_UNKNOWN, IF_OPER_UNKNOWN, IF_OPER_UP },
		{ false, false, false, IF_OPER_DOWN, IF_OPER_LOWERLAYERDOWN,
		  IF_OPER_LOWERLAYERDOWN },
		/* the bits decide first, then the stored state */
		{ true, true, false, IF_OPER_UP, IF_OPER_DORMANT, IF_OPER_UP },
		{ true, true, false, IF_OPER_DORMANT, IF_OPER_DORMANT, IF_OPER_DORMANT },
		{ true, false, false, IF_OPER_DORMANT, IF_OPER_UNKNOWN, IF_OPER_DORMANT },
		{ true, false, false, IF_OPER_TESTING, IF_OPER_UNKNOWN, IF_OPER_TESTING },
		{ true, false, true, IF_OPER_UP, IF_OPER_LOWERLAYERDOWN, IF_OPER_LOWERLAYERDOWN },
		{ true, true, true, IF_OPER_DORMANT, IF_OPER_LOWERLAYERDOWN,
		  IF_OPER_LOWERLAYERDOWN },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start("6.1", 100);
		struct net_device *d0 = add_dummy(f, "d0"), *vlan;
		struct link_create create = upper_create(LINK_KIND_VLAN, "v", d0, 7);

		d0->state = 1UL << __LINK_STATE_PRESENT |
			    (unsigned long)!cases[i].carrier << __LINK_STATE_NOCARRIER |
			    (unsigned long)cases[i].dormant << __LINK_STATE_DORMANT;
		d0->operstate = cases[i].lower_operstate;
		create.is_bridge_bound = cases[i].is_bridge_bound;
		lock(f);
		assert_int_equal(rtnl_newlink(f->m, &create), 0);
		vlan = find(f, "v");
		assert_int_equal(vlan->operstate, cases[i].at_first);
		unlock(f);
		assert_int_equal(vlan->operstate, cases[i].operstate);
		assert_int_equal(netif_carrier_ok(vlan),
				 cases[i].carrier && !cases[i].is_bridge_bound);
		fixture_stop(f);
	}
}

static void newlink__takes_on_flags_but_not_all(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0 = add_dummy(f, "d0"), *vlan;

	(void)state;
	d0->flags = IFF_UP | IFF_PROMISC | IFF_ALLMULTI | IFF_MASTER | IFF_SLAVE | IFF_BROADCAST |
		    IFF_NOARP | IFF_MULTICAST | IFF_DEBUG;
	d0->state |= 1UL << __LINK_STATE_START | 1UL << __LINK_STATE_TESTING;
	vlan = add_vlan(f, "v", d0, 1);
	assert_int_equal(vlan->state, 1UL << __LINK_STATE_PRESENT);
	assert_int_equal(vlan->flags, IFF_BROADCAST | IFF_NOARP | IFF_MULTICAST | IFF_DEBUG);
	assert_int_equal(dev_get_iflink(vlan), d0->ifindex);
	assert_int_equal(vlan->netdev_ops->default_qdisc, QDISC_NOQUEUE);
	d0->flags = 0;
	d0->state = 0;
	fixture_stop(f);
}

static void newlink__that_fails_leaves_nothing(void **state)
{
	static const struct {
		const char *name;
		int32_t link; /* 1: lo, 2: d0, 3: v7 on it */
		uint16_t id, proto;
		struct link_attrs attrs;
		uint32_t max_links; /* v7 uses one */
		enum netdev_cmd veto;
		int err;
		const char *extack, *log;
	} cases[] = {
		{ "v",
		  2,
		  4095,
		  ETH_P_8021Q,
		  {},
		  9,
		  NETDEV_UP,
		  -ERANGE,
		  "8021q: Invalid VLAN id",
		  "" },
		{ "d0",
		  2,
		  4095,
		  ETH_P_8021Q,
		  {},
		  9,
		  NETDEV_UP,
		  -ERANGE,
		  "8021q: Invalid VLAN id",
		  "" },
		{ "d0", 2, 1, ETH_P_8021Q, {}, 9, NETDEV_UP, -EEXIST, NULL, "" },
		{ "v",
		  9,
		  1,
		  ETH_P_8021Q,
		  {},
		  9,
		  NETDEV_UP,
		  -ENODEV,
		  "8021q: link does not exist",
		  "" },
		{ "v",
		  1,
		  1,
		  ETH_P_8021Q,
		  {},
		  9,
		  NETDEV_UP,
		  -EOPNOTSUPP,
		  "8021q: VLANs not supported on device",
		  "" },
		{ "v",
		  2,
		  7,
		  ETH_P_8021Q,
		  {},
		  9,
		  NETDEV_UP,
		  -EEXIST,
		  "8021q: VLAN device already exists",
		  "" },
		{ "a/b", 2, 1, ETH_P_8021Q, {}, 9, NETDEV_UP, -EINVAL, NULL, "" },
		{ "v", 2, 1, ETH_P_8021Q, {}, 9, NETDEV_REGISTER, -EPERM, NULL, "" },
		{ "v", 2, 1, ETH_P_8021Q, {}, 1, NETDEV_UP, -ENOMEM, NULL, "" },
		{ "v",
		  2,
		  1,
		  ETH_P_8021Q,
		  { .ifi_flags = IFF_UP, .ifi_change = IFF_UP },
		  9,
		  NETDEV_UP,
		  -ENETDOWN,
		  NULL,
		  "0 d0 - DOWN 0\n0 d0 - DOWN 0\n" },
		{ "v",
		  2,
		  1,
		  ETH_P_8021Q,
		  { .has_master = true, .master = 3 },
		  9,
		  NETDEV_UP,
		  -EOPNOTSUPP,
		  NULL,
		  "0 d0 - DOWN 0\n0 v - DOWN ffffffff\n0 d0 - DOWN 0\n"
		  "0 DEL v - DOWN ffffffff\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct machine_config config = { .kernel = kernel_named("6.1"),
						 .hz = 100,
						 .long_bits = 64,
						 .max_devices = 3,
						 .max_links = cases[i].max_links };
		struct fixture *f = fixture_start_with(&config);
		struct net_device *v7 = add_vlan(f, "v7", add_dummy(f, "d0"), 7);
		struct link_create create = { .kind = LINK_KIND_VLAN,
					      .link = cases[i].link,
					      .vlan_id = cases[i].id,
					      .vlan_proto = cases[i].proto,
					      .attrs = cases[i].attrs };

		copy_name(create.name, cases[i].name);
		refuse(f, "v", cases[i].veto, cases[i].veto == NETDEV_REGISTER ? -EPERM : 0);
		forget_log(f);
		for (int round = 0; round < 2; round++) { /* and no slot is lost */
			assert_int_equal(new_link(f, &create), cases[i].err);
			if (cases[i].extack)
				assert_string_equal(f->m->extack, cases[i].extack);
			else
				assert_null(f->m->extack);
			expect_log(f, cases[i].log);
			f->m->extack = NULL;
		}
		assert_null(dev_get_by_name(f->m, "v"));
		assert_int_equal(delete_link_of(f, v7), 0);
		if (config.max_links > 1)
			add_upper(f, LINK_KIND_VLAN, "x", find(f, "d0"), 7);
		fixture_stop(f);
	}
}

static void newlink__needs_room_for_a_device(void **state)
{
	struct machine_config config = { .kernel = kernel_named("6.1"),
					 .hz = 100,
					 .long_bits = 64,
					 .max_devices = 1,
					 .max_links = 1 };
	struct fixture *f = fixture_start_with(&config);
	struct link_create create = upper_create(LINK_KIND_VLAN, "v", add_dummy(f, "d0"), 1);

	(void)state;
	assert_int_equal(new_link(f, &create), -ENOMEM);
	fixture_stop(f);
}

/* A number is unique for each protocol and device. */
static void newlink__of_the_same_number(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0 = add_dummy(f, "d0");
	struct link_create create = upper_create(LINK_KIND_VLAN, "v2", d0, 4094);

	(void)state;
	add_vlan(f, "v1", d0, 4094);
	create.vlan_proto = ETH_P_8021AD;
	assert_int_equal(new_link(f, &create), 0);
	copy_name(create.name, "v3");
	assert_int_equal(new_link(f, &create), -EEXIST);
	add_vlan(f, "v3", add_dummy(f, "d1"), 4094);
	add_vlan(f, "v4", find(f, "v1"), 4094);
	fixture_stop(f);
}

/* Its number differs from that of the device below, so all its events are urgent while it runs. */
static void events__do_not_wait(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0 = add_dummy(f, "d0");
	struct net_device *v1 = add_vlan(f, "v1", d0, 1), *v2 = add_vlan(f, "v2", d0, 2);

	(void)state;
	link_up(f, d0);
	link_down(f, v2);
	use_up_the_second(f);
	f->traced = BIT(TRACE_FIRE);
	netif_dormant_on(v1);
	netif_dormant_on(v2);
	settle(f);
	expect_log(f, "fire v1 iflink new\nfire v2 not-urgent new\n0 v1 ULD DORMANT 0\n");
	netif_dormant_off(v1);
	settle(f);
	expect_log(f, "fire v1 iflink new\n0 v1 URL UP 0\n");
	fixture_stop(f);
}

/* 250 of them: the urgent run processes 200, the next one the rest a second later. */
static void events__of_250_come_in_two_runs(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0 = add_dummy(f, "d0");

	(void)state;
	for (uint16_t id = 1; id <= 250; id++) {
		char name[IFNAMSIZ];

		snprintf(name, sizeof(name), "v%u", (unsigned int)id);
		add_vlan(f, name, d0, id);
	}
	link_up(f, d0);
	run_to_ms(f, 10000);
	forget_log(f);
	set_carrier(f, d0, false);
	assert_int_equal(f->messages, 201);
	assert_int_equal(find(f, "v200")->operstate, IF_OPER_LOWERLAYERDOWN);
	assert_int_equal(find(f, "v201")->operstate, IF_OPER_UP);
	run_to_ms(f, 11000);
	assert_int_equal(f->messages, 201);
	run_to_ms(f, 11080);
	assert_int_equal(f->messages, 251);
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vlan__as_the_real_kernel_has_it),
		cmocka_unit_test(vlans__of_all_sorts_follow_the_device_below),
		cmocka_unit_test(vlans__on_vlans),
		cmocka_unit_test(newlink__takes_on_what_is_below),
		cmocka_unit_test(newlink__takes_on_flags_but_not_all),
		cmocka_unit_test(newlink__that_fails_leaves_nothing),
		cmocka_unit_test(newlink__needs_room_for_a_device),
		cmocka_unit_test(newlink__of_the_same_number),
		cmocka_unit_test(events__do_not_wait),
		cmocka_unit_test(events__of_250_come_in_two_runs),
	};

	return cmocka_run_group_tests_name("vlan", tests, NULL, NULL);
}
