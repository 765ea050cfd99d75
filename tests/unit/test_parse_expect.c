/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The scenario language: expectations. */
#include "parse_fixture.h"

static void scenario_parse__expectations_are_read(void **state)
{
	struct fixture f;
	const struct expect *expect;

	(void)state;
	parse(&f, "1s expect lo operstate Dormant\nexpect lo flags UP,lower_up\n"
		  "expect lo carrier on\nexpect lo carrier off\nexpect lo running yes\n"
		  "expect lo running no\nexpect lo linkmode testing\n"
		  "expect lo notify <UP,RUNNING> state UP\nexpect lo running within 4ms\n"
		  "expect lo quiet until 2s\nexpect lo quiet until +3s\n"
		  "expect lo notifications = 0x10\n");
	expect = expect_at(&f, 0, EXPECT_OPERSTATE);
	assert_int_equal(expect->value, IF_OPER_DORMANT);
	assert_null(expect->on);
	assert_span(&f, expect->value_span, "Dormant");
	expect = expect_at(&f, 1, EXPECT_FLAGS);
	assert_int_equal(expect->value, IFF_UP | IFF_LOWER_UP);
	assert_int_equal(expect_at(&f, 2, EXPECT_CARRIER)->value, 1);
	assert_int_equal(expect_at(&f, 3, EXPECT_CARRIER)->value, 0);
	assert_int_equal(expect_at(&f, 4, EXPECT_RUNNING)->value, 1);
	assert_int_equal(expect_at(&f, 5, EXPECT_RUNNING)->value, 0);
	assert_int_equal(expect_at(&f, 6, EXPECT_LINKMODE)->value, IF_LINK_MODE_TESTING);
	expect = expect_at(&f, 7, EXPECT_NOTIFY);
	assert_int_equal(expect->value, IFF_UP | IFF_RUNNING);
	assert_int_equal(expect->state, IF_OPER_UP);
	assert_span(&f, expect->value_span, "<UP,RUNNING> state UP");
	expect = expect_at(&f, 8, EXPECT_RUNNING_WITHIN);
	assert_int_equal(expect->duration_ns, 4 * MS);
	assert_span(&f, expect->value_span, "4ms");
	assert_int_equal(expect_at(&f, 9, EXPECT_QUIET_UNTIL)->until_ns, 2 * S);
	expect = expect_at(&f, 10, EXPECT_QUIET_UNTIL);
	assert_int_equal(expect->until_ns, 4 * S);
	assert_span(&f, expect->value_span, "+3s");
	expect = expect_at(&f, 11, EXPECT_NOTIFICATIONS);
	assert_int_equal(expect->value, 16);
	assert_span(&f, expect->value_span, "0x10");
	assert_int_equal(f.scenario->last_ns, S); /* deadlines do not count */
	teardown(&f);
}

static void scenario_parse__expected_fields_are_read(void **state)
{
	struct fixture f;
	const struct expect *expect;

	(void)state;
	parse(&f, "expect lo dev->operstate up\nexpect lo dev->state 0xFfffffffffffffff\n"
		  "expect lo dev->flags 4294967295\nexpect lo dev->link_mode dormant\n"
		  "expect lo dev->carrier_up_count 1\nexpect lo dev->carrier_down_count 0\n");
	expect = expect_at(&f, 0, EXPECT_FIELD);
	assert_int_equal(expect->field, DEV_OPERSTATE);
	assert_int_equal(expect->value, IF_OPER_UP);
	expect = expect_at(&f, 1, EXPECT_FIELD);
	assert_int_equal(expect->field, DEV_STATE);
	assert_true(expect->value == UINT64_MAX);
	expect = expect_at(&f, 2, EXPECT_FIELD);
	assert_int_equal(expect->field, DEV_FLAGS);
	assert_int_equal(expect->value, UINT32_MAX);
	expect = expect_at(&f, 3, EXPECT_FIELD);
	assert_int_equal(expect->field, DEV_LINK_MODE);
	assert_int_equal(expect->value, IF_LINK_MODE_DORMANT);
	assert_int_equal(expect_at(&f, 4, EXPECT_FIELD)->field, DEV_CARRIER_UP_COUNT);
	assert_int_equal(expect_at(&f, 4, EXPECT_FIELD)->value, 1);
	assert_int_equal(expect_at(&f, 5, EXPECT_FIELD)->field, DEV_CARRIER_DOWN_COUNT);
	teardown(&f);
}

static void scenario_parse__flag_lists_are_read(void **state)
{
	static const struct {
		const char *list;
		uint32_t flags;
	} rows[] = {
		{ "<>", 0 },
		{ "none", 0 },
		{ "UP", IFF_UP },
		{ "<UP>", IFF_UP },
		{ "DORMANT,LOWER_UP,RUNNING,UP",
		  IFF_UP | IFF_RUNNING | IFF_LOWER_UP | IFF_DORMANT },
	};
	struct fixture f;
	char text[100];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		snprintf(text, sizeof(text), "expect lo flags %s\n", rows[i].list);
		parse(&f, text);
		assert_int_equal(expect_at(&f, 0, EXPECT_FLAGS)->value, rows[i].flags);
		teardown(&f);
	}
}

