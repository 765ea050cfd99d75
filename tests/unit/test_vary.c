// SPDX-License-Identifier: GPL-2.0-or-later
/* --vary: the values it gives, and its errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/sweep/vary.h"

/* All values, separated by blanks. */
static void assert_values(const char *text, const char *name, const char *expected)
{
	char value[VARY_VALUE_MAX_BYTES], *all = NULL;
	struct vary vary;
	size_t len;
	FILE *out = open_memstream(&all, &len);

	assert_non_null(out);
	assert_true(vary_read(text, stderr, &vary));
	assert_string_equal(vary.name, name);
	for (uint64_t at = 0; at < vary.count; at++) {
		vary_value(&vary, at, value);
		fprintf(out, "%s%s", at ? " " : "", value);
	}
	fclose(out);
	assert_string_equal(all, expected);
	free(all);
	vary_free(&vary);
}

/* Joins the lines of a wrapped message. */
static void unwrap(char *text)
{
	static const char between[] = "\n        ";

	for (char *at; (at = strstr(text, between)) != NULL;) {
		*at = ' ';
		memmove(at + 1, at + strlen(between), strlen(at + strlen(between)) + 1);
	}
}

static void assert_refused(const char *text, const char *expected)
{
	char *said = NULL;
	struct vary vary;
	size_t len;
	FILE *messages = open_memstream(&said, &len);

	assert_non_null(messages);
	assert_false(vary_read(text, messages, &vary));
	assert_null(vary.name);
	fclose(messages);
	unwrap(said);
	assert_string_equal(said, expected);
	free(said);
}

static void vary__list(void **state)
{
	(void)state;
	assert_values("open=400ms", "open", "400ms");
	assert_values("open=400ms,1s,0.5,7j,up", "open", "400ms 1s 0.5 7j up");
	assert_values("mode=a=b,c", "mode", "a=b c"); /* the first `=` separates */
}

static void vary__range_in_the_unit_of_its_step(void **state)
{
	(void)state;
	assert_values("open=0s..1s/250ms", "open", "0ms 250ms 500ms 750ms 1000ms");
	assert_values("open=400ms..2s/0.8s", "open", "0.4s 1.2s 2s");
	assert_values("open=0..1s/0.5", "open", "0s 0.5s 1s");
	assert_values("open=0s..1/0.5", "open", "0s 0.5s 1s");
	assert_values("open=1ms..1.002ms/1us", "open", "1000us 1001us 1002us");
	assert_values("open=0.001us..0.003us/0.001us", "open", "0.001us 0.002us 0.003us");
	assert_values("open=0..0.000000003/0.000000001", "open",
		      "0 0.000000001 0.000000002 0.000000003");
	assert_values("open=0.5ms..3ms/1ms", "open", "0.5ms 1.5ms 2.5ms");
	assert_values("open=10j..30j/10j", "open", "10j 20j 30j");
}

static void vary__range_without_units_is_numbers(void **state)
{
	(void)state;
	assert_values("last=1..10/3", "last", "1 4 7 10");
	assert_values("last=0..1/0.25", "last", "0 0.25 0.5 0.75 1");
	assert_values("last=1.50..2.0/0.5", "last", "1.5 2");
}

static void vary__range_ends_at_its_end_or_before(void **state)
{
	(void)state;
	assert_values("n=1..9/3", "n", "1 4 7");
	assert_values("n=5..5/1", "n", "5");
	assert_values("n=5..6/2", "n", "5");
}

static void vary__ranges_and_values_mixed(void **state)
{
	(void)state;
	assert_values("n=0,1..3/1,10,20..30/10", "n", "0 1 2 3 10 20 30");
}

static void vary__counts_what_is_far_too_much(void **state)
{
	struct vary vary;

	(void)state;
	assert_true(vary_read("t=0s..3000000000s/0.001us", stderr, &vary));
	assert_int_equal(vary.count, VARY_COUNT_MAX);
	vary_free(&vary);
	assert_true(vary_read("t=1,0s..3000000000s/0.001us,0s..3000000000s/0.000000001s", stderr,
			      &vary));
	assert_int_equal(vary.count, VARY_COUNT_MAX);
	vary_free(&vary);
}

static void vary__no_equals_or_no_name(void **state)
{
	(void)state;
	assert_refused("open", "lwsim: error: --vary open: expected PARAM=FROM..TO/STEP or "
			       "PARAM=VALUE,VALUE...\n");
	assert_refused("=1", "lwsim: error: --vary =1: expected PARAM=FROM..TO/STEP or "
			     "PARAM=VALUE,VALUE...\n");
	assert_refused("", "lwsim: error: --vary : expected PARAM=FROM..TO/STEP or "
			   "PARAM=VALUE,VALUE...\n");
}

static void vary__value_that_is_no_word(void **state)
{
	(void)state;
	assert_refused("a=", "lwsim: error: --vary a=: value '', expected one word\n");
	assert_refused("a=1,,2", "lwsim: error: --vary a=1,,2: value '', expected one word\n");
	assert_refused("a=x y", "lwsim: error: --vary a=x y: value 'x y', expected one word\n");
	assert_refused("a=\x1b", "lwsim: error: --vary a=?: value '?', expected one word\n");
}

