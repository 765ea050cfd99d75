// SPDX-License-Identifier: GPL-2.0-or-later
/* Features that devices gain and lose because of devices above and below, and the messages about it. */
#include "master_fixture.h"

/* Number of messages about a device since the last call; the log is read from its start for each. */
static unsigned int times_told(const struct fixture *f, const char *name)
{
	unsigned int times = 0;

	for (const char *line = f->log; *line; line = strchr(line, '\n') + 1) {
		const char *dev = strchr(line, ' ') + 1;

		times += !strncmp(dev, name, strlen(name)) && dev[strlen(name)] == ' ';
	}
	return times;
}

/* The same after a port joins or leaves. */
static unsigned int told_of_join(struct fixture *f, struct net_device *dev,
				 const struct net_device *master, const char *name)
{
	forget_log(f);
	join(f, dev, master);
	return times_told(f, name);
}

static unsigned int told_of_leave(struct fixture *f, struct net_device *dev, const char *name)
{
	forget_log(f);
	leave(f, dev);
	return times_told(f, name);
}

static bool has_lro(const struct net_device *dev)
{
	return dev->features & NETIF_F_LRO;
}

static struct net_device *add_master(struct fixture *f, enum link_kind kind, const char *name)
{
	return kind == LINK_KIND_TEAM ? add_team(f, name) : add_bond(f, name, BOND_MODE_XOR, 0);
}

static const enum link_kind lag_kinds[] = { LINK_KIND_BOND, LINK_KIND_TEAM };

/*
 * Bridges
 */

/* d1 and d1.5 on it have the lower address, so the bridge's does not change. */
static struct fixture *start_with_vlan_in_bridge(const char *kernel)
{
	struct fixture *f = fixture_start(kernel, 100);
	struct net_device *br0 = add_bridge(f, "br0"), *d1 = add_dummy(f, "d1");
	struct net_device *vlan = add_upper(f, LINK_KIND_VLAN, "d1.5", d1, 5);

	assert_true(br0->features & NETIF_F_SG); /* without ports it has all it wants */
	join(f, vlan, br0);
	assert_false(br0->features & NETIF_F_SG);
	add_dummy(f, "d0");
	add_dummy(f, "d2");
	forget_log(f);
	return f;
}

/* Random scenario 313: a dummy takes scatter/gather with it when it leaves a bridge in which a VLAN
 * remains. */
static void bridge__has_what_one_of_its_ports_has(void **state)
{
	struct fixture *f = start_with_vlan_in_bridge("6.1");
	struct net_device *br0 = find(f, "br0"), *d0 = find(f, "d0"), *d2 = find(f, "d2");

	(void)state;
	join(f, d0, br0);
	expect_log(f, "0 d0 - DOWN 0\n0 d0 - DOWN 100\n0 br0 - DOWN 0\n");
	assert_true(br0->features & NETIF_F_SG);
	join(f, d2, br0);
	expect_log(f, "0 d2 - DOWN 0\n0 d2 - DOWN 100\n");
	leave(f, d2);
	expect_log(f, "0 d2 - DOWN 100\n0 d2 - DOWN 0\n");
	leave(f, d0);
	expect_log(f, "0 d0 - DOWN 100\n0 d0 - DOWN 0\n0 br0 - DOWN 0\n");
	assert_false(br0->features & NETIF_F_SG);
	fixture_stop(f);
}

static void bridge__tells_in_any_case_since_7_2(void **state)
{
	struct fixture *f = start_with_vlan_in_bridge("7.2");
	struct net_device *br0 = find(f, "br0"), *d0 = find(f, "d0"), *d2 = find(f, "d2");

	(void)state;
	join(f, d0, br0);
	expect_log(f, "0 d0 - DOWN 0\n0 d0 - DOWN 100\n0 br0 - DOWN 0\n");
	join(f, d2, br0);
	expect_log(f, "0 d2 - DOWN 0\n0 d2 - DOWN 100\n0 br0 - DOWN 0\n");
	leave(f, d2);
	expect_log(f, "0 d2 - DOWN 100\n0 d2 - DOWN 0\n0 br0 - DOWN 0\n");
	leave(f, d0);
	expect_log(f, "0 d0 - DOWN 100\n0 d0 - DOWN 0\n0 br0 - DOWN 0\n");
	fixture_stop(f);
}

