/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scenario that grows: wrong or undone lines leave nothing behind. */
#include "parse_fixture.h"

#include "sim/base/pool.h"
#include "sim/language/growing.h"

static struct growing *start(void)
{
	return growing_new("a", NULL, 0);
}

/* Adds valid lines. */
static void add(struct growing *growing, const char *lines)
{
	assert_true(growing_add(growing, lines, "", stderr));
}

/* Adds invalid lines, whose error messages must start with the text. */
static void refuse(struct growing *growing, const char *lines, const char *more, const char *wanted)
{
	size_t count = growing_count(growing), len;
	char *said, *text = strdup(growing_text(growing));
	FILE *out = open_memstream(&said, &len);

	assert_false(growing_add(growing, lines, more, out));
	fclose(out);
	if (strncmp(said, wanted, strlen(wanted)) != 0)
		assert_string_equal(said, wanted);
	assert_string_equal(growing_text(growing), text);
	assert_int_equal(growing_count(growing), count);
	free(said);
	free(text);
}

static void growing_add__is_of_the_new_lines_alone(void **state)
{
	struct growing *growing = start();
	struct addition addition;

	(void)state;
	add(growing, "hz 100");
	add(growing, "1 ip link add d0 type dummy");
	add(growing, "+2s repeat 2 every 1s {\n ip link set d0 up\n}\n# that was it");
	assert_int_equal(growing_count(growing), 3);
	assert_null(growing_at(growing, 0).stmts);
	addition = growing_at(growing, 1);
	assert_int_equal(addition.stmts->kind, STMT_IP_LINK_ADD);
	assert_null(addition.stmts->next);
	assert_int_equal(addition.last_ns, 1 * S);
	addition = growing_at(growing, 2);
	assert_int_equal(addition.stmts->kind, STMT_REPEAT);
	assert_int_equal(addition.stmts->line, 3);
	assert_int_equal(addition.stmts->block.body->line, 4);
	assert_int_equal(addition.last_ns, 4 * S);
	assert_int_equal(addition.len, strlen(addition.text));
	assert_int_equal(growing_scenario(growing)->statement_count, 3);
	add(growing, "mark");
	assert_int_equal(growing_at(growing, 3).stmts->line, 7);
	assert_int_equal(growing_at(growing, 3).stmts->at_ns, 5 * S);
	growing_free(growing);
}

static void growing_add__says_all_that_is_wrong_of_what_was_typed(void **state)
{
	struct growing *growing = start();

	(void)state;
	add(growing, "1 mark");
	refuse(growing, "0.5", " mark",
	       "a:2:1: error: time goes back to 500ms, expected at least 1s\n    2 | 0.5\n      | ^^^\n");
	refuse(growing, "batch {\nip link set d0 up\ndev_open d1\n}", "",
	       "a:3:13: error: no line creates device 'd0', expected 'ip link add' or\n"
	       "        'virtnet_probe'\n    3 | ip link set d0 up\n      |             ^^\n"
	       "a:4:10: error: no line creates device 'd1'");
	refuse(growing, "repeat 2 every 1s {", "", "a:2:1: error: block is not closed");
	refuse(growing, "hz 100", "", "a:2:1: error: 'hz' after a statement");
	add(growing, "mark");
	assert_string_equal(growing_text(growing), "1 mark\nmark\n");
	growing_free(growing);
}

/* In a file, a wrong line may have created devices, which excuses later lines. Lines typed after it
 * are not excused. */
static void growing_add__of_wrong_lines_creates_nothing(void **state)
{
	struct growing *growing = start();

	(void)state;
	add(growing, "ip link add e{1..3} type dummy");
	refuse(growing, "ip link add d{0..1 type dummy", "", "a:2:");
	refuse(growing, "ip link add e{4..9} type dumy", "", "a:2:");
	refuse(growing, "ip link add e{4..9} type dummy\nmarc", "", "a:3:");
	refuse(growing, "ip netns add n1\nip -n n1 link add x9 type dummy\nmarc", "", "a:4:");
	refuse(growing, "carier_on d5", "", "a:2:1: error: unknown word 'carier_on'");
	refuse(growing, "dev_open d5", "", "a:2:10: error: no line creates device 'd5'");
	refuse(growing, "dev_open e4", "", "a:2:10: error: no line creates device 'e4'");
	refuse(growing, "ip -n n1 link set x9 up", "",
	       "a:2:7: error: no line creates namespace 'n1'");
	add(growing, "dev_open e3");
	assert_int_equal(growing_scenario(growing)->max_devices, 3);
	assert_int_equal(growing_scenario(growing)->max_nets, 0);
	growing_free(growing);
}

