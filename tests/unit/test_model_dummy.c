// SPDX-License-Identifier: GPL-2.0-or-later
#include "model_fixture.h"

/* UNKNOWN until the carrier is set; after off and on it is UP. */
static void dummy__is_unknown_until_its_carrier_is_set(void **state)
{
	struct link_attrs off = { .has_carrier = true },
			  on = { .has_carrier = true, .carrier = true };
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev;

	(void)state;
	f->is_full = true;
	dev = add_dummy(f, "d0");
	assert_int_equal(dev->flags, IFF_BROADCAST | IFF_NOARP);
	link_up(f, dev);
	link_down(f, dev);
	link_up(f, dev);
	run_to_j(f, 500);
	set_link(f, dev, &on); /* already on */
	expect_log(
		f,
		"0 d0 <> DOWN mode=0 qdisc=noop change=ffffffff up/down=0/0\n"
		"0 d0 <UP,RUNNING,LOWER_UP> UNKNOWN mode=0 qdisc=noqueue change=1 up/down=0/0\n"
		"0 d0 <> DOWN mode=0 qdisc=noqueue change=1 up/down=0/0\n"
		"0 d0 <UP,RUNNING,LOWER_UP> UNKNOWN mode=0 qdisc=noqueue change=1 up/down=0/0\n");
	set_link(f, dev, &off);
	run_to_j(f, 1000);
	set_link(f, dev, &on);
	expect_log(f,
		   "500 d0 <UP> DOWN mode=0 qdisc=noqueue change=0 up/down=0/1\n"
		   "1000 d0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=1/1\n");
	fixture_stop(f);
}

/* Setting it while down sends nothing; the stored state shows at the next `up`. */
static void dummy__carrier_of_one_that_is_down_is_silent(void **state)
{
	struct link_attrs off = { .has_carrier = true };
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_dummy(f, "d0");

	(void)state;
	forget_log(f);
	set_link(f, dev, &off);
	expect_log(f, "");
	link_up(f, dev);
	expect_log(f, "0 d0 U DOWN 1\n");
	fixture_stop(f);
}

static void dummy__leaves_its_carrier_alone_when_opened_and_closed(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_dummy(f, "d0");

	(void)state;
	f->traced = BIT(TRACE_CARRIER) | BIT(TRACE_FIRE);
	carrier(f, dev, false);
	forget_log(f);
	link_up(f, dev);
	link_down(f, dev);
	expect_log(f, "0 d0 U DOWN 1\n0 d0 - DOWN 1\n");
	assert_string_equal(dev->netdev_ops->kind, "dummy");
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dummy__is_unknown_until_its_carrier_is_set),
		cmocka_unit_test(dummy__carrier_of_one_that_is_down_is_silent),
		cmocka_unit_test(dummy__leaves_its_carrier_alone_when_opened_and_closed),
	};

	return cmocka_run_group_tests_name("dummy", tests, NULL, NULL);
}
