// SPDX-License-Identifier: GPL-2.0-or-later
/* The runner where no scenario gets it: a broken model, too many who wait, an interrupt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/cli/command.h"
#include "sim/run/clock.h"
#include "sim/run/outcome.h"
#include "sim/run/runner.h"
#include "sim/run/run_state.h"

struct fixture {
	struct source *source;
	struct scenario *scenario;
	struct runner *runner;
	FILE *messages;
	char *text;
	size_t len;
};

static void fixture_start(struct fixture *fixture, const char *text, bool is_forced)
{
	struct run_options options = {
		.kernel = kernel_default(),
		.until_ns = -1,
		.is_forced = is_forced,
		.judges = true,
	};
	struct diags diags;

	fixture->source = source_from_text("test.lw", text, strlen(text));
	diags_init(&diags, fixture->source);
	fixture->scenario = scenario_parse(fixture->source, NULL, 0, &diags);
	assert_int_equal(diags.errors, 0);
	diags_free(&diags);
	fixture->messages = open_memstream(&fixture->text, &fixture->len);
	options.messages = fixture->messages;
	fixture->runner = runner_new(fixture->scenario, &options);
	assert_non_null(fixture->runner);
}

static void fixture_end(struct fixture *fixture)
{
	runner_free(fixture->runner);
	scenario_free(fixture->scenario);
	source_free(fixture->source);
	fclose(fixture->messages);
	free(fixture->text);
}

static const char *messages(struct fixture *fixture)
{
	fflush(fixture->messages);
	return fixture->text;
}

static void runner_step__broken_model_ends_the_run(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_start(&fixture, "1 ip link add d0 type dummy\n2 ip link set d0 up\n3 end\n", false);
	runner_step(fixture.runner);
	machine_broken(fixture.runner->machine, "the reason");
	clock_run(fixture.runner, 0.);
	assert_int_equal(runner_result(fixture.runner), RUN_BROKEN);
	assert_int_equal(exit_of(RUN_BROKEN), EXIT_BROKEN);
	assert_int_equal(runner_next_ns(fixture.runner), INT64_MAX);
	assert_int_equal(runner_now_ns(fixture.runner), NSEC_PER_SEC);
	assert_non_null(strstr(messages(&fixture),
			       "an invariant of the model does not hold at 1.000000s: the reason"));
	fixture_end(&fixture);
}

static void runner_interrupt__ends_without_judging_what_is_open(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_start(&fixture, "1 ip link add d0 type dummy\nexpect d0 running within 1s\n9 end\n",
		      false);
	runner_step(fixture.runner);
	runner_step(fixture.runner);
	runner_interrupt(fixture.runner);
	assert_int_equal(runner_next_ns(fixture.runner), INT64_MAX);
	assert_int_equal(runner_result(fixture.runner), RUN_INTERRUPTED);
	assert_int_equal(exit_of(RUN_INTERRUPTED), EXIT_INTERRUPTED);
	assert_string_equal(messages(&fixture),
			    "lwsim: interrupted at 1.000000s of virtual time\n");
	fixture_end(&fixture);
}

/* rtnl is held for all of the run: each line waits, until there is no room for more. */
static void action_run__more_waiters_than_room_is_an_error(void **state)
{
	struct fixture fixture;
	const struct trace *trace;

	(void)state;
	fixture_start(&fixture,
		      "1 ip link add d0 type dummy\n"
		      "rtnl_lock for 1s\n"
		      "repeat 100001 every 0 {\nsetlink d0 up\n}\n"
		      "1.5 end\n",
		      false);
	clock_run(fixture.runner, 0.);
	trace = runner_trace(fixture.runner);
	assert_int_equal(runner_result(fixture.runner), RUN_FAILED);
	assert_int_equal(trace->records[trace->count - 1].kind, RECORD_ERROR);
	assert_int_equal(trace->records[trace->count - 1].error, ENOBUFS);
	assert_non_null(strstr(messages(&fixture), "more than 100000 commands wait for rtnl"));
	fixture_end(&fixture);
}

/* What still waits for rtnl at the end is given up, a batch with all its lines. */
static void runner_free__gives_up_what_waits(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_start(&fixture,
		      "1 rtnl_lock for 9s\n"
		      "batch {\nip link add d0 type dummy\nip link set d0 up\n}\n"
		      "ip link add d1 type dummy\n"
		      "2 end\n",
		      false);
	clock_run(fixture.runner, 0.);
	assert_int_equal(runner_result(fixture.runner), RUN_FAILED);
	assert_non_null(strstr(messages(&fixture), "still waits for rtnl at the end of the run"));
	assert_int_equal(runner_now_ns(fixture.runner), 2 * NSEC_PER_SEC);
	fixture_end(&fixture);
}

/* A number is asked for, and the device is gone before it is used: both wait in line. */
static void ip_link_set__device_gone_between_its_two_requests(void **state)
{
	struct fixture fixture;
	const struct trace *trace;

	(void)state;
	fixture_start(&fixture,
		      "1 ip link add d0 type dummy\n"
		      "rtnl_lock for 1s\n"
		      "ip link del d0\n"
		      "ip link set d0 up\n",
		      true);
	clock_run(fixture.runner, 0.);
	trace = runner_trace(fixture.runner);
	assert_int_equal(trace->records[trace->count - 1].error, ENODEV);
	assert_string_equal(trace->records[trace->count - 1].text,
			    "RTNETLINK answers: No such device");
	fixture_end(&fixture);
}

static void cursor__empty_repeats_and_nested_ones_unroll(void **state)
{
	struct fixture fixture;
	const struct stmt *stmt;
	struct cursor cursor;
	unsigned int count = 0;
	int64_t at_ns = -1, last_ns = -1;

	(void)state;
	fixture_start(
		&fixture,
		"1 repeat 3 every 1s {\n}\n"
		"5 repeat 2 every 10s {\nrepeat 3 every 1s {\nmark\n+1ms mark\n}\n+1ms mark\n}\n",
		false);
	cursor_init(&cursor, fixture.scenario->stmts);
	for (; (stmt = cursor_peek(&cursor, &at_ns)) != NULL; cursor_next(&cursor), count++) {
		assert_int_equal(stmt->kind, STMT_MARK);
		assert_true(at_ns > last_ns);
		assert_int_equal(cursor_is_first(&cursor),
				 at_ns < 6 * NSEC_PER_SEC || at_ns == 8001000000);
		last_ns = at_ns;
	}
	assert_int_equal(count, 2 * (3 * 2 + 1));
	assert_int_equal(last_ns, 18001000000);
	fixture_end(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(runner_step__broken_model_ends_the_run),
		cmocka_unit_test(runner_interrupt__ends_without_judging_what_is_open),
		cmocka_unit_test(action_run__more_waiters_than_room_is_an_error),
		cmocka_unit_test(runner_free__gives_up_what_waits),
		cmocka_unit_test(ip_link_set__device_gone_between_its_two_requests),
		cmocka_unit_test(cursor__empty_repeats_and_nested_ones_unroll),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
