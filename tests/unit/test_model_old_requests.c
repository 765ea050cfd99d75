// SPDX-License-Identifier: GPL-2.0-or-later
/* What old kernels refuse, pass over, or do without a word: on the last row that does so and the first that does not. */
#include "master_fixture.h"

static int set_master_by_index(struct fixture *f, struct net_device *dev, int32_t ifindex)
{
	struct link_attrs attrs = { .has_master = true, .master = ifindex };

	return set_link(f, dev, &attrs);
}

static int add(struct fixture *f, enum link_kind kind, const char *name, struct link_attrs attrs)
{
	struct link_create create = { .kind = kind, .attrs = attrs };

	copy_name(create.name, name);
	f->m->extack = NULL;
	return new_link(f, &create);
}

static void rtnl_newlink__knew_no_masters(void **state)
{
	static const char *const kernels[] = { "2.6.24", "3.7" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = fixture_start(kernels[i], 100);
		int expected = i ? 0 : -EOPNOTSUPP;

		assert_int_equal(add(f, LINK_KIND_BOND, "b0", (struct link_attrs){ 0 }), expected);
		assert_int_equal(add(f, LINK_KIND_BRIDGE, "br0", (struct link_attrs){ 0 }),
				 expected);
		fixture_stop(f);
	}
}

/* The attribute is not looked at, whatever it says. */
static void do_setlink__passed_master_over(void **state)
{
	static const char *const kernels[] = { "2.6.24", "3.7" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = fixture_start(kernels[i], 100);
		struct net_device *d0 = add_dummy(f, "d0"), *d1 = add_dummy(f, "d1");

		assert_int_equal(set_master_by_index(f, d0, d1->ifindex), i ? -EOPNOTSUPP : 0);
		assert_int_equal(set_master_by_index(f, d0, 1000), i ? -EINVAL : 0);
		fixture_stop(f);
	}
}

static void rtnl_newlink__took_neither_flags_nor_a_number(void **state)
{
	static const char *const kernels[] = { "2.6.24", "3.7" };
	static const struct link_attrs up = { .ifi_flags = IFF_UP, .ifi_change = IFF_UP },
				       number = { .new_ifindex = 10 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = fixture_start(kernels[i], 100);
		int expected = i ? 0 : -EOPNOTSUPP;

		assert_int_equal(add(f, LINK_KIND_DUMMY, "d0", up), expected);
		assert_int_equal(add(f, LINK_KIND_DUMMY, "d1", number), expected);
		assert_int_equal(f->m->devices_used, i ? 3 : 1); /* with lo */
		fixture_stop(f);
	}
}

static void rtnl_newlink__took_no_master(void **state)
{
	static const char *const kernels[] = { "3.7", "4.19" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = fixture_start(kernels[i], 100);
		struct net_device *br = add_bridge(f, "br0");
		struct link_attrs attrs = { .has_master = true, .master = br->ifindex };

		assert_int_equal(add(f, LINK_KIND_DUMMY, "d0", attrs), i ? 0 : -EOPNOTSUPP);
		fixture_stop(f);
	}
}

/* A VLAN cannot be up on a device that is down. */
static void do_setlink__did_not_say_that_flags_cannot_be_set(void **state)
{
	static const char *const kernels[] = { "2.6.24", "3.7" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = fixture_start(kernels[i], 100);
		struct net_device *v = add_upper(f, LINK_KIND_VLAN, "v", add_dummy(f, "d0"), 5);

		assert_int_equal(set_flags(f, v, IFF_UP, IFF_UP), i ? -ENETDOWN : 0);
		assert_false(v->flags & IFF_UP);
		fixture_stop(f);
	}
}

static void bond_newlink__passed_mode_and_miimon_over(void **state)
{
	static const char *const kernels[] = { "3.7", "4.19" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = fixture_start(kernels[i], 100);
		struct net_device *bond = add_bond(f, "b0", BOND_MODE_ACTIVEBACKUP, 100);

		assert_int_equal(bond->priv.bond.mode,
				 i ? BOND_MODE_ACTIVEBACKUP : BOND_MODE_ROUNDROBIN);
		assert_int_equal(bond->priv.bond.miimon, i ? 100 : 0);
		fixture_stop(f);
	}
}

static void do_setlink__told_only_what_has_an_event(void **state)
{
	static const char *const kernels[] = { "3.7", "4.19" };
	struct link_attrs attrs = { .has_alias = true, .has_group = true };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = fixture_start(kernels[i], 100);
		struct net_device *d0 = add_dummy(f, "d0");

		link_up(f, d0);
		forget_log(f);
		assert_int_equal(set_link(f, d0, &attrs), 0);
		expect_log(f, i ? "0 d0 URL UNKNOWN 0\n" : "");
		assert_int_equal(set_linkmode_of(f, d0, 1), 0);
		expect_log(f, i ? "0 d0 URL UNKNOWN 0\n" : "");
		assert_int_equal(d0->link_mode, 1);
		fixture_stop(f);
	}
}

