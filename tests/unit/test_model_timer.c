// SPDX-License-Identifier: GPL-2.0-or-later
#include "model_fixture.h"

struct named_timer {
	struct timer_list timer;
	const char *name;
	uint64_t rearm_j; /* rearms itself once, this much later */
};

static void say_name(struct machine *m, struct timer_list *timer)
{
	struct named_timer *named = container_of(timer, struct named_timer, timer);
	struct fixture *f = m->callbacks.user;

	say(f, "%u %s\n", (unsigned int)m->since_boot_j, named->name);
	if (named->rearm_j)
		add_timer(m, timer, jiffies_add(&m->clock, m->jiffies, named->rearm_j));
	named->rearm_j = 0;
}

/* Arms the timer to expire at a number of jiffies since boot. */
static void arm(struct fixture *f, struct named_timer *named, const char *name, uint64_t expires_j)
{
	named->name = name;
	named->rearm_j = 0;
	timer_setup(&named->timer, say_name);
	add_timer(f->m, &named->timer, jiffies_at(&f->m->clock, expires_j));
}

static struct fixture *start_bits(const char *kernel, uint32_t hz, uint32_t long_bits)
{
	struct machine_config config = { .kernel = kernel_named(kernel),
					 .hz = hz,
					 .long_bits = long_bits };

	return fixture_start_with(&config);
}

static void timer_bucket_expiry__level_goes_by_the_jiffies_left(void **state)
{
	static const struct {
		uint64_t delta, expiry;
		uint32_t level_hz100, level_hz250;
	} cases[] = {
		{ 0, 1, 0, 0 },
		{ 1, 2, 0, 0 },
		{ 62, 63, 0, 0 },
		{ 63, 64, 1, 1 },
		{ 503, 504, 1, 1 },
		{ 504, 512, 2, 2 },
		{ 4031, 4032, 2, 2 },
		{ 4032, 4096, 3, 3 },
		{ 32255, 32256, 3, 3 },
		{ 32256, 32768, 4, 4 },
		{ 16515071, 16515072, 6, 6 },
		{ 16515072, 16777216, 7, 7 },
		{ 132120575, 132120576, 7, 7 },
		{ 132120576, 134217728, 7, 8 }, /* HZ=100 has no level 8 */
	};

	(void)state;
	for (uint32_t hz = 100; hz <= 250; hz += 150) {
		struct fixture *f = fixture_start("6.1", hz);

		for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
			uint32_t level = 99;
			uint64_t expiry = timer_bucket_expiry(f->m, cases[i].delta, 0, &level);

			assert_true(expiry == cases[i].expiry);
			assert_int_equal(level,
					 hz == 100 ? cases[i].level_hz100 : cases[i].level_hz250);
		}
		fixture_stop(f);
	}
}

static void timer_bucket_expiry__counts_buckets_on_absolute_jiffies(void **state)
{
	static const struct {
		uint64_t clk, expires, expiry;
		uint32_t level;
	} cases[] = {
		{ 1000, 1062, 1063, 0 }, { 1000, 1063, 1064, 1 }, { 1000, 1064, 1072, 1 },
		{ 1001, 1064, 1072, 1 }, { 1000, 1503, 1504, 1 }, { 1000, 1504, 1536, 2 },
		{ 1000, 1599, 1600, 2 }, { 1000, 1600, 1664, 2 }, { 1000, 999, 1000, 0 },
		{ 1000, 1, 1000, 0 },
	};
	struct fixture *f = fixture_start("6.1", 1000);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		uint32_t level = 99;
		uint64_t expiry = timer_bucket_expiry(f->m, cases[i].expires, cases[i].clk, &level);

		assert_int_equal(expiry, cases[i].expiry);
		assert_int_equal(level, cases[i].level);
	}
	fixture_stop(f);
}

static void timer_bucket_expiry__wraps_with_a_32_bit_jiffies(void **state)
{
	struct machine_config config = { .kernel = kernel_default(), .hz = 100, .long_bits = 32 };
	struct fixture *f = fixture_start_with(&config);
	uint32_t level;

	(void)state;
	assert_true(timer_bucket_expiry(f->m, 0xffffffff, 0xfffffff0, &level) == 0);
	assert_int_equal(level, 0);
	assert_true(timer_bucket_expiry(f->m, 0xffffffff, 0xffffff00, &level) == 0);
	assert_int_equal(level, 1);
	assert_true(timer_bucket_expiry(f->m, 5, 0xffffffff, &level) == 6);
	assert_int_equal(level, 0);
	assert_true(timer_bucket_expiry(f->m, 0xfffffff0, 5, &level) == 5);
	fixture_stop(f);
}

