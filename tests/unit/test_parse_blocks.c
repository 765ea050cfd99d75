/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The scenario language: device names, ranges, repeat and batch. */
#include "parse_fixture.h"

static void scenario_parse__ranges_make_instances(void **state)
{
	struct fixture f;
	const struct stmt *stmt;
	char name[IFNAMSIZ];

	(void)state;
	parse(&f, "ip link add d{0..249}x type dummy\ncarrier_on d{10..12}x\ncarrier_on d7x\n"
		  "ip link add a{1..3} type veth peer name b{8..10}\n"
		  "expect a{2..2} running no\nexpect lo running no\n"
		  "ip link add e{4294967290..4294967295} type dummy\n");
	stmt = stmt_at(&f, 0, STMT_IP_LINK_ADD);
	assert_true(stmt->dev.is_range);
	assert_int_equal(stmt->count, 250);
	dev_name_at(&stmt->dev, 249, name);
	assert_string_equal(name, "d249x");
	assert_span(&f, stmt->dev.span, "d{0..249}x");
	stmt = stmt_at(&f, 1, STMT_CARRIER_ON);
	assert_int_equal(stmt->count, 3);
	dev_name_at(&stmt->dev, 0, name);
	assert_string_equal(name, "d10x");
	dev_name_at(&stmt_at(&f, 2, STMT_CARRIER_ON)->dev, 0, name);
	assert_string_equal(name, "d7x");
	stmt = stmt_at(&f, 3, STMT_IP_LINK_ADD);
	assert_int_equal(stmt->count, 3);
	dev_name_at(&stmt->peer, 2, name);
	assert_string_equal(name, "b10");
	assert_int_equal(stmt_at(&f, 4, STMT_EXPECT)->count, 1);
	dev_name_at(&stmt_at(&f, 6, STMT_IP_LINK_ADD)->dev, 5, name);
	assert_string_equal(name, "e4294967295");
	assert_int_equal(f.scenario->statement_count, 250 + 3 + 1 + 3 + 1 + 1 + 6);
	assert_int_equal(f.scenario->max_devices, 250 + 6 + 6);
	teardown(&f);
	parse(&f, "param devs = d{0..3}\nip link add $devs type dummy\n");
	assert_int_equal(stmt_at(&f, 0, STMT_IP_LINK_ADD)->count, 4);
	teardown(&f);
}

static void scenario_parse__range_errors(void **state)
{
	static const char *const bad[] = {
		"d{",
		"d{}",
		"d{1}",
		"d{1..}",
		"d{..1}",
		"d{1.2}",
		"d{01..2}",
		"d{0..2",
		"d{1..2x}",
		"d}",
		"d{1-2}",
		"d{a..b}",
		"d{1..02}",
		"d{1,2}",
		"d{1..4294967296}",
		"d{00..1}",
		"d{1..99999999999}",
	};
	char text[100];
	size_t i;

	(void)state;
	for (i = 1; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const char *brace = strpbrk(bad[i], "{}");

		snprintf(text, sizeof(text), "ip link add %s type dummy\n", bad[i]);
		assert_refused(text, 1, 13 + (uint32_t)(brace - bad[i]),
			       "bad range, expected {FIRST..LAST}");
	}
	/* `d{` opens a block */
	assert_refused("ip link add d{ type dummy\n", 1, 14,
		       "expected the end of the line, found '{'");
	assert_refused("ip link add d{1..2}{1..2} type dummy\n", 1, 13,
		       "two ranges in a name, expected one");
	assert_refused("ip link add d{1..2}} type dummy\n", 1, 13,
		       "two ranges in a name, expected one");
	assert_refused("ip link add d{2..1} type dummy\n", 1, 14,
		       "range goes down, expected {1..2}");
	assert_refused("ip link add d{0..10000000} type dummy\n", 1, 14,
		       "range of 10000001 values, expected at most 10000000");
	assert_refused("ip link add d{0..4294967295} type dummy\n", 1, 14,
		       "range of 4294967296 values, expected at most 10000000");
	assert_refused("ip link add a{1..3} type veth peer b{1..2}\n", 1, 36,
		       "range of 2 values, expected 3, as in the first range");
	assert_refused("ip link add abcdefghijklm{9..100} type dummy\n", 1, 13,
		       "device name of 16 bytes, expected at most 15");
	/* An error in the line that creates a device is not repeated for lines that use it. */
	assert_refused("ip link add d{2..1} type dummy\ncarrier_on d1\n", 1, 14,
		       "range goes down, expected {1..2}");
}