/* A VLAN is put on it and goes; a port comes. */
static void rtnetlink_event__did_not_tell_of_uppers(void **state)
{
	static const char *const kernels[] = { "3.7", "4.19" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = fixture_start(kernels[i], 100);
		struct net_device *d0 = add_dummy(f, "d0"), *v, *bond;

		forget_log(f);
		v = add_upper(f, LINK_KIND_VLAN, "v", d0, 5);
		assert_int_equal(delete_link_of(f, v), 0);
		expect_log(f, i ? "0 d0 - DOWN 0\n0 v - DOWN ffffffff\n0 d0 - DOWN 0\n"
				  "0 DEL v - DOWN ffffffff\n"
				: "0 v - DOWN ffffffff\n0 DEL v - DOWN ffffffff\n");
		bond = add_bond(f, "b0", BOND_MODE_ROUNDROBIN, 0);
		forget_log(f);
		join(f, d0, bond);
		assert_int_equal(f->messages, i ? 6 : 4);
		fixture_stop(f);
	}
}

static void dev_change_tx_queue_len__was_a_field(void **state)
{
	static const char *const kernels[] = { "3.7", "4.19" };
	struct link_attrs attrs = { .has_txqlen = true, .txqlen = 7 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = fixture_start(kernels[i], 100);
		struct net_device *d0 = add_dummy(f, "d0");

		link_up(f, d0);
		forget_log(f);
		f->traced = BIT(TRACE_QDISC);
		assert_int_equal(set_link(f, d0, &attrs), 0);
		expect_log(f, i ? "0 d0 URL UNKNOWN 0\n"
				  "qdisc d0 noqueue noop\nqdisc d0 noop noqueue\n"
				: "");
		assert_int_equal(d0->tx_queue_len, 7);
		fixture_stop(f);
	}
}

/* Not known, known and taken by no macvlan, taken; and in which words it is not. */
static void dev_change_proto_down__was_unknown_then_refused(void **state)
{
	static const struct {
		const char *kernel;
		int of_dummy, of_macvlan;
		const char *extack;
	} cases[] = {
		{ "3.7", 0, 0, "" },
		{ "4.19", -EOPNOTSUPP, -EOPNOTSUPP, "" },
		{ "5.4", -EOPNOTSUPP, 0, "" },
		{ "5.8", -EOPNOTSUPP, 0, "" },
		{ "5.10", -EOPNOTSUPP, 0, "Protodown not supported by device" },
	};
	struct link_attrs attrs = { .has_proto_down = true, .proto_down = true };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);
		struct net_device *d0 = add_dummy(f, "d0");
		struct net_device *m0 = add_upper(f, LINK_KIND_MACVLAN, "m0", d0, 0);

		assert_int_equal(set_link(f, m0, &attrs), cases[i].of_macvlan);
		assert_int_equal(m0->proto_down, i >= 2);
		f->m->extack = NULL;
		assert_int_equal(set_link(f, d0, &attrs), cases[i].of_dummy);
		assert_string_equal(f->m->extack ? f->m->extack : "", cases[i].extack);
		fixture_stop(f);
	}
}

static void tun_net_change_carrier__was_not_there(void **state)
{
	static const char *const kernels[] = { "4.19", "5.4" };
	struct link_attrs attrs = { .has_carrier = true };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = fixture_start(kernels[i], 100);
		struct tun_request request = { .is_tap = true };
		struct net_device *tap;

		copy_name(request.name, "tap0");
		lock(f);
		assert_int_equal(tun_set_iff(f->m, &request), 0);
		unlock(f);
		tap = find(f, "tap0");
		assert_int_equal(set_link(f, tap, &attrs), i ? 0 : -EOPNOTSUPP);
		lock(f);
		assert_int_equal(tun_set_carrier(tap, false), i ? 0 : -EINVAL);
		unlock(f);
		assert_int_equal(netif_carrier_ok(tap), !i);
		fixture_stop(f);
	}
}

static void NL_SET_ERR_MSG__is_of_4_12(void **state)
{
	static const char *const kernels[] = { "3.7", "4.19" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
		struct fixture *f = fixture_start(kernels[i], 100);
		struct net_device *bond = add_bond(f, "b0", BOND_MODE_ROUNDROBIN, 0);
		struct net_device *d0 = add_dummy(f, "d0");

		link_up(f, d0);
		expect_refusal(f, d0, bond, -EPERM,
			       i ? "Device can not be enslaved while up" : NULL);
		fixture_stop(f);
	}
}

