/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What daemons think of devices: their rules, and the times that they are late or wrong. */
#include <glob.h>
#include <inttypes.h>

#include "parse_fixture.h"
#include "sim/observers/observers.h"
#include "sim/observers/tracker_writer.h"
#include "sim/run/run_state.h"
#include "sim/run/runner.h"

static void observers__have_the_languages_names(void **state)
{
	(void)state;
	for (size_t id = 0; id < OBSERVER_COUNT; id++) {
		assert_string_equal(observers[id].name, observer_names[id]);
		assert_int_equal(observers[id].id, id);
		assert_non_null(observers[id].help);
		assert_true(strlen(observer_rule((enum observer_id)id)) <= 24);
	}
	assert_string_equal(observers[OBSERVER_COUNT].name, "all");
	assert_null(observers[OBSERVER_COUNT + 1].name);
	assert_null(observer_names[OBSERVER_COUNT]);
}

/* -- the rules -------------------------------------------------------------------------- */

/* What a message may say, and which observers take it for up: "n" networkd, "d" dhcp, ... */
struct case_of_rules {
	uint32_t flags;
	uint8_t operstate;
	const char *up;
};

static const char letters[OBSERVER_COUNT] = {
	[OBSERVER_NETWORKD] = 'n',	   [OBSERVER_DHCP] = 'd',  [OBSERVER_FRR] = 'f',
	[OBSERVER_FRR_BEFORE_15082] = 'b', [OBSERVER_SONIC] = 's', [OBSERVER_NETIFD] = 'o',
	[OBSERVER_WICKED] = 'w',	   [OBSERVER_CNI] = 'c',   [OBSERVER_KEEPALIVED] = 'k',
	[OBSERVER_SELFTESTS] = 't',
};

