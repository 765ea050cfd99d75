// SPDX-License-Identifier: GPL-2.0-or-later
#include "model_fixture.h"

static void lo__is_there_at_boot_and_unheard(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *lo = find(f, "lo");

	(void)state;
	expect_log(f, "");
	assert_int_equal(lo->ifindex, 1);
	assert_int_equal(dev_get_iflink(lo), 1);
	assert_int_equal(lo->reg_state, NETREG_REGISTERED);
	assert_int_equal(lo->flags, IFF_LOOPBACK);
	assert_int_equal(lo->operstate, IF_OPER_UNKNOWN);
	assert_true(netif_carrier_ok(lo));
	assert_string_equal(lo->netdev_ops->kind, "loopback");
	fixture_stop(f);
}

static void lo__is_unknown_when_up_and_has_no_carrier_to_set(void **state)
{
	struct link_attrs off = { .has_carrier = true };
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *lo = find(f, "lo");

	(void)state;
	f->is_full = true;
	link_up(f, lo);
	expect_log(
		f,
		"0 lo <UP,RUNNING,LOWER_UP> UNKNOWN mode=0 qdisc=noqueue change=1 up/down=0/0\n");
	assert_int_equal(set_link(f, lo, &off), -EOPNOTSUPP);
	assert_int_equal(delete_link_of(f, lo), -EOPNOTSUPP);
	expect_log(f, "");
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lo__is_there_at_boot_and_unheard),
		cmocka_unit_test(lo__is_unknown_when_up_and_has_no_carrier_to_set),
	};

	return cmocka_run_group_tests_name("loopback", tests, NULL, NULL);
}
