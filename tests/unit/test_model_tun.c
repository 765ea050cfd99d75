// SPDX-License-Identifier: GPL-2.0-or-later
/* `ip tuntap` is in traces/tun.*. */
#include "model_fixture.h"

static int set_iff(struct fixture *f, struct tun_request request, const char *name)
{
	int err;

	copy_name(request.name, name);
	lock(f);
	err = tun_set_iff(f->m, &request);
	unlock(f);
	return err;
}

static struct net_device *open_tap(struct fixture *f, const char *name)
{
	assert_int_equal(set_iff(f, (struct tun_request){ .is_tap = true }, name), 0);
	return find(f, name);
}

static int set_persist(struct fixture *f, struct net_device *dev, bool is_persistent)
{
	int err;

	lock(f);
	err = tun_set_persist(dev, is_persistent);
	unlock(f);
	return err;
}

static int set_carrier(struct fixture *f, struct net_device *dev, bool is_on)
{
	int err;

	lock(f);
	err = tun_set_carrier(dev, is_on);
	unlock(f);
	return err;
}

static int detach(struct fixture *f, struct net_device *dev)
{
	int err;

	lock(f);
	err = tun_detach(dev);
	unlock(f);
	return err;
}

static int set_carrier_by_link(struct fixture *f, struct net_device *dev, bool is_on)
{
	struct link_attrs attrs = { .has_carrier = true, .carrier = is_on };

	return set_link(f, dev, &attrs);
}

/* A tap in use is UNKNOWN until its process sets the carrier. */
static void tun_set_iff__a_new_one_is_unknown(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *tap = open_tap(f, "tap0");

	(void)state;
	expect_log(f, "0 tap0 - DOWN ffffffff\n");
	link_up(f, tap);
	expect_log(f, "0 tap0 URL UNKNOWN 1\n");
	assert_int_equal(set_carrier(f, tap, false), 0);
	expect_log(f, "0 tap0 U DOWN 0\n");
	assert_int_equal(set_carrier(f, tap, true), 0);
	expect_log(f, "0 tap0 URL UP 0\n");
	assert_int_equal(set_carrier_by_link(f, tap, false), 0);
	run_to_j(f, 110);
	expect_log(f, "104 tap0 U DOWN 0\n");
	fixture_stop(f);
}

/* The device is deleted with its descriptor; one message while it was up, none about the carrier. */
static void tun_detach__without_persist_deletes(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *tap = open_tap(f, "tap0");

	(void)state;
	link_up(f, tap);
	forget_log(f);
	assert_int_equal(detach(f, tap), 0);
	expect_log(f, "0 tap0 - DOWN 41\n0 DEL tap0 - DOWN ffffffff\n");
	assert_null(dev_get_by_name(f->m, "tap0"));
	fixture_stop(f);
}

/* Live timeline P of a persistent tap: closed, a message with the carrier off and the old state,
 * then linkwatch's; opened again, one before the carrier is on. */
static void tun_detach__persistent(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *tap = open_tap(f, "tap0");

	(void)state;
	link_up(f, tap);
	forget_log(f);
	assert_int_equal(set_persist(f, tap, true), 0);
	expect_log(f, "0 tap0 URL UNKNOWN 0\n");
	assert_int_equal(set_persist(f, tap, true), 0); /* already is */
	expect_log(f, "");
	assert_int_equal(detach(f, tap), 0);
	expect_log(f, "0 tap0 UR UNKNOWN 0\n0 tap0 U DOWN 0\n");
	assert_int_equal(set_carrier_by_link(f, tap, true), -EPERM); /* no process has it open */
	assert_int_equal(set_carrier_by_link(f, tap, false), 0);
	assert_int_equal(set_iff(f, (struct tun_request){ .is_tap = true }, "tap0"), 0);
	expect_log(f, "0 tap0 U DOWN 0\n0 tap0 URL UP 0\n");
	fixture_stop(f);
}

static void tun_set_iff__refuses(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *tap = open_tap(f, "tap0"), *d = add_dummy(f, "d");

	(void)state;
	assert_int_equal(set_iff(f, (struct tun_request){ .is_tap = true }, "tap0"), -EBUSY);
	assert_int_equal(set_iff(f, (struct tun_request){ .is_tap = false }, "tap0"), -EINVAL);
	assert_int_equal(set_iff(f, (struct tun_request){ .is_tap = true }, "d"), -EINVAL);
	assert_int_equal(set_persist(f, tap, true), 0);
	assert_int_equal(detach(f, tap), 0);
	assert_int_equal(
		set_iff(f, (struct tun_request){ .is_tap = true, .is_exclusive = true }, "tap0"),
		-EBUSY);
	assert_int_equal(set_iff(f, (struct tun_request){ .is_tap = true }, "."), -EINVAL);
	assert_int_equal(detach(f, tap), -EBADF);
	assert_int_equal(set_persist(f, tap, false), -EBADFD);
	assert_int_equal(set_carrier(f, tap, false), -EBADFD);
	assert_int_equal(detach(f, d), -EBADF);
	assert_int_equal(set_persist(f, d, true), -EBADFD);
	assert_int_equal(set_carrier(f, d, true), -EBADFD);
	fixture_stop(f);
}

static void tun_set_iff__no_room(void **state)
{
	struct machine_config config = {
		.kernel = kernel_named("6.1"), .hz = 100, .long_bits = 64, .max_devices = 0
	};
	struct fixture *f = fixture_start_with(&config);

	(void)state;
	assert_int_equal(set_iff(f, (struct tun_request){ .is_tap = true }, "tap0"), -ENOMEM);
	fixture_stop(f);
}

/* Models: IFF_NO_CARRIER; ignored before 6.1 */
static void tun_set_iff__no_carrier(void **state)
{
	static const struct {
		const char *kernel;
		bool carrier;
	} cases[] = { { "6.1", false }, { "5.15", true }, { "5.10", true }, { "6.12", false } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);

		assert_int_equal(set_iff(f, (struct tun_request){ .is_carrier_off = true }, "tun0"),
				 0);
		assert_int_equal(netif_carrier_ok(find(f, "tun0")), cases[i].carrier);
		assert_int_equal(find(f, "tun0")->operstate,
				 cases[i].carrier ? IF_OPER_UNKNOWN : IF_OPER_DOWN);
		fixture_stop(f);
	}
}

/* A tun is not Ethernet. */
static void tun__takes_nothing_on_it(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct link_create create;

	(void)state;
	assert_int_equal(set_iff(f, (struct tun_request){ .is_tap = false }, "tun0"), 0);
	create = upper_create(LINK_KIND_VLAN, "v", find(f, "tun0"), 1);
	assert_int_equal(new_link(f, &create), -EOPNOTSUPP);
	create = upper_create(LINK_KIND_MACVLAN, "m", find(f, "tun0"), 0);
	assert_int_equal(new_link(f, &create), -EINVAL);
	assert_int_equal(find(f, "tun0")->flags, IFF_POINTOPOINT | IFF_NOARP | IFF_MULTICAST);
	assert_int_equal(delete_link_of(f, find(f, "tun0")), 0);
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tun_set_iff__a_new_one_is_unknown),
		cmocka_unit_test(tun_detach__without_persist_deletes),
		cmocka_unit_test(tun_detach__persistent),
		cmocka_unit_test(tun_set_iff__refuses),
		cmocka_unit_test(tun_set_iff__no_room),
		cmocka_unit_test(tun_set_iff__no_carrier),
		cmocka_unit_test(tun__takes_nothing_on_it),
	};

	return cmocka_run_group_tests_name("tun", tests, NULL, NULL);
}