/* A bond in it loses its last slave, and has no more features to pass on. */
static void bridge__follows_a_port_that_changes(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *br0 = add_bridge(f, "br0"), *d0 = add_dummy(f, "d0");
	struct net_device *b0 = add_bond(f, "b0", BOND_MODE_XOR, 0), *d1 = add_dummy(f, "d1");

	(void)state;
	join(f, d0, b0);
	join(f, b0, br0);
	assert_int_equal(told_of_join(f, d1, b0, "br0"), 0);
	assert_int_equal(told_of_leave(f, d1, "br0"), 0);
	assert_true(br0->features & NETIF_F_SG);
	f->traced = BIT(TRACE_NOTIFIER);
	forget_log(f);
	leave(f, d0);
	assert_non_null(strstr(f->log, "notifier br0 FEAT_CHANGE\n"));
	assert_false(br0->features & NETIF_F_SG);
	fixture_stop(f);
}

/*
 * LRO: forwarding devices must not have it; a VLAN that does not want it disables it below
 */

/* It is linked, then loses LRO; the bridge gets the event only after both, and after promiscuity. */
static void lag_port__that_joins_a_bridge_loses_lro(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lag_kinds); i++) {
		struct fixture *f = fixture_start("6.1", 100);
		struct net_device *d0 = add_dummy(f, "d0"), *br0 = add_bridge(f, "br0");
		struct net_device *m0 = add_master(f, lag_kinds[i], "m0");

		lock(f);
		assert_int_equal(dev_set_mac_address(br0, br0->address), 0); /* keeps the same */
		unlock(f);
		join(f, d0, m0);
		assert_true(has_lro(m0));
		forget_log(f);
		join(f, m0, br0);
		expect_log(f, "0 m0 - DOWN 0\n"
			      "0 m0 - DOWN 0\n"
			      "0 d0 URL UNKNOWN 100\n"
			      "0 m0 - DOWN 100\n"
			      "0 br0 - DOWN 0\n");
		assert_false(has_lro(m0));
		leave(f, m0);
		assert_false(has_lro(m0)); /* no longer wanted */
		forget_log(f);
		join(f, m0, br0);
		expect_log(f, "0 m0 - DOWN 0\n"
			      "0 d0 URL UNKNOWN 100\n"
			      "0 m0 - DOWN 100\n"
			      "0 br0 - DOWN 0\n");
		fixture_stop(f);
	}
}

/* The first VLAN: linked, then LRO. The second: linked. */
static void vlan__costs_a_master_its_lro(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lag_kinds); i++) {
		struct fixture *f = fixture_start("6.1", 100);
		struct net_device *m0 = add_master(f, lag_kinds[i], "m0");

		assert_true(has_lro(m0));
		forget_log(f);
		add_upper(f, LINK_KIND_VLAN, "m0.5", m0, 5);
		expect_log(f, "0 m0 - DOWN 0\n"
			      "0 m0 - DOWN 0\n"
			      "0 m0.5 - DOWN ffffffff\n");
		assert_false(has_lro(m0));
		add_upper(f, LINK_KIND_VLAN, "m0.6", m0, 6);
		expect_log(f, "0 m0 - DOWN 0\n"
			      "0 m0.6 - DOWN ffffffff\n");
		fixture_stop(f);
	}
}

/* One message per port. Their master handles the event of the first port: it sends a message, then
 * those of its own change. Meanwhile it ignores the other ports' events, or there would be a
 * message for each. */
