// SPDX-License-Identifier: GPL-2.0-or-later
#include "model_fixture.h"

#define MS INT64_C(1000000)

static void say_and_unlock(struct machine *m, void *arg, uint64_t n)
{
	assert_true(m->rtnl.is_locked);
	say(m->callbacks.user, "%s %u at %u for %u\n", (const char *)arg, (unsigned int)n,
	    (unsigned int)(m->now_ns / MS), (unsigned int)m->cause);
	rtnl_unlock(m);
}

static void hold_for_n_ms(struct machine *m, void *arg, uint64_t n)
{
	(void)arg;
	rtnl_hold(m, (int64_t)n * MS);
}

static int run(struct fixture *f, char *who, uint64_t n)
{
	f->m->cause = (uint32_t)n;
	return rtnl_run(f->m, say_and_unlock, who, n);
}

static struct fixture *start_with_waiters(uint32_t max_waiters)
{
	struct machine_config config = { .hz = 100, .long_bits = 64, .max_waiters = max_waiters };

	return fixture_start_with(&config);
}

static void rtnl_run__goes_on_at_once_when_free(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);

	(void)state;
	f->traced = BIT(TRACE_RTNL_WAIT);
	assert_int_equal(run(f, "a", 1), 1);
	expect_log(f, "a 1 at 0 for 1\n");
	assert_false(f->m->rtnl.is_locked);
	fixture_stop(f);
}

static void rtnl_run__first_come_first_served(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);

	(void)state;
	f->traced = BIT(TRACE_RTNL_WAIT);
	lock(f);
	assert_int_equal(run(f, "a", 1), 0);
	assert_int_equal(run(f, "b", 2), 0);
	assert_int_equal(run(f, "c", 3), 0);
	expect_log(f, "wait 0\nwait 1\nwait 2\n");
	settle(f);
	run_to_ns(f, 20 * MS);
	expect_log(f, "");
	f->m->cause = 99;
	unlock(f);
	expect_log(f, "a 1 at 20 for 1\nb 2 at 20 for 2\nc 3 at 20 for 3\n");
	lock(f);
	run(f, "d", 4);
	expect_log(f, "wait 0\n"); /* they wait no longer */
	unlock(f);
	fixture_stop(f);
}

/* Who waits goes on when who unlocks has left the kernel; nobody gets in between. */
static void rtnl_run__nobody_overtakes_the_line(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);

	(void)state;
	lock(f);
	run(f, "a", 1);
	rtnl_unlock(f->m);
	expect_log(f, "");
	assert_int_equal(run(f, "late", 2), 0);
	expect_log(f, "");
	settle(f);
	expect_log(f, "a 1 at 0 for 1\nlate 2 at 0 for 2\n");
	fixture_stop(f);
}

static void rtnl_run__too_many_get_enobufs_and_are_never_called(void **state)
{
	struct fixture *f = start_with_waiters(2);

	(void)state;
	for (int round = 0; round < 2; round++) { /* a place is free again after use */
		lock(f);
		assert_int_equal(run(f, "a", 1), 0);
		assert_int_equal(run(f, "b", 2), 0);
		assert_int_equal(run(f, "c", 3), -ENOBUFS);
		unlock(f);
		expect_log(f, "a 1 at 0 for 1\nb 2 at 0 for 2\n");
	}
	fixture_stop(f);
}

static void rtnl_run__1024_may_wait_by_default(void **state)
{
	struct fixture *f = start_with_waiters(0);

	(void)state;
	lock(f);
	for (uint64_t i = 0; i < 1024; i++)
		assert_int_equal(run(f, "w", i), 0);
	assert_int_equal(run(f, "w", 1024), -ENOBUFS);
	unlock(f);
	assert_non_null(strstr(f->log, "w 1023 at 0 for 1023\n"));
	fixture_stop(f);
}

static void wait_again(struct machine *m, void *arg, uint64_t n)
{
	say(m->callbacks.user, "%s %u\n", (const char *)arg, (unsigned int)n);
	if (n)
		assert_int_equal(rtnl_run(m, wait_again, arg, n - 1), 0);
	rtnl_unlock(m);
}

static void rtnl_run__who_goes_on_may_wait_again_in_the_place_it_gave_up(void **state)
{
	struct fixture *f = start_with_waiters(1);

	(void)state;
	lock(f);
	assert_int_equal(rtnl_run(f->m, wait_again, "a", 2), 0);
	unlock(f);
	expect_log(f, "a 2\na 1\na 0\n");
	fixture_stop(f);
}

