// SPDX-License-Identifier: GPL-2.0-or-later
/* The runner's longest lie of a run, compared with an inspection of everything at each instant, on
 * all scenarios. */
#include <glob.h>
#include <inttypes.h>

#include "parse_fixture.h"
#include "sim/run/runner.h"
#include "sim/run/run_state.h"

/* -- by inspection --------------------------------------------------------------------- */

struct seen {
	const struct net_device *dev;
	bool lies;
	int64_t since_ns;
};

static bool looks_wrong(const struct runner *runner, const struct net_device *dev)
{
	const struct observed *told = &runner->observed[dev - runner->machine->devices];
	uint32_t now = dev_get_flags(dev);
	bool says = told->flags & IFF_RUNNING;

	if (!told->has_message || says == (bool)(now & IFF_LOWER_UP))
		return false;
	return says || (told->operstate != IF_OPER_DORMANT && told->operstate != IF_OPER_TESTING);
}

/* Inspects every device before the clock moves: a lie without duration is none. */
static void look(const struct runner *runner, struct seen *seen, int64_t *longest_ns, bool is_over)
{
	int64_t now_ns = runner_now_ns(runner);

	for (uint32_t i = 0; i < runner->machine->devices_used; i++) {
		bool lies = looks_wrong(runner, &runner->machine->devices[i]);

		if (seen[i].lies && (!lies || is_over) && now_ns - seen[i].since_ns > *longest_ns)
			*longest_ns = now_ns - seen[i].since_ns;
		if (lies && !seen[i].lies)
			seen[i].since_ns = now_ns;
		seen[i].lies = lies;
	}
}

static void compare_on(const struct scenario *scenario, const char *kernel)
{
	struct run_options options = {
		.until_ns = -1,
		.is_forced = true,
		.messages = fopen("/dev/null", "we"),
	};
	struct runner *runner;
	struct seen *seen;
	int64_t longest_ns = 0;
	size_t off, len;

	assert_non_null(options.messages);
	assert_int_equal(kernel_parse(kernel, strlen(kernel), &options.kernel, &off, &len), 0);
	runner = runner_new(scenario, &options);
	assert_non_null(runner);
	seen = calloc(runner->machine->max_devices, sizeof(*seen));
	assert_non_null(seen);
	while (runner_next_ns(runner) != INT64_MAX) {
		if (runner_next_ns(runner) > runner_now_ns(runner))
			look(runner, seen, &longest_ns, false);
		runner_step(runner);
	}
	look(runner, seen, &longest_ns, true);
	if (runner_lie(runner)->longest_ns != longest_ns)
		fprintf(stderr, "%s on %s: %" PRId64 " ns of %s, by looking %" PRId64 " ns\n",
			scenario->source->path, kernel, runner_lie(runner)->longest_ns,
			runner_lie(runner)->dev, longest_ns);
	assert_int_equal(runner_lie(runner)->longest_ns, longest_ns);
	assert_int_equal(*runner_lie(runner)->dev != '\0', longest_ns > 0);
	runner_free(runner);
	free(seen);
	fclose(options.messages);
}

static void lie__is_what_looking_at_each_instant_finds(void **state)
{
	static const char *const kernels[] = { "2.6.24", "5.8", "6.1",
					       "6.1+urgent-event+setlink-event", "7.2" };
	glob_t found;

	(void)state;
	assert_int_equal(glob("scenarios/[!b]*.lw", 0, NULL, &found), 0);
	assert_int_equal(glob("scenarios/b[!a]*.lw", GLOB_APPEND, NULL, &found), 0);
	assert_int_equal(glob("scenarios/reports/*.lw", GLOB_APPEND, NULL, &found), 0);
	assert_true(found.gl_pathc > 40);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct fixture f = { .source = source_read(found.gl_pathv[i], stderr) };

		assert_non_null(f.source);
		diags_init(&f.diags, f.source);
		f.scenario = scenario_parse(f.source, NULL, 0, &f.diags);
		assert_non_null(f.scenario);
		for (size_t k = 0; k < sizeof(kernels) / sizeof(kernels[0]); k++)
			compare_on(f.scenario, kernels[k]);
		teardown(&f);
	}
	globfree(&found);
}

/* -- by hand ---------------------------------------------------------------------------- */

static void assert_lie(const char *text, int64_t longest_ns, const char *dev)
{
	struct run_options options = {
		.kernel = kernel_default(), .until_ns = -1, .is_forced = true, .messages = stderr
	};
	struct runner *runner;
	struct fixture f;

	parse(&f, text);
	runner = runner_new(f.scenario, &options);
	assert_non_null(runner);
	while (runner_next_ns(runner) != INT64_MAX)
		runner_step(runner);
	assert_string_equal(runner_lie(runner)->dev, dev);
	assert_int_equal(runner_lie(runner)->longest_ns, longest_ns);
	runner_free(runner);
	teardown(&f);
}

#define DUMMY_UP "kernel 6.1\n0 ip link add d0 type dummy\n2 ip link set d0 up\n"

static void lie__none_while_nothing_is_late(void **state)
{
	(void)state;
	assert_lie(DUMMY_UP "5 ip link set d0 down\n", 0, "");
	assert_lie(DUMMY_UP "5 ip link set d0 carrier off\n7 ip link set d0 carrier on\n", 0, "");
}

static void lie__a_down_that_comes_late(void **state)
{
	(void)state;
	assert_lie(DUMMY_UP "5 ip link set d0 carrier off\n"
			    "5.1 ip link set d0 carrier on\n"
			    "5.2 ip link set d0 carrier off\n",
		   816 * MS, "d0");
}

static void lie__ends_with_its_run_or_its_device(void **state)
{
	(void)state;
	assert_lie(DUMMY_UP "5 ip link set d0 carrier off\n"
			    "5.1 ip link set d0 carrier on\n"
			    "5.2 ip link set d0 carrier off\n"
			    "5.5 end\n",
		   300 * MS, "d0");
	assert_lie(DUMMY_UP "5 ip link set d0 carrier off\n"
			    "5.1 ip link set d0 carrier on\n"
			    "5.2 ip link set d0 carrier off\n"
			    "5.3 ip link del d0\n",
		   100 * MS, "d0");
}

static void lie__of_a_namespace(void **state)
{
	(void)state;
	assert_lie(
		"kernel 6.1\n0 ip netns add n\n ip -n n link add d0 type dummy\n"
		"2 ip -n n link set d0 up\n5 ip -n n link set d0 carrier off\n"
		"5.1 ip -n n link set d0 carrier on\n5.2 ip -n n link set d0 carrier off\n5.5 end\n",
		300 * MS, "n/d0");
}

static void lie__dormant_and_testing_are_none(void **state)
{
	(void)state;
	assert_lie("kernel 6.1\n0 ip link add d0 type dummy\n ip link set d0 mode dormant\n"
		   "2 ip link set d0 up state dormant\n9 end\n",
		   0, "");
	assert_lie(DUMMY_UP "4 testing_on d0\n9 end\n", 0, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lie__is_what_looking_at_each_instant_finds),
		cmocka_unit_test(lie__none_while_nothing_is_late),
		cmocka_unit_test(lie__a_down_that_comes_late),
		cmocka_unit_test(lie__ends_with_its_run_or_its_device),
		cmocka_unit_test(lie__of_a_namespace),
		cmocka_unit_test(lie__dormant_and_testing_are_none),
	};

	return cmocka_run_group_tests_name("lie", tests, NULL, NULL);
}
