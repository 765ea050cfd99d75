/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The scenario language: header, parameters, times, snapshots, invalid text. */
#include "parse_fixture.h"

static void scenario_parse__of_nothing_has_the_defaults(void **state)
{
	struct fixture f;
	struct kernel newest = kernel_default();

	(void)state;
	parse(&f, "");
	assert_string_equal(f.scenario->title, "");
	assert_false(f.scenario->has_kernel);
	assert_true(kernel_equal(&f.scenario->kernel, &newest));
	assert_int_equal(f.scenario->compare_count, 0);
	assert_int_equal(f.scenario->hz, 250);
	assert_int_equal(f.scenario->long_bits, 64);
	assert_false(f.scenario->timers_exact);
	assert_null(f.scenario->stmts);
	assert_false(f.scenario->has_end);
	assert_int_equal(f.scenario->last_ns, 0);
	assert_int_equal(f.scenario->statement_count, 0);
	assert_int_equal(f.scenario->max_devices, 0);
	assert_int_equal(f.scenario->text_end, 0);
	teardown(&f);
	scenario_free(NULL);
}

static void scenario_parse__header_is_read(void **state)
{
	struct fixture f;
	char name[KERNEL_NAME_MAX_BYTES];

	(void)state;
	parse(&f,
	      "# first\r\n\r\ntitle \"early \\\"dev_open\\\" \\\\ \xc3\xa4\"\r\nkernel 5.8 # old\n"
	      "compare 5.8 6.1+setlink-event+urgent-event\nhz 1000\nbits 32\ntimers exact\n"
	      "param open = 400ms\n");
	assert_string_equal(f.scenario->title, "early \"dev_open\" \\ \xc3\xa4");
	assert_true(f.scenario->has_kernel);
	kernel_name(&f.scenario->kernel, name);
	assert_string_equal(name, "5.8");
	assert_int_equal(f.scenario->compare_count, 2);
	kernel_name(&f.scenario->compare[1], name);
	assert_string_equal(name, "6.1+urgent-event+setlink-event");
	assert_int_equal(f.scenario->hz, 1000);
	assert_int_equal(f.scenario->long_bits, 32);
	assert_true(f.scenario->timers_exact);
	assert_int_equal(f.scenario->params_count, 1);
	assert_string_equal(f.scenario->params[0].name, "open");
	assert_string_equal(f.scenario->params[0].value, "400ms");
	teardown(&f);
	parse(&f, "timers wheel\nhz 100\nbits 64\n");
	assert_false(f.scenario->timers_exact);
	teardown(&f);
}

static void scenario_parse__times_are_exact(void **state)
{
	static const struct {
		const char *time;
		int64_t ns;
	} rows[] = {
		{ "0", 0 },
		{ "0.010", 10 * MS },
		{ "4s", 4 * S },
		{ "1.5s", 1500 * MS },
		{ "400ms", 400 * MS },
		{ "0.000001ms", 1 },
		{ "10us", 10000 },
		{ "1.234us", 1234 },
		{ "0.123456789", 123456789 },
		{ "0.1234567890000000000000000000000000000000000000", 123456789 },
		{ "00000000000000000000000000000000000001", S },
		{ "1j", 3333334 },
		{ "2j", 6666667 },
		{ "3j", 10 * MS },
		{ "3.0j", 10 * MS },
		{ "300j", S },
		{ "301j", S + 3333334 },
		{ "+4", 4 * S },
		{ "+3j", 10 * MS },
		{ "3162240000s", SCENARIO_MAX_NS },
		{ "948672000000j", SCENARIO_MAX_NS },
	};
	char text[200];
	struct fixture f;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		snprintf(text, sizeof(text), "hz 300\n%s carrier_on lo\n", rows[i].time);
		parse(&f, text);
		assert_int_equal(stmt_at(&f, 0, STMT_CARRIER_ON)->at_ns, rows[i].ns);
		assert_int_equal(f.scenario->last_ns, rows[i].ns);
		teardown(&f);
	}
}