static void rules__say_who_takes_what_for_up(void **state)
{
	const uint32_t u = IFF_UP, r = IFF_RUNNING, l = IFF_LOWER_UP, d = IFF_DORMANT;
	const struct case_of_rules cases[] = {
		{ 0, IF_OPER_DOWN, "" },
		{ u, IF_OPER_DOWN, "" },
		{ u | r | l, IF_OPER_UP, "ndfbsowckt" },
		{ u | r | l, IF_OPER_UNKNOWN, "ndfbsowk" },
		{ u | r, IF_OPER_UP, "ndbsckt" },    /* carrier lost, not processed yet */
		{ u | r, IF_OPER_UNKNOWN, "dbsk" },  /* the same, right after the creation */
		{ u | l, IF_OPER_DOWN, "o" },	     /* carrier gained, not processed yet */
		{ u | l, IF_OPER_DORMANT, "o" },     /* 802.1X */
		{ u | l | d, IF_OPER_DORMANT, "o" }, /* of a lower device */
		{ u | r | l | d, IF_OPER_UNKNOWN, "dfbsowk" },
		{ u | r | l | d, IF_OPER_UP, "ndfbsowckt" },
		{ u, IF_OPER_LOWERLAYERDOWN, "" },
		{ u | l, IF_OPER_LOWERLAYERDOWN, "o" },
		{ u | l, IF_OPER_TESTING, "o" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char up[OBSERVER_COUNT + 1], *end = up;

		for (size_t id = 0; id < OBSERVER_COUNT; id++)
			if (observer_is_up((enum observer_id)id, cases[i].flags,
					   cases[i].operstate))
				*end++ = letters[id];
		*end = '\0';
		assert_string_equal(up, cases[i].up);
	}
}

static struct record message(int64_t t_ns, uint32_t flags, uint8_t operstate)
{
	return (struct record){
		.kind = RECORD_NEWLINK, .t_ns = t_ns, .flags = flags, .operstate = operstate
	};
}

static void opinion__of_a_listener_is_its_last_message(void **state)
{
	struct opinion opinion = { .is_up = false };
	struct record up = message(S, IFF_UP | IFF_RUNNING, IF_OPER_UP);
	struct record gone = message(3 * S, IFF_UP | IFF_RUNNING, IF_OPER_UP);

	(void)state;
	opinion_message(OBSERVER_DHCP, &opinion, &up);
	assert_true(opinion.is_up);
	assert_int_equal(opinion.since_ns, S);
	up.t_ns = 2 * S;
	opinion_message(OBSERVER_DHCP, &opinion, &up);
	assert_int_equal(opinion.since_ns, S);
	gone.kind = RECORD_DELLINK;
	opinion_message(OBSERVER_DHCP, &opinion, &gone);
	assert_false(opinion.is_up);
	assert_int_equal(opinion.since_ns, 3 * S);
}

static void opinion__of_cni_is_formed_in_five_polls(void **state)
{
	static const int64_t polls[] = { 0, 50 * MS, 550 * MS, 1550 * MS, 2550 * MS };
	struct record down = message(S, IFF_UP, IF_OPER_DOWN);

	(void)state;
	for (size_t i = 0; i < 5; i++)
		for (int64_t late_ns = 0; late_ns < 2; late_ns++) {
			/* UP at the poll's instant is seen by it; 1 ns later only by the next one */
			struct record up = message(S + polls[i] + late_ns, IFF_UP, IF_OPER_UP);
			struct opinion opinion = { .is_up = false };

			opinion_message(OBSERVER_CNI, &opinion, &down);
			opinion_message(OBSERVER_CNI, &opinion, &up);
			opinion_pass(OBSERVER_CNI, &opinion, 100 * S);
			assert_int_equal(opinion.is_up, i + (size_t)late_ns < 5);
			if (opinion.is_up)
				assert_int_equal(opinion.since_ns, S + polls[i + (size_t)late_ns]);
		}
}

static void opinion__of_a_poller_starts_with_iff_up_and_stays(void **state)
{
	struct record closed = message(S, 0, IF_OPER_DOWN);
	struct record down = message(2 * S, IFF_UP, IF_OPER_DOWN);
	struct record up = message(2 * S + 100 * MS, IFF_UP, IF_OPER_UP);
	struct opinion opinion = { .is_up = false };

	(void)state;
	opinion_message(OBSERVER_SELFTESTS, &opinion, &closed);
	opinion_pass(OBSERVER_SELFTESTS, &opinion, 2 * S - 1);
	assert_int_equal(opinion.polls, 0);
	opinion_message(OBSERVER_SELFTESTS, &opinion, &down);
	opinion_message(OBSERVER_SELFTESTS, &opinion, &up);
	opinion_pass(OBSERVER_SELFTESTS, &opinion, 3 * S);
	assert_true(opinion.is_up);
	assert_int_equal(opinion.since_ns, 3 * S);
	assert_int_equal(opinion.polls, 2);
	down.t_ns = 4 * S; /* it no longer looks */
	opinion_message(OBSERVER_SELFTESTS, &opinion, &down);
	opinion_pass(OBSERVER_SELFTESTS, &opinion, 9 * S);
	assert_true(opinion.is_up);
	closed.t_ns = 10 * S;
	down.t_ns = 11 * S; /* started again */
	opinion_message(OBSERVER_SELFTESTS, &opinion, &closed);
	assert_true(opinion.is_up);
	opinion_message(OBSERVER_SELFTESTS, &opinion, &down);
	assert_false(opinion.is_up);
	closed.t_ns = 11 * S + 500 * MS; /* and given up: the device was closed */
	opinion_message(OBSERVER_SELFTESTS, &opinion, &closed);
	opinion_pass(OBSERVER_SELFTESTS, &opinion, 99 * S);
	assert_false(opinion.is_up);
	assert_int_equal(opinion.polls, 1);
}

static void opinion__of_a_test_that_times_out_is_down(void **state)
{
	struct record down = message(0, IFF_UP, IF_OPER_DOWN);
	struct record up = message(600 * S, IFF_UP, IF_OPER_UP);
	struct opinion opinion = { .is_up = false };

	(void)state;
	opinion_message(OBSERVER_SELFTESTS, &opinion, &down);
	opinion_message(OBSERVER_SELFTESTS, &opinion, &up);
	opinion_pass(OBSERVER_SELFTESTS, &opinion, 9999 * S);
	assert_false(opinion.is_up);
	assert_int_equal(opinion.polls, 600);
}

/* -- the tracker, compared with an inspection of everything at each instant -------------- */

/* A listener of one device. */
struct seen {
	bool is_wrong, says_up;
	int64_t since_ns, down_ns, up_ns;
};

static bool is_usable(const struct net_device *dev)
{
	return dev->flags & IFF_UP && netif_carrier_ok(dev) && dev->operstate != IF_OPER_DORMANT &&
	       dev->operstate != IF_OPER_TESTING;
}

static void look(const struct runner *runner, enum observer_id id, struct seen *seen, bool is_over)
{
	int64_t now_ns = runner_now_ns(runner);

	for (uint32_t i = 0; i < runner->machine->devices_used; i++) {
		const struct net_device *dev = &runner->machine->devices[i];
		const struct observed *observed = &runner->observed[i];
		bool says_up = observed->has_message &&
			       observer_is_up(id, observed->flags, observed->operstate);
		bool is_wrong = !(dev->flags & IFF_LOOPBACK) && observed->has_message &&
				says_up != is_usable(dev);
		int64_t *longest_ns = seen[i].says_up ? &seen[i].up_ns : &seen[i].down_ns;
		bool is_same = is_wrong == seen[i].is_wrong && says_up == seen[i].says_up;

		if (seen[i].is_wrong && (!is_same || is_over) &&
		    now_ns - seen[i].since_ns > *longest_ns)
			*longest_ns = now_ns - seen[i].since_ns;
		if (is_wrong && !is_same)
			seen[i].since_ns = now_ns;
		seen[i].is_wrong = is_wrong;
		seen[i].says_up = says_up;
	}
}

static void compare_on(const struct scenario *scenario, const char *kernel, enum observer_id id)
{
	struct writer *writer = tracker_writer_new(OBSERVER_COUNT);
	struct run_options options = {
		.until_ns = -1,
		.is_forced = true,
		.writer = writer,
		.messages = fopen("/dev/null", "we"),
	};
	int64_t down_ns = 0, up_ns = 0, seen_down_ns = 0, seen_up_ns = 0;
	const struct tracker *tracker;
	struct runner *runner;
	struct seen *seen;
	size_t off, len;

	assert_non_null(options.messages);
	assert_int_equal(kernel_parse(kernel, strlen(kernel), &options.kernel, &off, &len), 0);
	runner = runner_new(scenario, &options);
	assert_non_null(runner);
	seen = calloc(runner->machine->max_devices, sizeof(*seen));
	assert_non_null(seen);
	while (runner_next_ns(runner) != INT64_MAX) {
		if (runner_next_ns(runner) > runner_now_ns(runner))
			look(runner, id, seen, false);
		runner_step(runner);
	}
	look(runner, id, seen, true);
	for (uint32_t i = 0; i < runner->machine->devices_used; i++) {
		seen_down_ns = seen[i].down_ns > seen_down_ns ? seen[i].down_ns : seen_down_ns;
		seen_up_ns = seen[i].up_ns > seen_up_ns ? seen[i].up_ns : seen_up_ns;
	}
	tracker = tracker_writer_end(writer);
	for (size_t i = 0; i < tracker->count; i++) {
		const struct follower *follower = &tracker->devices[i].followers[id];

		down_ns = follower->down_ns > down_ns ? follower->down_ns : down_ns;
		up_ns = follower->up_ns > up_ns ? follower->up_ns : up_ns;
	}
	if (down_ns != seen_down_ns || up_ns != seen_up_ns)
		fprintf(stderr,
			"%s on %s, %s: late %" PRId64 ", wrong %" PRId64 " ns, by looking %" PRId64
			", %" PRId64 " ns\n",
			scenario->source->path, kernel, observer_names[id], down_ns, up_ns,
			seen_down_ns, seen_up_ns);
	assert_int_equal(down_ns, seen_down_ns);
	assert_int_equal(up_ns, seen_up_ns);
	writer->free(writer);
	runner_free(runner);
	free(seen);
	fclose(options.messages);
}

static void tracker__finds_what_looking_at_each_instant_finds(void **state)
{
	static const char *const kernels[] = { "2.6.24", "5.8", "6.1+urgent-event+setlink-event",
					       "7.2" };
	static const enum observer_id ids[] = { OBSERVER_NETWORKD, OBSERVER_FRR, OBSERVER_SONIC,
						OBSERVER_NETIFD };
	glob_t found;

	(void)state;
	assert_int_equal(glob("scenarios/[!b]*.lw", 0, NULL, &found), 0);
	assert_int_equal(glob("scenarios/reports/*.lw", GLOB_APPEND, NULL, &found), 0);
	assert_true(found.gl_pathc > 40);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct fixture f = { .source = source_read(found.gl_pathv[i], stderr) };

		assert_non_null(f.source);
		diags_init(&f.diags, f.source);
		f.scenario = scenario_parse(f.source, NULL, 0, &f.diags);
		assert_non_null(f.scenario);
		for (size_t k = 0; k < 4; k++)
			compare_on(f.scenario, kernels[k], ids[(i + k) % 4]);
		teardown(&f);
	}
	globfree(&found);
}

