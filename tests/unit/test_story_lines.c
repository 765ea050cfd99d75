// SPDX-License-Identifier: GPL-2.0-or-later
/* Equal lines about d0, d1, ... are written once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/base/xalloc.h"
#include "sim/story/story_lines.h"

/* Stores each line that it gets. */
struct heard {
	struct story_listener listener;
	char text[512];
};

static void heard_said(struct story_listener *listener, const struct story_sentence *sentence)
{
	struct heard *heard = (struct heard *)listener;
	char name[FOLD_NAME_MAX_BYTES];

	assert_true(strlen(heard->text) + strlen(sentence->text) + 2 < sizeof(heard->text));
	strcat(strcat(heard->text, sentence->text), "\n");
	if (!sentence->has_devices)
		return;
	fold_name(&sentence->devices, name);
	assert_non_null(strstr(sentence->text, name));
}

static void add(struct story_lines *lines, const char *text, const char *label, uint32_t line)
{
	const struct story_sentence sentence = { .kind = STORY_DECISION, .line = line };

	story_lines_add(lines, &sentence, xstrdup(text), label);
}

static void expect_lines(const char *const (*given)[2], size_t count, const char *expected)
{
	struct story_lines lines = { .lines = NULL };
	struct heard heard = { .listener.said = heard_said };

	for (size_t i = 0; i < count; i++)
		add(&lines, given[i][0], given[i][1], 1);
	story_lines_tell(&lines, &heard.listener);
	assert_int_equal(lines.count, 0);
	story_lines_free(&lines);
	assert_string_equal(heard.text, expected);
}

#define EXPECT(given, expected) expect_lines(given, sizeof(given) / sizeof(given[0]), expected)

static void story_lines_tell__folds_what_comes_again(void **state)
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

static void story_lines_tell__folds_nothing_else(void **state)
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

static void story_lines_tell__of_nothing_or_much(void **state)
{
	struct story_lines lines = { .lines = NULL };
	struct heard heard = { .listener.said = heard_said };

	(void)state;
	story_lines_tell(&lines, &heard.listener);
	for (int i = 0; i < 1000; i++) {
		char label[16];

		sprintf(label, "d%d", i);
		add(&lines, "twice: " STORY_DEVICE ", " STORY_DEVICE, label, 1);
	}
	story_lines_tell(&lines, &heard.listener);
	add(&lines, "left", "", 1);
	story_lines_free(&lines); /* unwritten lines are freed, too */
	assert_string_equal(heard.text, "twice: d{0..999}, d{0..999}\n");
}

static void story_lines_tell__keeps_what_comes_of_other_lines_apart(void **state)
{
	struct story_lines lines = { .lines = NULL }, rest = { .lines = NULL };
	struct heard heard = { .listener.said = heard_said };

	(void)state;
	add(&lines, STORY_DEVICE " is up", "d0", 1);
	add(&rest, STORY_DEVICE " is up", "d1", 2);
	add(&rest, STORY_DEVICE " is up", "d2", 2);
	story_lines_move(&lines, &rest);
	assert_int_equal(rest.count, 0);
	story_lines_tell(&lines, &heard.listener);
	assert_string_equal(heard.text, "d0 is up\nd{1..2} is up\n");
	story_lines_free(&lines);
	story_lines_free(&rest);
}

/* Returns whether the previous line absorbs this one. */
static bool extends(struct story_lines *lines, const char *text, const char *label, uint32_t line)
{
	const struct story_sentence sentence = { .kind = STORY_DECISION, .line = line };

	return story_lines_extend(lines, &sentence, text, label);
}

static void story_lines_extend__keeps_one_line_for_many_devices(void **state)
{
	struct story_lines lines = { .lines = NULL };
	struct heard heard = { .listener.said = heard_said };

	(void)state;
	assert_false(extends(&lines, STORY_DEVICE " waits", "d7", 1));
	add(&lines, STORY_DEVICE " waits", "d7", 1);
	assert_true(extends(&lines, STORY_DEVICE " waits", "d8", 1));
	assert_true(extends(&lines, STORY_DEVICE " waits", "d9", 1));
	assert_false(extends(&lines, STORY_DEVICE " waits", "d9", 1));
	assert_false(extends(&lines, STORY_DEVICE " waits", "d11", 1));
	assert_false(extends(&lines, STORY_DEVICE " runs", "d10", 1));
	assert_false(extends(&lines, STORY_DEVICE " waits", "d10", 2));
	assert_int_equal(lines.count, 1);
	/* a line added later folds with it, and does not make a longer cycle */
	add(&lines, STORY_DEVICE " waits", "d10", 1);
	assert_true(extends(&lines, STORY_DEVICE " waits", "d11", 1));
	add(&lines, STORY_DEVICE " runs", "d10", 1);
	story_lines_tell(&lines, &heard.listener);
	assert_string_equal(heard.text, "d{7..11} waits\nd10 runs\n");
	story_lines_free(&lines);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(story_lines_tell__folds_what_comes_again),
		cmocka_unit_test(story_lines_tell__folds_nothing_else),
		cmocka_unit_test(story_lines_tell__of_nothing_or_much),
		cmocka_unit_test(story_lines_tell__keeps_what_comes_of_other_lines_apart),
		cmocka_unit_test(story_lines_extend__keeps_one_line_for_many_devices),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
