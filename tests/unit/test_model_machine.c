// SPDX-License-Identifier: GPL-2.0-or-later
#include "model_fixture.h"

#include <sys/resource.h>

#define MS INT64_C(1000000)

/* A failing allocation is part of a test here. */
const char *__asan_default_options(void);
__attribute__((visibility("default"))) const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

static void machine_new__refuses_what_is_no_clock(void **state)
{
	struct machine_config config = { .hz = 100, .long_bits = 64 };
	struct machine *m = machine_new(&config);

	(void)state;
	assert_non_null(m);
	machine_free(m);
	config.hz = 101;
	assert_null(machine_new(&config));
	config.hz = 100;
	config.long_bits = 31;
	assert_null(machine_new(&config));
}

static void machine_new__without_memory_is_null(void **state)
{
	struct machine_config config = { .hz = 100, .long_bits = 64, .max_devices = 1U << 28 };
	struct rlimit was, tight;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_AS, &was), 0);
	tight = was;
	tight.rlim_cur = 1 << 20;
	assert_int_equal(setrlimit(RLIMIT_AS, &tight), 0);
	assert_null(machine_new(&config));
	assert_int_equal(setrlimit(RLIMIT_AS, &was), 0);
}

static void machine_new__is_at_boot(void **state)
{
	struct fixture *f = fixture_start("6.1+urgent-event", 250);
	const struct machine *m = f->m;

	(void)state;
	assert_int_equal(m->now_ns, 0);
	assert_int_equal(m->since_boot_j, 0);
	assert_int_equal(m->jiffies, 0xffffffff - 74999);
	assert_true(kernel_has(&m->kernel, KERNEL_URGENT_EVENT));
	assert_false(m->is_broken);
	assert_true(machine_next_ns(m) == INT64_MAX);
	assert_ptr_equal(init_net(m)->dev_base_head.next, &find(f, "lo")->dev_list);
	assert_ptr_equal(init_net(m)->dev_base_head.prev, &find(f, "lo")->dev_list);
	fixture_stop(f);
}

static void machine_free__null_is_fine(void **state)
{
	(void)state;
	machine_free(NULL);
}

static void machine_next_ns__is_the_earliest_of_timer_rtnl_and_work(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_dummy(f, "d");

	(void)state;
	link_up(f, dev);
	run_to_j(f, 200);
	use_up_the_second(f);
	carrier(f, dev, false); /* a timer: in jiffy 304 */
	assert_int_equal(machine_next_ns(f->m), 3040 * MS);
	lock(f);
	rtnl_hold(f->m, 1500 * MS); /* later than that */
	assert_int_equal(machine_next_ns(f->m), 3040 * MS);
	rtnl_hold(f->m, 700 * MS); /* earlier */
	assert_int_equal(machine_next_ns(f->m), 2700 * MS);
	f->m->worker_latency_ns = 600 * MS;
	linkwatch_fire_event(dev);
	assert_int_equal(machine_next_ns(f->m), 2700 * MS);
	linkwatch_forget_dev(dev);
	dev->is_lag_master = true;
	linkwatch_fire_event(dev); /* urgent: queued, starts when its worker has woken */
	assert_int_equal(machine_next_ns(f->m), 2600 * MS);
	f->m->worker_latency_ns = 800 * MS;
	assert_int_equal(machine_next_ns(f->m), 2700 * MS);
	f->m->worker_latency_ns = 0;
	assert_int_equal(machine_next_ns(f->m), 2000 * MS);
	machine_broken(f->m, "enough");
	assert_true(machine_next_ns(f->m) == INT64_MAX);
	fixture_free(f);
}

/* A timer that is due fires now, not at the start of its jiffy. */
static void machine_next_ns__never_lies_in_the_past(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_dummy(f, "d");

	(void)state;
	use_up_the_second(f);
	netif_carrier_off(dev);
	run_to_ns(f, 1039 * MS);
	machine_advance(f->m, 1040 * MS);
	assert_int_equal(machine_next_ns(f->m), 1040 * MS);
	machine_settle(f->m);
	assert_true(machine_next_ns(f->m) == INT64_MAX);
	fixture_stop(f);
}

static void machine_advance__keeps_ns_and_jiffies_together(void **state)
{
	struct fixture *f = fixture_start("6.1", 300);

	(void)state;
	machine_advance(f->m, 3333333);
	assert_int_equal(f->m->since_boot_j, 0);
	machine_advance(f->m, 3333334);
	assert_int_equal(f->m->since_boot_j, 1);
	assert_true(f->m->jiffies == jiffies_initial(&f->m->clock) + 1);
	machine_advance(f->m, 3333334); /* the same time */
	assert_int_equal(f->m->now_ns, 3333334);
	machine_advance(f->m, INT64_MAX / 2);
	assert_int_equal(f->broken_calls, 0);
	fixture_stop(f);
}

