// SPDX-License-Identifier: GPL-2.0-or-later
/* The differences between two traces, and their wording. */
#include "diff_fixture.h"

static void diff__same_messages_whatever_the_order_of_devices(void **state)
{
	struct trace before, after;

	(void)state;
	trace_init(&before);
	trace_init(&after);
	assert_diff(&before, &after, "");
	add_up(&before, 1, "d0");
	add_up(&before, 1, "d1");
	add_up(&after, 1, "d1");
	add_up(&after, 1, "d0");
	assert_diff(&before, &after, "");
}

static void diff__moved_appeared_and_vanished(void **state)
{
	struct trace before, after;

	(void)state;
	trace_init(&before);
	trace_init(&after);
	add_message(&before, 0, "eth0", 0, IF_OPER_DOWN);
	add_message(&after, 0, "eth0", 0, IF_OPER_DOWN);
	add_up(&before, 1024, "eth0");
	add_up(&after, 410, "eth0");
	add_down(&after, 700, "eth1");
	add_down(&before, 800, "a0");
	add_down(&before, 900, "eth2");
	add_down(&after, 901, "eth2");
	assert_diff(&before, &after,
		    "eth1 +UP DOWN: appeared at 0.700000\n"
		    "a0 +UP DOWN: vanished, was at 0.800000\n"
		    "eth2 +UP DOWN: 0.900000 -> 0.901000, 1ms later\n"
		    "eth0 +UP +RUNNING +LOWER_UP UP: 1.024000 -> 0.410000, 614ms earlier\n");
}

static void diff__moved_and_not_the_same_change(void **state)
{
	struct trace before, after;

	(void)state;
	trace_init(&before);
	trace_init(&after);
	add_up(&before, 1, "d0"); /* all at once, or step by step */
	add_down(&after, 1, "d0");
	add_up(&after, 2, "d0");
	add_up(&after, 3, "d0");
	assert_diff(&before, &after,
		    "d0 <UP,RUNNING,LOWER_UP> state UP: 0.001000 -> 0.002000, 1ms later\n"
		    "d0 +UP DOWN: appeared at 0.001000\n"
		    "d0 <UP,RUNNING,LOWER_UP> state UP again: appeared at 0.003000\n");
	/* a repeated message in one of them */
	add_up(&before, 1, "d0");
	add_up(&before, 1, "d0");
	add_up(&before, 9, "d0");
	add_up(&after, 1, "d0");
	add_down(&after, 1, "d0");
	add_up(&after, 8, "d0");
	assert_diff(&before, &after,
		    "d0 -RUNNING -LOWER_UP DOWN: appeared at 0.001000\n"
		    "d0 <UP,RUNNING,LOWER_UP> state UP again: vanished, was at 0.001000\n"
		    "d0 <UP,RUNNING,LOWER_UP> state UP: 0.009000 -> 0.008000, 1ms earlier\n");
	/* in both */
	add_up(&before, 1, "d0");
	add_up(&before, 2, "d0");
	add_up(&after, 1, "d0");
	add_up(&after, 3, "d0");
	assert_diff(&before, &after,
		    "d0 <UP,RUNNING,LOWER_UP> state UP again: 0.002000 -> 0.003000, 1ms later\n");
}

