// SPDX-License-Identifier: GPL-2.0-or-later
#include "model_fixture.h"

#define MS INT64_C(1000000)

struct item {
	struct delayed_work dwork;
	const char *name;
	bool wants_rtnl;   /* sleeps if rtnl is held */
	uint32_t requeues; /* how often it queues itself while running */
	struct rtnl_waiter waiter;
};

static void say_start(struct machine *m, const struct item *item)
{
	say(m->callbacks.user, "%s at %u for %u\n", item->name, (unsigned int)(m->now_ns / MS),
	    (unsigned int)m->cause);
}

static void item_locked(struct machine *m, void *arg, uint64_t n)
{
	struct item *item = arg;

	(void)n;
	say_start(m, item);
	rtnl_unlock(m);
	if (item->waiter.slept)
		work_finished(m, &item->dwork.work);
}

static bool item_func(struct machine *m, struct work_struct *work)
{
	struct item *item = container_of(work, struct item, dwork.work);

	if (item->wants_rtnl)
		return rtnl_run_waiter(m, &item->waiter);
	say_start(m, item);
	if (item->requeues) {
		item->requeues--;
		assert_true(queue_work(m, WQ_SYSTEM, work));
	}
	return true;
}

static void item_init(struct item *item, const char *name)
{
	memset(item, 0, sizeof(*item));
	item->name = name;
	delayed_work_init(&item->dwork, item_func);
	INIT_LIST_HEAD(&item->waiter.entry);
	item->waiter.fn = item_locked;
	item->waiter.arg = item;
}

static bool queue(struct fixture *f, struct item *item, uint32_t cause)
{
	f->m->cause = cause;
	return queue_work(f->m, WQ_SYSTEM, &item->dwork.work);
}

static bool delay(struct fixture *f, struct item *item, uint64_t delay_j, uint32_t cause)
{
	f->m->cause = cause;
	return queue_delayed_work(f->m, WQ_SYSTEM, &item->dwork, delay_j);
}

static bool modify(struct fixture *f, struct item *item, uint64_t delay_j, uint32_t cause)
{
	f->m->cause = cause;
	return mod_delayed_work(f->m, WQ_SYSTEM, &item->dwork, delay_j);
}

static void queue_work__starts_in_order_each_once(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct item a, b;

	(void)state;
	item_init(&a, "a");
	item_init(&b, "b");
	assert_true(queue(f, &b, 1));
	assert_true(queue(f, &a, 2));
	assert_false(queue(f, &b, 3));
	assert_true(b.dwork.work.is_pending);
	expect_log(f, "");
	settle(f);
	expect_log(f, "b at 0 for 1\na at 0 for 2\n");
	assert_false(b.dwork.work.is_pending);
	assert_false(b.dwork.work.is_running);
	assert_true(queue(f, &b, 4));
	settle(f);
	expect_log(f, "b at 0 for 4\n");
	fixture_stop(f);
}

static void queue_work__order_holds_over_both_queues(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct item item[4];

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		item_init(&item[i], (const char *[]){ "0", "1", "2", "3" }[i]);
		queue_work(f->m, i == 0 || i == 3 ? WQ_SYSTEM_UNBOUND : WQ_SYSTEM,
			   &item[i].dwork.work);
	}
	settle(f);
	expect_log(f, "0 at 0 for 0\n1 at 0 for 0\n2 at 0 for 0\n3 at 0 for 0\n");
	fixture_stop(f);
}

/* Since 6.6 the worker that has the CPU keeps it: one for CPU-bound queues, another for unbound
 * ones. */
static void work_start_next__worker_keeps_the_cpu(void **state)
{
	static const struct {
		const char *kernel, *log;
	} cases[] = {
		{ "6.1", "0 at 0 for 0\n1 at 0 for 0\n2 at 0 for 0\n3 at 0 for 0\n1 at 0 for 0\n" },
		{ "6.12",
		  "0 at 0 for 0\n3 at 0 for 0\n1 at 0 for 0\n2 at 0 for 0\n1 at 0 for 0\n" },
	};

	(void)state;
	for (size_t c = 0; c < ARRAY_SIZE(cases); c++) {
		struct fixture *f = fixture_start(cases[c].kernel, 100);
		struct item item[4];

		for (size_t i = 0; i < 4; i++) {
			item_init(&item[i], (const char *[]){ "0", "1", "2", "3" }[i]);
			queue_work(f->m, i == 0 || i == 3 ? WQ_SYSTEM_UNBOUND : WQ_SYSTEM,
				   &item[i].dwork.work);
		}
		item[1].requeues = 1;
		settle(f);
		expect_log(f, cases[c].log);
		/* at rest no worker has it */
		queue_work(f->m, WQ_SYSTEM_UNBOUND, &item[0].dwork.work);
		queue_work(f->m, WQ_SYSTEM, &item[2].dwork.work);
		settle(f);
		expect_log(f, "0 at 0 for 0\n2 at 0 for 0\n");
		fixture_stop(f);
	}
}