static void vlan__costs_all_ports_their_lro_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lag_kinds); i++) {
		struct fixture *f = fixture_start("6.12", 100);
		struct net_device *m0 = add_master(f, lag_kinds[i], "m0");
		const char *const names[] = { "m1", "m2", "m3" };
		const char *const *name;

		FOR_EACH(name, names)
		join(f, add_master(f, lag_kinds[i], *name), m0);
		FOR_EACH(name, names)
		assert_true(has_lro(find(f, *name)));
		run_to_j(f, 300);
		forget_log(f);
		add_upper(f, LINK_KIND_VLAN, "m0.5", m0, 5);
		expect_log(f, "300 m0 - DOWN 0\n"
			      "300 m1 U DOWN 0\n"
			      "300 m2 U DOWN 0\n"
			      "300 m3 U DOWN 0\n"
			      "300 m0 - DOWN 0\n"
			      "300 m0 - DOWN 0\n"
			      "300 m0.5 - DOWN ffffffff\n");
		FOR_EACH(name, names)
		assert_false(has_lro(find(f, *name)));
		fixture_stop(f);
	}
}

/* It loses LRO before it is linked, so its master gets no event and treats it like any other port.
 * If it is a macvlan, the bond below it loses LRO, too. */
static void port__of_a_master_without_lro_has_lost_it_before(void **state)
{
	static const struct {
		const char *name;
		unsigned int told_more; /* messages for mv caused by b0, too */
	} ports[] = { { "m1", 1 }, { "mv", 2 } }, *port;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lag_kinds); i++)
		FOR_EACH(port, ports)
		{
			struct fixture *f = fixture_start("6.12", 100);
			struct net_device *with = add_master(f, lag_kinds[i], "with");
			struct net_device *without = add_master(f, lag_kinds[i], "without");
			struct net_device *b0 = add_bond(f, "b0", BOND_MODE_XOR, 0), *dev;
			unsigned int told, told_of_master;

			add_upper(f, LINK_KIND_VLAN, "vlan", without, 5);
			add_master(f, lag_kinds[i], "m1");
			add_upper(f, LINK_KIND_MACVLAN, "mv", b0, 0);
			link_up(f, b0);
			dev = find(f, port->name);
			told = told_of_join(f, dev, with, port->name);
			told_of_master = times_told(f, "with");
			assert_true(has_lro(dev));
			leave(f, dev);
			assert_int_equal(told_of_join(f, dev, without, port->name),
					 told + port->told_more);
			assert_int_equal(times_told(f, "without"), told_of_master);
			assert_false(has_lro(dev));
			assert_int_equal(has_lro(b0), dev == find(f, "m1"));
			fixture_stop(f);
		}
}

/* An ipvlan never has LRO, but b0 loses it only when its features are computed: when d0 joins. b0
 * still wants LRO, and gets it back. */
static void ipvlan__keeps_lro_from_its_bond(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *b0 = add_bond(f, "b0", BOND_MODE_XOR, 0), *d0 = add_dummy(f, "d0");
	struct net_device *iv = add_upper(f, LINK_KIND_IPVLAN, "iv", b0, 0);

	(void)state;
	assert_false(has_lro(iv));
	assert_true(has_lro(b0));
	join(f, d0, b0);
	assert_false(has_lro(b0));
	assert_int_equal(delete_link_of(f, iv), 0);
	assert_false(has_lro(b0));
	leave(f, d0);
	assert_true(has_lro(b0));
	fixture_stop(f);
}

/* A VRF tries to join a team and is refused, but by then no device below it wants LRO any more: b1,
 * being under the VRF, has lost it, and would have it back otherwise. */
static void dev_disable_lro__of_all_below(void **state)
{
	struct link_create create = { .kind = LINK_KIND_VRF, .name = "vrf0", .vrf_table = 10 };
	bool tries = false;

	(void)state;
	do {
		struct fixture *f = fixture_start("6.1", 100);
		struct net_device *b1 = add_bond(f, "b1", BOND_MODE_XOR, 0);
		struct net_device *t0 = add_team(f, "t0"), *d0 = add_dummy(f, "d0");

		assert_int_equal(new_link(f, &create), 0);
		join(f, t0, add_bridge(f, "br0"));
		join(f, b1, find(f, "vrf0"));
		assert_true(has_lro(b1));
		join(f, d0, b1);
		assert_false(has_lro(b1));
		if (tries)
			expect_refusal(f, find(f, "vrf0"), t0, -EINVAL, NULL);
		leave(f, b1);
		leave(f, d0);
		assert_int_equal(has_lro(b1), !tries);
		fixture_stop(f);
		tries = !tries;
	} while (tries);
}

