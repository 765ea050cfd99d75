/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sources and diagnostics: positions, excerpts, carets, order, suggestions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "sim/base/utf8.h"
#include "sim/language/diag.h"
#include "sim/language/source.h"
#include "sim/language/suggest.h"

/* The output for one diagnostic at [off, off+len) of text. */
static char *printed(const char *text, size_t text_len, uint32_t off, uint32_t len)
{
	struct source *source = source_from_text("a.lw", text, text_len);
	struct span span = { .off = off, .len = len };
	char *out = NULL;
	size_t out_len;
	FILE *stream = open_memstream(&out, &out_len);

	diag_print(stream, source, SEVERITY_ERROR, &span, "%s", "no");
	fclose(stream);
	source_free(source);
	return out;
}

static void assert_printed(const char *text, uint32_t off, uint32_t len, const char *expected)
{
	char *out = printed(text, strlen(text), off, len);

	assert_string_equal(out, expected);
	free(out);
}

static char *printed_all(const struct diags *diags)
{
	char *out = NULL;
	size_t out_len;
	FILE *stream = open_memstream(&out, &out_len);

	diags_print(diags, stream);
	fclose(stream);
	return out;
}

static void assert_position(const struct source *source, uint32_t off, uint32_t line, uint32_t col)
{
	uint32_t found_line, found_col;

	source_position(source, off, &found_line, &found_col);
	assert_int_equal(found_line, line);
	assert_int_equal(found_col, col);
}

static void source_position__counts_from_one_in_bytes(void **state)
{
	struct source *source = source_from_text("-", "ab\n\n\xc3\xa4x\n", 8);

	(void)state;
	assert_string_equal(source->path, "<stdin>");
	assert_int_equal(source->lines, 3);
	assert_position(source, 0, 1, 1);
	assert_position(source, 2, 1, 3);
	assert_position(source, 3, 2, 1);
	assert_position(source, 6, 3, 3);
	assert_position(source, 8, 3, 5);
	source_free(source);
}

static void source_line__is_without_its_line_end(void **state)
{
	struct source *source = source_from_text("a.lw", "ab\r\n\ncd\r", 8);
	uint32_t len;

	(void)state;
	assert_int_equal(source->lines, 3);
	assert_memory_equal(source_line(source, 1, &len), "ab", 2);
	assert_int_equal(len, 2);
	source_line(source, 2, &len);
	assert_int_equal(len, 0);
	assert_memory_equal(source_line(source, 3, &len), "cd", 2);
	assert_int_equal(len, 2);
	source_free(source);
}

static void source_from_text__of_nothing_has_one_empty_line(void **state)
{
	struct source *source = source_from_text("a.lw", NULL, 0);
	uint32_t len;

	(void)state;
	assert_int_equal(source->lines, 1);
	source_line(source, 1, &len);
	assert_int_equal(len, 0);
	assert_position(source, 0, 1, 1);
	source_free(source);
	source_free(NULL);
}

static void source_read__takes_a_file_as_it_is(void **state)
{
	char path[] = "/tmp/lwsim-source-XXXXXX";
	int fd = mkstemp(path);
	struct source *source;

	(void)state;
	assert_int_equal(write(fd, "a\0b\n", 4), 4);
	close(fd);
	source = source_read(path, stderr);
	unlink(path);
	assert_non_null(source);
	assert_int_equal(source->len, 4);
	assert_memory_equal(source->text, "a\0b\n", 5);
	assert_string_equal(source->path, path);
	source_free(source);
}

/* Runs source_read() on path, or on a stdin from `input`; returns what it printed to stderr. */
static char *source_read_refused(const char *path, FILE *input)
{
	int saved_out = dup(STDERR_FILENO), saved_in = dup(STDIN_FILENO);
	FILE *messages = tmpfile();
	char *text = calloc(1, 200);

	dup2(fileno(messages), STDERR_FILENO);
	if (input)
		dup2(fileno(input), STDIN_FILENO);
	assert_null(source_read(path, stderr));
	fflush(stderr);
	dup2(saved_out, STDERR_FILENO);
	dup2(saved_in, STDIN_FILENO);
	close(saved_out);
	close(saved_in);
	rewind(messages);
	assert_true(fread(text, 1, 199, messages) > 0);
	fclose(messages);
	return text;
}

