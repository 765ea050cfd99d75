// SPDX-License-Identifier: GPL-2.0-or-later
/* Devices that must receive everything because devices on top of them must. */
#include "master_fixture.h"

static bool is_promisc(const struct net_device *dev)
{
	assert_int_equal(!!dev->promiscuity, !!(dev->flags & IFF_PROMISC));
	return dev->flags & IFF_PROMISC;
}

/* Recorded on 6.1: the message of the device below comes first, up or down. */
static void vlan__hands_it_down(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0 = add_dummy(f, "d0");
	struct net_device *vlan = add_upper(f, LINK_KIND_VLAN, "d0.5", d0, 5);
	struct net_device *other = add_upper(f, LINK_KIND_VLAN, "d0.6", d0, 6);

	(void)state;
	forget_log(f);
	set_promisc(f, vlan, true);
	expect_log(f, "0 d0 - DOWN 100\n0 d0.5 - DOWN 100\n");
	set_promisc(f, other, true);
	expect_log(f, "0 d0 - DOWN 100\n0 d0.6 - DOWN 100\n");
	set_promisc(f, vlan, false);
	assert_true(is_promisc(d0));
	set_promisc(f, other, false);
	assert_false(is_promisc(d0));
	fixture_stop(f);
}

/* Only while the macvlan is up. */
static void macvlan__hands_it_down_while_it_is_up(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0 = add_dummy(f, "d0");
	struct net_device *m0 = add_upper(f, LINK_KIND_MACVLAN, "m0", d0, 0);

	(void)state;
	link_up(f, d0);
	set_promisc(f, m0, true);
	assert_false(is_promisc(d0));
	link_up(f, m0);
	assert_true(is_promisc(d0));
	set_promisc(f, m0, false);
	assert_false(is_promisc(d0));
	set_promisc(f, m0, true);
	assert_true(is_promisc(d0));
	link_down(f, m0);
	assert_false(is_promisc(d0));
	assert_true(is_promisc(m0));
	fixture_stop(f);
}

static void active_backup__hands_it_to_the_active_slave(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *b0 = add_bond(f, "b0", BOND_MODE_ACTIVEBACKUP, 100);
	struct net_device *d0 = add_dummy(f, "d0"), *d1 = add_dummy(f, "d1");

	(void)state;
	set_promisc(f, b0, true);
	set_promisc(f, b0, false);
	set_promisc(f, b0, true);
	join(f, d0, b0);
	join(f, d1, b0);
	assert_true(is_promisc(d0));
	assert_false(is_promisc(d1));
	link_up(f, b0);
	carrier_of(f, d0, false);
	run_to_j(f, 30);
	assert_false(is_promisc(d0));
	assert_true(is_promisc(d1));
	set_promisc(f, b0, false);
	assert_false(is_promisc(d1));
	set_promisc(f, b0, true);
	leave(f, d1); /* d0 has no carrier: no slave is active */
	assert_false(is_promisc(d0) || is_promisc(d1));
	fixture_stop(f);
}

static void masters__hand_it_to_all(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct link_create create = { .kind = LINK_KIND_TEAM, .name = "team0" };
	struct net_device *masters[2], *d0 = add_dummy(f, "d0"), *d1 = add_dummy(f, "d1");

	(void)state;
	assert_int_equal(new_link(f, &create), 0);
	masters[0] = find(f, "team0");
	masters[1] = add_bond(f, "b0", BOND_MODE_XOR, 0);
	for (size_t i = 0; i < ARRAY_SIZE(masters); i++) {
		struct net_device *master = masters[i];

		join(f, d0, master);
		assert_false(is_promisc(d0));
		set_promisc(f, master, true);
		join(f, d1, master);
		assert_true(is_promisc(d0) && is_promisc(d1));
		leave(f, d0);
		assert_false(is_promisc(d0));
		set_promisc(f, master, false);
		assert_false(is_promisc(d1));
		leave(f, d1);
		assert_int_equal(d1->promiscuity, 0);
	}
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vlan__hands_it_down),
		cmocka_unit_test(macvlan__hands_it_down_while_it_is_up),
		cmocka_unit_test(active_backup__hands_it_to_the_active_slave),
		cmocka_unit_test(masters__hand_it_to_all),
	};

	return cmocka_run_group_tests_name("promiscuity", tests, NULL, NULL);
}
