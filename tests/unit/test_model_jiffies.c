// SPDX-License-Identifier: GPL-2.0-or-later
#include "model_fixture.h"

static const uint32_t rates[] = { 100, 250, 300, 1000 };

static void jiffies_clock_is_valid__takes_four_rates_and_two_widths(void **state)
{
	static const struct {
		uint32_t hz, bits;
		bool is_valid;
	} cases[] = {
		{ 100, 32, true },  { 250, 32, true },	{ 300, 32, true },   { 1000, 32, true },
		{ 100, 64, true },  { 250, 64, true },	{ 300, 64, true },   { 1000, 64, true },
		{ 0, 64, false },   { 99, 64, false },	{ 1024, 64, false }, { 100, 0, false },
		{ 100, 16, false }, { 100, 63, false }, { 250, 128, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(jiffies_clock_is_valid(cases[i].hz, cases[i].bits),
				 cases[i].is_valid);
}

static void jiffies_initial__is_300_s_before_the_32_bit_wrap_on_both_widths(void **state)
{
	static const unsigned int phases[] = { 16, 8, 48, 32 }; /* mod 64, as the wheel sees it */

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rates); i++) {
		for (uint32_t bits = 32; bits <= 64; bits += 32) {
			struct jiffies_clock clock = { rates[i], bits };

			assert_true(jiffies_initial(&clock) + 300 * rates[i] ==
				    UINT64_C(0x100000000));
			assert_int_equal(jiffies_initial(&clock) % 64, phases[i]);
		}
	}
}

static void jiffies_at__wraps_after_300_s_on_32_bit_only(void **state)
{
	struct jiffies_clock narrow = { 250, 32 }, wide = { 250, 64 };

	(void)state;
	assert_int_equal(jiffies_at(&narrow, 0), 0xffffffff - 74999);
	assert_int_equal(jiffies_at(&narrow, 74999), 0xffffffff);
	assert_int_equal(jiffies_at(&narrow, 75000), 0);
	assert_int_equal(jiffies_at(&narrow, 75001), 1);
	assert_true(jiffies_at(&wide, 75000) == UINT64_C(0x100000000));
}

static void jiffies_add_and_sub__are_as_wide_as_unsigned_long(void **state)
{
	struct jiffies_clock narrow = { 100, 32 }, wide = { 100, 64 };

	(void)state;
	assert_true(jiffies_add(&narrow, 0xffffffff, 2) == 1);
	assert_true(jiffies_add(&wide, 0xffffffff, 2) == UINT64_C(0x100000001));
	assert_true(jiffies_add(&wide, UINT64_MAX, 2) == 1);
	assert_true(jiffies_sub(&narrow, 1, 2) == 0xffffffff);
	assert_true(jiffies_sub(&wide, 1, 2) == UINT64_MAX);
	assert_true(jiffies_sub(&wide, 5, 3) == 2);
}

static void time_after__is_strict_and_right_across_a_wrap(void **state)
{
	static const struct {
		uint32_t bits;
		uint64_t a, b;
		bool after, before;
	} cases[] = {
		{ 32, 5, 5, false, false },
		{ 32, 6, 5, true, false },
		{ 32, 5, 6, false, true },
		{ 32, 0, 0xffffffff, true, false },
		{ 32, 0xffffffff, 3, false, true },
		{ 32, 0x7fffffff, 0, true, false },
		{ 32, 0x80000001, 0, false, true },
		{ 32, 0x80000000, 0, true, true }, /* half the range: both, as the kernel's */
		{ 64, 5, 5, false, false },
		{ 64, 6, 5, true, false },
		{ 64, 0x80000001, 0, true, false },
		{ 64, 0, 0xffffffff, false, true },
		{ 64, 0, UINT64_MAX, true, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct jiffies_clock clock = { 100, cases[i].bits };
		uint64_t a = cases[i].a, b = cases[i].b;

		assert_int_equal(time_after(&clock, a, b), cases[i].after);
		assert_int_equal(time_before(&clock, a, b), cases[i].before);
		assert_int_equal(time_after_eq(&clock, a, b), !cases[i].before);
	}
}

static void jiffies_start_ns__is_rounded_up(void **state)
{
	struct jiffies_clock clock = { 300, 64 };

	(void)state;
	assert_int_equal(jiffies_start_ns(&clock, 0), 0);
	assert_int_equal(jiffies_start_ns(&clock, 1), 3333334);
	assert_int_equal(jiffies_start_ns(&clock, 2), 6666667);
	assert_int_equal(jiffies_start_ns(&clock, 3), 10000000);
	assert_int_equal(jiffies_start_ns(&clock, 301), 1003333334);
	clock.hz = 250;
	assert_int_equal(jiffies_start_ns(&clock, 751), INT64_C(3004000000));
}

static void jiffies_of_ns__is_the_inverse_of_jiffies_start_ns(void **state)
{
	static const uint64_t jiffies[] = {
		1, 2, 3, 99, 100, 101, 299, 300, 301, 74999, 9000000001
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rates); i++) {
		struct jiffies_clock clock = { rates[i], 64 };

		assert_true(jiffies_of_ns(&clock, 0) == 0);
		for (size_t n = 0; n < ARRAY_SIZE(jiffies); n++) {
			int64_t start = jiffies_start_ns(&clock, jiffies[n]);

			assert_true(jiffies_of_ns(&clock, start) == jiffies[n]);
			assert_true(jiffies_of_ns(&clock, start - 1) == jiffies[n] - 1);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jiffies_clock_is_valid__takes_four_rates_and_two_widths),
		cmocka_unit_test(jiffies_initial__is_300_s_before_the_32_bit_wrap_on_both_widths),
		cmocka_unit_test(jiffies_at__wraps_after_300_s_on_32_bit_only),
		cmocka_unit_test(jiffies_add_and_sub__are_as_wide_as_unsigned_long),
		cmocka_unit_test(time_after__is_strict_and_right_across_a_wrap),
		cmocka_unit_test(jiffies_start_ns__is_rounded_up),
		cmocka_unit_test(jiffies_of_ns__is_the_inverse_of_jiffies_start_ns),
	};

	return cmocka_run_group_tests_name("jiffies", tests, NULL, NULL);
}