/* A message that replaces another shows enough to tell the two apart. */
static void diff__the_state_is_told_where_it_may_be_the_difference(void **state)
{
	struct trace before, after;

	(void)state;
	trace_init(&before);
	trace_init(&after);
	add_message(&before, 1, "d0", IFF_UP | IFF_LOWER_UP, IF_OPER_UNKNOWN);
	add_message(&before, 2, "d0", IFF_UP, IF_OPER_UNKNOWN);
	add_message(&after, 1, "d0", IFF_UP | IFF_LOWER_UP, IF_OPER_UP);
	add_message(&after, 2, "d0", IFF_UP, IF_OPER_UP);
	assert_diff(&before, &after,
		    "d0 +UP +LOWER_UP UP: appeared at 0.001000\n"
		    "d0 +UP +LOWER_UP UNKNOWN: vanished, was at 0.001000\n"
		    "d0 -LOWER_UP, still UP: appeared at 0.002000\n"
		    "d0 -LOWER_UP, still UNKNOWN: vanished, was at 0.002000\n");

	add_down(&before, 5, "d0");
	add_down(&after, 5, "d0");
	before.records[0].kind = after.records[0].kind = RECORD_DELLINK;
	after.records[0].operstate = IF_OPER_LOWERLAYERDOWN;
	assert_diff(&before, &after,
		    "d0 deleted <UP> state LOWERLAYERDOWN: appeared at 0.005000\n"
		    "d0 deleted <UP> state DOWN: vanished, was at 0.005000\n");
	add_down(&before, 5, "d0");
	add_down(&after, 6, "d0");
	before.records[0].kind = after.records[0].kind = RECORD_DELLINK;
	assert_diff(&before, &after, "d0 deleted: 0.005000 -> 0.006000, 1ms later\n");
}

static void diff__namespaces_have_devices_of_their_own(void **state)
{
	struct trace before, after;

	(void)state;
	trace_init(&before);
	trace_init(&after);
	add_up(&before, 1, "d0");
	add_up(&after, 1, "d0");
	after.records[0].netns = "n1";
	assert_diff(&before, &after,
		    "n1/d0 +UP +RUNNING +LOWER_UP UP: appeared at 0.001000\n"
		    "d0 +UP +RUNNING +LOWER_UP UP: vanished, was at 0.001000\n");
}

static void diff__errors_and_answers(void **state)
{
	struct trace before, after;

	(void)state;
	trace_init(&before);
	trace_init(&after);
	add_text(&before, RECORD_ACTION, 1, 2, "actions are the same on all");
	add_text(&before, RECORD_ERROR, 1, 2, "RTNETLINK answers: Network is down");
	add_text(&before, RECORD_NOTE, 2, 3, "d0 carrier: 1");
	add_text(&after, RECORD_NOTE, 2, 3, "d0 carrier: 0");
	add_text(&before, RECORD_NOTE, 3, 4, "d0 dormant: 0");
	add_text(&after, RECORD_NOTE, 5, 4, "d0 dormant: 0");
	add_text(&before, RECORD_ERROR, 6, 9, "no");
	add_text(&before, RECORD_ERROR, 6, 8, "no");
	assert_diff(
		&before, &after,
		"error in line 2: RTNETLINK answers: Network is down: vanished, was at 0.001000\n"
		"answer to line 3: d0 carrier: 0: appeared at 0.002000\n"
		"answer to line 3: d0 carrier: 1: vanished, was at 0.002000\n"
		"answer to line 4: d0 dormant: 0: 0.003000 -> 0.005000, 2ms later\n"
		"error in line 8: no: vanished, was at 0.006000\n"
		"error in line 9: no: vanished, was at 0.006000\n");
}

static void diff_write__devices_that_change_alike_are_one_line(void **state)
{
	struct trace before, after;
	char name[IFNAMSIZ];

	(void)state;
	trace_init(&before);
	trace_init(&after);
	for (int i = 12; i-- > 0;) { /* not in the order of the names */
		sprintf(name, "d%d", i);
		add_up(&before, 5, name);
		add_up(&after, i == 7 ? 4 : 3, name);
		add_down(&after, 9, name);
	}
	assert_diff(&before, &after,
		    "d{0..6} +UP +RUNNING +LOWER_UP UP: 0.005000 -> 0.003000, 2ms earlier\n"
		    "d{8..11} +UP +RUNNING +LOWER_UP UP: 0.005000 -> 0.003000, 2ms earlier\n"
		    "d7 +UP +RUNNING +LOWER_UP UP: 0.005000 -> 0.004000, 1ms earlier\n"
		    "d{0..11} -RUNNING -LOWER_UP DOWN: appeared at 0.009000\n");
}

