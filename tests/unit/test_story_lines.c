// SPDX-License-Identifier: GPL-2.0-or-later
/* What d0, d1, ... have in common is told once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/story_lines.h"
#include "sim/xalloc.h"

static void expect_lines(const char *const (*given)[2], size_t count, const char *expected)
{
	struct story_lines lines = { .lines = NULL };
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	for (size_t i = 0; i < count; i++)
		story_lines_add(&lines, xasprintf("%s\n", given[i][0]), given[i][1]);
	story_lines_write(&lines, out);
	assert_int_equal(lines.count, 0);
	story_lines_free(&lines);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(text, expected);
	free(text);
}

#define EXPECT(given, expected) expect_lines(given, sizeof(given) / sizeof(given[0]), expected)

static void story_lines_write__folds_what_comes_again(void **state)
{
	static const char *const one[][2] = { { STORY_DEVICE " is up", "d0" },
					      { STORY_DEVICE " is up", "d1" },
					      { STORY_DEVICE " is up", "d2" } };
	static const char *const cycle[][2] = {
		{ STORY_DEVICE " a", "d8" },  { "work", "" }, { STORY_DEVICE " b", "d8" },
		{ STORY_DEVICE " a", "d9" },  { "work", "" }, { STORY_DEVICE " b", "d9" },
		{ STORY_DEVICE " a", "d10" }, { "work", "" }
	};

	(void)state;
	EXPECT(one, "d{0..2} is up\n");
	EXPECT(cycle, "d{8..9} a\nwork\nd{8..9} b\nd10 a\nwork\n");
}

static void story_lines_write__folds_nothing_else(void **state)
{
	static const char *const other_text[][2] = { { STORY_DEVICE " is up", "d0" },
						     { STORY_DEVICE " is down", "d1" } };
	static const char *const other_name[][2] = { { STORY_DEVICE " is up", "d0" },
						     { STORY_DEVICE " is up", "e1" },
						     { STORY_DEVICE " is up", "d2" },
						     { STORY_DEVICE " is up", "d2" } };
	static const char *const no_device[][2] = { { "work", "" }, { "work", "" } };
	static const char *const two_devices[][2] = { { STORY_DEVICE " a", "v0" },
						      { STORY_DEVICE " b", "w0" },
						      { STORY_DEVICE " a", "v1" },
						      { STORY_DEVICE " b", "w1" } };

	(void)state;
	EXPECT(other_text, "d0 is up\nd1 is down\n");
	EXPECT(other_name, "d0 is up\ne1 is up\nd2 is up\nd2 is up\n");
	EXPECT(no_device, "work\nwork\n");
	EXPECT(two_devices, "v0 a\nw0 b\nv1 a\nw1 b\n");
}

static void story_lines_write__of_nothing_or_much(void **state)
{
	struct story_lines lines = { .lines = NULL };
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	(void)state;
	story_lines_write(&lines, out);
	for (int i = 0; i < 1000; i++) {
		char label[16];

		sprintf(label, "d%d", i);
		story_lines_add(&lines,
				xasprintf("%s: " STORY_DEVICE ", " STORY_DEVICE "\n", "twice"),
				label);
	}
	story_lines_write(&lines, out);
	story_lines_add(&lines, xasprintf("%s\n", "left"), "");
	story_lines_free(&lines); /* what is not written goes too */
	assert_int_equal(fclose(out), 0);
	assert_string_equal(text, "twice: d{0..999}, d{0..999}\n");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(story_lines_write__folds_what_comes_again),
		cmocka_unit_test(story_lines_write__folds_nothing_else),
		cmocka_unit_test(story_lines_write__of_nothing_or_much),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