static void source_read__says_why_it_cannot(void **state)
{
	FILE *directory = fopen("/", "re");
	char *text = source_read_refused("/nonexistent/a.lw", NULL);

	(void)state;
	assert_string_equal(text, "lwsim: /nonexistent/a.lw: error: No such file or directory\n");
	free(text);
	text = source_read_refused("/", NULL);
	assert_string_equal(text, "lwsim: /: error: Is a directory\n");
	free(text);
	text = source_read_refused("-", directory);
	assert_string_equal(text, "lwsim: <stdin>: error: Is a directory\n");
	free(text);
	fclose(directory);
	text = source_read_refused("/proc/self/mem", NULL);
	assert_string_equal(text, "lwsim: /proc/self/mem: error: Input/output error\n");
	free(text);
}

static void source_read__refuses_what_is_too_large(void **state)
{
	FILE *large = tmpfile();
	char *text;

	(void)state;
	assert_int_equal(ftruncate(fileno(large), (off_t)SOURCE_MAX_BYTES + 1), 0);
	text = source_read_refused("-", large);
	assert_string_equal(text, "lwsim: <stdin>: error: larger than 64 MiB\n");
	free(text);
	fclose(large);
	/* A file without a size that never ends. */
	text = source_read_refused("/dev/zero", NULL);
	assert_string_equal(text, "lwsim: /dev/zero: error: larger than 64 MiB\n");
	free(text);
}

static void source_read__takes_a_pipe_in_pieces(void **state)
{
	FILE *pipe_end = popen("seq 1 20000", "r");
	int saved_in = dup(STDIN_FILENO);
	struct source *source;

	(void)state;
	dup2(fileno(pipe_end), STDIN_FILENO);
	source = source_read("-", stderr);
	dup2(saved_in, STDIN_FILENO);
	close(saved_in);
	pclose(pipe_end);
	assert_non_null(source);
	assert_int_equal(source->lines, 20000);
	source_free(source);
}

static void diag_print__puts_carets_under_the_span(void **state)
{
	(void)state;
	assert_printed("one\n  two three\nfour\n", 10, 5,
		       "a.lw:2:7: error: no\n    2 |   two three\n      |       ^^^^^\n");
}

static void diag_print__without_a_span_is_one_line(void **state)
{
	char *out = NULL;
	size_t len;
	FILE *stream = open_memstream(&out, &len);

	(void)state;
	diag_print(stream, NULL, SEVERITY_NOTE, NULL, "it is %d", 3);
	diag_print(stream, NULL, SEVERITY_WARNING, NULL, "w");
	diag_print(stream, NULL, SEVERITY_FAIL, NULL, "f");
	fclose(stream);
	assert_string_equal(out, "note: it is 3\nwarning: w\nfail: f\n");
	free(out);
}

static void diag_print__wraps_text_and_does_not_count_the_path(void **state)
{
	/* 13 columns of ":1:1: error: ", and 67 of words */
	static const char words[] =
		"0123456789 0123456789 0123456789 0123456789 0123456789 012345678901";
	struct source *source = source_from_text("a/long/path.lw", "x", 1);
	struct span span = { .off = 0, .len = 1 };
	char *out = NULL;
	size_t out_len;
	FILE *stream = open_memstream(&out, &out_len);

	(void)state;
	diag_print(stream, source, SEVERITY_ERROR, &span, "%s", words);
	diag_print(stream, source, SEVERITY_ERROR, &span, "%s2", words);
	diag_print(stream, NULL, SEVERITY_ERROR, NULL, "a/path: %s", words);
	diag_print(stream, NULL, SEVERITY_ERROR, NULL, "a/path: %s%s", words, words);
	fclose(stream);
	assert_string_equal(
		out, "a/long/path.lw:1:1: error: 0123456789 0123456789 0123456789 0123456789 "
		     "0123456789 012345678901\n"
		     "    1 | x\n      | ^\n"
		     "a/long/path.lw:1:1: error: 0123456789 0123456789 0123456789 0123456789 "
		     "0123456789\n        0123456789012\n"
		     "    1 | x\n      | ^\n"
		     "error: a/path: 0123456789 0123456789 0123456789 0123456789 "
		     "0123456789 012345678901\n"
		     "error: a/path: 0123456789 0123456789 0123456789 0123456789 "
		     "0123456789\n        0123456789010123456789 0123456789 0123456789 "
		     "0123456789 0123456789\n        012345678901\n");
	free(out);
	source_free(source);
}