static void vlan_validate__knew_no_bridge_binding(void **state)
{
	static const struct {
		const char *kernel;
		int err;
		const char *extack;
	} cases[] = {
		{ "3.7", -EINVAL, "" },
		{ "4.19", -EINVAL, "8021q: Invalid VLAN flags" },
		{ "5.4", 0, "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);
		struct link_create create =
			upper_create(LINK_KIND_VLAN, "v", add_dummy(f, "d0"), 5);

		create.is_bridge_bound = true;
		f->m->extack = NULL;
		assert_int_equal(new_link(f, &create), cases[i].err);
		assert_string_equal(f->m->extack ? f->m->extack : "", cases[i].extack);
		fixture_stop(f);
	}
}

/* A tap whose queue has no length when it is first up, and the carrier back within a second. */
static void dev_activate__without_room(void **state)
{
	static const struct {
		const char *kernel;
		uint8_t qdisc;
		const char *told;
	} cases[] = {
		{ "3.7", QDISC_NOQUEUE, "320 t URL UP 0\n" },
		{ "4.19", QDISC_NOOP, "" },
		{ "5.4", QDISC_NOOP, "" },
		{ "5.8", QDISC_NOQUEUE, "320 t URL UP 0\n" },
		{ "6.1", QDISC_NOQUEUE, "320 t URL UP 0\n" },
	};
	struct link_attrs none = { .has_txqlen = true }, some = { .has_txqlen = true, .txqlen = 9 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);
		struct net_device *dev = add_device(f, "t", &plain_ops);

		assert_int_equal(set_link(f, dev, &none), 0);
		link_up(f, dev);
		assert_int_equal(dev->qdisc, cases[i].qdisc);
		assert_int_equal(dev->qdisc_sleeping, cases[i].qdisc);
		assert_int_equal(dev->root_qdisc, cases[i].qdisc);
		run_to_j(f, 300);
		carrier(f, dev, false);
		run_to_j(f, 320);
		forget_log(f);
		carrier(f, dev, true);
		expect_log(f, cases[i].told);
		run_to_j(f, 500);
		assert_int_equal(dev->operstate, IF_OPER_UP);
		assert_int_equal(set_link(f, dev, &some), 0); /* tries again if there is none */
		assert_int_equal(dev->root_qdisc,
				 cases[i].qdisc == QDISC_NOOP ? QDISC_PFIFO_FAST : QDISC_NOQUEUE);
		fixture_stop(f);
	}
}

struct slave_notes {
	const struct net_device *dev;
	char letters[16]; /* of its messages: s with IFF_SLAVE, - without */
};

static void note_slave(void *user, const struct link_message *message)
{
	struct slave_notes *notes = user;

	if (message->dev == notes->dev)
		strcat(notes->letters, message->ifi_flags & IFF_SLAVE ? "s" : "-");
}

/* The first one is of its address, before either. */
static void bond_enslave__sets_the_flag_once_it_is_linked(void **state)
{
	static const struct {
		const char *kernel, *is_slave;
	} cases[] = {
		{ "6.1", "-ssssss" },
		{ "6.2", "-----ss" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);
		struct net_device *bond = add_bond(f, "b0", BOND_MODE_ACTIVEBACKUP, 100);
		struct net_device *d0 = add_dummy(f, "d0");
		struct slave_notes notes = { .dev = d0 };
		struct machine_callbacks callbacks = { .notify = note_slave, .user = &notes };

		machine_set_callbacks(f->m, &callbacks);
		join(f, d0, bond);
		machine_set_callbacks(f->m, &(struct machine_callbacks){ .user = f });
		assert_string_equal(notes.letters, cases[i].is_slave);
		assert_true(d0->is_lag_port);
		leave(f, d0);
		assert_false(d0->flags & IFF_SLAVE);
		fixture_stop(f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rtnl_newlink__knew_no_masters),
		cmocka_unit_test(do_setlink__passed_master_over),
		cmocka_unit_test(rtnl_newlink__took_neither_flags_nor_a_number),
		cmocka_unit_test(rtnl_newlink__took_no_master),
		cmocka_unit_test(do_setlink__did_not_say_that_flags_cannot_be_set),
		cmocka_unit_test(bond_newlink__passed_mode_and_miimon_over),
		cmocka_unit_test(do_setlink__told_only_what_has_an_event),
		cmocka_unit_test(rtnetlink_event__did_not_tell_of_uppers),
		cmocka_unit_test(dev_change_tx_queue_len__was_a_field),
		cmocka_unit_test(dev_change_proto_down__was_unknown_then_refused),
		cmocka_unit_test(tun_net_change_carrier__was_not_there),
		cmocka_unit_test(NL_SET_ERR_MSG__is_of_4_12),
		cmocka_unit_test(vlan_validate__knew_no_bridge_binding),
		cmocka_unit_test(dev_activate__without_room),
		cmocka_unit_test(bond_enslave__sets_the_flag_once_it_is_linked),
	};

	return cmocka_run_group_tests_name("old_requests", tests, NULL, NULL);
}
