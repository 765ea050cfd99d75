// SPDX-License-Identifier: GPL-2.0-or-later
/* More VRF tests are in traces/vrf.*. */
#include "model_fixture.h"

static int new_vrf(struct fixture *f, const char *name, uint32_t table)
{
	struct link_create create = { .kind = LINK_KIND_VRF, .vrf_table = table };

	copy_name(create.name, name);
	return new_link(f, &create);
}

static struct net_device *add_vrf(struct fixture *f, const char *name)
{
	assert_int_equal(new_vrf(f, name, 10), 0);
	return find(f, name);
}

static int set_master(struct fixture *f, struct net_device *dev, const struct net_device *master)
{
	struct link_attrs attrs = { .has_master = true, .master = master ? master->ifindex : 0 };

	return set_link(f, dev, &attrs);
}

static void vrf_newlink__is_up_by_hand(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *vrf = add_vrf(f, "vrf0");

	(void)state;
	expect_log(f, "0 vrf0 - DOWN ffffffff\n");
	assert_int_equal(vrf->operstate, IF_OPER_UP);
	assert_int_equal(vrf->flags, IFF_MASTER | IFF_NOARP);
	link_up(f, vrf);
	expect_log(f, "0 vrf0 URL UP 1\n");
	assert_int_equal(set_master(f, vrf, NULL), 0);
	fixture_stop(f);
}

static void vrf_newlink__fails(void **state)
{
	struct machine_config config = {
		.kernel = kernel_named("6.1"), .hz = 100, .long_bits = 64, .max_devices = 1
	};
	struct fixture *f = fixture_start_with(&config);

	(void)state;
	assert_int_equal(new_vrf(f, "vrf0", 0), -EINVAL);
	assert_string_equal(f->m->extack, "Invalid VRF table id");
	refuse(f, "vrf0", NETDEV_POST_INIT, -EPERM);
	assert_int_equal(new_vrf(f, "vrf0", 1), -EPERM);
	refuse(f, "", NETDEV_POST_INIT, 0);
	add_vrf(f, "vrf0");
	assert_int_equal(new_vrf(f, "vrf1", 1), -ENOMEM);
	fixture_stop(f);
}

/* A device that joins or leaves goes down and up; one that is down stays down. */
static void vrf_add_slave__cycles(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *vrf = add_vrf(f, "vrf0"), *d = add_dummy(f, "d");

	(void)state;
	forget_log(f);
	assert_int_equal(set_master(f, d, vrf), 0);
	expect_log(f, "0 d - DOWN 0\n");
	assert_int_equal(set_master(f, d, NULL), 0);
	link_up(f, d);
	forget_log(f);
	assert_int_equal(set_master(f, d, vrf), 0);
	expect_log(f, "0 d URL UNKNOWN 0\n0 d - DOWN 1\n0 d URL UNKNOWN 1\n");
	assert_int_equal(set_master(f, d, NULL), 0);
	expect_log(f, "0 d URL UNKNOWN 0\n0 d - DOWN 1\n0 d URL UNKNOWN 1\n");
	fixture_stop(f);
}

/* A device that cannot come up again stays down; otherwise the request succeeds. */
static void vrf_add_slave__cycle_may_fail(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *vrf = add_vrf(f, "vrf0"), *d = add_dummy(f, "d");

	(void)state;
	link_up(f, d);
	refuse(f, "d", NETDEV_PRE_UP, -EPERM);
	assert_int_equal(set_master(f, d, vrf), 0);
	assert_false(d->flags & IFF_UP);
	fixture_stop(f);
}

static void vrf_add_slave__refuses(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *vrf = add_vrf(f, "vrf0"), *other = add_vrf(f, "vrf1");

	(void)state;
	assert_int_equal(set_master(f, find(f, "lo"), vrf), -EOPNOTSUPP);
	assert_string_equal(f->m->extack, "Can not enslave loopback device to a VRF");
	assert_int_equal(set_master(f, other, vrf), -EINVAL);
	assert_string_equal(f->m->extack, "Can not enslave an L3 master device to a VRF");
	fixture_stop(f);
}