/* The 1 s limit: late by 10..80 ms at HZ 100, 4..32 at 250, 3..27 at 300, 1..64 at 1000. */
static void timer_bucket_expiry__a_second_overshoots_by_1_to_8_or_64_jiffies(void **state)
{
	static const struct {
		uint32_t hz;
		uint64_t from_boot_j, most_j;
	} cases[] = { { 100, 104, 8 }, { 250, 256, 8 }, { 300, 304, 8 }, { 1000, 1056, 64 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start("6.1", cases[i].hz);
		uint64_t least = UINT64_MAX, most = 0;
		struct named_timer t;
		uint32_t level;

		for (uint64_t j = 0; j < 64; j++) {
			uint64_t clk = jiffies_at(&f->m->clock, j), asked = clk + cases[i].hz;
			uint64_t late = timer_bucket_expiry(f->m, asked, clk, &level) - asked;

			least = late < least ? late : least;
			most = late > most ? late : most;
		}
		assert_int_equal(least, 1);
		assert_int_equal(most, cases[i].most_j);

		arm(f, &t, "t", cases[i].hz);
		assert_int_equal(since_boot(f, t.timer.bucket_expiry), cases[i].from_boot_j);
		fixture_stop(f);
	}
}

static void run_timers__fires_in_the_jiffy_of_the_bucket(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct named_timer t;
	uint64_t expiry;

	(void)state;
	assert_false(timer_next_expiry(&f->m->timers, &expiry));
	f->traced = BIT(TRACE_TIMER);
	arm(f, &t, "t", 10);
	expect_log(f, "timer 10 11\n");
	assert_true(timer_pending(&t.timer));
	assert_true(timer_next_expiry(&f->m->timers, &expiry));
	assert_int_equal(since_boot(f, expiry), 11);
	assert_int_equal(machine_next_ns(f->m), 110000000);
	run_to_ns(f, 109999999);
	expect_log(f, "");
	run_to_ns(f, 110000000);
	expect_log(f, "11 t\n");
	assert_false(timer_pending(&t.timer));
	assert_true(machine_next_ns(f->m) == INT64_MAX);
	fixture_stop(f);
}

static void run_timers__higher_level_first_then_last_armed_first(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct named_timer t[7];

	(void)state;
	/* jiffy 944 since boot is the start of a bucket on levels 0, 1 and 2: 960 mod 64 is 0 */
	arm(f, &t[0], "level 2, first", 940);
	arm(f, &t[1], "level 2, second", 900);
	run_to_j(f, 600);
	arm(f, &t[2], "level 1, first", 943);
	arm(f, &t[3], "level 1, second", 936);
	run_to_j(f, 900);
	arm(f, &t[4], "level 0, first", 943);
	arm(f, &t[5], "level 0, second", 943);
	arm(f, &t[6], "earlier", 942);
	run_to_j(f, 2000);
	expect_log(f, "943 earlier\n"
		      "944 level 2, second\n944 level 2, first\n"
		      "944 level 1, second\n944 level 1, first\n"
		      "944 level 0, second\n944 level 0, first\n");
	fixture_stop(f);
}

/* base->clk: jiffies + 1 for the rest of a jiffy in which a timer has expired. */
static void add_timer__counts_from_the_next_jiffy_after_an_expiry_in_this_one(void **state)
{
	static const struct {
		bool one_expires;
		uint64_t at_j, expires_j, fires_j;
		uint32_t level;
	} cases[] = {
		{ false, 11, 73, 74, 0 },   { false, 11, 74, 80, 1 },	{ true, 11, 74, 75, 0 },
		{ true, 11, 75, 80, 1 },    { true, 12, 75, 80, 1 },	{ true, 12, 74, 75, 0 },
		{ false, 11, 514, 520, 1 }, { false, 11, 515, 560, 2 }, { true, 11, 515, 520, 1 },
		{ true, 11, 516, 560, 2 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start("6.1", 100);
		struct named_timer first, t;

		if (cases[i].one_expires)
			arm(f, &first, "first", 10);
		run_to_j(f, cases[i].at_j);
		arm(f, &t, "t", cases[i].expires_j);
		assert_int_equal(since_boot(f, t.timer.bucket_expiry), cases[i].fires_j);
		assert_int_equal(t.timer.level, cases[i].level);
		fixture_stop(f);
	}
}

static void run_timers__what_a_timer_arms_never_fires_in_its_own_jiffy(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct named_timer t;

	(void)state;
	arm(f, &t, "t", 10);
	t.rearm_j = 1;
	run_to_j(f, 11);
	expect_log(f, "11 t\n");
	assert_int_equal(since_boot(f, t.timer.expires), 12);
	run_to_j(f, 12);
	expect_log(f, "");
	run_to_j(f, 13);
	expect_log(f, "13 t\n");
	fixture_stop(f);
}

static void run_timers__fires_across_the_wrap_of_a_32_bit_jiffies(void **state)
{
	struct fixture *f = start_bits("6.1", 100, 32);
	struct named_timer before, after;

	(void)state;
	run_to_j(f, 29990);
	arm(f, &after, "after", 30002);
	arm(f, &before, "before", 29997);
	run_to_j(f, 40000);
	expect_log(f, "29998 before\n30003 after\n");
	fixture_stop(f);
}

static void del_timer__disarms_and_says_whether_it_was_armed(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct named_timer t, other;

	(void)state;
	arm(f, &t, "t", 10);
	arm(f, &other, "other", 10);
	assert_true(del_timer(&t.timer));
	assert_false(timer_pending(&t.timer));
	assert_false(del_timer(&t.timer));
	run_to_j(f, 100);
	expect_log(f, "11 other\n");
	assert_false(del_timer(&other.timer));
	fixture_stop(f);
}

static void timers_exact__fire_at_expires_last_armed_first(void **state)
{
	struct machine_config config = {
		.kernel = kernel_default(), .hz = 100, .long_bits = 64, .timers_exact = true
	};
	struct fixture *f = fixture_start_with(&config);
	struct named_timer t[4];

	(void)state;
	arm(f, &t[0], "first", 1000);
	arm(f, &t[1], "second", 1000);
	arm(f, &t[2], "sooner", 63);
	run_to_j(f, 900);
	arm(f, &t[3], "third", 1000);
	run_to_j(f, 2000);
	expect_log(f, "63 sooner\n1000 third\n1000 second\n1000 first\n");
	fixture_stop(f);
}

/* Before 4.8 timers are exact. */
static void add_timer__without_the_wheel_is_exact(void **state)
{
	static const uint32_t hz[] = { 100, 250, 300, 1000 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(hz); i++) {
		struct fixture *f = fixture_start("2.6.24", hz[i]);
		struct named_timer t;

		for (uint64_t left_j = 1; left_j < 20000; left_j += 17) {
			arm(f, &t, "t", left_j);
			assert_int_equal(since_boot(f, t.timer.bucket_expiry), left_j);
			assert_true(del_timer(&t.timer));
		}
		fixture_stop(f);
	}
}

/* 2.6.35 to 4.7. Values worked out by hand from the jiffies at boot, 2^32 - 300 * HZ. */
static void add_timer__slack_makes_the_low_bits_zeros(void **state)
{
	static const struct {
		uint32_t hz;
		uint64_t left_j, late_j;
	} cases[] = {
		{ 1000, 1, 0 },	   { 1000, 255, 0 },  { 1000, 256, 1 },	 /* even: + 1 */
		{ 1000, 257, 1 },  { 1000, 511, 1 },  { 1000, 512, 2 },	 /* 0 mod 4: + 2 */
		{ 1000, 513, 1 },  { 1000, 514, 2 },  { 1000, 1000, 2 }, /* 0 mod 4 */
		{ 1000, 1001, 3 },					 /* 1 mod 4: the next 0 */
		{ 1000, 1002, 2 }, { 1000, 1003, 1 }, { 300, 300, 1 },
		{ 300, 301, 1 },   { 250, 250, 0 },   { 100, 100, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		for (uint32_t long_bits = 32; long_bits <= 64; long_bits += 32) {
			struct fixture *f = start_bits("3.7", cases[i].hz, long_bits);
			struct named_timer t;

			arm(f, &t, "t", cases[i].left_j);
			assert_int_equal(since_boot(f, t.timer.bucket_expiry) - cases[i].left_j,
					 cases[i].late_j);
			assert_int_equal(since_boot(f, t.timer.expires), cases[i].left_j);
			fixture_stop(f);
		}
	}
}

/* Slack depends on absolute jiffies, also past the wrap of 32 bits. */
static void add_timer__slack_across_the_wrap_of_a_32_bit_jiffies(void **state)
{
	struct fixture *f = start_bits("3.7", 1000, 32);
	struct named_timer t;

	(void)state;
	run_to_j(f, 299000);
	arm(f, &t, "t", 299999); /* jiffies 0xffffffff, plus up to 2 */
	assert_int_equal(since_boot(f, t.timer.bucket_expiry), 300000);
	run_to_j(f, 300100);
	expect_log(f, "300000 t\n");
	fixture_stop(f);
}

/* Before 4.8. Jiffies are 2^32 - 30000 at boot, which is 48 short of a multiple of 256: coarse buckets are emptied
 * 48 jiffies from it, 304, 560 and so on. */
static void run_timers__without_the_wheel_first_in_is_first_out(void **state)
{
	struct fixture *f = fixture_start("2.6.24", 100);
	struct named_timer t[6];

	(void)state;
	arm(f, &t[0], "far, first", 500);
	arm(f, &t[1], "far, second", 500);
	run_to_j(f, 300);
	arm(f, &t[2], "near, before those are", 500);
	run_to_j(f, 304);
	arm(f, &t[3], "near, after it", 500);
	arm(f, &t[4], "near, last", 500);
	arm(f, &t[5], "earlier", 499);
	run_to_j(f, 600);
	expect_log(f, "499 earlier\n500 near, before those are\n500 far, first\n500 far, second\n"
		      "500 near, after it\n500 near, last\n");
	fixture_stop(f);
}

/* Before 4.8: a timer that is overdue fires at once (see add_timer()), and one that is years away is on the last level. */
static void add_timer__without_the_wheel_at_the_ends(void **state)
{
	struct fixture *f = start_bits("3.7", 1000, 64);
	struct named_timer overdue, far;

	(void)state;
	run_to_j(f, 1000);
	arm(f, &overdue, "overdue", 500);
	assert_int_equal(overdue.timer.level, 0);
	arm(f, &far, "far", UINT64_C(1) << 30);
	assert_int_equal(far.timer.level, 4);
	run_to_j(f, 1010);
	expect_log(f, "1000 overdue\n");
	del_timer(&far.timer);
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(timer_bucket_expiry__level_goes_by_the_jiffies_left),
		cmocka_unit_test(timer_bucket_expiry__counts_buckets_on_absolute_jiffies),
		cmocka_unit_test(timer_bucket_expiry__wraps_with_a_32_bit_jiffies),
		cmocka_unit_test(timer_bucket_expiry__a_second_overshoots_by_1_to_8_or_64_jiffies),
		cmocka_unit_test(run_timers__fires_in_the_jiffy_of_the_bucket),
		cmocka_unit_test(run_timers__higher_level_first_then_last_armed_first),
		cmocka_unit_test(add_timer__counts_from_the_next_jiffy_after_an_expiry_in_this_one),
		cmocka_unit_test(run_timers__what_a_timer_arms_never_fires_in_its_own_jiffy),
		cmocka_unit_test(run_timers__fires_across_the_wrap_of_a_32_bit_jiffies),
		cmocka_unit_test(del_timer__disarms_and_says_whether_it_was_armed),
		cmocka_unit_test(timers_exact__fire_at_expires_last_armed_first),
		cmocka_unit_test(add_timer__without_the_wheel_is_exact),
		cmocka_unit_test(add_timer__slack_makes_the_low_bits_zeros),
		cmocka_unit_test(add_timer__slack_across_the_wrap_of_a_32_bit_jiffies),
		cmocka_unit_test(run_timers__without_the_wheel_first_in_is_first_out),
		cmocka_unit_test(add_timer__without_the_wheel_at_the_ends),
	};

	return cmocka_run_group_tests_name("timer", tests, NULL, NULL);
}
