// SPDX-License-Identifier: GPL-2.0-or-later
/* How stacked devices handle the rarer events of devices below. */
#include <linux/if_ether.h>

#include "model_fixture.h"

static struct net_device *add_on(struct fixture *f, enum link_kind kind, const char *name,
				 const struct net_device *lower, bool is_loose)
{
	struct link_create create = {
		.kind = kind,
		.link = lower ? lower->ifindex : 0,
		.vlan_id = 5,
		.vlan_proto = ETH_P_8021Q,
		.is_loose = is_loose,
	};

	copy_name(create.name, name);
	assert_int_equal(new_link(f, &create), 0);
	return find(f, name);
}

static void change_address(struct fixture *f, struct net_device *dev, uint64_t address)
{
	lock(f);
	assert_int_equal(dev_set_mac_address(dev, address), 0);
	unlock(f);
	settle(f);
}

/* vlan_sync_address(): a VLAN that is up follows at once, one that is down when it is opened. */
static void vlan__follows_the_address_below(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0 = add_dummy(f, "d0");
	struct net_device *vlan = add_on(f, LINK_KIND_VLAN, "d0.5", d0, false);

	(void)state;
	link_up(f, d0); /* takes the VLAN along */
	assert_int_equal(vlan->address, d0->address);
	run_to_j(f, 300);
	forget_log(f);
	change_address(f, d0, 1000);
	assert_int_equal(vlan->address, 1000);
	expect_log(f, "300 d0 URL UNKNOWN 0\n300 d0.5 URL UP 0\n");
	link_down(f, vlan);
	run_to_j(f, 600);
	change_address(f, d0, 2000);
	assert_int_equal(vlan->address, 1000);
	link_up(f, vlan);
	assert_int_equal(vlan->address, 2000);
	fixture_stop(f);
}

/* NET_ADDR_SET: an address that was set stays. */
static void vlan__keeps_an_address_of_its_own(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0 = add_dummy(f, "d0");
	struct net_device *vlan = add_on(f, LINK_KIND_VLAN, "d0.5", d0, false);

	(void)state;
	change_address(f, vlan, 1000);
	link_up(f, d0);
	assert_int_equal(vlan->address, 1000);
	change_address(f, d0, 2000);
	assert_int_equal(vlan->address, 1000);
	fixture_stop(f);
}

/* VLAN_FLAG_LOOSE_BINDING: opening the device below does not open the VLAN. */
static void vlan__loose_is_not_opened_from_below(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0 = add_dummy(f, "d0");
	struct net_device *vlan = add_on(f, LINK_KIND_VLAN, "d0.5", d0, true);

	(void)state;
	link_up(f, d0);
	assert_false(vlan->flags & IFF_UP);
	assert_true(netif_carrier_ok(vlan));
	fixture_stop(f);
}

/* Opening a port whose stored state is DOWN does not make its link up yet. */
static void team__port_that_is_not_oper_up_stays_down(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *team = add_on(f, LINK_KIND_TEAM, "team0", NULL, false);
	struct net_device *d0 = add_dummy(f, "d0");
	struct link_attrs master = { .has_master = true, .master = team->ifindex };

	(void)state;
	assert_int_equal(set_link(f, d0, &master), 0);
	link_up(f, team);
	run_to_j(f, 300);
	assert_true(netif_carrier_ok(team));
	carrier(f, d0, false);
	run_to_j(f, 600);
	assert_int_equal(d0->operstate, IF_OPER_DOWN);
	assert_false(netif_carrier_ok(team));
	link_down(f, d0);
	link_up(f, d0);
	run_to_j(f, 900);
	assert_false(netif_carrier_ok(team));
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vlan__follows_the_address_below),
		cmocka_unit_test(vlan__keeps_an_address_of_its_own),
		cmocka_unit_test(vlan__loose_is_not_opened_from_below),
		cmocka_unit_test(team__port_that_is_not_oper_up_stays_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