static void scenario_parse__names_follow_the_kernels_rule(void **state)
{
	struct fixture f;

	(void)state;
	parse(&f,
	      "virtnet_probe 123456789012345 status=on\nvirtnet_probe \xc3\xa4@b-c.d status=on\n"
	      "ip link add ... type dummy\n");
	teardown(&f);
	assert_refused("virtnet_probe 1234567890123456 status=on\n", 1, 15,
		       "device name of 16 bytes, expected at most 15");
	assert_refused("virtnet_probe a/b status=on\n", 1, 15,
		       "bad device name 'a/b', expected no '/' or ':', and not '.' or '..'");
	assert_refused("virtnet_probe a:b status=on\n", 1, 15,
		       "bad device name 'a:b', expected no '/' or ':', and not '.' or '..'");
	assert_refused("dev_open ..\n", 1, 10,
		       "bad device name '..', expected no '/' or ':', and not '.' or '..'");
	assert_refused("virtnet_probe eth%d status=on\n", 1, 15,
		       "lwsim does not support a '%' that the kernel replaces by a number yet, "
		       "expected a whole name");
}

static void scenario_parse__device_may_be_created_further_down(void **state)
{
	struct fixture f;

	(void)state;
	parse(&f, "carrier_on eth0 = ENODEV\nrepeat 2 every 1s {\ncarrier_on v1 = ENODEV\n}\n"
		  "virtnet_probe eth0 status=on\nip link add v0 type veth peer v1\n");
	teardown(&f);
}

static void scenario_parse__device_that_no_line_creates_is_refused(void **state)
{
	static const char further[] =
		"no line creates device 'bridge0', expected 'ip link add' or 'virtnet_probe'";

	(void)state;
	assert_refused("virtnet_probe eth0 status=on\ncarrier_on eht0\n", 2, 12,
		       "no line creates device 'eht0', did you mean 'eth0'?");
	assert_refused("carrier_on bridge0\n", 1, 12, further);
	assert_refused("repeat 2 every 1s {\nbatch {\ncarrier_on bridge0\n}\n}\n", 3, 12, further);
	assert_refused("virtnet_probe eth0 status=on\nexpect Lo running no\n", 2, 8,
		       "no line creates device 'Lo', did you mean 'lo'?");
}

static void scenario_parse__range_members_are_known(void **state)
{
	struct fixture f;

	(void)state;
	parse(&f, "ip link add d{0..9} type dummy\nip link add d{10..19} type dummy\n"
		  "ip link add d{30..39} type dummy\nip link add d{25..30} type dummy\n"
		  "ip link add d{30..41} type dummy\n"
		  "ip link add e1{0..9}7 type dummy\nip link add f1 type dummy\n"
		  "ip link add f2 type dummy\n"
		  "carrier_on d{0..19}\ncarrier_on d{25..41}\ncarrier_on d0\n"
		  "carrier_on e{107..107}\ncarrier_on e107\ncarrier_on e1{5..6}7\n"
		  "carrier_on f{1..2}\n");
	teardown(&f);
	assert_refused("ip link add d{0..9}x type dummy\ncarrier_on d{0..9}\n", 2, 12,
		       "no line creates device 'd0', did you mean 'd0x'?");
	assert_refused("ip link add d{0..9} type dummy\ncarrier_on d{8..11}\n", 2, 12,
		       "no line creates device 'd10', did you mean 'd0'?");
	assert_refused("ip link add d{0..9} type dummy\ncarrier_on d05\n", 2, 12,
		       "no line creates device 'd05', did you mean 'd0'?");
	assert_refused("ip link add longname{0..2000} type dummy\ncarrier_on d5\n", 2, 12,
		       "no line creates device 'd5', expected 'ip link add' or 'virtnet_probe'");
}

static void scenario_parse__many_devices_are_looked_up(void **state)
{
	char *text = malloc(200000), *end = text;
	struct fixture f;
	unsigned int i;

	(void)state;
	for (i = 0; i < 1000; i++)
		end += sprintf(end,
			       "virtnet_probe e%u status=on\nip link add e%ux{0..1} type dummy\n"
			       "carrier_on e%u\ncarrier_on e%ux1\n",
			       i, i, i, i);
	parse(&f, text);
	assert_int_equal(f.scenario->max_devices, 3000);
	assert_int_equal(f.scenario->statement_count, 5000);
	teardown(&f);
	free(text);
}