/* -- `expect AS says` --------------------------------------------------------------------- */

static unsigned int failures_of(const char *text)
{
	struct run_options options = {
		.kernel = kernel_default(),
		.until_ns = -1,
		.judges = true,
		.observers = &observer_calls,
		.messages = fopen("/dev/null", "we"),
	};
	struct runner *runner;
	struct fixture f;
	unsigned int failures;

	assert_non_null(options.messages);
	parse(&f, text);
	runner = runner_new(f.scenario, &options);
	assert_non_null(runner);
	while (runner_next_ns(runner) != INT64_MAX)
		runner_step(runner);
	failures = runner_failures(runner);
	runner_free(runner);
	teardown(&f);
	fclose(options.messages);
	return failures;
}

#define LATE_DOWN                                                                                  \
	"hz 250\n0 ip link add d0 type dummy\n2 ip link set d0 up\n5 ip link set d0 carrier off\n" \
	"5.1 ip link set d0 carrier on\n"
#define LOST LATE_DOWN "5.2 carrier_off d0\n" /* sent at 6.016 */

static void says__is_judged_now(void **state)
{
	(void)state;
	assert_int_equal(failures_of(LOST "expect networkd says d0 up\nexpect sonic says d0 up\n"),
			 0);
	assert_int_equal(failures_of(LOST "expect networkd says d0 down\n"), 1);
	assert_int_equal(failures_of(LOST "7 expect networkd says d0 down\n"), 0);
	assert_int_equal(failures_of("expect frr says lo down\nexpect frr says lo up\n"), 1);
}

