/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lw.h: machines, time, devices, and what a subscriber gets as structs. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <linux/if.h>
#include <linux/rtnetlink.h>

#include "sim/library/lw.h"

struct fixture {
	struct lw_machine *machine;
	struct lw_socket *socket;
};

static int start(void **state, const struct lw_config *config)
{
	static struct fixture f;

	if (lw_new(config, &f.machine, NULL))
		return -1;
	if (lw_socket_new(f.machine, RTMGRP_LINK, 0, &f.socket))
		return -1;
	*state = &f;
	return 0;
}

static int setup(void **state)
{
	return start(state, &(const struct lw_config){ .hz = 100 });
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	lw_socket_free(f->socket);
	lw_free(f->machine);
	return 0;
}

/* The next message, which must be there. */
static struct lw_link next(struct fixture *f)
{
	struct lw_link link;

	assert_int_equal(lw_recv_link(f->socket, &link), 0);
	return link;
}

static void assert_nothing(struct fixture *f)
{
	struct lw_link link;

	assert_int_equal(lw_recv_link(f->socket, &link), -EAGAIN);
}

/* Discards what the set-up has sent. */
static void drain(struct fixture *f)
{
	struct lw_link link;

	while (lw_recv_link(f->socket, &link) == 0)
		;
}

static void configs_are_checked(void **state)
{
	struct lw_machine *machine;
	char error[LW_ERROR_BYTES];

	(void)state;
	assert_int_equal(
		lw_new(&(const struct lw_config){ .kernel = "6.1+urgent" }, &machine, error),
		-EINVAL);
	assert_string_equal(error, "kernel 6.1+urgent: no such version or change: urgent");
	assert_null(machine);
	assert_int_equal(lw_new(&(const struct lw_config){ .hz = 99 }, &machine, error), -EINVAL);
	assert_non_null(strstr(error, "hz 99"));
	assert_int_equal(lw_new(&(const struct lw_config){ .reserved = { 1 } }, &machine, error),
			 -EINVAL);
	assert_int_equal(
		lw_new(&(const struct lw_config){ .max_devices = 2000000 }, &machine, error),
		-EINVAL);
	assert_int_equal(lw_new(NULL, &machine, NULL), 0);
	assert_int_equal(lw_jiffies(machine), 0);
	assert_string_equal(lw_error(machine), "");
	lw_free(machine);
	lw_free(NULL);
	lw_socket_free(NULL);
}

static void versions_are_listed(void **state)
{
	unsigned int i = 0;

	(void)state;
	assert_string_equal(lw_version(), LW_VERSION);
	while (lw_kernel_version(i) && strcmp(lw_kernel_version(i), "6.1") != 0)
		i++;
	assert_non_null(lw_kernel_version(i));
}

/* The second cable, pulled half a second after the first: linkwatch waits out its second. */
static void the_second_cable_comes_a_second_later(void **state)
{
	struct fixture *f = *state;
	struct lw_link link;

	for (const char *const *name = (const char *const[]){ "eth0", "eth1", NULL }; *name;
	     name++) {
		assert_int_equal(lw_virtnet_probe(f->machine, *name, true, true), 0);
		assert_int_equal(lw_link_up(f->machine, *name), 0);
	}
	assert_int_equal(lw_run_for(f->machine, 400 * LW_SEC), 0);
	drain(f);

	assert_int_equal(lw_virtnet_config_changed(f->machine, "eth0", false), 0);
	link = next(f);
	assert_string_equal(link.name, "eth0");
	assert_int_equal(link.flags & IFF_RUNNING, 0);
	assert_int_equal(link.operstate, 2); /* IF_OPER_DOWN */
	assert_int_equal(link.time_ns, 400 * LW_SEC);
	assert_int_equal(link.jiffy, 40000);

	assert_int_equal(lw_run_for(f->machine, 500 * LW_MS), 0);
	assert_int_equal(lw_virtnet_config_changed(f->machine, "eth1", false), 0);
	assert_nothing(f);
	assert_int_equal(lw_link_get(f->machine, "eth1", &link), 0);
	assert_true(link.is_pending);
	assert_int_equal(link.flags & IFF_RUNNING, IFF_RUNNING); /* as IF_OPER_UP is stored */
	assert_false(link.has_carrier);
	assert_int_equal(link.stored_operstate, 6);

	assert_int_equal(lw_run_until_message(f->socket, LW_NEVER), 1);
	link = next(f);
	assert_string_equal(link.name, "eth1");
	assert_true(link.time_ns >= 401 * LW_SEC && link.time_ns <= 401 * LW_SEC + 80 * LW_MS);
	assert_int_equal(lw_run_until_message(f->socket, LW_NEVER), 0);
	assert_int_equal(lw_run_until_message(f->socket, lw_now(f->machine) + LW_SEC), 0);
}