static void diag_print__has_at_least_one_caret(void **state)
{
	(void)state;
	assert_printed("ab\n", 1, 0, "a.lw:1:2: error: no\n    1 | ab\n      |  ^\n");
	assert_printed("ab\n", 2, 1, "a.lw:1:3: error: no\n    1 | ab\n      |   ^\n");
	assert_printed("ab\r\n", 3, 1, "a.lw:1:4: error: no\n    1 | ab\n      |   ^\n");
	assert_printed("", 0, 0, "a.lw:1:1: error: no\n    1 |\n      | ^\n");
}

static void diag_print__ends_carets_with_the_line(void **state)
{
	(void)state;
	assert_printed("ab cd\nef\n", 3, 5, "a.lw:1:4: error: no\n    1 | ab cd\n      |    ^^\n");
	assert_printed("ab cd\n", 3, UINT32_MAX - 3,
		       "a.lw:1:4: error: no\n    1 | ab cd\n      |    ^^\n");
}

static void diag_print__copies_tabs(void **state)
{
	(void)state;
	assert_printed("\ta\tb\n", 3, 1, "a.lw:1:4: error: no\n    1 | \ta\tb\n      | \t \t^\n");
}

static void diag_print__counts_characters_for_carets(void **state)
{
	(void)state;
	assert_printed("\xc3\xa4 \xe2\x82\xac\xf0\x9f\x98\x80 x\n", 3, 7,
		       "a.lw:1:4: error: no\n    1 | \xc3\xa4 \xe2\x82\xac\xf0\x9f\x98\x80 x\n"
		       "      |   ^^\n");
}

static void diag_print__keeps_the_terminal_safe(void **state)
{
	char *out = printed("a\x1b[1m\0\xff\xc2\x9b\xe2\x80\xae z", 14, 13, 1);

	(void)state;
	assert_string_equal(out, "a.lw:1:14: error: no\n    1 | a?[1m???? z\n"
				 "      |           ^\n");
	free(out);
}

static void diag_print__cuts_a_long_line_to_a_window(void **state)
{
	char text[301], expected[400];
	char *out;

	(void)state;
	memset(text, 'x', 300);
	text[300] = '\0';
	out = printed(text, 300, 150, 3);
	snprintf(expected, sizeof(expected),
		 "a.lw:1:151: error: no\n    1 | ...%.100s...\n      | %53s^^^\n", text, "");
	assert_string_equal(out, expected);
	free(out);
	out = printed(text, 300, 10, 200);
	assert_non_null(strstr(out, " | xxxxx"));
	assert_non_null(strstr(out, "x...\n      |           ^^^^^"));
	assert_int_equal(out[strlen(out) - 1], '\n');
	assert_int_equal(out[strlen(out) - 2], '^');
	free(out);
	out = printed(text, 300, 300, 1);
	assert_non_null(strstr(out, " | ...xxxx"));
	assert_non_null(strstr(out, "x\n      | "));
	free(out);
}

static void diag_print__cuts_between_characters(void **state)
{
	char text[601];
	char *out;
	unsigned int i, off;

	(void)state;
	for (i = 0; i < 200; i++)
		memcpy(text + 3 * i, "\xe2\x82\xac", 3);
	for (off = 200; off < 209; off++) {
		out = printed(text, 600, off, 1);
		assert_null(strchr(out, '?'));
		free(out);
	}
	memset(text, '\x80', 600); /* not a single valid character */
	out = printed(text, 600, 300, 1);
	assert_non_null(strstr(out, "???^") ? out : strstr(out, "^"));
	free(out);
}