/* Who waits goes along with a copy of the machine, be it before or after most places were used. */
static void machine_restore__has_the_same_waiters(void **state)
{
	struct fixture *f = start_with_waiters(3);
	void *copy;

	(void)state;
	lock(f);
	assert_int_equal(run(f, "a", 1), 0);
	copy = malloc(machine_save_bytes(f->m));
	machine_save(f->m, copy);
	for (int round = 0; round < 2; round++) {
		assert_int_equal(run(f, "b", 2), 0);
		assert_int_equal(run(f, "c", 3), 0);
		assert_int_equal(run(f, "d", 4), -ENOBUFS);
		unlock(f);
		expect_log(f, "a 1 at 0 for 1\nb 2 at 0 for 2\nc 3 at 0 for 3\n");
		machine_restore(f->m, copy);
	}
	unlock(f);
	expect_log(f, "a 1 at 0 for 1\n");
	free(copy);
	fixture_stop(f);
}

static void rtnl_run_waiter__says_whether_it_slept(void **state)
{
	struct fixture *f = start_with_waiters(1);
	struct rtnl_waiter own = { .fn = say_and_unlock, .arg = "own", .n = 5, .slept = true };

	(void)state;
	INIT_LIST_HEAD(&own.entry);
	assert_true(rtnl_run_waiter(f->m, &own));
	assert_false(own.slept);
	expect_log(f, "own 5 at 0 for 0\n");

	lock(f);
	f->m->cause = 5;
	assert_false(rtnl_run_waiter(f->m, &own));
	assert_true(own.slept);
	assert_int_equal(run(f, "spare", 6), 0); /* it takes none of the spare ones... */
	unlock(f);
	expect_log(f, "own 5 at 0 for 5\nspare 6 at 0 for 6\n");
	lock(f);
	assert_int_equal(run(f, "spare", 7), 0); /* ...nor becomes one */
	assert_int_equal(run(f, "spare", 8), -ENOBUFS);
	unlock(f);
	fixture_stop(f);
}

static void rtnl_hold__keeps_the_lock_for_its_time(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);

	(void)state;
	run_to_ns(f, 5 * MS);
	f->m->cause = 9;
	assert_int_equal(rtnl_run(f->m, hold_for_n_ms, NULL, 30), 1);
	assert_int_equal(run(f, "a", 1), 0);
	assert_int_equal(f->m->rtnl.held_cause, 9);
	assert_int_equal(machine_next_ns(f->m), 35 * MS);
	run_to_ns(f, 35 * MS - 1);
	expect_log(f, "");
	assert_true(f->m->rtnl.is_locked);
	run_to_ns(f, 35 * MS);
	expect_log(f, "a 1 at 35 for 1\n");
	assert_false(f->m->rtnl.is_held_until);
	fixture_stop(f);
}

static void rtnl_hold__of_two_in_line_follow_each_other(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);

	(void)state;
	rtnl_run(f->m, hold_for_n_ms, NULL, 30);
	assert_int_equal(rtnl_run(f->m, hold_for_n_ms, NULL, 40), 0);
	run(f, "a", 1);
	run_to_ns(f, 100 * MS);
	expect_log(f, "a 1 at 70 for 1\n");
	fixture_stop(f);
}

/* Timers of the instant come before the lock is given up; its waiters before queued work. */
static bool say_work(struct machine *m, struct work_struct *work)
{
	(void)work;
	say(m->callbacks.user, "work at %u\n", (unsigned int)(m->now_ns / MS));
	return true;
}

static void rtnl_next__waiters_go_on_before_queued_work_starts(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct delayed_work dwork;

	(void)state;
	delayed_work_init(&dwork, say_work);
	rtnl_run(f->m, hold_for_n_ms, NULL, 60);
	run(f, "a", 1);
	queue_delayed_work(f->m, WQ_SYSTEM, &dwork, 5); /* in jiffy 6 */
	run_to_ns(f, 100 * MS);
	expect_log(f, "a 1 at 60 for 1\nwork at 60\n");
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rtnl_run__goes_on_at_once_when_free),
		cmocka_unit_test(rtnl_run__first_come_first_served),
		cmocka_unit_test(rtnl_run__nobody_overtakes_the_line),
		cmocka_unit_test(rtnl_run__too_many_get_enobufs_and_are_never_called),
		cmocka_unit_test(rtnl_run__1024_may_wait_by_default),
		cmocka_unit_test(rtnl_run__who_goes_on_may_wait_again_in_the_place_it_gave_up),
		cmocka_unit_test(machine_restore__has_the_same_waiters),
		cmocka_unit_test(rtnl_run_waiter__says_whether_it_slept),
		cmocka_unit_test(rtnl_hold__keeps_the_lock_for_its_time),
		cmocka_unit_test(rtnl_hold__of_two_in_line_follow_each_other),
		cmocka_unit_test(rtnl_next__waiters_go_on_before_queued_work_starts),
	};

	return cmocka_run_group_tests_name("rtnl", tests, NULL, NULL);
}