static void scenario_parse__a_wrong_line_makes_no_second_error(void **state)
{
	(void)state;
	assert_refused("virtnet_prob eth1 status=on\ncarrier_on eth1\n", 1, 1,
		       "unknown word 'virtnet_prob', did you mean 'virtnet_probe'?");
	assert_refused("virtnet_probe eth1 status=onn\ncarrier_on eth1\n", 1, 27,
		       "unknown status 'onn', did you mean 'on'?");
	assert_refused("virtnet_prob d{0..3}\ncarrier_on d1\n", 1, 1,
		       "unknown word 'virtnet_prob', did you mean 'virtnet_probe'?");
	assert_refused("ip lnk add eth1 type dummy\ncarrier_on eth1\n", 1, 4,
		       "unknown word 'lnk', did you mean 'link'?");
	assert_refused("ip link add vf 9000 name eth1 type dummy\ncarrier_on eth1\n", 1, 13,
		       "lwsim does not support 'vf' yet, expected " LINK_WORDS);
	assert_refused("virtnet_probe eth1 \"status\ncarrier_on eth1\n", 1, 20,
		       "string is not closed, expected '\"' before the end of the line");
	assert_refused("virtnet_probe eth1\x01\ncarrier_on eth1\n", 1, 19,
		       "control character U+0001, expected printable text");
	assert_refused("repaet 3 every 1s {\n1s mark\n0.5 mark\nrepeat 2 every 1s {\nbatch {\n}\n"
		       "end\n}\n}\n",
		       1, 1, "unknown word 'repaet', did you mean 'repeat'?");
	assert_refused("repeat \"3 every 1s {\nmark\n}\n", 1, 8,
		       "string is not closed, expected '\"' before the end of the line");
	assert_refused("carrier_on lo {\n}\n", 1, 15, "expected the end of the line, found '{'");
	assert_refused("hz 100 {\n}\n", 1, 8, "expected the end of the line, found '{'");
}

static void scenario_parse__a_guess_is_no_suggestion(void **state)
{
	struct fixture f;
	static const char text[] = "frobnicate eth0\nvirtnet_probe eth0 status=onn\n"
				   "carrier_on bridge0\ncarrier_on bridge1\nfrobnicate bridge0\n";

	(void)state;
	parse_with(&f, text, strlen(text), NULL, 0);
	assert_int_equal(f.diags.count, 4);
	assert_string_equal(
		f.diags.items[3].text,
		"no line creates device 'bridge1', expected 'ip link add' or 'virtnet_probe'");
	teardown(&f);
}

static void scenario_parse__repeat_is_read(void **state)
{
	struct fixture f;
	const struct stmt *repeat, *inner;

	(void)state;
	parse(&f, "virtnet_probe a status=on\n1s repeat 3 every 1s{ # flap\n"
		  "carrier_on a\n+500ms carrier_off a\nexpect a quiet until +1ms\n"
		  "+1ms repeat 2 every 2ms {\nvirtnet_probe b{0..4} status=on\n}\nmark\n}\n"
		  "carrier_on a\n+1s mark\nrepeat 5 every 1s {\n}\n+0 mark\n10s end\n");
	repeat = stmt_at(&f, 1, STMT_REPEAT);
	assert_int_equal(repeat->at_ns, S);
	assert_int_equal(repeat->block.times, 3);
	assert_int_equal(repeat->block.every_ns, S);
	assert_int_equal(repeat->block.body->at_ns, 0);
	assert_int_equal(repeat->block.body->next->at_ns, 500 * MS);
	assert_int_equal(repeat->block.body->next->next->expect.until_ns, 501 * MS);
	inner = repeat->block.body->next->next->next;
	assert_int_equal(inner->kind, STMT_REPEAT);
	assert_int_equal(inner->at_ns, 501 * MS);
	assert_int_equal(inner->block.body->at_ns, 0);
	assert_int_equal(inner->next->at_ns, 505 * MS);
	assert_null(inner->next->next);
	assert_int_equal(stmt_at(&f, 2, STMT_CARRIER_ON)->at_ns, 4 * S);
	assert_int_equal(stmt_at(&f, 3, STMT_MARK)->at_ns, 5 * S);
	assert_null(stmt_at(&f, 4, STMT_REPEAT)->block.body);
	assert_int_equal(stmt_at(&f, 5, STMT_MARK)->at_ns, 10 * S);
	assert_true(f.scenario->has_end);
	assert_int_equal(f.scenario->end_ns, 10 * S);
	assert_int_equal(f.scenario->last_ns, 10 * S);
	/* An empty iteration counts as one. */
	assert_int_equal(f.scenario->statement_count, 1 + 3 * (3 + 2 * 5 + 1) + 2 + 5 + 1);
	assert_int_equal(f.scenario->max_devices, 1 + 3 * 2 * 5);
	teardown(&f);
}