static void scenario_parse__plus_counts_from_the_previous_time(void **state)
{
	struct fixture f;

	(void)state;
	parse(&f, "param wait = 5ms\nparam at = +${wait}\n"
		  "mark\n1s mark\nmark\n+500ms mark\n$at mark\n+$wait mark\n");
	assert_int_equal(stmt_at(&f, 0, STMT_MARK)->at_ns, 0);
	assert_int_equal(stmt_at(&f, 1, STMT_MARK)->at_ns, S);
	assert_int_equal(stmt_at(&f, 2, STMT_MARK)->at_ns, S);
	assert_int_equal(stmt_at(&f, 3, STMT_MARK)->at_ns, 1500 * MS);
	assert_int_equal(stmt_at(&f, 4, STMT_MARK)->at_ns, 1505 * MS);
	assert_int_equal(stmt_at(&f, 5, STMT_MARK)->at_ns, 1510 * MS);
	assert_null(stmt_at(&f, 5, STMT_MARK)->dev.prefix);
	assert_int_equal(stmt_at(&f, 5, STMT_MARK)->line, 8);
	teardown(&f);
}

static void scenario_parse__time_that_is_none_is_refused(void **state)
{
	(void)state;
	assert_refused("1s mark\n400ms mark\n", 2, 1,
		       "time goes back to 400ms, expected at least 1s");
	assert_refused("1.5ms mark\n0.000000001 mark\n", 2, 1,
		       "time goes back to 1ns, expected at least 1500us");
	assert_refused("4sec mark\n", 1, 2, "unknown unit 'sec', expected one of s, ms, us, j");
	assert_refused("4. mark\n", 1, 1, "bad time '4.', expected one such as 0.5, 400ms or 10j");
	assert_refused("+ mark\n", 1, 1, "bad time '+', expected one such as 0.5, 400ms or 10j");
	assert_refused("++1 mark\n", 1, 1,
		       "bad time '++1', expected one such as 0.5, 400ms or 10j");
	assert_refused("1.5j mark\n", 1, 1, "fraction of a jiffy, expected a whole number");
	assert_refused("0.0001us mark\n", 1, 1,
		       "fraction of a ns, expected at most 3 digits after the point");
	assert_refused("3162240001s mark\n", 1, 1, "time out of range, expected at most 100 years");
	assert_refused("3162240000.1s mark\n", 1, 1,
		       "time out of range, expected at most 100 years");
	assert_refused("99999999999999999999999999999us mark\n", 1, 1,
		       "time out of range, expected at most 100 years");
	assert_refused("99999999999999999999999999999j mark\n", 1, 1,
		       "time out of range, expected at most 100 years");
	assert_refused("3162240000s mark\n+1us mark\n", 2, 1,
		       "time out of range, expected at most 100 years");
	assert_refused("1s\n", 1, 3, "expected a statement, found the end of the line");
	assert_refused("1s \"mark\"\n", 1, 4, "expected a statement, found \"mark\"");
}

static void scenario_parse__a_bad_line_still_moves_the_clock(void **state)
{
	(void)state;
	/* otherwise the second line would be an error too, or the third none */
	assert_refused("1s frob\n+1s mark\n2s mark\n", 1, 4,
		       "unknown word 'frob', expected a statement");
}