static void says__within_is_met_by_a_message(void **state)
{
	(void)state;
	assert_int_equal(failures_of(LOST "expect frr says d0 down within 816ms\n"), 0);
	assert_int_equal(failures_of(LOST "expect frr says d0 down within 815ms\n"), 1);
	assert_int_equal(failures_of(LOST "expect frr says d0 up within 1ms\n"), 0);
	/* the end of the run is before the deadline */
	assert_int_equal(failures_of(LOST "expect frr says d0 down within 2s\n5.5 end\n"), 1);
	/* there is a moment of it between two messages of an instant */
	assert_int_equal(failures_of("0 ip link add d0 type dummy\nip link set d0 up\n"
				     "1 expect frr says d0 down within 2s\n"
				     "2 ip link set d0 down\nip link set d0 up\n"),
			 0);
}

static void says__within_lets_programs_poll(void **state)
{
	(void)state;
#define FRESH                                                                                      \
	"hz 250\n0 ip link add d0 type dummy\nip link set d0 carrier off\n2 ip link set d0 up\n"
	/* carrier at 2.1, seen in the poll at 2.55 */
	assert_int_equal(failures_of(FRESH "expect cni says d0 up within 550ms\n"
					   "2.1 ip link set d0 carrier on\n"),
			 0);
	assert_int_equal(failures_of(FRESH "expect cni says d0 up within 549ms\n"
					   "2.1 ip link set d0 carrier on\n"),
			 1);
	assert_int_equal(failures_of(FRESH
				     "2.1 ip link set d0 carrier on\n"
				     "expect cni says d0 down\n2.549 expect cni says d0 down\n"
				     "2.55 expect cni says d0 up\n"),
			 0);
}

static void says__is_of_a_namespace(void **state)
{
	(void)state;
	assert_int_equal(failures_of("0 ip netns add n\nip -n n link add d0 type dummy\n"
				     "ip link add d0 type dummy\nip link set d0 up\n"
				     "expect frr says -n n d0 down\nexpect frr says d0 up\n"),
			 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(observers__have_the_languages_names),
		cmocka_unit_test(rules__say_who_takes_what_for_up),
		cmocka_unit_test(opinion__of_a_listener_is_its_last_message),
		cmocka_unit_test(opinion__of_cni_is_formed_in_five_polls),
		cmocka_unit_test(opinion__of_a_poller_starts_with_iff_up_and_stays),
		cmocka_unit_test(opinion__of_a_test_that_times_out_is_down),
		cmocka_unit_test(tracker__finds_what_looking_at_each_instant_finds),
		cmocka_unit_test(says__is_judged_now),
		cmocka_unit_test(says__within_is_met_by_a_message),
		cmocka_unit_test(says__within_lets_programs_poll),
		cmocka_unit_test(says__is_of_a_namespace),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