static void scenario_parse__last_is_of_the_last_iteration(void **state)
{
	struct fixture f;

	(void)state;
	parse(&f, "1s repeat 3 every 1s {\n+400ms mark\n}\n");
	assert_int_equal(f.scenario->last_ns, 3400 * MS);
	teardown(&f);
	parse(&f, "repeat 2 every 0 {\nmark\n}\nrepeat 1 every 0 {\n+5s mark\n}\n");
	assert_int_equal(f.scenario->last_ns, 5 * S);
	teardown(&f);
}

static void scenario_parse__batch_is_one_instant(void **state)
{
	struct fixture f;
	const struct stmt *batch;

	(void)state;
	parse(&f, "1s batch {\nip link add v0 type veth peer v1\nip link set v0 up = ENODEV\n}\n"
		  "repeat 2 every 1s {\n+5ms batch {\nifconfig lo up\n}\n}\n");
	batch = stmt_at(&f, 0, STMT_BATCH);
	assert_int_equal(batch->at_ns, S);
	assert_int_equal(batch->block.times, 1);
	assert_int_equal(batch->block.body->at_ns, S);
	assert_int_equal(batch->block.body->next->expected_error.error, ENODEV);
	batch = stmt_at(&f, 1, STMT_REPEAT)->block.body;
	assert_int_equal(batch->kind, STMT_BATCH);
	assert_int_equal(batch->block.body->at_ns, 5 * MS);
	assert_int_equal(f.scenario->statement_count, 4);
	assert_int_equal(f.scenario->max_devices, 2);
	teardown(&f);
	assert_refused("batch {\nmark\n}\n", 2, 1, "'mark' in a batch, expected an action");
	assert_refused("batch {\nworker latency 1s\n}\n", 2, 1,
		       "'worker' in a batch, expected an action");
	assert_refused("batch {\nbatch {\n}\n}\n", 2, 1, "'batch' in a batch, expected an action");
	assert_refused("batch {\n1s carrier_on lo\n}\n", 2, 1,
		       "time in a batch, expected none: a batch is one instant");
	assert_refused("batch x {\n}\n", 1, 7, "expected '{', found 'x'");
	assert_refused("batch\n", 1, 6, "expected '{', found the end of the line");
}

static void scenario_parse__block_errors(void **state)
{
	(void)state;
	assert_refused("repeat\n", 1, 7, "expected a number of times, found the end of the line");
	assert_refused("repeat x every 1s {\n}\n", 1, 8, "expected a number of times, found 'x'");
	assert_refused("repeat 0 every 1s {\n}\n", 1, 8, "repeat of 0 times, expected at least 1");
	assert_refused("repeat 10000001 every 1s {\n}\n", 1, 8,
		       "10000001 is out of range, expected a number of times of at most 10000000");
	assert_refused("repeat 3 {\n}\n", 1, 10, "expected 'every', found '{'");
	assert_refused("repeat 3 every {\n}\n", 1, 16, "expected a duration, found '{'");
	assert_refused("repeat 3 every 1s\n", 1, 18, "expected '{', found the end of the line");
	assert_refused("repeat 3 every 1s { mark\n", 1, 21,
		       "expected the end of the line, found 'mark'");
	assert_refused("repeat 3 every 1s {\n1s mark\n}\n", 2, 1,
		       "absolute time in a repeat, expected a relative one, with '+'");
	assert_refused("repeat 3 every 1s {\nexpect lo quiet until 1s\n}\n", 2, 23,
		       "absolute time in a repeat, expected a relative one, with '+'");
	assert_refused("repeat 2 every 1s {\n+1001ms mark\n}\n", 1, 16,
		       "the repeat's body lasts 1001ms, expected at most 1s");
	assert_refused("repeat 1000 every 99999999 {\n}\n", 1, 8,
		       "the repeat ends too late, expected at most 100 years");
	assert_refused("3162240000s repeat 1 every 0 {\n+1s mark\n}\n", 1, 13,
		       "the repeat ends too late, expected at most 100 years");
	assert_refused("repeat 2 every 1s {\nmark\n", 1, 1,
		       "block is not closed, expected '}' before the end");
	assert_refused("repeat 2 every 1s {\n-- trace 6.1 --\n}\n", 1, 1,
		       "block is not closed, expected '}' before the end");
	assert_refused("}\n", 1, 1, "'}' without an open block, expected a statement");
	assert_refused("batch {\n} mark\n}\n", 2, 3,
		       "text after '}', expected '}' alone on its line");
	assert_refused("1s }\n", 1, 4, "expected a statement, found '}'");
	assert_refused("{\n}\n", 1, 1, "expected a statement, found '{'");
}