static void scenario_parse__header_errors(void **state)
{
	(void)state;
	assert_refused("titel \"x\"\n", 1, 1, "unknown word 'titel', did you mean 'title'?");
	assert_refused("mark\ntitel \"x\"\n", 2, 1, "unknown word 'titel', expected a statement");
	assert_refused("title x\n", 1, 7, "expected the title as a \"string\", found 'x'");
	assert_refused("title\n", 1, 6,
		       "expected the title as a \"string\", found the end of the line");
	assert_refused("title \"a\" b\n", 1, 11, "expected the end of the line, found 'b'");
	assert_refused("hz 100\nhz 100\n", 2, 1, "'hz' twice, expected it only on line 1");
	assert_refused("mark\nhz 100\n", 2, 1, "'hz' after a statement, expected it at the top");
	assert_refused("1s hz 100\n", 1, 4, "'hz' with a time, expected it at the top");
	assert_refused("hz 200\n", 1, 4, "unknown hz '200', expected one of 100, 250, 300, 1000");
	assert_refused("hz\n", 1, 3,
		       "expected one of 100, 250, 300, 1000, found the end of the line");
	assert_refused("bits 16\n", 1, 6, "unknown bits '16', expected 32 or 64");
	assert_refused("timers weel\n", 1, 8, "unknown timers 'weel', did you mean 'wheel'?");
	assert_refused("kernel\n", 1, 7, "expected a kernel, found the end of the line");
	assert_refused("kernel src:nowhere/linux\n", 1, 12,
		       "there is no file or folder 'nowhere/linux'");
	assert_refused(
		"kernel 6.1+\n", 1, 12,
		"unknown change '', expected one of urgent-event, setlink-event, iflink-op-urgent, limit-5ms, open-syncs");
	assert_refused(
		"kernel 6.1+x\n", 1, 12,
		"unknown change 'x', expected one of urgent-event, setlink-event, iflink-op-urgent, limit-5ms, open-syncs");
	assert_refused("kernel 6.1+urgent-event+urgent-event\n", 1, 25,
		       "change 'urgent-event' twice, expected it once");
	assert_refused(
		"kernel 6.1+carrier-event\n", 1, 12,
		"unknown change 'carrier-event', expected one of urgent-event, setlink-event, iflink-op-urgent, limit-5ms, open-syncs");
	assert_refused("compare 5.8 6.1 5.8\n", 1, 17, "kernel twice, expected it once");
	assert_refused("param k = 6.1+urgent\nkernel $k\n", 2, 8,
		       "unknown change 'urgent', did you mean 'urgent-event'?");
}

static void scenario_parse__param_errors(void **state)
{
	(void)state;
	assert_refused("param\n", 1, 6, "expected a parameter's name, found the end of the line");
	assert_refused("param 1x = 1\n", 1, 7,
		       "expected a parameter's name of letters, digits and '_', found '1x'");
	assert_refused("param x-y = 1\n", 1, 7,
		       "expected a parameter's name of letters, digits and '_', found 'x-y'");
	assert_refused("param x 1\n", 1, 9, "expected '=', found '1'");
	assert_refused("param x =\n", 1, 10,
		       "expected the parameter's value, found the end of the line");
	assert_refused("param x = \"a\"\n", 1, 11, "expected the parameter's value, found \"a\"");
	assert_refused("param x = 1 2\n", 1, 13, "expected the end of the line, found '2'");
	assert_refused("param _x1 = 1\nparam _x1 = 1\n", 2, 7,
		       "parameter '_x1' twice, expected only line 1 to set it");
	assert_refused("param Open = 1\n+$opne mark\n", 2, 2,
		       "unknown parameter 'opne', did you mean 'Open'?");
	assert_refused("+$x mark\n", 1, 2,
		       "unknown parameter 'x', expected one that a 'param' line sets");
	assert_refused("+$ mark\n", 1, 2, "'$' without a parameter, expected $NAME or ${NAME}");
	assert_refused("+${x mark\n", 1, 2, "'$' without a parameter, expected $NAME or ${NAME}");
	assert_refused("+${} mark\n", 1, 2, "'$' without a parameter, expected $NAME or ${NAME}");
	assert_refused("mark $", 1, 6, "'$' without a parameter, expected $NAME or ${NAME}");
	assert_refused("mark ${x", 1, 6, "'$' without a parameter, expected $NAME or ${NAME}");
	/* A name that is lost with its line causes no second error. */
	assert_refused("param x 1\n+$x mark\nrepeat $x every 1s {\nmark\n}\n", 1, 9,
		       "expected '=', found '1'");
}