/*
 * VLANs, macvlans and ipvlans on masters
 */

/* A dummy makes a difference for all: it gives m0.5 HIGHDMA. */
static void vlan__hears_of_the_first_port_and_the_last(void **state)
{
	static const char *const kernels[] = { "5.10", "6.1", "6.12", "7.2" };
	const char *const *kernel;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lag_kinds); i++)
		FOR_EACH(kernel, kernels)
		{
			struct fixture *f = fixture_start(*kernel, 100);
			struct net_device *m0 = add_master(f, lag_kinds[i], "m0");
			struct net_device *d0 = add_dummy(f, "d0"), *d1 = add_dummy(f, "d1");
			const struct net_device *vlan = add_upper(f, LINK_KIND_VLAN, "m0.5", m0, 5);

			assert_int_equal(told_of_join(f, d0, m0, "m0.5"), 1);
			assert_true(vlan->features & NETIF_F_HIGHDMA);
			assert_int_equal(told_of_join(f, d1, m0, "m0.5"), 0);
			assert_int_equal(told_of_leave(f, d1, "m0.5"), 0);
			assert_int_equal(told_of_leave(f, d0, "m0.5"), 1);
			assert_false(vlan->features & NETIF_F_HIGHDMA);
			fixture_stop(f);
		}
}

/* The port is a master without ports, which offers hardly any features to VLANs: what there is, is
 * the master's own. */
static void vlan__by_kernel_has_what_no_port_has(void **state)
{
	static const struct {
		const char *kernel;
		enum link_kind kind;
		unsigned int comes, goes, comes_again, goes_again;
	} cases[] = {
		{ "6.1", LINK_KIND_BOND, 0, 1, 1, 1 },	{ "6.16", LINK_KIND_BOND, 0, 1, 1, 1 },
		{ "6.12", LINK_KIND_BOND, 1, 1, 1, 1 }, { "7.2", LINK_KIND_BOND, 1, 1, 1, 1 },
		{ "6.1", LINK_KIND_TEAM, 0, 0, 0, 0 },	{ "6.12", LINK_KIND_TEAM, 1, 0, 0, 0 },
		{ "7.2", LINK_KIND_TEAM, 1, 1, 1, 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);
		struct net_device *m0 = add_master(f, cases[i].kind, "m0");
		struct net_device *m1 = add_master(f, cases[i].kind, "m1");

		add_upper(f, LINK_KIND_VLAN, "m0.5", m0, 5);
		assert_int_equal(told_of_join(f, m1, m0, "m0.5"), cases[i].comes);
		assert_int_equal(told_of_leave(f, m1, "m0.5"), cases[i].goes);
		assert_int_equal(told_of_join(f, m1, m0, "m0.5"), cases[i].comes_again);
		assert_int_equal(told_of_leave(f, m1, "m0.5"), cases[i].goes_again);
		fixture_stop(f);
	}
}

/* A team's difference that no VLAN on it shows, because the team's own features lack it. */
static void team_without_ports__has_for_vlans(void **state)
{
	static const struct {
		const char *kernel;
		netdev_features_t with_dummy, without;
	} cases[] = {
		{ "6.1", NETIF_F_HIGHDMA, 0 },
		{ "6.12", NETIF_F_HIGHDMA | NETIF_F_HW_CSUM | NETIF_F_GSO_ENCAP_ALL | NETIF_F_LRO,
		  NETIF_F_MASTER_VLAN },
		{ "7.2", NETIF_F_HIGHDMA | NETIF_F_HW_CSUM | NETIF_F_GSO_ENCAP_ALL | NETIF_F_LRO,
		  NETIF_F_HW_CSUM | NETIF_F_GSO_ENCAP_ALL | NETIF_F_LRO | NETIF_F_FSO },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);
		struct net_device *t0 = add_team(f, "t0"), *d0 = add_dummy(f, "d0");

		assert_int_equal(t0->vlan_features, NETIF_F_HIGHDMA); /* as on any device */
		join(f, d0, t0);
		assert_int_equal(t0->vlan_features, cases[i].with_dummy);
		leave(f, d0);
		assert_int_equal(t0->vlan_features, cases[i].without);
		fixture_stop(f);
	}
}

