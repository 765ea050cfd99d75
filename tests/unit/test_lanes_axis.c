/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "sim/formats/lanes_axis.h"

#define MS INT64_C(1000000)
#define S INT64_C(1000000000)
#define WIDTH 60

#define MAKE(times, axis) lanes_axis_make(times, sizeof(times) / sizeof((times)[0]), WIDTH, axis)

static void lanes_axis__nothing_has_no_columns(void **state)
{
	struct lanes_axis axis;

	(void)state;
	lanes_axis_make(NULL, 0, WIDTH, &axis);
	assert_int_equal(axis.width, 0);
	lanes_axis_free(&axis);
}

static void lanes_axis__one_instant_is_all_of_it(void **state)
{
	const int64_t times[] = { 5 * S };
	struct lanes_axis axis;

	(void)state;
	MAKE(times, &axis);
	assert_int_equal(axis.width, 1);
	assert_int_equal(lanes_axis_column(&axis, 0), 0);
	assert_int_equal(lanes_axis_column(&axis, 6 * S), 0);
	lanes_axis_free(&axis);
}

static void lanes_axis__few_instants_are_to_scale(void **state)
{
	const int64_t times[] = { 10 * MS, 410 * MS, 1024 * MS };
	struct lanes_axis axis;

	(void)state;
	MAKE(times, &axis);
	assert_int_equal(axis.column_ns, 20 * MS);
	assert_int_equal(axis.columns[1], 20);
	assert_int_equal(axis.columns[2], 50);
	assert_true(axis.is_even);
	assert_false(axis.is_merged);
	assert_int_equal(axis.cuts, 0);
	/* times in between get a column, but never that of a later one */
	assert_int_equal(lanes_axis_column(&axis, 0), 0);
	assert_int_equal(lanes_axis_column(&axis, 210 * MS), 10);
	assert_int_equal(lanes_axis_column(&axis, 409 * MS), 19);
	assert_int_equal(lanes_axis_column(&axis, 410 * MS), 20);
	assert_int_equal(lanes_axis_column(&axis, 1023 * MS), 49);
	assert_int_equal(lanes_axis_column(&axis, 99 * S), 50);
	lanes_axis_free(&axis);
}

static void lanes_axis__near_instants_have_columns_of_their_own(void **state)
{
	const int64_t times[] = { 0, 2 * S, 5 * S, 5 * S + 5 * MS, 6048 * MS, 8 * S, 8005 * MS };
	struct lanes_axis axis;

	(void)state;
	MAKE(times, &axis);
	for (size_t i = 1; i < axis.count; i++)
		assert_true(axis.columns[i] > axis.columns[i - 1]);
	assert_int_equal(axis.columns[3], axis.columns[2] + 1);
	assert_false(axis.is_even);
	/* making room does not move later columns */
	assert_int_equal(axis.columns[4], 6048 * MS / axis.column_ns);
	lanes_axis_free(&axis);
}

static void lanes_axis__long_stretches_are_cut_for_a_finer_scale(void **state)
{
	const int64_t times[] = { 0,	  400 * MS,	   410 * MS,   1024 * MS,
				  30 * S, 30 * S + 5 * MS, 31008 * MS, 60 * S };
	struct lanes_axis axis;

	(void)state;
	MAKE(times, &axis);
	assert_int_equal(axis.cuts, 2);
	assert_true(axis.is_cut[4]);
	assert_true(axis.is_cut[7]);
	assert_int_equal(axis.columns[4], axis.columns[3] + LANES_AXIS_CUT_COLUMNS);
	assert_true(axis.column_ns < 100 * MS);
	assert_true(axis.width <= WIDTH);
	assert_int_equal(lanes_axis_column(&axis, 20 * S), axis.columns[3] + 1);
	lanes_axis_free(&axis);
}

/* Too many for columns of their own: all share one scale. */
static void lanes_axis__crowds_share_columns(void **state)
{
	int64_t times[6000];
	struct lanes_axis axis;

	(void)state;
	for (size_t i = 0; i < 6000; i++)
		times[i] = (int64_t)i * 10 * MS;
	MAKE(times, &axis);
	assert_true(axis.is_merged);
	assert_true(axis.width > WIDTH / 2 && axis.width <= WIDTH);
	for (size_t i = 1; i < 6000; i++)
		assert_true(axis.columns[i] - axis.columns[i - 1] <= 1);
	lanes_axis_free(&axis);
}

/* Cuts must not take the room of the columns that they make room for. */
static void lanes_axis__as_many_as_fit_are_not_cut(void **state)
{
	int64_t times[WIDTH];
	struct lanes_axis axis;

	(void)state;
	for (size_t i = 0; i < WIDTH; i++)
		times[i] = (int64_t)i * MS + (i >= WIDTH / 2 ? 1000 * S : 0);
	MAKE(times, &axis);
	assert_int_equal(axis.cuts, 0);
	assert_false(axis.is_merged);
	assert_int_equal(axis.width, WIDTH);
	lanes_axis_free(&axis);
}

static void lanes_axis__a_century_beside_a_microsecond(void **state)
{
	const int64_t times[] = { 0, 1000, 2000, 3000, INT64_C(100) * 366 * 86400 * S };
	struct lanes_axis axis;

	(void)state;
	MAKE(times, &axis);
	assert_int_equal(axis.cuts, 1);
	assert_true(axis.is_cut[4]);
	assert_int_equal(axis.column_ns, 1000);
	lanes_axis_free(&axis);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lanes_axis__nothing_has_no_columns),
		cmocka_unit_test(lanes_axis__one_instant_is_all_of_it),
		cmocka_unit_test(lanes_axis__few_instants_are_to_scale),
		cmocka_unit_test(lanes_axis__near_instants_have_columns_of_their_own),
		cmocka_unit_test(lanes_axis__long_stretches_are_cut_for_a_finer_scale),
		cmocka_unit_test(lanes_axis__crowds_share_columns),
		cmocka_unit_test(lanes_axis__as_many_as_fit_are_not_cut),
		cmocka_unit_test(lanes_axis__a_century_beside_a_microsecond),
	};

	return cmocka_run_group_tests_name("lanes_axis", tests, NULL, NULL);
}