static void scenario_parse__too_many_params_are_refused(void **state)
{
	char *text = malloc(3000000), *end = text;
	unsigned int i;

	(void)state;
	for (i = 0; i < 100001; i++)
		end += sprintf(end, "param x%u = 1\n", i);
	assert_refused(text, 100001, 7, "more than 100000 parameters, expected fewer");
	free(text);
}

static void scenario_parse__params_do_not_grow_without_bound(void **state)
{
	char text[9000];
	unsigned int i;

	(void)state;
	strcpy(text, "param a = ");
	for (i = 0; i < 4000; i++)
		strcat(text, "x");
	strcat(text, "\nparam b = ab${a}\nparam c = $b$b\n");
	assert_refused(text, 3, 11,
		       "word too long with its parameters, expected at most 4096 bytes");
}

static void scenario_parse__set_overrides_a_param(void **state)
{
	static const struct param_setting settings[] = { { "open", "1s" }, { "open", "2s" } };
	static const char text[] = "param open = 400ms\n+$open mark\n";
	struct fixture f;

	(void)state;
	parse_with(&f, text, strlen(text), settings, 2);
	assert_non_null(f.scenario);
	assert_string_equal(f.scenario->params[0].value, "2s");
	assert_int_equal(f.scenario->last_ns, 2 * S);
	teardown(&f);
}

static void assert_setting_refused(const char *text, const char *name, const char *value,
				   const char *message)
{
	const struct param_setting setting = { name, value };
	struct fixture f;

	parse_with(&f, text, strlen(text), &setting, 1);
	assert_null(f.scenario);
	assert_int_equal(f.diags.count, 1);
	assert_string_equal(f.diags.items[0].text, message);
	teardown(&f);
}

static void scenario_parse__setting_that_fits_no_param_is_refused(void **state)
{
	static const char one_word[] = "bad value in --set open=, expected one word";
	static const char text[] = "param open = 400ms\n";
	char *long_value = calloc(1, SOURCE_LINE_MAX_BYTES + 2);
	struct fixture f;

	(void)state;
	assert_setting_refused(text, "opan", "1s",
			       "unknown parameter 'opan', did you mean 'open'?");
	assert_setting_refused(text, "x", "1s",
			       "unknown parameter 'x', expected one that a 'param' line of the "
			       "file sets");
	parse_with(&f, text, strlen(text), &(struct param_setting){ "x", "1" }, 1);
	assert_false(f.diags.items[0].has_span);
	teardown(&f);
	assert_setting_refused(text, "open", "", one_word);
	assert_setting_refused(text, "open", "1 s", one_word);
	assert_setting_refused(text, "open", "1\n", one_word);
	assert_setting_refused(text, "open", "1\xff", one_word);
	memset(long_value, 'x', SOURCE_LINE_MAX_BYTES + 1);
	assert_setting_refused(text, "open", long_value, one_word);
	free(long_value);
	/* Errors of the file come first. */
	assert_setting_refused("param open 1s\n", "open", "1s", "expected '=', found '1s'");
}

static void scenario_parse__end_is_last(void **state)
{
	struct fixture f;

	(void)state;
	parse(&f, "mark\n4s end\n# done\n\n-- trace 6.1 --\n");
	assert_true(f.scenario->has_end);
	assert_int_equal(f.scenario->end_ns, 4 * S);
	assert_int_equal(f.scenario->last_ns, 0);
	assert_int_equal(f.scenario->statement_count, 1);
	teardown(&f);
	assert_refused("4s end\nmark\nmark\n", 2, 1, "statement after 'end', expected 'end' last");
	assert_refused("4s end\n5s end\n", 2, 1, "statement after 'end', expected 'end' last");
	assert_refused("4s end x\n", 1, 8, "expected the end of the line, found 'x'");
	assert_refused("repeat 1 every 1s {\nend\n}\n", 2, 1,
		       "'end' in a block, expected it after all blocks");
}