/* Both keep HIGHDMA, which the dummy brought and the tap lacks; a VLAN on the same bond does not. */
static void macvlan_and_ipvlan__keep_what_they_had(void **state)
{
	static const enum link_kind kinds[] = { LINK_KIND_MACVLAN, LINK_KIND_IPVLAN };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		struct fixture *f = fixture_start("6.1", 100);
		struct net_device *b0 = add_bond(f, "b0", BOND_MODE_XOR, 0);
		struct net_device *tap = add_device(f, "tap", &tap_netdev_ops);
		struct net_device *d0 = add_dummy(f, "d0");
		const struct net_device *upper;

		join(f, tap, b0);
		upper = add_upper(f, kinds[i], "upper", b0, 0);
		add_upper(f, LINK_KIND_VLAN, "b0.5", b0, 5);
		assert_false(upper->features & NETIF_F_HIGHDMA);
		assert_int_equal(told_of_join(f, d0, b0, "upper"), 1);
		assert_int_equal(times_told(f, "b0.5"), 1);
		assert_true(upper->features & NETIF_F_HIGHDMA);
		assert_int_equal(told_of_leave(f, d0, "upper"), 0);
		assert_int_equal(times_told(f, "b0.5"), 1);
		assert_true(upper->features & NETIF_F_HIGHDMA);
		assert_int_equal(told_of_join(f, d0, b0, "upper"), 0);
		fixture_stop(f);
	}
}

/* It does not keep LRO, nor features that the device below must have for it. */
static void macvlan__loses_lro_with_its_bond(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *b0 = add_bond(f, "b0", BOND_MODE_XOR, 0), *d0 = add_dummy(f, "d0");
	const struct net_device *mv;

	(void)state;
	join(f, d0, b0);
	mv = add_upper(f, LINK_KIND_MACVLAN, "mv", b0, 0);
	assert_true(has_lro(mv));
	forget_log(f);
	add_upper(f, LINK_KIND_VLAN, "b0.5", b0, 5);
	expect_log(f, "0 b0 - DOWN 0\n"
		      "0 b0 - DOWN 0\n"
		      "0 mv - DOWN 0\n"
		      "0 b0.5 - DOWN ffffffff\n");
	assert_false(has_lro(mv));
	assert_true(mv->features & NETIF_F_GSO);
	leave(f, d0);
	assert_true(mv->features & NETIF_F_SG);
	assert_false(mv->features & NETIF_F_GSO);
	fixture_stop(f);
}

/* The bond wants LRO for the macvlan on it; the VLAN on the macvlan does not. */
static void macvlan__hands_down_that_a_vlan_has_no_lro(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *b0 = add_bond(f, "b0", BOND_MODE_XOR, 0);
	struct net_device *mv = add_upper(f, LINK_KIND_MACVLAN, "mv", b0, 0);

	(void)state;
	forget_log(f);
	add_upper(f, LINK_KIND_VLAN, "mv.5", mv, 5);
	expect_log(f, "0 mv - DOWN 0\n"
		      "0 b0 - DOWN 0\n"
		      "0 mv - DOWN 0\n"
		      "0 mv - DOWN 0\n"
		      "0 mv.5 - DOWN ffffffff\n");
	assert_false(has_lro(mv) || has_lro(b0));
	fixture_stop(f);
}

/*
 * From the work item
 */