static void vrf_add_slave__without_room(void **state)
{
	struct machine_config config = {
		.kernel = kernel_named("6.1"), .hz = 100, .long_bits = 64, .max_devices = 2
	};
	struct fixture *f = fixture_start_with(&config);
	struct net_device *vrf = add_vrf(f, "vrf0"), *d = add_dummy(f, "d");

	(void)state;
	link_up(f, d);
	forget_log(f);
	assert_int_equal(set_master(f, d, vrf), -ENOMEM);
	expect_log(f, ""); /* not cycled */
	fixture_stop(f);
}

/* A device that leaves another master is ignored. */
static void vrf_device_event__of_a_team_port(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct link_create create = { .kind = LINK_KIND_TEAM, .name = "team0" };
	struct net_device *d = add_dummy(f, "d");

	(void)state;
	assert_int_equal(new_link(f, &create), 0);
	assert_int_equal(set_master(f, d, find(f, "team0")), 0);
	lock(f);
	assert_int_equal(vrf_device_event(d, NETDEV_UNREGISTER), 0);
	unlock(f);
	assert_non_null(netdev_master_upper_dev_get(d));
	fixture_stop(f);
}

static void vrf_dellink__lets_all_go(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *vrf = add_vrf(f, "vrf0"), *d0 = add_dummy(f, "d0");
	struct net_device *d1 = add_dummy(f, "d1"), *d2 = add_dummy(f, "d2");

	(void)state;
	assert_int_equal(set_master(f, d0, vrf), 0);
	assert_int_equal(set_master(f, d1, vrf), 0);
	assert_int_equal(set_master(f, d2, vrf), 0);
	link_up(f, d1);
	forget_log(f);
	assert_int_equal(delete_link_of(f, d0), 0); /* also leaves the VRF */
	expect_log(f, "0 DEL d0 - DOWN ffffffff\n");
	assert_int_equal(delete_link_of(f, vrf), 0);
	expect_log(f, "0 d1 URL UNKNOWN 0\n0 d1 - DOWN 1\n0 d1 URL UNKNOWN 1\n0 d2 - DOWN 0\n"
		      "0 DEL vrf0 - DOWN ffffffff\n");
	assert_null(netdev_master_upper_dev_get(d1));
	fixture_stop(f);
}

/* No VLANs, and no master for the VRF itself; but a port's own packets may be taken. */
static void vrf__has_nothing_on_it(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *vrf = add_vrf(f, "vrf0"), *d = add_dummy(f, "d");
	struct link_create create = upper_create(LINK_KIND_VLAN, "v", vrf, 1);

	(void)state;
	assert_int_equal(new_link(f, &create), -EOPNOTSUPP);
	create = upper_create(LINK_KIND_MACVLAN, "m", vrf, 0);
	assert_int_equal(new_link(f, &create), -EINVAL);
	assert_int_equal(set_master(f, d, vrf), 0);
	create = upper_create(LINK_KIND_MACVLAN, "m", d, 0);
	assert_int_equal(new_link(f, &create), 0);
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vrf_newlink__is_up_by_hand),
		cmocka_unit_test(vrf_newlink__fails),
		cmocka_unit_test(vrf_add_slave__cycles),
		cmocka_unit_test(vrf_add_slave__cycle_may_fail),
		cmocka_unit_test(vrf_add_slave__refuses),
		cmocka_unit_test(vrf_add_slave__without_room),
		cmocka_unit_test(vrf_device_event__of_a_team_port),
		cmocka_unit_test(vrf_dellink__lets_all_go),
		cmocka_unit_test(vrf__has_nothing_on_it),
	};

	return cmocka_run_group_tests_name("vrf", tests, NULL, NULL);
}
