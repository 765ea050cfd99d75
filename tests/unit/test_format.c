// SPDX-License-Identifier: GPL-2.0-or-later
/* Times, flags and folded names as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "sim/language/fold.h"
#include "sim/language/format.h"

static void format_seconds__six_digits_cut(void **state)
{
	char text[FORMAT_MAX_BYTES];

	(void)state;
	format_seconds(0, text);
	assert_string_equal(text, "0.000000");
	format_seconds(1405000000, text);
	assert_string_equal(text, "1.405000");
	format_seconds(3333334, text); /* a jiffy of HZ=300 */
	assert_string_equal(text, "0.003333");
	format_seconds(12 * INT64_C(86400) * 1000000000 + 999999999, text);
	assert_string_equal(text, "1036800.999999");
}

static void format_duration__no_more_digits_than_needed(void **state)
{
	static const struct {
		int64_t ns;
		const char *text;
	} cases[] = {
		{ 0, "0ms" },
		{ 614000000, "614ms" },
		{ 14250000, "14.25ms" },
		{ 1000, "0.001ms" },
		{ 1000000000, "1s" },
		{ 1500000000, "1.5s" },
		{ 100000000000, "100s" },
		{ 999999999, "999.999ms" },
		{ 10000000, "10ms" },
	};
	char text[FORMAT_MAX_BYTES];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		format_duration(cases[i].ns, text);
		assert_string_equal(text, cases[i].text);
	}
}

static void format_link_flags__only_link_state_in_order(void **state)
{
	char text[FORMAT_MAX_BYTES];

	(void)state;
	format_link_flags(IFF_LOWER_UP | IFF_UP | IFF_BROADCAST, text);
	assert_string_equal(text, "UP,LOWER_UP");
	format_link_flags(IFF_MULTICAST, text);
	assert_string_equal(text, "");
}

static void fold__names_that_count_up_are_one(void **state)
{
	char name[FOLD_NAME_MAX_BYTES];
	struct fold fold;

	(void)state;
	fold_start(&fold, "d8");
	fold_name(&fold, name);
	assert_string_equal(name, "d8");
	assert_true(fold_add(&fold, "d9"));
	assert_true(fold_add(&fold, "d10"));
	assert_false(fold_add(&fold, "d12"));
	assert_false(fold_add(&fold, "e11"));
	assert_false(fold_add(&fold, "lo"));
	fold_name(&fold, name);
	assert_string_equal(name, "d{8..10}");
}

/* Names that cannot be continued: no number, only a number, a leading zero, too many digits. */
static void fold__other_names_stay_alone(void **state)
{
	static const char *const names[] = { "lo", "7", "d01", "d1234567890" };
	char name[FOLD_NAME_MAX_BYTES];
	struct fold fold;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		fold_start(&fold, names[i]);
		assert_false(fold_add(&fold, "d2"));
		fold_name(&fold, name);
		assert_string_equal(name, names[i]);
	}
	fold_start(&fold, "d0");
	assert_true(fold_add(&fold, "d1"));
}

static void fold_compare__in_the_order_that_can_be_folded(void **state)
{
	static const char *const names[] = { "a",   "a1b", "d",	  "d0",	  "d1",
					     "d10", "d01", "eth", "eth9", "eth10" };

	(void)state;
	assert_true(fold_compare("d9", "d10") < 0);
	assert_true(fold_compare("d10", "d9") > 0);
	assert_int_equal(fold_compare("d9", "d9"), 0);
	assert_true(fold_compare("d", "d0") < 0); /* names without a number come first */
	assert_true(fold_compare("d0", "d") > 0);
	/* no two names are equal, and the order is the same both ways */
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		for (size_t j = 0; j < i; j++)
			assert_int_equal(fold_compare(names[i], names[j]) > 0,
					 fold_compare(names[j], names[i]) < 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		for (size_t j = 0; j < i; j++)
			assert_int_not_equal(fold_compare(names[i], names[j]), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(format_seconds__six_digits_cut),
		cmocka_unit_test(format_duration__no_more_digits_than_needed),
		cmocka_unit_test(format_link_flags__only_link_state_in_order),
		cmocka_unit_test(fold__names_that_count_up_are_one),
		cmocka_unit_test(fold__other_names_stay_alone),
		cmocka_unit_test(fold_compare__in_the_order_that_can_be_folded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
