/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Wrapping text, and the columns that characters take. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/base/color.h"
#include "sim/base/safe_text.h"
#include "sim/base/utf8.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"

static unsigned int columns_of(const char *text)
{
	return text_columns(text, strlen(text));
}

static void text_columns__counts_what_a_terminal_shows(void **state)
{
	(void)state;
	assert_int_equal(columns_of(""), 0);
	assert_int_equal(columns_of("eth0"), 4);
	assert_int_equal(columns_of("\xc3\xa9th0"), 4);		     /* e acute */
	assert_int_equal(columns_of("e\xcc\x81th0"), 4);	     /* e, combining acute */
	assert_int_equal(columns_of("\xe7\xb7\x9a\xe8\xb7\xaf"), 4); /* two wide ones */
	assert_int_equal(columns_of("\xf0\x9f\x98\x80"), 2);	     /* an emoji */
	assert_int_equal(columns_of("a\x1b[0m\xff"), 6); /* '?' for ESC, '?' for invalid UTF-8 */
	assert_int_equal(columns_of("a\tb"), 3);
}

static void text_fit_columns__splits_no_character(void **state)
{
	const char *wide = "\xe7\xb7\x9a\xe8\xb7\xaf";

	(void)state;
	assert_int_equal(text_fit_columns("abc", 3, 2), 2);
	assert_int_equal(text_fit_columns("abc", 3, 9), 3);
	assert_int_equal(text_fit_columns(wide, 6, 1), 0);
	assert_int_equal(text_fit_columns(wide, 6, 3), 3);
	assert_int_equal(text_fit_columns(wide, 6, 4), 6);
	assert_int_equal(text_fit_columns("e\xcc\x81x", 4, 1), 3); /* with its accent */
}

/* Wraps to lines of 10 columns; all but the first are indented by 2. */
static char *filled(const char *text, bool breaks_words, const char *color)
{
	struct wrap wrap = {
		.columns = 10, .indent = 2, .color = color, .breaks_words = breaks_words
	};
	char *lines;
	size_t len;

	wrap.out = xmemstream(&lines, &len);
	wrap_text(&wrap, text);
	wrap_end(&wrap);
	xclose_memstream(wrap.out);
	return lines;
}

static void expect_filled(const char *text, bool breaks_words, const char *color,
			  const char *expected)
{
	char *lines = filled(text, breaks_words, color);

	assert_string_equal(lines, expected);
	free(lines);
}

static void wrap_text__fills_lines(void **state)
{
	(void)state;
	expect_filled("a  b", false, NULL, "a  b\n"); /* fits: unchanged */
	expect_filled("0123456789", false, NULL, "0123456789\n");
	expect_filled("0123 56789a", false, NULL, "0123\n  56789a\n");
	expect_filled("a  b  c  d  e", false, NULL, "a b c d e\n");
	expect_filled("a\tb", false, NULL, "a b\n");
	expect_filled("0123456789abcd 1 2", false, NULL, "0123456789abcd\n  1 2\n");
	expect_filled("\xe7\xb7\x9a\xe7\xb7\x9a \xe7\xb7\x9a\xe7\xb7\x9a\xe7\xb7\x9a", false, NULL,
		      "\xe7\xb7\x9a\xe7\xb7\x9a\n  \xe7\xb7\x9a\xe7\xb7\x9a\xe7\xb7\x9a\n");
}

static void wrap_text__breaks_words_that_are_longer_than_a_line(void **state)
{
	(void)state;
	expect_filled("0123456789abcdefghijk", true, NULL, "0123456789\n  abcdefgh\n  ijk\n");
	expect_filled("x 0123456789 y", true, NULL, "x\n  01234567\n  89 y\n");
	expect_filled(
		"\xe7\xb7\x9a\xe7\xb7\x9a\xe7\xb7\x9a\xe7\xb7\x9a\xe7\xb7\x9a\xe7\xb7\x9a", true,
		NULL,
		"\xe7\xb7\x9a\xe7\xb7\x9a\xe7\xb7\x9a\xe7\xb7\x9a\xe7\xb7\x9a\n  \xe7\xb7\x9a\n");
}

static void wrap_text__colours_each_line(void **state)
{
	(void)state;
	expect_filled("0123 56789a", false, COLOR_RED,
		      COLOR_RED "0123" COLOR_OFF "\n  " COLOR_RED "56789a" COLOR_OFF "\n");
	expect_filled("", false, COLOR_RED, "");
}

static void assert_message(const char *text, const char *expected)
{
	char *lines;
	size_t len;
	FILE *out = xmemstream(&lines, &len);

	wrap_message(out, "%s", text);
	xclose_memstream(out);
	assert_string_equal(lines, expected);
	free(lines);
}

static void wrap_message__fits_a_screen(void **state)
{
	(void)state;
	assert_message("a  short one", "a  short one\n");
	assert_message(
		"lwsim: error: 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789",
		"lwsim: error: 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789\n");
	assert_message(
		"lwsim: error: 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789ab",
		"lwsim: error: 0123456789 0123456789 0123456789 0123456789 0123456789\n"
		"        0123456789ab\n");
	assert_message("a\033[31mb", "a?[31mb\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_columns__counts_what_a_terminal_shows),
		cmocka_unit_test(text_fit_columns__splits_no_character),
		cmocka_unit_test(wrap_text__fills_lines),
		cmocka_unit_test(wrap_text__breaks_words_that_are_longer_than_a_line),
		cmocka_unit_test(wrap_text__colours_each_line),
		cmocka_unit_test(wrap_message__fits_a_screen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