static void diff_write__what_repeats_is_one_line(void **state)
{
	struct trace before, after;

	(void)state;
	trace_init(&before);
	trace_init(&after);
	add_down(&before, 1, "d0");
	add_down(&after, 1, "d0");
	for (int i = 0; i < 30; i++)
		add_down(&after, 2 + i, "d0");
	add_down(&after, 40, "d1");
	add_down(&after, 41, "d1");
	add_down(&after, 41, "d1");
	assert_diff(&before, &after,
		    "d0 <UP> state DOWN again: appeared 30 times, 0.002000 to 0.031000\n"
		    "d1 +UP DOWN: appeared at 0.040000\n"
		    "d1 <UP> state DOWN again: appeared 2 times at 0.041000\n");
	for (int i = 0; i < 3; i++)
		add_down(&before, 2, "d0");
	add_down(&after, 2, "d0");
	assert_diff(&before, &after,
		    "d0 <UP> state DOWN again: vanished 2 times, was at 0.002000\n");
}

static void diff_write__what_repeats_in_turn_is_told_once(void **state)
{
	struct trace before, after;

	(void)state;
	trace_init(&before);
	trace_init(&after);
	add_down(&before, 1, "d0");
	add_down(&before, 1, "e0");
	add_down(&after, 1, "d0");
	add_down(&after, 1, "e0");
	for (int i = 1; i <= 3; i++) { /* and half of a fourth cycle */
		add_up(&after, 10 * i, "d0");
		add_up(&after, 10 * i + 1, "e0");
		add_down(&after, 10 * i + 2, "d0");
		add_down(&after, 10 * i + 3, "e0");
	}
	add_up(&after, 40, "d0");
	assert_diff(&before, &after,
		    "d0 +RUNNING +LOWER_UP UP: appeared at 0.010000\n"
		    "e0 +RUNNING +LOWER_UP UP: appeared at 0.011000\n"
		    "d0 -RUNNING -LOWER_UP DOWN: appeared at 0.012000\n"
		    "e0 -RUNNING -LOWER_UP DOWN: appeared at 0.013000\n"
		    "these 4 lines repeat 2 more times, until 0.033000\n"
		    "d0 +RUNNING +LOWER_UP UP: appeared at 0.040000\n");
	/* two alternations are not a cycle yet */
	add_down(&before, 1, "d0");
	add_down(&after, 1, "d0");
	for (int i = 2; i <= 5; i++)
		(i % 2 ? add_down : add_up)(&after, i, "d0");
	assert_diff(&before, &after,
		    "d0 +RUNNING +LOWER_UP UP: appeared at 0.002000\n"
		    "d0 -RUNNING -LOWER_UP DOWN: appeared at 0.003000\n"
		    "d0 +RUNNING +LOWER_UP UP: appeared at 0.004000\n"
		    "d0 -RUNNING -LOWER_UP DOWN: appeared at 0.005000\n");
}

static void diff_write__the_rest_is_counted(void **state)
{
	struct trace before, after;
	struct diff diff;
	char *text, expected[64];
	size_t len;
	FILE *out = open_memstream(&text, &len);

	(void)state;
	trace_init(&before);
	trace_init(&after);
	for (int i = 0; i < DIFF_LINES_MAX + 5; i++) {
		char name[IFNAMSIZ];

		sprintf(name, "d%dx", i);
		add_up(&before, i, name);
	}
	diff_make(&before, &after, &diff);
	assert_int_equal(diff.counts[CHANGE_VANISHED], DIFF_LINES_MAX + 5);
	diff_write(out, &diff);
	fclose(out);
	sprintf(expected, "vanished, was at 0.%03d000\nand 5 more\n", DIFF_LINES_MAX - 1);
	assert_non_null(strstr(text, expected));
	free(text);
	diff_free(&diff);
	trace_free(&before);
	trace_free(&after);
}

/* -- the longest wait -- */

/* UP at 0, RUNNING wait_ms later; -1: never, because it goes down; -2: not yet. */
static void add_wait(struct trace *trace, const char *dev, int64_t wait_ms)
{
	add_message(trace, 0, dev, IFF_UP, IF_OPER_DOWN);
	if (wait_ms == -1)
		add_message(trace, 50, dev, 0, IF_OPER_DOWN);
	if (wait_ms < 0)
		return;
	add_up(trace, wait_ms, dev);
	trace->records[trace->count - 1].waited_ns = wait_ms * MS;
}