static void machine_advance__neither_back_nor_beyond_what_is_due(void **state)
{
	static const int64_t to_ns[] = { 5 * MS - 1, 1040 * MS + 1 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(to_ns); i++) {
		struct fixture *f = fixture_start("6.1", 100);
		struct net_device *dev = add_dummy(f, "d");

		use_up_the_second(f);
		run_to_ns(f, 5 * MS);
		netif_carrier_off(dev);
		machine_advance(f->m, to_ns[i]);
		assert_int_equal(f->broken_calls, 1);
		assert_string_equal(f->broken, "the clock was set back, or past something due");
		assert_int_equal(f->m->now_ns, 5 * MS);
		fixture_free(f);
	}
}

static bool forever(struct machine *m, struct work_struct *work)
{
	queue_work(m, WQ_SYSTEM, work);
	return true;
}

static void machine_settle__has_a_bound(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct work_struct work;

	(void)state;
	work_init(&work, forever);
	queue_work(f->m, WQ_SYSTEM, &work);
	settle(f);
	assert_int_equal(f->broken_calls, 1);
	assert_string_equal(f->broken, "the machine does not come to rest");
	fixture_free(f);
}

static void just_unlock(struct machine *m, void *arg, uint64_t n)
{
	(void)n;
	++*(unsigned int *)arg;
	rtnl_unlock(m);
}

/* As many waiters as a configuration allows stay within the bound. */
static void machine_settle__takes_all_who_wait(void **state)
{
	struct machine_config config = { .hz = 100, .long_bits = 64, .max_waiters = 20000 };
	struct fixture *f = fixture_start_with(&config);
	unsigned int calls = 0;

	(void)state;
	lock(f);
	while (rtnl_run(f->m, just_unlock, &calls, 0) == 0)
		;
	unlock(f);
	assert_int_equal(calls, 20000);
	fixture_stop(f);
}

static bool count_work(struct machine *m, struct work_struct *work)
{
	(void)work;
	say(m->callbacks.user, "work\n");
	return true;
}

static void machine_broken__is_told_once_and_stops_the_machine(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct work_struct work;

	(void)state;
	work_init(&work, count_work);
	queue_work(f->m, WQ_SYSTEM, &work);
	machine_broken(f->m, "first");
	machine_broken(f->m, "second");
	assert_int_equal(f->broken_calls, 1);
	assert_string_equal(f->broken, "first");
	settle(f);
	expect_log(f, "");
	fixture_free(f);
}

static void machine_broken__without_a_listener_stops_it_too(void **state)
{
	struct machine_config config = { .hz = 100, .long_bits = 64 };
	struct machine *m = machine_new(&config);

	(void)state;
	machine_broken(m, "unheard");
	assert_true(m->is_broken);
	assert_true(machine_next_ns(m) == INT64_MAX);
	machine_free(m);
}

static void break_in_rtnl(struct machine *m, void *arg, uint64_t n)
{
	(void)arg;
	(void)n;
	machine_broken(m, "by a waiter");
	rtnl_unlock(m);
}

static void machine_settle__stops_where_it_breaks(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct work_struct work;

	(void)state;
	work_init(&work, count_work);
	lock(f);
	rtnl_run(f->m, break_in_rtnl, NULL, 0);
	queue_work(f->m, WQ_SYSTEM, &work);
	unlock(f);
	expect_log(f, "");
	assert_int_equal(f->broken_calls, 1);
	fixture_free(f);
}

/* Something of everything pending: a delayed run, a waiter, a timer, sleeping work. */
static void start_much(struct fixture *f)
{
	add_veth(f, "v0", "v1");
	link_up(f, add_dummy(f, "d0"));
	link_up(f, add_dummy(f, "d1"));
	run_to_j(f, 300);
	carrier(f, find(f, "d0"), false);
	run_to_j(f, 310);
	carrier(f, find(f, "d1"), false);
	lock(f);
	rtnl_hold(f->m, 55 * MS);
	carrier(f, find(f, "d0"), true);
	run_to_j(f, 312);
	forget_log(f);
}

static void go_on(struct fixture *f)
{
	run_to_j(f, 320);
	link_up(f, find(f, "v0"));
	add_dummy(f, "new");
	run_to_j(f, 330);
	link_up(f, find(f, "v1"));
	delete_link_of(f, find(f, "d1"));
	run_to_j(f, 600);
	link_up(f, find(f, "new"));
}