static void growing_undo__takes_names_ranges_and_the_header_back(void **state)
{
	struct growing *growing = start();

	(void)state;
	add(growing, "kernel 6.1");
	add(growing, "param x = 1s");
	growing_undo(growing);
	growing_undo(growing);
	assert_string_equal(growing_text(growing), "");
	assert_false(growing_scenario(growing)->has_kernel);
	assert_int_equal(growing_scenario(growing)->params_count, 0);
	add(growing, "kernel 6.12");
	add(growing, "ip link add d{2..3} type dummy");
	add(growing, "ip link add d{4..7} type dummy");
	add(growing, "ip link add d{0..1} type dummy");
	add(growing, "ip link set d{0..7} up");
	growing_undo(growing);
	growing_undo(growing);
	refuse(growing, "dev_open d1", "", "a:4:10: error: no line creates device 'd1'");
	add(growing, "ip link set d{2..7} up");
	growing_undo(growing);
	growing_undo(growing);
	refuse(growing, "dev_open d4", "", "a:3:10: error: no line creates device 'd4'");
	add(growing, "dev_open d3");
	assert_string_equal(growing_text(growing),
			    "kernel 6.12\nip link add d{2..3} type dummy\ndev_open d3\n");
	growing_free(growing);
}

/* Enough names to make their table grow, forward and back. */
static void growing_undo__of_many_names(void **state)
{
	struct growing *growing = start();
	char line[64];

	(void)state;
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 300; i++) {
			snprintf(line, sizeof(line), "ip link add d%dx type dummy", i);
			add(growing, line);
		}
		for (int i = 299; i >= 0; i--) {
			snprintf(line, sizeof(line), "dev_open d%dx", i);
			add(growing, line);
			growing_undo(growing);
			growing_undo(growing);
			refuse(growing, line, "", "a:");
		}
	}
	assert_string_equal(growing_text(growing), "");
	growing_free(growing);
}

static void growing_header_count__is_up_to_the_first_statement(void **state)
{
	static const char *const lines[] = { "hz 100", "# a comment", "param a = 1",
					     "1 mark", "# more",      "+1s mark" };
	static const size_t expected[] = { 1, 2, 3, 3, 3, 3 };
	struct growing *growing = start();

	(void)state;
	assert_int_equal(growing_header_count(growing), 0);
	for (size_t i = 0; i < 6; i++) {
		add(growing, lines[i]);
		assert_int_equal(growing_header_count(growing), expected[i]);
	}
	for (size_t i = 6; i-- > 1;) {
		growing_undo(growing);
		assert_int_equal(growing_header_count(growing), expected[i - 1]);
	}
	growing_undo(growing);
	add(growing, "1 mark");
	assert_int_equal(growing_header_count(growing), 0);
	growing_free(growing);
}

static void growing_check__wants_the_params_that_are_set(void **state)
{
	const struct param_setting setting = { "x", "2s" };
	struct growing *growing = growing_new("a", &setting, 1);
	FILE *nowhere = fopen("/dev/null", "w");

	(void)state;
	refuse(growing, "hz 100", "", "a: error: unknown parameter 'x'");
	assert_false(growing_check(growing, nowhere));
	add(growing, "param x = 1s");
	assert_true(growing_check(growing, stderr));
	add(growing, "+$x mark");
	assert_int_equal(growing_at(growing, 1).last_ns, 2 * S);
	growing_undo(growing);
	growing_undo(growing);
	assert_false(growing_check(growing, nowhere));
	fclose(nowhere);
	growing_free(growing);
}

/* Memory that was released is zeroed when allocated again, in this chunk and in later ones. */
static void pool_release__frees_what_is_newer(void **state)
{
	struct pool *pool = pool_new();
	struct pool_mark empty = pool_mark(pool), mark;
	char *old = pool_strndup(pool, "old", 3), *memory;

	(void)state;
	mark = pool_mark(pool);
	for (int round = 0; round < 2; round++) {
		memory = pool_alloc(pool, 100);
		for (int i = 0; i < 100; i++)
			assert_int_equal(memory[i], 0);
		memset(memory, 1, 100);
		memset(pool_alloc(pool, 100000), 1, 100000);
		pool_release(pool, &mark);
	}
	assert_string_equal(old, "old");
	pool_release(pool, &empty);
	assert_int_equal(*(char *)pool_alloc(pool, 1), 0);
	pool_free(pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(growing_add__is_of_the_new_lines_alone),
		cmocka_unit_test(growing_add__says_all_that_is_wrong_of_what_was_typed),
		cmocka_unit_test(growing_add__of_wrong_lines_creates_nothing),
		cmocka_unit_test(growing_undo__takes_names_ranges_and_the_header_back),
		cmocka_unit_test(growing_undo__of_many_names),
		cmocka_unit_test(growing_header_count__is_up_to_the_first_statement),
		cmocka_unit_test(growing_check__wants_the_params_that_are_set),
		cmocka_unit_test(pool_release__frees_what_is_newer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