static void scenario_parse__snapshots_are_found(void **state)
{
	static const char text[] = "mark\n-- trace 5.8 --\na line\n\n# no comment\n"
				   "-- trace 6.1+urgent-event --\r\n-- other --\n-- trace 6.1 --";
	struct fixture f;
	const struct snapshot *snapshots;
	char name[KERNEL_NAME_MAX_BYTES];

	(void)state;
	parse(&f, text);
	assert_int_equal(f.scenario->text_end, 5);
	assert_int_equal(f.scenario->snapshots_count, 3);
	snapshots = f.scenario->snapshots;
	assert_span(&f, snapshots[0].header, "-- trace 5.8 --");
	assert_span(&f, snapshots[0].body, "a line\n\n# no comment\n");
	kernel_name(&snapshots[1].kernel, name);
	assert_string_equal(name, "6.1+urgent-event");
	assert_span(&f, snapshots[1].header, "-- trace 6.1+urgent-event --");
	assert_span(&f, snapshots[1].body, "-- other --\n");
	assert_int_equal(snapshots[2].body.off, strlen(text));
	assert_int_equal(snapshots[2].body.len, 0);
	teardown(&f);
}

static void scenario_parse__snapshot_errors(void **state)
{
	static const char bad_line[] = "bad section line, expected '-- trace KERNEL --'";

	(void)state;
	assert_refused("-- trace 6.1\n", 1, 1, bad_line);
	assert_refused("-- trace  --\n", 1, 1, bad_line);
	assert_refused("-- trace 6.1 -- \n", 1, 1, bad_line);
	assert_refused("-- trace\n", 1, 1, bad_line);
	assert_refused(" -- trace 6.1 --\n", 1, 2, bad_line);
	assert_refused("-- trace 6.3 --\n", 1, 10, "no kernel '6.3', the nearest are 6.2 and 6.8");
	assert_refused("-- trace 6.1 --\n-- trace 6.1 --\n", 2, 10,
		       "second trace of '6.1', expected only one");
	assert_refused("-- trace 6.1 --\nx\x01\n", 2, 2,
		       "control character U+0001, expected printable text");
	assert_refused("-- trace 6.1\x01 --\nmark x\n", 1, 13,
		       "control character U+0001, expected printable text");
}

static void scenario_parse__text_that_is_none_is_refused(void **state)
{
	char *text = malloc(SOURCE_LINE_MAX_BYTES + 2);
	struct fixture f;

	(void)state;
	assert_refused_bytes("mark # \0\0\n", 10, 1, 8, "NUL byte, expected text");
	assert_refused("mark # \xff\xfe\n", 1, 8, "byte 0xFF, expected UTF-8");
	assert_refused("mark # \x7f\n", 1, 8, "control character U+007F, expected printable text");
	assert_refused("mark\rmark\n", 1, 5, "control character U+000D, expected printable text");
	assert_refused("mark # \xe2\x80\xae\n", 1, 8,
		       "control character U+202E, expected printable text");
	memset(text, ' ', SOURCE_LINE_MAX_BYTES + 1);
	text[SOURCE_LINE_MAX_BYTES + 1] = '\0';
	assert_refused(text, 1, SOURCE_LINE_MAX_BYTES + 1,
		       "line of 4097 bytes, expected at most 4096");
	text[SOURCE_LINE_MAX_BYTES] = '\0';
	parse(&f, text);
	teardown(&f);
	free(text);
	/* One line may have one of each kind. */
	parse_with(&f, "\0\0\xff\xff\x01\x01\n", 7, NULL, 0);
	assert_int_equal(f.diags.count, 3);
	teardown(&f);
}