static void diags_print__is_in_the_order_of_the_file(void **state)
{
	struct source *source = source_from_text("a.lw", "a\nb\nc\n", 6);
	struct diags diags;
	char *out;

	(void)state;
	diags_init(&diags, source);
	diag_add(&diags, SEVERITY_ERROR, SPAN_NONE, "nowhere");
	diag_add(&diags, SEVERITY_ERROR, (struct span){ 4, 1 }, "%s", "third");
	diag_add(&diags, SEVERITY_WARNING, (struct span){ 0, 1 }, "first");
	diag_add(&diags, SEVERITY_NOTE, (struct span){ 0, 1 }, "second");
	diag_add(&diags, SEVERITY_NOTE, SPAN_NONE, "nowhere either");
	out = printed_all(&diags);
	assert_string_equal(out, "a.lw:1:1: warning: first\n    1 | a\n      | ^\n"
				 "a.lw:1:1: note: second\n    1 | a\n      | ^\n"
				 "a.lw:3:1: error: third\n    3 | c\n      | ^\n"
				 "a.lw: error: nowhere\na.lw: note: nowhere either\n");
	assert_int_equal(diags.errors, 2);
	free(out);
	diags_free(&diags);
	source_free(source);
}

static void diags_print__of_nothing_prints_nothing(void **state)
{
	struct diags diags;
	char *out;

	(void)state;
	diags_init(&diags, NULL);
	out = printed_all(&diags);
	assert_string_equal(out, "");
	free(out);
	diags_free(&diags);
}

static void diag_add__keeps_the_first_errors_of_the_file(void **state)
{
	struct source *source = source_from_text("a.lw", "abcdefghijklmnopqrstuvwxyz\n", 27);
	struct diags diags;
	uint32_t i;
	char *out;

	(void)state;
	diags_init(&diags, source);
	diag_add(&diags, SEVERITY_NOTE, (struct span){ 25, 1 }, "a note");
	for (i = 0; i < DIAG_MAX_ERRORS; i++)
		diag_add(&diags, SEVERITY_ERROR, (struct span){ i + 1, 1 }, "error %u", i + 1);
	diag_add(&diags, SEVERITY_ERROR, (struct span){ 24, 1 }, "too late");
	out = printed_all(&diags);
	assert_null(strstr(out, "too late"));
	assert_non_null(strstr(out, "error 20\n"));
	assert_non_null(strstr(out, "\nnote: 1 more error\n"));
	free(out);
	diag_add(&diags, SEVERITY_ERROR, (struct span){ 0, 1 }, "found last, stands first");
	diag_add(&diags, SEVERITY_ERROR, SPAN_NONE, "nowhere");
	out = printed_all(&diags);
	assert_memory_equal(out, "a.lw:1:1: error: found last", 27);
	assert_null(strstr(out, "error 20\n"));
	assert_null(strstr(out, "nowhere"));
	assert_non_null(strstr(out, "error 19\n"));
	assert_non_null(strstr(out, "a note"));
	assert_non_null(strstr(out, "\nnote: 3 more errors\n"));
	assert_int_equal(diags.errors, DIAG_MAX_ERRORS + 3);
	free(out);
	diags_free(&diags);
	source_free(source);
}

static void assert_suggests(const char *word, const char *expected)
{
	static const char *const candidates[] = {
		"carrier_on",
		"carrier_off",
		"up",
		"down",
		"on",
		"ENETDOWN",
		"a_candidate_that_is_longer_than_any_word",
		NULL,
	};
	const char *found = suggest(word, strlen(word), candidates);

	if (expected)
		assert_string_equal(found, expected);
	else
		assert_null(found);
}