static void time_does_not_go_back(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(lw_run_until(f->machine, 2 * LW_SEC), 0);
	assert_int_equal(lw_now(f->machine), 2 * LW_SEC);
	assert_int_equal(lw_run_until(f->machine, LW_SEC), -EINVAL);
	assert_string_not_equal(lw_error(f->machine), "");
	assert_int_equal(lw_run_until(f->machine, LW_NEVER), -EINVAL);
	assert_int_equal(lw_run_for(f->machine, -1), -EINVAL);
	assert_int_equal(lw_run_until_message(f->socket, LW_SEC), -EINVAL);
	assert_int_equal(lw_now(f->machine), 2 * LW_SEC);
	assert_int_equal(lw_next(f->machine), LW_NEVER);
}

static void all_kinds_are_created(void **state)
{
	struct fixture *f = *state;
	struct lw_machine *m = f->machine;
	const char *const names[] = { "d0", "br0",  "t0",  "b0",   "b1",   "v0",
				      "v1", "d0.5", "mv0", "vrf0", "tap0", "eth0" };
	struct lw_link link;

	assert_int_equal(lw_link_add(m, "d0", "dummy"), 0);
	assert_int_equal(lw_link_add(m, "br0", "bridge"), 0);
	assert_int_equal(lw_link_add(m, "t0", "team"), 0);
	assert_int_equal(lw_link_add(m, "b0", "bond"), 0);
	assert_int_equal(lw_link_add_bond(m, "b1", 1, 100), 0);
	assert_int_equal(lw_link_add_veth(m, "v0", "v1"), 0);
	assert_int_equal(lw_link_add_vlan(m, "d0.5", "d0", 5), 0);
	assert_int_equal(lw_link_add_on(m, "mv0", "macvlan", "d0"), 0);
	assert_int_equal(lw_link_add_vrf(m, "vrf0", 7), 0);
	assert_int_equal(lw_tun_set_iff(m, "tap0", true, false), 0);
	assert_int_equal(lw_virtnet_probe(m, "eth0", false, false), 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(lw_link_get(m, names[i], &link), 0);
		assert_int_equal(link.ifindex, lw_ifindex(m, names[i]));
	}
	assert_int_equal(lw_link_get(m, "v0", &link), 0);
	assert_string_equal(link.kind, "veth");
	assert_int_equal(link.link, lw_ifindex(m, "v1"));
	assert_int_equal(lw_link_get(m, "mv0", &link), 0);
	assert_string_equal(link.kind, "macvlan");
	assert_int_equal(lw_link_add_on(m, "iv0", "ipvlan", "v0"), 0);
	assert_int_equal(lw_link_get(m, "iv0", &link), 0);
	assert_string_equal(link.kind, "ipvlan");

	assert_int_equal(lw_link_add(m, "x0", "wireguard"), -EINVAL);
	assert_int_equal(lw_link_add(m, "x0", "veth"), -EINVAL);
	assert_int_equal(lw_link_add(m, "d0", "dummy"), -EEXIST);
	assert_string_equal(lw_error(m), "File exists");
	assert_int_equal(lw_link_add(m, "a-name-too-long-", "dummy"), -EINVAL);
	assert_int_equal(lw_link_add_vlan(m, "x.1", "x", 1), -ENODEV);
	assert_string_equal(lw_error(m), "Cannot find device \"x\"");
	assert_int_equal(lw_link_add_vlan(m, "d0.x", "d0", 4095), -ERANGE);
	assert_string_equal(lw_error(m), "8021q: Invalid VLAN id");
	assert_int_equal(lw_link_add_bond(m, "b2", 7, 0), -EINVAL);
	assert_int_equal(lw_link_del(m, "eth0"), -EOPNOTSUPP);
	assert_int_equal(lw_link_del(m, "v0"), 0);
	assert_int_equal(lw_link_get(m, "v1", &link), -ENODEV);
}

