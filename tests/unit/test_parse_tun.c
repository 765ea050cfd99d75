// SPDX-License-Identifier: GPL-2.0-or-later
/* `ip tuntap`, system calls on /dev/net/tun, and VRFs. */
#include "parse_fixture.h"

static void scenario_parse__tuntap_is_read(void **state)
{
	struct fixture f;
	const struct stmt *stmt;

	(void)state;
	parse(&f, "ip tuntap add dev t{0..2} mode tap pi vnet_hdr one_queue\n"
		  "ip tuntap add mode tun u0\n"
		  "ip tuntap del name t0 mode tap\n"
		  "ip tuntap delete u0 mode tun = EBUSY\n");
	stmt = stmt_at(&f, 0, STMT_IP_TUNTAP_ADD);
	assert_true(stmt->tun.is_tap);
	assert_int_equal(stmt->count, 3);
	stmt = stmt_at(&f, 1, STMT_IP_TUNTAP_ADD);
	assert_false(stmt->tun.is_tap);
	assert_string_equal(stmt->dev.prefix, "u0");
	assert_string_equal(stmt_at(&f, 2, STMT_IP_TUNTAP_DEL)->dev.prefix, "t0");
	assert_int_equal(stmt_at(&f, 3, STMT_IP_TUNTAP_DEL)->expected_error.error, EBUSY);
	assert_int_equal(f.scenario->max_devices, 6); /* `del` also creates one for a moment */
	teardown(&f);
}

static void scenario_parse__tuntap_errors(void **state)
{
	(void)state;
	assert_refused("ip tuntap\n", 1, 10,
		       "expected one of add, del, delete, found the end of the line");
	assert_refused("ip tuntap show\n", 1, 11,
		       "unknown word 'show', expected one of add, del, delete");
	assert_refused(
		"ip tuntap add mode tap\n", 1, 23,
		"expected a device's name (the kernel would choose one), found the end of the line");
	assert_refused("ip tuntap add t0\n", 1, 17,
		       "expected 'mode tap' or 'mode tun', found the end of the line");
	assert_refused("ip tuntap add t0 mode tab\n", 1, 23,
		       "unknown mode 'tab', did you mean 'tap'?");
	assert_refused("ip tuntap add t0 t1 mode tap\n", 1, 18, "second device, expected only one");
	assert_refused("ip tuntap add dev\n", 1, 18,
		       "expected a device's name, found the end of the line");
	assert_refused("ip tuntap add t0 mode tap user 0\n", 1, 27,
		       "lwsim does not support 'user' yet, expected one of dev, name, mode, pi, "
		       "vnet_hdr, one_queue");
}

static void scenario_parse__descriptor_words_are_read(void **state)
{
	struct fixture f;
	const struct stmt *stmt;

	(void)state;
	parse(&f, "tunsetiff t0 mode tap no_carrier\n"
		  "tunsetiff t1 mode tun\n"
		  "tunsetcarrier t0 on\n"
		  "tunsetpersist t0 off\n"
		  "tun_close t0\n");
	stmt = stmt_at(&f, 0, STMT_TUNSETIFF);
	assert_true(stmt->tun.is_tap && stmt->tun.is_carrier_off);
	stmt = stmt_at(&f, 1, STMT_TUNSETIFF);
	assert_false(stmt->tun.is_tap || stmt->tun.is_carrier_off);
	assert_true(stmt_at(&f, 2, STMT_TUNSETCARRIER)->is_up);
	assert_false(stmt_at(&f, 3, STMT_TUNSETPERSIST)->is_up);
	assert_string_equal(stmt_at(&f, 4, STMT_TUN_CLOSE)->dev.prefix, "t0");
	assert_int_equal(f.scenario->max_devices, 2);
	teardown(&f);
}

static void scenario_parse__descriptor_errors(void **state)
{
	(void)state;
	assert_refused("tunsetiff\n", 1, 10, "expected a device's name, found the end of the line");
	assert_refused("tunsetiff t0\n", 1, 13,
		       "expected 'mode tap' or 'mode tun', found the end of the line");
	assert_refused("tunsetiff t0 mode x\n", 1, 19, "unknown mode 'x', expected tap or tun");
	assert_refused("tunsetiff t0 mode tap x\n", 1, 23,
		       "expected the end of the line, found 'x'");
	assert_refused("tunsetcarrier\n", 1, 14,
		       "expected a device's name, found the end of the line");
	assert_refused("tunsetcarrier lo up\n", 1, 18, "unknown word 'up', expected on or off");
}

static void scenario_parse__vrf(void **state)
{
	struct fixture f;

	(void)state;
	parse(&f, "ip link add vrf0 type vrf table 0xffffffff\n");
	assert_int_equal(stmt_at(&f, 0, STMT_IP_LINK_ADD)->create.vrf_table, UINT32_MAX);
	assert_true(f.scenario->has_links);
	teardown(&f);
	assert_refused("ip link add v type vrf\n", 1, 23,
		       "expected 'table N', found the end of the line");
	assert_refused("ip link add v type vrf table\n", 1, 29,
		       "expected a table's number, found the end of the line");
	assert_refused(
		"ip link add v type vrf table 4294967296\n", 1, 30,
		"4294967296 is out of range, expected a table's number of at most 4294967295");
	assert_refused("ip link add v type vrf table 1 x\n", 1, 32,
		       "expected the end of the line, found 'x'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scenario_parse__tuntap_is_read),
		cmocka_unit_test(scenario_parse__tuntap_errors),
		cmocka_unit_test(scenario_parse__descriptor_words_are_read),
		cmocka_unit_test(scenario_parse__descriptor_errors),
		cmocka_unit_test(scenario_parse__vrf),
	};

	return cmocka_run_group_tests_name("parse_tun", tests, NULL, NULL);
}
