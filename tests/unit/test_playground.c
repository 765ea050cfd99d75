// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the web page gets: the same texts as the program prints, for every scenario; and answers to
 * arguments that are wrong. tests/playground/ checks the same in WebAssembly, and the page.
 */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/base/json.h"
#include "sim/base/xalloc.h"
#include "sim/language/source.h"
#include "sim/playground/page.h"

static char *file_text(const char *path)
{
	struct source *source = source_read(path, stderr);
	char *text;

	assert_non_null(source);
	text = xstrdup(source->text);
	source_free(source);
	return text;
}

/* What a command line prints to standard output. */
static char *printed_by(const char *arguments, const char *path, const char *redirection)
{
	char *command = xasprintf("%s %s %s %s", getenv("LWSIM"), arguments, path, redirection);
	char *text;
	size_t len, got;
	FILE *out = xmemstream(&text, &len), *in = popen(command, "r");
	char buffer[4096];

	assert_non_null(in);
	while ((got = fread(buffer, 1, sizeof(buffer), in)) > 0)
		fwrite(buffer, 1, got, out);
	pclose(in);
	xclose_memstream(out);
	free(command);
	return text;
}

/* The first string of this name in an answer; the caller frees. */
static char *string_of(const char *answer, const char *name)
{
	char *key = xasprintf("\"%s\":\"", name), *text;
	const char *at = strstr(answer, key);

	if (!at)
		fail_msg("no %s in %.200s", name, answer);
	at += strlen(key) - 1;
	assert_true(json_read_string(&at, &text));
	free(key);
	return text;
}

static void assert_same(const char *answer, const char *name, const char *arguments,
			const char *path, const char *redirection)
{
	char *expected = printed_by(arguments, path, redirection);
	char *text = string_of(answer, name);

	if (strcmp(text, expected) != 0)
		fail_msg("%s of %s differs from `lwsim %s`: %s", name, path, arguments, text);
	free(text);
	free(expected);
}

static void assert_has(const char *answer, const char *what)
{
	if (!strstr(answer, what))
		fail_msg("no %s in %.400s", what, answer);
}

static void for_each(const char *pattern, void (*check)(const char *path, const char *text))
{
	glob_t found;

	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	assert_true(found.gl_pathc > 5);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		char *text = file_text(found.gl_pathv[i]);

		page_file(found.gl_pathv[i]);
		check(found.gl_pathv[i], text);
		free(text);
	}
	globfree(&found);
}

static void check_scenario(const char *path, const char *text)
{
	assert_same(page_run(text, "", ""), "table", "compare", path, "2>/dev/null");
	assert_same(page_explain(text, "", ""), "story", "explain", path, "2>/dev/null");
	assert_same(page_lanes(text, "", ""), "lanes", "run --format lanes", path, "2>/dev/null");
	assert_has(page_steps(text, "", ""), "\"steps\":[{");
}

static void playground__same_texts(void **state)
{
	(void)state;
	for_each("scenarios/*.lw", check_scenario);
	for_each("scenarios/lessons/*.lw", check_scenario);
	for_each("scenarios/reports/*.lw", check_scenario);
}

static void check_wrong(const char *path, const char *text)
{
	const char *answer;

	if (strlen(text) == 0 || strcmp(path, "scenarios/bad/bad-nul.lw") == 0 ||
	    strstr(path, "bad-kernel-src"))
		return; /* a page's text has no NUL, and no kernel of its own */
	assert_same(page_check(text), "printed", "check", path, "2>&1 >/dev/null");
	answer = page_run(text, "", "");
	if (strstr(answer, "\"severity\":\"error\""))
		assert_null(strstr(answer, "\"svg\""));
}

static void playground__wrong_scenarios(void **state)
{
	(void)state;
	for_each("scenarios/bad/*.lw", check_wrong);
}

static void playground__failures_have_places(void **state)
{
	static const char text[] = "kernel 6.1\n"
				   "0 ip link add d0 type dummy\n"
				   "1 ip link set d0 up\n"
				   "  expect d0 operstate UP\n";
	const char *answer;

	(void)state;
	page_file("f.lw");
	answer = page_run(text, "6.1\n7.2", "");
	assert_has(answer, "\"tests\":[{\"failures\":[{\"severity\":\"fail\",\"line\":4,\"col\":23,"
			   "\"offset\":81,\"length\":2,\"text\":\"");
	assert_has(answer, "\"passed\":false");
	assert_has(answer, "f.lw:4:23: fail: ");
	assert_has(answer, "\"kernels\":[\"6.1\",\"7.2\"]");
}

static void playground__wrong_arguments(void **state)
{
	static const char text[] =
		"param open = 1s\n0 ip link add d0 type dummy\n$open ip link set d0 up\n";

	(void)state;
	assert_has(page_run(text, "6.1\nnone", ""), "unknown kernel 'none'");
	assert_has(page_run(text, "src:/nowhere", ""), "a page cannot");
	assert_has(page_run("kernel src:/nowhere\n", "", ""), "\"severity\":\"error\"");
	assert_has(page_run(text, "", "open=x"), "\"severity\":\"error\"");
	assert_has(page_run(text, "", "shut=1s"), "\"severity\":\"error\"");
	assert_has(page_explain(text, "none", ""), "unknown kernel 'none'");
	assert_has(page_curve(text, "", "", "open=1s..2s"), "has no step");
	assert_has(page_curve(text, "", "", "shut=1s..2s/1s"), "\"points\":[]");
	assert_has(page_import("nothing of a link", ""), "no link message in this text");
	assert_has(page_import("", "none"), "unknown kernel 'none'");
	assert_has(page_lesson("0 end\n"), "\"is_lesson\":false");
}

static void playground__curve(void **state)
{
	static const char text[] =
		"param open = 1s\n0.01 virtnet_probe e status=on\n$open setlink e up\n5 end\n";

	(void)state;
	assert_has(page_curve(text, "6.1\n6.12", "", "open=100ms..300ms/100ms"),
		   "\"name\":\"open\",\"kernels\":[\"6.1\",\"6.12\"],\"points\":["
		   "{\"value\":\"100ms\",\"waits_ns\":[924000000,");
}

static void playground__import(void **state)
{
	char *capture = file_text("scenarios/captures/libnl_374.txt");
	const char *answer = page_import(capture, "");

	(void)state;
	assert_has(answer, "\"messages\":4,\"explained\":4");
	free(capture);
}

static void playground__lesson(void **state)
{
	char *lesson = file_text("scenarios/lessons/01-unknown-down-up.lw");
	char *copy;

	(void)state;
	copy = string_of(page_lesson(lesson), "scenario");
	assert_has(copy, "\n         expect d0 operstate UNKNOWN\n");
	assert_null(strstr(copy, "#!"));
	assert_has(page_check(copy), "\"diagnostics\":[]");
	free(copy);
	free(lesson);
}

static void playground__words(void **state)
{
	(void)state;
	assert_has(page_words(), "\"carrier_on\"");
	assert_has(page_kernels(), "{\"name\":\"6.1\",");
	assert_has(page_kernels(), "{\"name\":\"urgent-event\",");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(playground__same_texts),
		cmocka_unit_test(playground__wrong_scenarios),
		cmocka_unit_test(playground__failures_have_places),
		cmocka_unit_test(playground__wrong_arguments),
		cmocka_unit_test(playground__curve),
		cmocka_unit_test(playground__import),
		cmocka_unit_test(playground__lesson),
		cmocka_unit_test(playground__words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