static void suggest__finds_the_nearest(void **state)
{
	(void)state;
	assert_suggests("carier_on", "carrier_on");
	assert_suggests("carrier_of", "carrier_off"); /* as near, and starts with the word */
	assert_suggests("carrier_fof", "carrier_off");
	assert_suggests("CARRIER_ON", "carrier_on");
	assert_suggests("dwon", "down");
	assert_suggests("no", "on");
	assert_suggests("upp", "up");
	assert_suggests("enetdwn", "ENETDOWN");
	assert_suggests("enetd", "ENETDOWN"); /* abbreviated */
}

static void suggest__leaves_far_words_alone(void **state)
{
	(void)state;
	assert_suggests("carrier", NULL); /* several */
	assert_suggests("frobnicate", NULL);
	assert_suggests("x", NULL);
	assert_suggests("xy", NULL);
	assert_suggests("", NULL);
	assert_suggests("a_candidate_that_is_longer_than_any_wor", NULL);
}

static void assert_decodes(const char *text, size_t len, size_t size, uint32_t expected)
{
	uint32_t character = 0;

	assert_int_equal(utf8_decode(text, len, &character), size);
	if (size)
		assert_int_equal(character, expected);
}

static void utf8_decode__takes_the_shortest_form_only(void **state)
{
	(void)state;
	assert_decodes("a", 1, 1, 'a');
	assert_decodes("\xc2\x80", 2, 2, 0x80);
	assert_decodes("\xe0\xa0\x80", 3, 3, 0x800);
	assert_decodes("\xed\x9f\xbf", 3, 3, 0xd7ff);
	assert_decodes("\xee\x80\x80", 3, 3, 0xe000);
	assert_decodes("\xf0\x90\x80\x80", 4, 4, 0x10000);
	assert_decodes("\xf4\x8f\xbf\xbf", 4, 4, 0x10ffff);
	assert_decodes("\xc1\xbf", 2, 0, 0);
	assert_decodes("\xe0\x9f\xbf", 3, 0, 0);
	assert_decodes("\xf0\x8f\xbf\xbf", 4, 0, 0);
	assert_decodes("\xf4\x90\x80\x80", 4, 0, 0);
	assert_decodes("\xed\xa0\x80", 3, 0, 0);
	assert_decodes("\xe2\x82\xac", 2, 0, 0);
	assert_decodes("\x80", 1, 0, 0);
	assert_decodes("\xf8\x88\x80\x80", 4, 0, 0);
	assert_decodes("\xc3(", 2, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(source_position__counts_from_one_in_bytes),
		cmocka_unit_test(source_line__is_without_its_line_end),
		cmocka_unit_test(source_from_text__of_nothing_has_one_empty_line),
		cmocka_unit_test(source_read__takes_a_file_as_it_is),
		cmocka_unit_test(source_read__says_why_it_cannot),
		cmocka_unit_test(source_read__refuses_what_is_too_large),
		cmocka_unit_test(source_read__takes_a_pipe_in_pieces),
		cmocka_unit_test(diag_print__puts_carets_under_the_span),
		cmocka_unit_test(diag_print__without_a_span_is_one_line),
		cmocka_unit_test(diag_print__wraps_text_and_does_not_count_the_path),
		cmocka_unit_test(diag_print__has_at_least_one_caret),
		cmocka_unit_test(diag_print__ends_carets_with_the_line),
		cmocka_unit_test(diag_print__copies_tabs),
		cmocka_unit_test(diag_print__counts_characters_for_carets),
		cmocka_unit_test(diag_print__keeps_the_terminal_safe),
		cmocka_unit_test(diag_print__cuts_a_long_line_to_a_window),
		cmocka_unit_test(diag_print__cuts_between_characters),
		cmocka_unit_test(diags_print__is_in_the_order_of_the_file),
		cmocka_unit_test(diags_print__of_nothing_prints_nothing),
		cmocka_unit_test(diag_add__keeps_the_first_errors_of_the_file),
		cmocka_unit_test(suggest__finds_the_nearest),
		cmocka_unit_test(suggest__leaves_far_words_alone),
		cmocka_unit_test(utf8_decode__takes_the_shortest_form_only),
	};

	return cmocka_run_group_tests_name("diag", tests, NULL, NULL);
}