static void scenario_parse__expect_errors(void **state)
{
	(void)state;
	assert_refused("expect lo operstat UP\n", 1, 11,
		       "unknown expectation 'operstat', did you mean 'operstate'?");
	assert_refused("expect\n", 1, 7, "expected a device's name, found the end of the line");
	assert_refused("expect lo operstate {\n}\n", 1, 21, "expected an operstate, found '{'");
	assert_refused("expect lo linkmode x\n", 1, 20,
		       "unknown link mode 'x', expected one of default, dormant, testing");
	assert_refused("expect lo flags\n", 1, 16,
		       "expected flags such as UP,LOWER_UP, found the end of the line");
	assert_refused("expect lo flags UP,,RUNNING\n", 1, 20,
		       "unknown flag '', expected one of UP, RUNNING, LOWER_UP, DORMANT");
	assert_refused("expect lo flags <UP,LOWERUP>\n", 1, 21,
		       "unknown flag 'LOWERUP', did you mean 'LOWER_UP'?");
	assert_refused("expect lo flags UP,UP\n", 1, 20, "flag 'UP' twice, expected it once");
	assert_refused("expect lo flags <\n", 1, 17,
		       "'<' is not closed, expected flags such as <UP,LOWER_UP>");
	assert_refused("expect lo carrier x\n", 1, 19, "unknown carrier 'x', expected on or off");
	assert_refused("expect lo running x\n", 1, 19,
		       "unknown running 'x', expected one of yes, no, within");
	assert_refused("expect lo running within\n", 1, 25,
		       "expected a duration, found the end of the line");
	assert_refused("expect lo notify UP UP\n", 1, 21, "expected 'state', found 'UP'");
	assert_refused("expect lo notify XX state UP\n", 1, 18,
		       "unknown flag 'XX', expected one of UP, RUNNING, LOWER_UP, DORMANT");
	assert_refused("expect lo quiet 2s\n", 1, 17, "expected 'until', found '2s'");
	assert_refused("expect lo quiet until\n", 1, 22,
		       "expected a time, found the end of the line");
	assert_refused("expect lo quiet until soon\n", 1, 23, "expected a time, found 'soon'");
	assert_refused("1s expect lo quiet until 0.5\n", 1, 26,
		       "time goes back to 500ms, expected at least 1s");
	assert_refused("expect lo notifications 1\n", 1, 25, "expected '=', found '1'");
	assert_refused("expect lo notifications = x\n", 1, 27, "expected a number, found 'x'");
	assert_refused("expect lo notifications = 18446744073709551616\n", 1, 27,
		       "18446744073709551616 is out of range, expected a number of at most "
		       "18446744073709551615");
	assert_refused("expect lo notifications =\n", 1, 26,
		       "expected a number, found the end of the line");
	assert_refused("expect lo dev->operstate 6\n", 1, 26,
		       "unknown operstate '6', expected one of UNKNOWN, NOTPRESENT, DOWN, "
		       "LOWERLAYERDOWN, TESTING, DORMANT, UP");
	assert_refused("expect lo dev->link_mode 1\n", 1, 26,
		       "unknown link mode '1', expected one of default, dormant, testing");
	assert_refused("expect lo dev->flags 0x100000000\n", 1, 22,
		       "0x100000000 is out of range, expected a number of at most 4294967295");
	assert_refused("expect lo dev->state 0xg\n", 1, 22, "expected a number, found '0xg'");
	assert_refused("expect lo dev->state 1a\n", 1, 22, "expected a number, found '1a'");
	assert_refused("expect lo dev->state 0x\n", 1, 22, "expected a number, found '0x'");
	assert_refused("expect lo running yes = ENODEV\n", 1, 23,
		       "expected the end of the line, found '='");
}

static void scenario_parse__on_keeps_its_patterns(void **state)
{
	struct fixture f;
	const struct expect *expect;

	(void)state;
	parse(&f, "1s on 6.1+setlink-event+urgent-event *+urgent* expect lo running no\n");
	assert_int_equal(stmt_at(&f, 0, STMT_EXPECT)->at_ns, S);
	expect = expect_at(&f, 0, EXPECT_RUNNING);
	assert_string_equal(expect->on[0], "6.1+urgent-event+setlink-event");
	assert_string_equal(expect->on[1], "*+urgent*");
	assert_null(expect->on[2]);
	teardown(&f);
	assert_refused("on\n", 1, 3, "expected a kernel, found the end of the line");
	assert_refused("on 6.1\n", 1, 7,
		       "expected a kernel or 'expect', found the end of the line");
	assert_refused("on 6.3 expect lo running no\n", 1, 4,
		       "no kernel '6.3', the nearest are 6.2 and 6.8");
	assert_refused("on 6.1 carrier_on lo\n", 1, 8,
		       "expected 'expect' (actions are the same on all kernels), found "
		       "'carrier_on'");
	assert_refused("on 6.1 expect\n", 1, 14,
		       "expected a device's name, found the end of the line");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scenario_parse__expectations_are_read),
		cmocka_unit_test(scenario_parse__expected_fields_are_read),
		cmocka_unit_test(scenario_parse__flag_lists_are_read),
		cmocka_unit_test(scenario_parse__expect_errors),
		cmocka_unit_test(scenario_parse__on_keeps_its_patterns),
	};

	return cmocka_run_group_tests_name("parse_expect", tests, NULL, NULL);
}