static void work_start_next__worker_does_not_start_what_is_not_due(void **state)
{
	struct fixture *f = fixture_start("6.12", 100);
	struct item a, b, c;

	(void)state;
	item_init(&a, "a");
	item_init(&b, "b");
	item_init(&c, "c");
	f->m->worker_latency_ns = 30 * MS;
	queue_work(f->m, WQ_SYSTEM_UNBOUND, &a.dwork.work);
	queue_work(f->m, WQ_SYSTEM, &b.dwork.work);
	run_to_ns(f, 10 * MS);
	queue_work(f->m, WQ_SYSTEM_UNBOUND, &c.dwork.work);
	run_to_ns(f, 100 * MS);
	expect_log(f, "a at 30 for 0\nb at 30 for 0\nc at 40 for 0\n");
	fixture_stop(f);
}

static void queue_work__from_within_its_own_function_runs_again(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct item a, b;

	(void)state;
	item_init(&a, "a");
	item_init(&b, "b");
	a.requeues = 1;
	queue(f, &a, 0);
	queue(f, &b, 0);
	settle(f);
	expect_log(f, "a at 0 for 0\nb at 0 for 0\na at 0 for 0\n");
	fixture_stop(f);
}

static void queue_delayed_work__no_delay_means_no_timer(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct item a;

	(void)state;
	item_init(&a, "a");
	assert_true(delay(f, &a, 0, 7));
	assert_false(timer_pending(&a.dwork.timer));
	settle(f);
	expect_log(f, "a at 0 for 7\n");
	fixture_stop(f);
}

static void queue_delayed_work__never_changes_what_is_pending(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct item a, b;

	(void)state;
	item_init(&a, "a");
	item_init(&b, "b");
	/* the timer is unchanged, whether the new delay is shorter, longer or 0 */
	assert_true(delay(f, &a, 20, 1));
	assert_true(timer_pending(&a.dwork.timer));
	run_to_j(f, 5);
	assert_false(delay(f, &a, 1, 2));
	assert_false(delay(f, &a, 50, 3));
	assert_false(delay(f, &a, 0, 4));
	settle(f);
	expect_log(f, "");
	run_to_j(f, 100);
	expect_log(f, "a at 210 for 1\n");

	/* so is a place in the queue */
	delay(f, &a, 0, 5);
	queue(f, &b, 6);
	assert_false(delay(f, &a, 10, 7));
	assert_false(delay(f, &a, 0, 8));
	settle(f);
	expect_log(f, "a at 1000 for 5\nb at 1000 for 6\n");
	run_to_j(f, 200);
	expect_log(f, "");
	fixture_stop(f);
}

static void mod_delayed_work__disarms_the_timer(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct item a;

	(void)state;
	item_init(&a, "a");
	assert_false(modify(f, &a, 20, 1));
	assert_true(timer_pending(&a.dwork.timer));
	run_to_j(f, 5);
	assert_true(modify(f, &a, 0, 2));
	assert_false(timer_pending(&a.dwork.timer));
	settle(f);
	expect_log(f, "a at 50 for 2\n");
	run_to_j(f, 100);
	expect_log(f, "");

	delay(f, &a, 20, 3);
	assert_true(modify(f, &a, 30, 4));
	run_to_j(f, 200);
	expect_log(f, "a at 1310 for 4\n");
	fixture_stop(f);
}

static void mod_delayed_work__gives_up_its_place_in_the_queue(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct item a, b;

	(void)state;
	item_init(&a, "a");
	item_init(&b, "b");
	queue(f, &a, 1);
	queue(f, &b, 2);
	assert_true(modify(f, &a, 0, 3));
	settle(f);
	expect_log(f, "b at 0 for 2\na at 0 for 3\n");

	queue(f, &a, 4);
	assert_true(modify(f, &a, 10, 5));
	settle(f);
	expect_log(f, "");
	run_to_j(f, 100);
	expect_log(f, "a at 110 for 5\n");
	fixture_stop(f);
}

static void delayed_work__goes_to_the_queue_it_was_last_armed_for(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct item a;

	(void)state;
	item_init(&a, "a");
	queue_delayed_work(f->m, WQ_SYSTEM_UNBOUND, &a.dwork, 5);
	assert_false(queue_delayed_work(f->m, WQ_SYSTEM, &a.dwork, 5));
	f->m->worker_latency_ns = MS;
	run_to_j(f, 6);
	assert_true(list_empty(&f->m->workqueues[WQ_SYSTEM].items));
	assert_false(list_empty(&f->m->workqueues[WQ_SYSTEM_UNBOUND].items));
	run_to_j(f, 7);
	expect_log(f, "a at 61 for 0\n");
	fixture_stop(f);
}

static void work_asleep_on_rtnl__does_not_hold_up_the_next(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct item a, b;

	(void)state;
	item_init(&a, "a");
	item_init(&b, "b");
	a.wants_rtnl = true;
	lock(f);
	queue(f, &a, 1);
	queue(f, &b, 2);
	settle(f);
	expect_log(f, "b at 0 for 2\n");
	assert_true(a.dwork.work.is_running);
	assert_false(a.dwork.work.is_pending);
	run_to_j(f, 5);
	f->m->cause = 9;
	unlock(f);
	expect_log(f, "a at 50 for 1\n");
	assert_false(a.dwork.work.is_running);
	fixture_stop(f);
}