static void assert_wait(struct trace *before, struct trace *after, const char *name,
			const char *before_text, const char *after_text)
{
	const struct compared_run run_before = { .trace = before, .end_ns = 100 * MS };
	const struct compared_run run_after = { .trace = after, .end_ns = 200 * MS };
	struct wait_changes changes;
	const struct wait_change *change;

	wait_changes_make(&run_before, &run_after, &changes);
	change = wait_changes_largest(&changes);
	assert_string_equal(change->name, name);
	assert_string_equal(change->before, before_text);
	assert_string_equal(change->after, after_text);
	trace_free(before);
	trace_free(after);
}

static void wait_change__the_largest(void **state)
{
	struct trace before, after;

	(void)state;
	trace_init(&before);
	trace_init(&after);
	assert_wait(&before, &after, "", "", "");
	add_wait(&before, "d0", 10);
	add_wait(&after, "d0", 10);
	assert_wait(&before, &after, "", "", "");

	add_wait(&before, "d0", 10);
	add_wait(&before, "d1", 10);
	add_wait(&before, "d2", 30);
	add_wait(&after, "d2", 20);
	add_wait(&after, "d0", 0);
	add_wait(&after, "d1", 21);
	assert_wait(&before, &after, "d1", "10ms", "21ms");
}

static void wait_change__of_equal_ones_the_longer_wait(void **state)
{
	struct trace before, after;

	(void)state;
	trace_init(&before);
	trace_init(&after);
	for (int i = 12; i-- > 0;) {
		char name[IFNAMSIZ];

		sprintf(name, "d%d", i);
		add_wait(&before, name, 10);
		add_wait(&after, name, i < 8 ? 5 : 15);
	}
	assert_wait(&before, &after, "d{8..11}", "10ms", "15ms");
}

static void wait_change__never_is_the_longest(void **state)
{
	struct trace before, after;

	(void)state;
	trace_init(&before);
	trace_init(&after);
	add_wait(&before, "d0", 1);
	add_wait(&after, "d0", 99);
	add_wait(&before, "d1", -2);
	add_wait(&after, "d1", 7);
	add_wait(&before, "d2", -2); /* both wait: only the ends of the runs differ */
	add_wait(&after, "d2", -2);
	add_wait(&before, "d3", -1);
	add_wait(&after, "d3", -2);
	assert_wait(&before, &after, "d1", "not yet (100ms)", "7ms");
}

static void wait_change__only_who_waited_on_both(void **state)
{
	struct trace before, after;

	(void)state;
	trace_init(&before);
	trace_init(&after);
	add_wait(&before, "a0", 1);
	add_wait(&after, "b0", 1);
	add_wait(&before, "c0", 1);
	add_message(&after, 0, "c0", 0, IF_OPER_DOWN);
	add_wait(&before, "d0", 1);
	add_wait(&after, "d0", 1);
	assert_wait(&before, &after, "", "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(diff__same_messages_whatever_the_order_of_devices),
		cmocka_unit_test(diff__moved_appeared_and_vanished),
		cmocka_unit_test(diff__moved_and_not_the_same_change),
		cmocka_unit_test(diff__the_state_is_told_where_it_may_be_the_difference),
		cmocka_unit_test(diff__namespaces_have_devices_of_their_own),
		cmocka_unit_test(diff__errors_and_answers),
		cmocka_unit_test(diff_write__devices_that_change_alike_are_one_line),
		cmocka_unit_test(diff_write__what_repeats_is_one_line),
		cmocka_unit_test(diff_write__what_repeats_in_turn_is_told_once),
		cmocka_unit_test(diff_write__the_rest_is_counted),
		cmocka_unit_test(wait_change__the_largest),
		cmocka_unit_test(wait_change__of_equal_ones_the_longer_wait),
		cmocka_unit_test(wait_change__never_is_the_longest),
		cmocka_unit_test(wait_change__only_who_waited_on_both),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
