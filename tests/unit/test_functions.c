/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions found in a source file, and when they are the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sim/loader/functions.h"

static const char plain[] = "static int f(int a)\n{\n\treturn a + 1;\n}\n";

static void function_hash__ignores_blanks_and_comments(void **state)
{
	(void)state;
	assert_int_equal(function_hash(plain, "f"),
			 function_hash("int f (int  a) /* x */\n{ // y\n  return a+1;\n}\n", "f"));
	assert_int_equal(
		function_hash(plain, "f"),
		function_hash("/*\n * f(int a)\n * {\n */\nint\nf(int a)\n{\n\treturn a + 1;\n}\n",
			      "f"));
}

static void function_hash__sees_each_change(void **state)
{
	static const char *const others[] = {
		"int f(int a)\n{\n\treturn a + 2;\n}\n",
		"int f(long a)\n{\n\treturn a + 1;\n}\n",
		"int f(int a)\n{\n\treturn a + 1;\n\tg();\n}\n",
		"int f(inta)\n{\n\treturn a + 1;\n}\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		assert_int_not_equal(function_hash(others[i], "f"), 0);
		assert_int_not_equal(function_hash(others[i], "f"), function_hash(plain, "f"));
	}
}

/* Strings are not code: what looks like a comment in them counts. */
static void function_hash__keeps_strings(void **state)
{
	(void)state;
	assert_int_not_equal(function_hash("void f(void)\n{\n\tg(\"/* a */\");\n}\n", "f"),
			     function_hash("void f(void)\n{\n\tg(\"/* b */\");\n}\n", "f"));
	assert_int_not_equal(function_hash("void f(void)\n{\n\tg(\"a  b\", '\\'');\n}\n", "f"),
			     function_hash("void f(void)\n{\n\tg(\"a b\", '\\'');\n}\n", "f"));
}

static void function_hash__only_definitions(void **state)
{
	(void)state;
	assert_int_equal(function_hash("int f(int a);\n", "f"), 0);
	assert_int_equal(function_hash("int g(int a)\n{\n\treturn f(a);\n}\n", "f"), 0);
	assert_int_equal(function_hash("#define f(a) \\\n{\n}\n", "f"), 0);
	assert_int_equal(function_hash("int gf(int a)\n{\n}\n", "f"), 0);
	assert_int_equal(function_hash("int f(int a\n", "f"), 0);
	assert_int_equal(function_hash("int f(int a)\n{\n", "f"), 0);
	assert_int_equal(function_hash("", "f"), 0);
	assert_int_equal(function_hash("int f /*", "f"), 0);
	assert_int_equal(function_hash("int f(\"", "f"), 0);
}

/* #ifdef chooses one of two: a change of either counts. */
static void function_hash__of_all_definitions(void **state)
{
	uint64_t both = function_hash(
		"#ifdef A\nint f(void)\n{\n}\n#else\nint f(void)\n{\n\tg();\n}\n#endif\n", "f");

	(void)state;
	assert_int_not_equal(both, function_hash("int f(void)\n{\n}\n", "f"));
	assert_int_not_equal(both,
			     function_hash("int f(void)\n{\n}\nint f(void)\n{\n\th();\n}\n", "f"));
	assert_int_equal(both,
			 function_hash("int f(void)\n{\n}\nint f(void)\n{\n\tg();\n}\n", "f"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(function_hash__ignores_blanks_and_comments),
		cmocka_unit_test(function_hash__sees_each_change),
		cmocka_unit_test(function_hash__keeps_strings),
		cmocka_unit_test(function_hash__only_definitions),
		cmocka_unit_test(function_hash__of_all_definitions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