static void work_asleep_on_rtnl__queued_again_runs_once_more_when_done(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct item a, b;

	(void)state;
	item_init(&a, "a");
	item_init(&b, "b");
	a.wants_rtnl = true;
	lock(f);
	queue(f, &a, 1);
	settle(f);
	assert_true(queue(f, &a, 2));
	assert_false(queue(f, &a, 3));
	queue(f, &b, 4);
	settle(f); /* it does not block the queue */
	expect_log(f, "b at 0 for 4\n");
	assert_true(a.dwork.work.is_pending);
	assert_false(queue(f, &a, 5));
	run_to_j(f, 1);
	unlock(f);
	expect_log(f, "a at 10 for 1\na at 10 for 2\n");
	assert_false(a.dwork.work.is_running);
	assert_false(a.dwork.work.is_pending);
	fixture_stop(f);
}

static void work_asleep_on_rtnl__waits_in_line_again_for_its_second_run(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct item a, b;

	(void)state;
	item_init(&a, "a");
	item_init(&b, "b");
	a.wants_rtnl = true;
	b.wants_rtnl = true;
	lock(f);
	queue(f, &a, 1);
	queue(f, &b, 2);
	settle(f);
	queue(f, &a, 3);
	settle(f);
	unlock(f);
	expect_log(f, "a at 0 for 1\nb at 0 for 2\na at 0 for 3\n");
	assert_false(a.dwork.work.is_running);
	fixture_stop(f);
}

static void mod_delayed_work__takes_back_the_second_run_of_one_asleep(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct item a;

	(void)state;
	item_init(&a, "a");
	a.wants_rtnl = true;
	lock(f);
	queue(f, &a, 1);
	settle(f);
	queue(f, &a, 2);
	settle(f);
	assert_true(modify(f, &a, 20, 3));
	assert_true(a.dwork.work.is_running);
	unlock(f);
	expect_log(f, "a at 0 for 1\n");
	run_to_j(f, 100);
	expect_log(f, "a at 210 for 3\n");
	fixture_stop(f);
}

static void worker_latency__delays_every_start_and_keeps_the_order(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct item a, b;
	int64_t next = 0;

	(void)state;
	item_init(&a, "a");
	item_init(&b, "b");
	assert_false(work_next_ns(f->m, &next));
	f->m->worker_latency_ns = 30 * MS;
	queue(f, &a, 1);
	run_to_ns(f, 10 * MS);
	queue(f, &b, 2);
	assert_true(work_next_ns(f->m, &next));
	assert_int_equal(next, 30 * MS);
	assert_false(work_start_next(f->m));
	run_to_ns(f, 100 * MS);
	expect_log(f, "a at 30 for 1\nb at 40 for 2\n");
	fixture_stop(f);
}

static void worker_latency__lowered_while_an_item_waits_means_now(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct item a;
	int64_t next = 0;

	(void)state;
	item_init(&a, "a");
	f->m->worker_latency_ns = 30 * MS;
	queue(f, &a, 1);
	run_to_ns(f, 20 * MS);
	f->m->worker_latency_ns = 5 * MS;
	assert_true(work_next_ns(f->m, &next));
	assert_int_equal(next, 20 * MS);
	settle(f);
	expect_log(f, "a at 20 for 1\n");
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(queue_work__starts_in_order_each_once),
		cmocka_unit_test(queue_work__order_holds_over_both_queues),
		cmocka_unit_test(work_start_next__worker_keeps_the_cpu),
		cmocka_unit_test(work_start_next__worker_does_not_start_what_is_not_due),
		cmocka_unit_test(queue_work__from_within_its_own_function_runs_again),
		cmocka_unit_test(queue_delayed_work__no_delay_means_no_timer),
		cmocka_unit_test(queue_delayed_work__never_changes_what_is_pending),
		cmocka_unit_test(mod_delayed_work__disarms_the_timer),
		cmocka_unit_test(mod_delayed_work__gives_up_its_place_in_the_queue),
		cmocka_unit_test(delayed_work__goes_to_the_queue_it_was_last_armed_for),
		cmocka_unit_test(work_asleep_on_rtnl__does_not_hold_up_the_next),
		cmocka_unit_test(work_asleep_on_rtnl__queued_again_runs_once_more_when_done),
		cmocka_unit_test(work_asleep_on_rtnl__waits_in_line_again_for_its_second_run),
		cmocka_unit_test(mod_delayed_work__takes_back_the_second_run_of_one_asleep),
		cmocka_unit_test(worker_latency__delays_every_start_and_keeps_the_order),
		cmocka_unit_test(worker_latency__lowered_while_an_item_waits_means_now),
	};

	return cmocka_run_group_tests_name("workqueue", tests, NULL, NULL);
}