static void attributes_are_set(void **state)
{
	struct fixture *f = *state;
	struct lw_machine *m = f->machine;
	struct lw_link link;

	assert_int_equal(lw_link_add(m, "d0", "dummy"), 0);
	assert_int_equal(lw_link_add(m, "br0", "bridge"), 0);
	assert_int_equal(lw_link_mtu(m, "d0", 1400), 0);
	assert_int_equal(lw_link_txqlen(m, "d0", 77), 0);
	assert_int_equal(lw_link_txqlen(m, "d0", 40000), -EINVAL);
	assert_int_equal(lw_link_address(m, "d0", (const uint8_t[]){ 2, 0, 0, 0, 0, 9 }), 0);
	assert_int_equal(lw_link_rename(m, "d0", "d1"), 0);
	assert_int_equal(lw_link_mode(m, "d1", 1), 0);
	assert_int_equal(lw_link_master(m, "d1", "br0"), 0);
	assert_int_equal(lw_link_get(m, "d1", &link), 0);
	assert_int_equal(link.mtu, 1400);
	assert_int_equal(link.txqlen, 77);
	assert_int_equal(link.address[5], 9);
	assert_int_equal(link.linkmode, 1);
	assert_int_equal(link.master, lw_ifindex(m, "br0"));
	assert_int_equal(lw_link_master(m, "d1", NULL), 0);
	assert_int_equal(lw_link_get(m, "d1", &link), 0);
	assert_int_equal(link.master, 0);
	assert_int_equal(lw_link_up(m, "d1"), 0);
	assert_int_equal(lw_run_for(m, LW_SEC), 0);
	assert_int_equal(lw_link_get(m, "d1", &link), 0);
	assert_int_equal(link.stored_operstate, 0); /* a dummy fires no event */
	assert_int_equal(lw_link_state(m, "d1", 6), 0);
	assert_int_equal(lw_link_get(m, "d1", &link), 0);
	assert_int_equal(link.stored_operstate, 6);
	assert_int_equal(lw_link_carrier(m, "d1", false), 0);
	assert_int_equal(lw_link_get(m, "d1", &link), 0);
	assert_false(link.has_carrier);
	assert_int_equal(lw_link_protodown(m, "d1", true), -EOPNOTSUPP);
	assert_int_equal(lw_link_down(m, "d1"), 0);
	assert_int_equal(lw_link_get(m, "d1", &link), 0);
	assert_int_equal(link.flags & IFF_UP, 0);
	assert_int_equal(lw_link_up(m, "d2"), -ENODEV);
	assert_string_equal(lw_error(m), "Cannot find device \"d2\"");
}

static void drivers_change_the_link(void **state)
{
	struct fixture *f = *state;
	struct lw_machine *m = f->machine;
	struct lw_link link;

	assert_int_equal(lw_virtnet_probe(m, "eth0", false, true), 0);
	assert_int_equal(lw_dev_open(m, "eth0"), 0);
	assert_int_equal(lw_run_for(m, 2 * LW_SEC), 0);
	assert_int_equal(lw_carrier_off(m, "eth0"), 0);
	assert_int_equal(lw_link_get(m, "eth0", &link), 0);
	assert_false(link.has_carrier);
	assert_int_equal(lw_carrier_on(m, "eth0"), 0);
	assert_int_equal(lw_carrier_event(m, "eth0"), 0);
	assert_int_equal(lw_dormant_on(m, "eth0"), 0);
	assert_int_equal(lw_run_for(m, 2 * LW_SEC), 0);
	assert_int_equal(lw_link_get(m, "eth0", &link), 0);
	assert_int_equal(link.stored_operstate, 5);
	assert_int_equal(lw_dormant_off(m, "eth0"), 0);
	assert_int_equal(lw_testing_on(m, "eth0"), 0);
	assert_int_equal(lw_testing_off(m, "eth0"), 0);
	assert_int_equal(lw_device_detach(m, "eth0"), 0);
	assert_int_equal(lw_device_attach(m, "eth0"), 0);
	assert_int_equal(lw_linkwatch_fire_event(m, "eth0"), 0);
	assert_int_equal(lw_virtnet_config_changed(m, "eth0", false), 0);
	assert_int_equal(lw_dev_close(m, "eth0"), 0);
	assert_int_equal(lw_link_add(m, "d0", "dummy"), 0);
	assert_int_equal(lw_virtnet_config_changed(m, "d0", false), -EOPNOTSUPP);
	assert_int_equal(lw_carrier_on(m, "x"), -ENODEV);
	assert_int_equal(lw_testing_on(m, "x"), -ENODEV);
	assert_int_equal(lw_dev_open(m, "x"), -ENODEV);
	assert_int_equal(lw_dev_close(m, "x"), -ENODEV);
	assert_int_equal(lw_virtnet_config_changed(m, "x", false), -ENODEV);
	assert_int_equal(lw_virtnet_probe(m, "a-name-too-long-", true, true), -EINVAL);
}