static void scenario_parse__string_errors(void **state)
{
	(void)state;
	assert_refused("title \"a\n", 1, 7,
		       "string is not closed, expected '\"' before the end of the line");
	assert_refused("title \"a\\\n", 1, 9, "unknown escape, expected \\\", \\\\ or \\n");
	assert_refused("title \"a\\t\"\n", 1, 9, "unknown escape, expected \\\", \\\\ or \\n");
	assert_refused("title \"a\"b\n", 1, 10,
		       "text right after a string, expected a space between them");
	assert_refused("title \"a\"#b\n", 1, 10,
		       "text right after a string, expected a space between them");
}

static void scenario_parse__long_words_are_shown_in_part(void **state)
{
	(void)state;
	assert_refused("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", 1, 1,
		       "unknown word 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...', expected a "
		       "statement");
	assert_refused("a\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
		       "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
		       "\xc3\xa4\xc3\xa4\xc3\xa4\n",
		       1, 1,
		       "unknown word 'a\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
		       "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
		       "\xc3\xa4\xc3\xa4\xc3\xa4...', expected a statement");
}

static void scenario_parse__all_errors_come_at_once(void **state)
{
	struct fixture f;
	char text[4000] = "";
	int i;

	(void)state;
	for (i = 0; i < 60; i++)
		strcat(text, "carrier_on nowhere\n");
	strcat(text, "}\nfrobnicate\n");
	parse_with(&f, text, strlen(text), NULL, 0);
	assert_null(f.scenario);
	assert_int_equal(f.diags.errors, 62);
	assert_int_equal(f.diags.count, DIAG_MAX_ERRORS);
	for (i = 0; i < (int)DIAG_MAX_ERRORS; i++)
		assert_true(f.diags.items[i].span.off < 20 * 20);
	teardown(&f);
}

static void scenario_parse__many_words_make_a_line(void **state)
{
	char text[400] = "compare 5.8 5.8+urgent-event 5.8+setlink-event "
			 "5.8+urgent-event+setlink-event 6.1 6.1+urgent-event 6.1+setlink-event "
			 "6.1+urgent-event+setlink-event\non";
	struct fixture f;
	int i;

	(void)state;
	for (i = 0; i < 40; i++)
		strcat(text, " 5.*");
	strcat(text, " expect lo running no\n");
	parse(&f, text);
	assert_int_equal(f.scenario->compare_count, 8);
	assert_string_equal(expect_at(&f, 0, EXPECT_RUNNING)->on[39], "5.*");
	assert_null(expect_at(&f, 0, EXPECT_RUNNING)->on[40]);
	teardown(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scenario_parse__of_nothing_has_the_defaults),
		cmocka_unit_test(scenario_parse__header_is_read),
		cmocka_unit_test(scenario_parse__times_are_exact),
		cmocka_unit_test(scenario_parse__plus_counts_from_the_previous_time),
		cmocka_unit_test(scenario_parse__time_that_is_none_is_refused),
		cmocka_unit_test(scenario_parse__a_bad_line_still_moves_the_clock),
		cmocka_unit_test(scenario_parse__header_errors),
		cmocka_unit_test(scenario_parse__param_errors),
		cmocka_unit_test(scenario_parse__too_many_params_are_refused),
		cmocka_unit_test(scenario_parse__params_do_not_grow_without_bound),
		cmocka_unit_test(scenario_parse__set_overrides_a_param),
		cmocka_unit_test(scenario_parse__setting_that_fits_no_param_is_refused),
		cmocka_unit_test(scenario_parse__end_is_last),
		cmocka_unit_test(scenario_parse__snapshots_are_found),
		cmocka_unit_test(scenario_parse__snapshot_errors),
		cmocka_unit_test(scenario_parse__text_that_is_none_is_refused),
		cmocka_unit_test(scenario_parse__string_errors),
		cmocka_unit_test(scenario_parse__long_words_are_shown_in_part),
		cmocka_unit_test(scenario_parse__all_errors_come_at_once),
		cmocka_unit_test(scenario_parse__many_words_make_a_line),
	};

	return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