static void scenario_parse__blocks_nest_to_a_limit(void **state)
{
	char text[1000] = "";
	struct fixture f;
	int i;

	(void)state;
	for (i = 0; i < BLOCK_DEPTH_MAX; i++)
		strcat(text, "repeat 2 every 0 {\n");
	strcat(text, "mark\n");
	for (i = 0; i < BLOCK_DEPTH_MAX; i++)
		strcat(text, "}\n");
	parse(&f, text);
	assert_int_equal(f.scenario->statement_count, 256);
	teardown(&f);
	text[0] = '\0';
	for (i = 0; i <= BLOCK_DEPTH_MAX; i++)
		strcat(text, "repeat 2 every 0 {\n");
	for (i = 0; i <= BLOCK_DEPTH_MAX; i++)
		strcat(text, "}\n");
	assert_refused(text, 9, 18, "blocks too deep, expected at most 8");
}

static void scenario_parse__too_many_statements_are_refused_once(void **state)
{
	static const char message[] = "more than 10000000 statements, expected fewer";
	struct fixture f;

	(void)state;
	assert_refused(
		"repeat 10000000 every 0 {\nmark\nmark\n}\nmark\nrepeat 10000000 every 0 {\n}\n", 1,
		1, message);
	assert_refused("repeat 10000000 every 0 {\nrepeat 10000000 every 0 {\n}\n}\n", 1, 1,
		       message);
	assert_refused(
		"ip link add d{1..9} type dummy\nrepeat 1111111 every 0 {\ncarrier_on d{1..9}\n}\n",
		2, 1, message);
	parse(&f, "repeat 10000000 every 1us {\nmark\n}\n");
	assert_int_equal(f.scenario->statement_count, STATEMENTS_MAX);
	teardown(&f);
}

static void scenario_parse__too_many_devices_are_refused_once(void **state)
{
	struct fixture f;

	(void)state;
	parse(&f, "repeat 250000 every 0 {\nip link add a type veth peer b\n"
		  "ip link add c type veth peer d\n}\n");
	assert_int_equal(f.scenario->max_devices, 1000000);
	teardown(&f);
	assert_refused("repeat 250001 every 0 {\nip link add a type veth peer b\n"
		       "ip link add c type veth peer d\n}\nip link add d0 type dummy\n",
		       1, 1, "more than 1000000 new devices, expected fewer");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scenario_parse__ranges_make_instances),
		cmocka_unit_test(scenario_parse__range_errors),
		cmocka_unit_test(scenario_parse__names_follow_the_kernels_rule),
		cmocka_unit_test(scenario_parse__device_may_be_created_further_down),
		cmocka_unit_test(scenario_parse__device_that_no_line_creates_is_refused),
		cmocka_unit_test(scenario_parse__range_members_are_known),
		cmocka_unit_test(scenario_parse__many_devices_are_looked_up),
		cmocka_unit_test(scenario_parse__a_wrong_line_makes_no_second_error),
		cmocka_unit_test(scenario_parse__a_guess_is_no_suggestion),
		cmocka_unit_test(scenario_parse__repeat_is_read),
		cmocka_unit_test(scenario_parse__last_is_of_the_last_iteration),
		cmocka_unit_test(scenario_parse__batch_is_one_instant),
		cmocka_unit_test(scenario_parse__block_errors),
		cmocka_unit_test(scenario_parse__blocks_nest_to_a_limit),
		cmocka_unit_test(scenario_parse__too_many_statements_are_refused_once),
		cmocka_unit_test(scenario_parse__too_many_devices_are_refused_once),
	};

	return cmocka_run_group_tests_name("parse_blocks", tests, NULL, NULL);
}