static int setup_5_4(void **state)
{
	return start(state, &(const struct lw_config){ .kernel = "5.4" });
}

static void what_a_kernel_lacks_is_refused(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(lw_link_add(f->machine, "d0", "dummy"), 0);
	assert_int_equal(lw_testing_on(f->machine, "d0"), -EOPNOTSUPP);
	assert_string_equal(lw_error(f->machine), "Operation not supported");
}

static void programs_without_a_question(void **state)
{
	struct fixture *f = *state;
	struct lw_machine *m = f->machine;
	struct lw_link link;
	int d0;

	assert_int_equal(lw_link_add(m, "d0", "dummy"), 0);
	d0 = lw_ifindex(m, "d0");
	assert_int_equal(lw_setlink_flags(m, d0, IFF_UP, IFF_UP), 0);
	assert_int_equal(lw_getlink(m, d0, &link), 0);
	assert_string_equal(link.name, "d0");
	assert_int_equal(link.flags & IFF_UP, IFF_UP);
	assert_int_equal(lw_ifconfig(m, "d0", false), 0);
	assert_int_equal(lw_getlink(m, d0, &link), 0);
	assert_int_equal(link.flags & IFF_UP, 0);
	assert_int_equal(lw_getlink(m, 99, &link), -ENODEV);
	assert_int_equal(lw_setlink_flags(m, 99, 0, IFF_UP), -ENODEV);
	assert_int_equal(lw_ifconfig(m, "x", true), -ENODEV);
	assert_int_equal(lw_ifindex(m, "x"), -ENODEV);

	assert_int_equal(lw_tun_set_iff(m, "tun0", false, false), 0);
	assert_int_equal(lw_tun_set_iff(m, "tun0", false, false), -EBUSY);
	assert_int_equal(lw_tun_set_carrier(m, "tun0", false), 0);
	assert_int_equal(lw_tun_set_persist(m, "tun0", true), 0);
	assert_int_equal(lw_tun_close(m, "tun0"), 0);
	assert_int_equal(lw_link_get(m, "tun0", &link), 0);
	assert_int_equal(lw_tun_set_iff(m, "tun0", false, false), 0);
	assert_int_equal(lw_tun_set_persist(m, "tun0", false), 0);
	assert_int_equal(lw_tun_close(m, "tun0"), 0);
	assert_int_equal(lw_link_get(m, "tun0", &link), -ENODEV);
	assert_int_equal(lw_tun_close(m, "d0"), -EBADF);
	assert_int_equal(lw_tun_set_iff(m, "a-name-too-long-", false, false), -EINVAL);
}

static void a_call_waits_for_rtnl(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(lw_link_add(f->machine, "d0", "dummy"), 0);
	drain(f);
	assert_int_equal(lw_rtnl_hold(f->machine, 300 * LW_MS), 0);
	assert_int_equal(lw_rtnl_hold(f->machine, LW_MS), -EBUSY);
	assert_int_equal(lw_link_up(f->machine, "d0"), 0);
	assert_int_equal(lw_now(f->machine), 300 * LW_MS);
	assert_int_equal(next(f).time_ns, 300 * LW_MS);
	assert_int_equal(lw_rtnl_hold(f->machine, -1), -EINVAL);
	assert_int_equal(lw_worker_latency(f->machine, -1), -EINVAL);
	assert_int_equal(lw_worker_latency(f->machine, 20 * LW_MS), 0);
}