/* Not before the caller that changed the bond is done; changes of the link meanwhile do not matter. */
static void vlan__computes_its_features_later_since_7_2(void **state)
{
	struct fixture *f = fixture_start("7.2", 100);
	struct net_device *b0 = add_bond(f, "b0", BOND_MODE_XOR, 0), *d0 = add_dummy(f, "d0");
	struct link_attrs attrs = { .has_master = true, .master = b0->ifindex };
	struct net_device *vlan = add_upper(f, LINK_KIND_VLAN, "b0.5", b0, 5);

	(void)state;
	forget_log(f);
	lock(f);
	assert_int_equal(do_setlink(d0, &attrs), 0);
	assert_int_equal(times_told(f, "b0.5"), 0);
	assert_false(vlan->features & NETIF_F_HIGHDMA);
	assert_int_equal(dev_open(b0), 0);
	assert_int_equal(dev_open(vlan), 0); /* its link is checked, its features are not */
	assert_false(list_empty(&vlan->work_node));
	unlock(f);
	assert_true(vlan->features & NETIF_F_HIGHDMA);
	fixture_stop(f);
}

/* The veth's bond has woken the other worker by then, so linkwatch runs first although it was
 * queued last. */
static void vlan__of_a_bond_comes_after_linkwatch(void **state)
{
	struct fixture *f = fixture_start("7.2", 100);
	struct net_device *b0 = add_bond(f, "b0", BOND_MODE_XOR, 0), *v0 = add_veth(f, "v0", "v1");

	(void)state;
	link_up(f, b0);
	add_upper(f, LINK_KIND_VLAN, "b0.5", b0, 5);
	run_to_j(f, 500);
	forget_log(f);
	join(f, v0, b0);
	expect_log(f, "500 b0 U DOWN 0\n" /* because of v0's address */
		      "500 v0 - DOWN 0\n"
		      "500 v0 U LOWERLAYERDOWN 41\n"
		      "500 v0 U LOWERLAYERDOWN 0\n"
		      "500 v0 U LOWERLAYERDOWN 0\n"
		      "500 v0 U LOWERLAYERDOWN 0\n"
		      "500 b0 U DOWN 0\n"
		      "500 b0 URL UP 0\n"
		      "500 b0.5 - DOWN 0\n");
	fixture_stop(f);
}

/* The dummy has queued the device work before linkwatch's, because the team's addresses are removed
 * from it. */
static void vlan__of_a_team_comes_before_linkwatch(void **state)
{
	struct fixture *f = fixture_start("7.2", 100);
	struct net_device *t0 = add_team(f, "t0"), *d0 = add_dummy(f, "d0");

	(void)state;
	link_up(f, t0);
	add_upper(f, LINK_KIND_VLAN, "t0.5", t0, 5);
	join(f, d0, t0);
	run_to_j(f, 500);
	forget_log(f);
	leave(f, d0);
	assert_string_equal(strstr(f->log, "500 t0 "), "500 t0 UR UP 0\n"
						       "500 t0.5 - DOWN 0\n"
						       "500 t0 U DOWN 0\n");
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bridge__has_what_one_of_its_ports_has),
		cmocka_unit_test(bridge__tells_in_any_case_since_7_2),
		cmocka_unit_test(bridge__follows_a_port_that_changes),
		cmocka_unit_test(lag_port__that_joins_a_bridge_loses_lro),
		cmocka_unit_test(vlan__costs_a_master_its_lro),
		cmocka_unit_test(vlan__costs_all_ports_their_lro_once),
		cmocka_unit_test(port__of_a_master_without_lro_has_lost_it_before),
		cmocka_unit_test(ipvlan__keeps_lro_from_its_bond),
		cmocka_unit_test(dev_disable_lro__of_all_below),
		cmocka_unit_test(vlan__hears_of_the_first_port_and_the_last),
		cmocka_unit_test(vlan__by_kernel_has_what_no_port_has),
		cmocka_unit_test(team_without_ports__has_for_vlans),
		cmocka_unit_test(macvlan_and_ipvlan__keep_what_they_had),
		cmocka_unit_test(macvlan__loses_lro_with_its_bond),
		cmocka_unit_test(macvlan__hands_down_that_a_vlan_has_no_lro),
		cmocka_unit_test(vlan__computes_its_features_later_since_7_2),
		cmocka_unit_test(vlan__of_a_bond_comes_after_linkwatch),
		cmocka_unit_test(vlan__of_a_team_comes_before_linkwatch),
	};

	return cmocka_run_group_tests_name("features", tests, NULL, NULL);
}