static void machine_restore__the_same_continuation_twice(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	char first[2000];
	void *copy;

	(void)state;
	start_much(f);
	copy = malloc(machine_save_bytes(f->m));
	machine_save(f->m, copy);
	f->traced = BIT(TRACE_POINT_COUNT) - 1;
	go_on(f);
	assert_true(f->messages >= 8);
	assert_in_range(f->log_len, 500, sizeof(first) - 1);
	memcpy(first, f->log, f->log_len + 1);
	forget_log(f);

	machine_restore(f->m, copy);
	assert_null(machine_verify(f->m));
	assert_int_equal(f->m->since_boot_j, 312);
	assert_null(dev_get_by_name(f->m, "new"));
	assert_non_null(dev_get_by_name(f->m, "d1"));
	go_on(f);
	expect_log(f, first);
	free(copy);
	fixture_stop(f);
}

/* The copy is as large as what was in use, even if more or less is in use since. */
static void machine_restore__over_more_and_over_fewer_devices(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	size_t few = machine_save_bytes(f->m), many;
	void *copy_few = malloc(few), *copy_many;

	(void)state;
	machine_save(f->m, copy_few);
	add_dummy(f, "a");
	add_dummy(f, "b");
	many = machine_save_bytes(f->m);
	assert_int_equal(many - few, 2 * sizeof(struct net_device));
	copy_many = malloc(many);
	machine_save(f->m, copy_many);
	for (int i = 0; i < 2; i++) {
		machine_restore(f->m, copy_few);
		assert_null(machine_verify(f->m));
		assert_null(dev_get_by_name(f->m, "b"));
		assert_int_equal(machine_save_bytes(f->m), few);
		memset(f->m->devices + 1, 0xa5, 2 * sizeof(struct net_device));
		machine_restore(f->m, copy_many);
		assert_null(machine_verify(f->m));
		assert_int_equal(find(f, "b")->ifindex, 3);
		assert_int_equal(machine_save_bytes(f->m), many);
	}
	free(copy_few);
	free(copy_many);
	fixture_stop(f);
}

/* Order at one instant: timers, the end of rtnl_hold(), its waiters, work. */
static void say_timer(struct machine *m, struct timer_list *timer)
{
	(void)timer;
	say(m->callbacks.user, "timer\n");
	assert_true(m->rtnl.is_locked);
}

static void say_waiter(struct machine *m, void *arg, uint64_t n)
{
	(void)arg;
	(void)n;
	say(m->callbacks.user, "waiter\n");
	rtnl_unlock(m);
}

static void machine_settle__order_at_one_instant(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct timer_list timer;
	struct work_struct work;

	(void)state;
	work_init(&work, count_work);
	timer_setup(&timer, say_timer);
	lock(f);
	rtnl_hold(f->m, 60 * MS);
	rtnl_run(f->m, say_waiter, NULL, 0);
	f->m->worker_latency_ns = 60 * MS;
	queue_work(f->m, WQ_SYSTEM, &work);
	add_timer(f->m, &timer, f->m->jiffies + 5);
	run_to_ns(f, 59 * MS);
	expect_log(f, "");
	run_to_ns(f, 60 * MS);
	expect_log(f, "timer\nwaiter\nwork\n");
	fixture_stop(f);
}

/* Works without callbacks. */
static void machine_settle__needs_no_callbacks(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct machine_callbacks none = { 0 };
	struct net_device *dev;

	(void)state;
	machine_set_callbacks(f->m, &none);
	dev = add_dummy(f, "d0");
	link_up(f, dev);
	carrier(f, dev, false);
	assert_int_equal(dev->operstate, IF_OPER_DOWN);
	expect_log(f, "");
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(machine_new__refuses_what_is_no_clock),
		cmocka_unit_test(machine_new__without_memory_is_null),
		cmocka_unit_test(machine_new__is_at_boot),
		cmocka_unit_test(machine_free__null_is_fine),
		cmocka_unit_test(machine_next_ns__is_the_earliest_of_timer_rtnl_and_work),
		cmocka_unit_test(machine_next_ns__never_lies_in_the_past),
		cmocka_unit_test(machine_advance__keeps_ns_and_jiffies_together),
		cmocka_unit_test(machine_advance__neither_back_nor_beyond_what_is_due),
		cmocka_unit_test(machine_settle__has_a_bound),
		cmocka_unit_test(machine_settle__takes_all_who_wait),
		cmocka_unit_test(machine_broken__is_told_once_and_stops_the_machine),
		cmocka_unit_test(machine_broken__without_a_listener_stops_it_too),
		cmocka_unit_test(machine_settle__stops_where_it_breaks),
		cmocka_unit_test(machine_restore__the_same_continuation_twice),
		cmocka_unit_test(machine_restore__over_more_and_over_fewer_devices),
		cmocka_unit_test(machine_settle__order_at_one_instant),
		cmocka_unit_test(machine_settle__needs_no_callbacks),
	};

	return cmocka_run_group_tests_name("machine", tests, NULL, NULL);
}