static void namespaces_have_their_own_devices(void **state)
{
	struct fixture *f = *state;
	struct lw_machine *m = f->machine;
	struct lw_socket *inside;
	struct lw_link link;
	int netns = lw_netns_add(m);

	assert_int_equal(netns, 1);
	assert_int_equal(lw_netns_add(m), 2);
	assert_int_equal(lw_link_add_veth(m, "v0", "v1"), 0);
	assert_int_equal(lw_netns_enter(m, netns), 0);
	assert_int_equal(lw_socket_new(m, RTMGRP_LINK, 0, &inside), 0);
	assert_int_equal(lw_netns_enter(m, 0), 0);
	assert_int_equal(lw_link_netns(m, "v1", netns), 0);
	assert_int_equal(lw_link_get(m, "v1", &link), -ENODEV);
	assert_int_equal(lw_recv_link(inside, &link), 0);
	assert_string_equal(link.name, "v1");
	assert_int_equal(link.type, RTM_NEWLINK);
	drain(f);
	assert_int_equal(lw_netns_enter(m, netns), 0);
	assert_int_equal(lw_link_get(m, "v1", &link), 0);
	assert_int_equal(lw_link_mtu(m, "v1", 1400), 0);
	assert_nothing(f);
	assert_int_equal(lw_netns_del(m, netns), -EBUSY);
	assert_int_equal(lw_netns_enter(m, 0), 0);
	assert_int_equal(lw_netns_del(m, netns), -EBUSY); /* the socket */
	lw_socket_free(inside);
	assert_int_equal(lw_netns_del(m, netns), 0);
	assert_int_equal(lw_link_get(m, "v0", &link), -ENODEV); /* gone with its peer */
	assert_int_equal(lw_netns_del(m, netns), -ENOENT);
	assert_int_equal(lw_netns_del(m, 0), -ENOENT);
	assert_int_equal(lw_netns_enter(m, 9), -ENOENT);
	assert_int_equal(lw_link_netns(m, "lo", 9), -ENOENT);
	assert_int_equal(lw_netns_add(m), 1);
	for (int i = 3; i <= 16; i++)
		assert_int_equal(lw_netns_add(m), i);
	assert_int_equal(lw_netns_add(m), -ENOSPC);
}

static int setup_small_queue(void **state)
{
	return start(state, &(const struct lw_config){ .max_queued = 2 });
}

static void a_full_queue_loses_messages(void **state)
{
	struct fixture *f = *state;
	struct lw_link link;

	assert_int_equal(lw_link_add(f->machine, "d0", "dummy"), 0);
	assert_int_equal(lw_link_add(f->machine, "d1", "dummy"), 0);
	assert_int_equal(lw_link_add(f->machine, "d2", "dummy"), 0);
	assert_int_equal(lw_recv_link(f->socket, &link), -ENOBUFS);
	assert_string_equal(next(f).name, "d0");
	assert_int_equal(lw_link_add(f->machine, "d3", "dummy"), 0); /* congested until empty */
	assert_string_equal(next(f).name, "d1");
	assert_nothing(f);
	assert_int_equal(lw_link_add(f->machine, "d4", "dummy"), 0);
	assert_string_equal(next(f).name, "d4");
}

static void two_kernels_side_by_side(void **state)
{
	const char *const kernels[] = { "6.1", "6.1+urgent-event+setlink-event" };
	int64_t at_ns[2];

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct lw_machine *m;
		struct lw_socket *socket;
		struct lw_link link = { 0 };

		assert_int_equal(
			lw_new(&(const struct lw_config){ .kernel = kernels[i] }, &m, NULL), 0);
		assert_int_equal(lw_socket_new(m, RTMGRP_LINK, 0, &socket), 0);
		assert_int_equal(lw_virtnet_probe(m, "eth0", true, true), 0);
		assert_int_equal(lw_run_until(m, 400 * LW_MS), 0);
		assert_int_equal(lw_setlink_flags(m, lw_ifindex(m, "eth0"), IFF_UP, IFF_UP), 0);
		while (!(link.flags & IFF_RUNNING) && lw_run_until_message(socket, LW_NEVER) == 1)
			assert_int_equal(lw_recv_link(socket, &link), 0);
		at_ns[i] = link.time_ns;
		lw_socket_free(socket);
		lw_free(m);
	}
	assert_true(at_ns[0] > LW_SEC);
	assert_int_equal(at_ns[1], 400 * LW_MS);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(configs_are_checked),
		cmocka_unit_test(versions_are_listed),
		TEST(the_second_cable_comes_a_second_later),
		TEST(time_does_not_go_back),
		TEST(all_kinds_are_created),
		TEST(attributes_are_set),
		TEST(drivers_change_the_link),
		cmocka_unit_test_setup_teardown(what_a_kernel_lacks_is_refused, setup_5_4,
						teardown),
		TEST(programs_without_a_question),
		TEST(a_call_waits_for_rtnl),
		TEST(namespaces_have_their_own_devices),
		cmocka_unit_test_setup_teardown(a_full_queue_loses_messages, setup_small_queue,
						teardown),
		cmocka_unit_test(two_kernels_side_by_side),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
