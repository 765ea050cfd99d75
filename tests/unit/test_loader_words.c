// SPDX-License-Identifier: GPL-2.0-or-later
/* Explains compiler messages more plainly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/loader/text.h"
#include "sim/loader/words.h"

static void expect_said(const char *words, const char *plainly)
{
	char *text = NULL;
	size_t len;
	FILE *messages = open_memstream(&text, &len);

	assert_non_null(messages);
	src_words_print(words, messages);
	assert_int_equal(fclose(messages), 0);
	assert_true(strlen(text) >= strlen(words));
	assert_string_equal(text + strlen(text) - strlen(words),
			    words); /* at the end, all of the compiler's own messages */
	text[strlen(text) - strlen(words)] = '\0';
	assert_string_equal(text, plainly);
	free(text);
}

static void src_words_print__names_what_is_missing(void **state)
{
	static const struct {
		const char *words, *plainly;
	} cases[] = {
		{ "a.c:1:2: error: implicit declaration of function 'netif_foo'; did you mean 'x'?\n",
		  "error: link_watch.c uses netif_foo(), which lwsim does not provide\n" },
		{ "a.c:1:2: error: call to undeclared function 'netif_foo'; ISO C99\n",
		  "error: link_watch.c uses netif_foo(), which lwsim does not provide\n" },
		{ "a.c:1:2: error: 'foo' undeclared (first use in this function)\n",
		  "error: link_watch.c uses foo, which lwsim does not provide\n" },
		{ "a.c:1:2: error: use of undeclared identifier 'foo'\n",
		  "error: link_watch.c uses foo, which lwsim does not provide\n" },
		{ "a.c:1:2: error: 'struct net_device' has no member named 'foo'\n",
		  "error: link_watch.c uses a member foo, which lwsim's structures do not have\n" },
		{ "a.c:1:2: error: no member named 'foo' in 'struct net_device'\n",
		  "error: link_watch.c uses a member foo, which lwsim's structures do not have\n" },
		{ "a.c:1:2: error: unknown type name 'foo_t'\n",
		  "error: link_watch.c uses the type foo_t, which lwsim does not provide\n" },
		{ "a.c:1:2: fatal error: linux/foo.h: No such file or directory\n",
		  "error: link_watch.c includes <linux/foo.h>, which lwsim does not provide\n" },
		{ "a.c:1:2: fatal error: 'linux/foo.h' file not found\n",
		  "error: link_watch.c includes <linux/foo.h>, which lwsim does not provide\n" },
		{ "ld: a.o: in function `f':\na.c:5: undefined reference to `foo'\n",
		  "error: link_watch.c uses foo, which lwsim does not provide\n" },
		{ "a.c:1:2: error: expected ';' before 'x'\n", "" },
		{ "", "" },
		{ "no newline at its end", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect_said(cases[i].words, cases[i].plainly);
}

static void src_words_print__says_each_name_once_and_no_more_than_twenty(void **state)
{
	char words[4096] = "", plainly[4096] = "";

	(void)state;
	expect_said("error: 'a' undeclared\nerror: 'b' undeclared\nerror: 'a' undeclared\n",
		    "error: link_watch.c uses a, which lwsim does not provide\n"
		    "error: link_watch.c uses b, which lwsim does not provide\n");
	for (int i = 0; i < 25; i++) {
		sprintf(words + strlen(words), "error: 'n%d' undeclared\n", i);
		if (i < 20)
			sprintf(plainly + strlen(plainly),
				"error: link_watch.c uses n%d, which lwsim does not provide\n", i);
	}
	expect_said(words, plainly);
}

static void text_has_static__looks_for_the_whole_name(void **state)
{
	const char *text = "static unsigned long linkwatch_flags;\nextern int lweventlist;\n"
			   "static LIST_HEAD(my_list);\n";

	(void)state;
	assert_true(text_has_static(text, "linkwatch_flags"));
	assert_true(text_has_static(text, "my_list"));
	assert_false(text_has_static(text, "linkwatch"));
	assert_false(text_has_static(text, "flags"));
	assert_false(text_has_static(text, "list"));
	assert_false(text_has_static(text, "lweventlist")); /* another file's */
}

static void text_has_static__is_of_a_declaration(void **state)
{
	(void)state;
	assert_true(text_has_static("static unsigned long linkwatch_flags = 0,\n\tx;",
				    "linkwatch_flags"));
	assert_true(text_has_static("static DEFINE_SPINLOCK(lock);\r\n", "lock"));
	assert_true(text_has_static("static int n; /* so many */\n", "n"));
	assert_false(text_has_static("static void f(unsigned long linkwatch_flags)\n{",
				     "linkwatch_flags"));
	assert_false(
		text_has_static("static void f(unsigned long a,\n\tint linkwatch_flags)", "a"));
}

static void text_has_word__looks_for_the_whole_word(void **state)
{
	const char *text = "noinline void linkwatch_sync_dev(struct net_device *dev)\n";

	(void)state;
	assert_true(text_has_word(text, "linkwatch_sync_dev"));
	assert_false(text_has_word(text, "linkwatch_sync"));
	assert_false(text_has_word(text, "sync_dev"));
}

static void text_read__says_what_cannot_be_read(void **state)
{
	char *text;
	size_t len = 7;

	(void)state;
	assert_null(text_read("/nowhere", &len));
	assert_null(text_read("/", &len));
	text = text_read("/dev/null", &len);
	assert_string_equal(text, "");
	assert_int_equal(len, 0);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(src_words_print__names_what_is_missing),
		cmocka_unit_test(src_words_print__says_each_name_once_and_no_more_than_twenty),
		cmocka_unit_test(text_has_static__looks_for_the_whole_name),
		cmocka_unit_test(text_has_static__is_of_a_declaration),
		cmocka_unit_test(text_has_word__looks_for_the_whole_word),
		cmocka_unit_test(text_read__says_what_cannot_be_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