static void vary__value_twice(void **state)
{
	(void)state;
	assert_refused("a=0s,0s",
		       "lwsim: error: --vary a=0s,0s: value '0s' twice, expected it once\n");
	assert_refused("a=x,y,x,x",
		       "lwsim: error: --vary a=x,y,x,x: value 'x' twice, expected it once\n"
		       "lwsim: error: --vary a=x,y,x,x: value 'x' twice, expected it once\n");
	assert_refused("a=4,1..9/3",
		       "lwsim: error: --vary a=4,1..9/3: value '4' twice, expected it once\n");
	assert_refused(
		"a=0..10/2,1..9/3",
		"lwsim: error: --vary a=0..10/2,1..9/3: value '4' twice, expected it once\n");
	assert_refused(
		"a=0.5s,0s..1s/0.5s",
		"lwsim: error: --vary a=0.5s,0s..1s/0.5s: value '0.5s' twice, expected it once\n");
	assert_refused("a=4..4/1,4",
		       "lwsim: error: --vary a=4..4/1,4: value '4' twice, expected it once\n");
	/* different texts, which need not mean the same */
	assert_values("a=1,1s,1.0,0s..2s/2s", "a", "1 1s 1.0 0s 2s");
}

static void vary__range_without_step(void **state)
{
	(void)state;
	assert_refused("a=0s..2s", "lwsim: error: --vary a=0s..2s: '0s..2s' has no step, expected "
				   "FROM..TO/STEP, such as 0s..2s/10ms\n");
}

#define NUMBERS "expected one such as 5, 0.5s, 400ms or 10j\n"

static void vary__all_wrong_numbers_at_once(void **state)
{
	(void)state;
	assert_refused("a=x..2min/", "lwsim: error: --vary a=x..2min/: bad number 'x', " NUMBERS
				     "lwsim: error: --vary a=x..2min/: bad number '2min', " NUMBERS
				     "lwsim: error: --vary a=x..2min/: bad number '', " NUMBERS);
	assert_refused("a=1...5/1", "lwsim: error: --vary a=1...5/1: bad number '.5', " NUMBERS);
	assert_refused("a=1.s..5s/1s",
		       "lwsim: error: --vary a=1.s..5s/1s: bad number '1.s', " NUMBERS);
	assert_refused("a=0..1/-1", "lwsim: error: --vary a=0..1/-1: bad number '-1', " NUMBERS);
	assert_refused("a=1..0/1,2..3",
		       "lwsim: error: --vary a=1..0/1,2..3: 1..0/1 goes down, expected FROM not "
		       "above TO\n"
		       "lwsim: error: --vary a=1..0/1,2..3: '2..3' has no step, expected "
		       "FROM..TO/STEP, such as 0s..2s/10ms\n");
}

static void vary__digits_behind_the_point(void **state)
{
	(void)state;
	assert_refused("a=0us..1us/0.0001us",
		       "lwsim: error: --vary a=0us..1us/0.0001us: '0.0001us' has too many digits "
		       "after the point, expected at most 3\n");
	assert_refused("a=0j..5j/1.5j", "lwsim: error: --vary a=0j..5j/1.5j: '1.5j' has too many "
					"digits after the point, expected at most 0\n");
	assert_values("a=0j..2j/1.0j", "a", "0j 1j 2j");
}

static void vary__numbers_out_of_range(void **state)
{
	(void)state;
	assert_refused("a=0s..3162240000s/1s",
		       "lwsim: error: --vary a=0s..3162240000s/1s: '3162240000s' is out of range, "
		       "expected less than 3162240000s\n");
	assert_refused("a=0..99999999999999999999999999/1",
		       "lwsim: error: --vary a=0..99999999999999999999999999/1: "
		       "'99999999999999999999999999' is out of range, expected less than "
		       "3162240000\n");
}

static void vary__jiffies_with_other_units(void **state)
{
	(void)state;
	assert_refused("a=0j..1s/1j", "lwsim: error: --vary a=0j..1s/1j: 0j..1s/1j: j with other "
				      "units, expected j for all three or for none\n");
	assert_refused("a=0..1/1j", "lwsim: error: --vary a=0..1/1j: 0..1/1j: j with other units, "
				    "expected j for all three or for none\n");
}

static void vary__step_of_nothing(void **state)
{
	(void)state;
	assert_refused("a=0..1/0.0", "lwsim: error: --vary a=0..1/0.0: 0..1/0.0: step of 0, "
				     "expected more than 0\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vary__list),
		cmocka_unit_test(vary__range_in_the_unit_of_its_step),
		cmocka_unit_test(vary__range_without_units_is_numbers),
		cmocka_unit_test(vary__range_ends_at_its_end_or_before),
		cmocka_unit_test(vary__ranges_and_values_mixed),
		cmocka_unit_test(vary__counts_what_is_far_too_much),
		cmocka_unit_test(vary__no_equals_or_no_name),
		cmocka_unit_test(vary__value_that_is_no_word),
		cmocka_unit_test(vary__value_twice),
		cmocka_unit_test(vary__range_without_step),
		cmocka_unit_test(vary__all_wrong_numbers_at_once),
		cmocka_unit_test(vary__digits_behind_the_point),
		cmocka_unit_test(vary__numbers_out_of_range),
		cmocka_unit_test(vary__jiffies_with_other_units),
		cmocka_unit_test(vary__step_of_nothing),
	};

	return cmocka_run_group_tests_name("vary", tests, NULL, NULL);
}
