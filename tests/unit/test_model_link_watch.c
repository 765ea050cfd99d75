// SPDX-License-Identifier: GPL-2.0-or-later
/* When events are processed: urgency, the rate limit, boot and wrap. */
#include "model_fixture.h"

#define DECISIONS                                                                                  \
	(BIT(TRACE_FIRE) | BIT(TRACE_SCHEDULE) | BIT(TRACE_RUN) | BIT(TRACE_PUT_BACK) |            \
	 BIT(TRACE_OVER_BUDGET))

/* A driver whose iflink is set by the test. */
static int iflink_as_told(const struct net_device *dev)
{
	return dev->ifindex + dev->priv.virtnet.has_status;
}

static const struct net_device_ops told_ops = {
	.kind = "told",
	.default_qdisc = QDISC_PFIFO_FAST,
	.ndo_get_iflink = iflink_as_told,
};

struct urgency {
	bool running, iflink, lag_port, lag_master, carrier, qdisc_off, iff_up, oper_down;
};

static void apply(struct net_device *dev, const struct urgency *u)
{
	dev->state = 1UL << __LINK_STATE_PRESENT | (unsigned long)u->running << __LINK_STATE_START |
		     (unsigned long)!u->carrier << __LINK_STATE_NOCARRIER;
	dev->priv.virtnet.has_status = u->iflink;
	dev->is_lag_port = u->lag_port;
	dev->is_lag_master = u->lag_master;
	dev->qdisc_sleeping = QDISC_PFIFO_FAST;
	dev->qdisc = u->qdisc_off ? QDISC_NOOP : QDISC_PFIFO_FAST;
	dev->flags = u->iff_up ? IFF_UP : 0;
	dev->operstate = u->oper_down ? IF_OPER_DOWN : IF_OPER_LOWERLAYERDOWN;
}

static void linkwatch_urgent_event__clause_by_clause(void **state)
{
	static const struct {
		struct urgency u;
		enum urgent_clause plain, with_change; /* 6.1, 6.1+urgent-event */
	} cases[] = {
		{ { .running = 1, .iff_up = 1 }, URGENT_NOT, URGENT_NOT },
		{ { 0, 1, 1, 1, 1, 1, 1, 1 }, URGENT_NOT, URGENT_NOT }, /* not running */
		{ { .running = 1, .iflink = 1 }, URGENT_IFLINK, URGENT_IFLINK },
		{ { .running = 1, .lag_port = 1 }, URGENT_LAG, URGENT_LAG },
		{ { .running = 1, .lag_master = 1 }, URGENT_LAG, URGENT_LAG },
		{ { .running = 1, .carrier = 1, .qdisc_off = 1 },
		  URGENT_QDISC_OFF,
		  URGENT_QDISC_OFF },
		{ { .running = 1, .carrier = 1 }, URGENT_NOT, URGENT_NOT },
		{ { .running = 1, .qdisc_off = 1 }, URGENT_NOT, URGENT_NOT },
		{ { .running = 1, .iff_up = 1, .oper_down = 1 }, URGENT_NOT, URGENT_UP_AND_DOWN },
		{ { .running = 1, .oper_down = 1 }, URGENT_NOT, URGENT_NOT }, /* in ndo_open */
		{ { 1, 1, 1, 1, 1, 1, 1, 1 }, URGENT_IFLINK, URGENT_IFLINK }, /* the first wins */
		{ { 1, 0, 1, 1, 1, 1, 1, 1 }, URGENT_LAG, URGENT_LAG },
		{ { 1, 0, 0, 0, 1, 1, 1, 1 }, URGENT_QDISC_OFF, URGENT_UP_AND_DOWN },
	};

	(void)state;
	for (unsigned int n = 0; n < 2 * ARRAY_SIZE(cases); n++) {
		struct fixture *f = fixture_start(n % 2 ? "6.1+urgent-event" : "6.1", 100);
		struct net_device *dev = add_device(f, "d", &told_ops);
		enum urgent_clause expected = n % 2 ? cases[n / 2].with_change : cases[n / 2].plain;

		apply(dev, &cases[n / 2].u);
		assert_int_equal(linkwatch_urgent_event(dev), expected);
		linkwatch_fire_event(dev);
		assert_int_equal(f->m->linkwatch.is_urgent, expected != URGENT_NOT);
		fixture_free(f);
	}
}

/* The four reasons for urgency; the device is otherwise at rest and up. */
static const struct {
	struct urgency u;
	const char *word;
} ways[] = {
	{ { .running = 1, .iff_up = 1, .carrier = 1, .iflink = 1 }, "iflink" },
	{ { .running = 1, .iff_up = 1, .carrier = 1, .lag_port = 1 }, "lag" },
	{ { .running = 1, .iff_up = 1, .carrier = 1, .lag_master = 1 }, "lag" },
	{ { .running = 1, .iff_up = 1, .carrier = 1, .oper_down = 1 }, "up-and-down" },
	{ { .running = 1, .iff_up = 1, .carrier = 1, .qdisc_off = 1 }, "qdisc-off" },
};

static const struct urgency at_rest = { .running = 1, .iff_up = 1, .carrier = 1 };

/* Pending, so that its bit is still set. */
static void apply_to_pending(struct net_device *dev, const struct urgency *u)
{
	apply(dev, u);
	dev->state |= 1UL << __LINK_STATE_LINKWATCH_PENDING;
}

static void linkwatch_event__urgent_at_fire_but_not_at_run_is_put_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
		struct fixture *f = fixture_start("6.1+urgent-event", 100);
		struct net_device *dev = add_device(f, "d", &told_ops);
		char expected[200];

		use_up_the_second(f);
		f->traced = DECISIONS;
		lock(f);
		apply(dev, &ways[i].u);
		linkwatch_fire_event(dev);
		settle(f); /* the worker waits for rtnl */
		snprintf(expected, sizeof(expected), "fire d %s new\nschedule 0 mod\n",
			 ways[i].word);
		expect_log(f, expected);
		apply_to_pending(dev, &at_rest);
		unlock(f);
		expect_log(f, "run urgent next 100\nput back d not urgent\nschedule 100 queued\n");
		run_to_j(f, 103);
		expect_log(f, "");
		run_to_j(f, 104);
		expect_log(f, "run full next 204\n104 d URL UP 0\n");
		fixture_stop(f);
	}
}

static void linkwatch_event__not_urgent_at_fire_but_at_run_is_taken(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
		struct fixture *f = fixture_start("6.1+urgent-event", 100);
		struct net_device *dev = add_device(f, "d", &told_ops);
		struct net_device *other = add_device(f, "o", &told_ops);

		use_up_the_second(f);
		f->traced = DECISIONS;
		apply(dev, &at_rest);
		linkwatch_fire_event(dev);
		settle(f);
		expect_log(f, "fire d not-urgent new\nschedule 100 queued\n");
		run_to_j(f, 10);
		apply_to_pending(dev, &ways[i].u);
		apply(other, &ways[1].u);
		linkwatch_fire_event(other);
		settle(f);
		expect_log(f, "fire o lag new\nschedule 0 mod\nrun urgent next 100\n"
			      "10 d URL UP 0\n10 o URL UP 0\n");
		run_to_j(f, 200); /* its timer is gone too */
		expect_log(f, "");
		dev->qdisc_sleeping = dev->qdisc;
		fixture_stop(f);
	}
}

static void linkwatch_fire_event__pending_and_not_urgent_is_dropped(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_device(f, "d", &told_ops), *other;

	(void)state;
	other = add_device(f, "o", &told_ops);
	use_up_the_second(f);
	f->traced = DECISIONS;
	apply(dev, &at_rest);
	apply(other, &at_rest);
	linkwatch_fire_event(dev);
	linkwatch_fire_event(dev);
	linkwatch_fire_event(other);
	expect_log(f, "fire d not-urgent new\nschedule 100 queued\nfire d not-urgent again\n"
		      "fire o not-urgent new\nschedule 100 pending\n");
	settle(f);
	/* pending and urgent: the work runs at once; a later event leaves it to that run */
	apply_to_pending(dev, &ways[1].u);
	linkwatch_fire_event(dev);
	linkwatch_fire_event(dev);
	expect_log(
		f,
		"fire d lag again\nschedule 0 mod\nfire d lag again\nschedule 0 left to urgent\n");
	settle(f);
	expect_log(f, "run urgent next 100\n0 d URL UP 0\nput back o not urgent\n"
		      "schedule 100 queued\n");
	fixture_stop(f);
}

static void linkwatch_fire_event__not_urgent_leaves_a_coming_urgent_run_alone(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_device(f, "d", &told_ops), *other;

	(void)state;
	other = add_device(f, "o", &told_ops);
	use_up_the_second(f);
	f->traced = DECISIONS;
	apply(dev, &ways[1].u);
	apply(other, &at_rest);
	linkwatch_fire_event(dev);
	linkwatch_fire_event(other);
	expect_log(f, "fire d lag new\nschedule 0 mod\nfire o not-urgent new\n"
		      "schedule 0 left to urgent\n");
	settle(f);
	fixture_stop(f);
}

static void linkwatch_schedule_work__delay_is_what_is_left_up_to_a_second(void **state)
{
	static const struct {
		int64_t left_j;
		unsigned int delay_j;
	} cases[] = { { 1, 1 },	 { 62, 62 },  { 250, 250 },    { 251, 0 },  { 0, 0 },
		      { -1, 0 }, { -250, 0 }, { -1000000, 0 }, { 1000, 0 }, { 249, 249 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start("6.1", 250);
		char expected[80];

		f->m->linkwatch.nextevent = f->m->jiffies + (uint64_t)cases[i].left_j;
		f->traced = BIT(TRACE_SCHEDULE);
		linkwatch_fire_event(find(f, "lo"));
		snprintf(expected, sizeof(expected), "schedule %u queued\n", cases[i].delay_j);
		expect_log(f, expected);
		assert_int_equal(timer_pending(&f->m->linkwatch.work.timer), cases[i].delay_j != 0);
		fixture_stop(f);
	}
}

/* jiffies == nextevent is late enough; an urgent run does not change nextevent. */
static void linkwatch_event__is_full_from_nextevent_on(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_device(f, "d", &told_ops);

	(void)state;
	run_to_j(f, 500);
	f->traced = BIT(TRACE_RUN);
	apply(dev, &ways[1].u);
	forget_log(f);
	for (uint64_t next = 502; next >= 499; next--) {
		f->m->linkwatch.nextevent = jiffies_at(&f->m->clock, next);
		linkwatch_fire_event(dev);
		settle(f);
	}
	expect_log(f, "run urgent next 502\n500 d URL UP 0\nrun urgent next 501\n500 d URL UP 0\n"
		      "run full next 600\n500 d URL UP 0\nrun full next 600\n500 d URL UP 0\n");
	fixture_stop(f);
}

static void linkwatch_event__first_after_boot(void **state)
{
	static const struct {
		uint32_t bits;
		uint64_t at_j;
		const char *log;
	} cases[] = {
		{ 64, 7, "fire lo not-urgent new\nschedule 0 queued\nrun full next 107\n" },
		/* nextevent is 0, 300 s ahead: an urgent run corrects it, then one more */
		{ 32, 7,
		  "fire lo not-urgent new\nschedule 0 queued\nrun urgent next 7\n"
		  "put back lo not urgent\nschedule 0 queued\nrun full next 107\n" },
		{ 32, 29899,
		  "fire lo not-urgent new\nschedule 0 queued\nrun urgent next 29899\n"
		  "put back lo not urgent\nschedule 0 queued\nrun full next 29999\n" },
		/* a second before jiffies wraps, nextevent looks like an active limit */
		{ 32, 29900, "fire lo not-urgent new\nschedule 100 queued\n" },
		{ 32, 29999, "fire lo not-urgent new\nschedule 1 queued\n" },
		{ 32, 30000, "fire lo not-urgent new\nschedule 0 queued\nrun full next 30100\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct machine_config config = { .kernel = kernel_named("6.1"),
						 .hz = 100,
						 .long_bits = cases[i].bits };
		struct fixture *f = fixture_start_with(&config);

		run_to_j(f, cases[i].at_j);
		f->traced = DECISIONS;
		linkwatch_fire_event(find(f, "lo"));
		settle(f);
		expect_log(f, cases[i].log);
		fixture_stop(f);
	}
}

/* The clamp is strict: nextevent exactly a second ahead stays. */
static void linkwatch_run_queue__clamps_a_nextevent_beyond_a_second(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_device(f, "d", &told_ops);

	(void)state;
	run_to_j(f, 500);
	apply(dev, &ways[1].u);
	f->traced = BIT(TRACE_RUN);
	forget_log(f);
	for (uint64_t next = 600; next <= 601; next++) {
		f->m->linkwatch.nextevent = jiffies_at(&f->m->clock, next);
		linkwatch_fire_event(dev);
		settle(f);
	}
	expect_log(f, "run urgent next 600\n500 d URL UP 0\nrun urgent next 500\n500 d URL UP 0\n");
	fixture_stop(f);
}

static void limit__holds_across_the_wrap_of_a_32_bit_jiffies(void **state)
{
	struct machine_config config = {
		.kernel = kernel_named("6.1"), .hz = 100, .long_bits = 32, .max_devices = 2
	};
	struct fixture *f = fixture_start_with(&config);
	struct net_device *d0 = add_dummy(f, "d0"), *d1 = add_dummy(f, "d1");

	(void)state;
	link_up(f, d0);
	link_up(f, d1);
	forget_log(f);
	run_to_j(f, 29850);
	carrier(f, d0, false);
	run_to_j(f, 29980);
	carrier(f, d0, true);
	run_to_j(f, 29990);
	carrier(f, d1, false);
	expect_log(f, "29850 d0 U DOWN 0\n29980 d0 URL UP 0\n");
	run_to_j(f, 30200); /* 29980 + 100 in its bucket of 8 */
	expect_log(f, "30088 d1 U DOWN 0\n");
	fixture_stop(f);
}

static void limit__after_half_the_range_of_idleness_looks_like_one_in_force(void **state)
{
	static const uint64_t half = UINT64_C(1) << 31;
	struct machine_config config = {
		.kernel = kernel_named("6.1"), .hz = 1000, .long_bits = 32, .max_devices = 1
	};
	struct fixture *f = fixture_start_with(&config);

	(void)state;
	linkwatch_run_queue(f->m); /* nextevent: 1000 */
	f->traced = DECISIONS;
	run_to_j(f, 1000 + half + 1);
	linkwatch_fire_event(find(f, "lo"));
	settle(f);
	expect_log(f, "fire lo not-urgent new\nschedule 0 queued\nrun urgent next 2147484649\n"
		      "put back lo not urgent\nschedule 0 queued\nrun full next 2147485649\n");
	fixture_stop(f);
}

/* traces/rate.6.1.trace */
static void limit__as_the_real_kernel_has_it(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0, *d1;

	(void)state;
	run_to_ms(f, 1005);
	d0 = add_dummy(f, "d0");
	d1 = add_dummy(f, "d1");
	run_to_ms(f, 2005);
	link_up(f, d0);
	run_to_ms(f, 2105);
	link_up(f, d1);
	forget_log(f);
	f->is_full = true;
	run_to_ms(f, 4005);
	carrier(f, d0, false);
	run_to_ms(f, 4015);
	carrier(f, d1, false);
	run_to_ms(f, 6005);
	carrier(f, d0, true);
	run_to_ms(f, 6025);
	carrier(f, d0, false);
	run_to_ms(f, 6035);
	carrier(f, d0, true);
	run_to_ms(f, 6045);
	carrier(f, d0, false);
	run_to_ms(f, 10005);
	expect_log(f, "400 d0 <UP> DOWN mode=0 qdisc=noqueue change=0 up/down=0/1\n"
		      "504 d1 <UP> DOWN mode=0 qdisc=noqueue change=0 up/down=0/1\n"
		      "600 d0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=1/1\n"
		      "605 d0 <UP> DOWN mode=0 qdisc=noqueue change=0 up/down=2/3\n");
	fixture_stop(f);
}

/* Measured on 6.1: 63 jiffies left of the limit become 66, 62 become 63. */
static void limit__level_1_of_the_wheel_makes_a_longer_wait(void **state)
{
	static const struct {
		uint64_t used_up_j, told_j;
	} cases[] = { { 201, 304 }, { 200, 301 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start("6.1", 100);
		struct net_device *dev = add_dummy(f, "d");
		char expected[40];

		link_up(f, dev);
		run_to_j(f, cases[i].used_up_j);
		use_up_the_second(f);
		run_to_j(f, 238);
		carrier(f, dev, false);
		run_to_j(f, 400);
		snprintf(expected, sizeof(expected), "%u d U DOWN 0\n",
			 (unsigned int)cases[i].told_j);
		expect_log(f, expected);
		fixture_stop(f);
	}
}

static void linkwatch_work__is_on_the_queue_that_the_kernel_uses(void **state)
{
	static const struct {
		const char *kernel;
		enum workqueue_id wq;
	} cases[] = { { "5.8", WQ_SYSTEM }, { "6.1", WQ_SYSTEM_UNBOUND } };

	(void)state;
	for (size_t i = 0; i < 2 * ARRAY_SIZE(cases); i++) { /* queue_ and mod_delayed_work */
		struct fixture *f = fixture_start(cases[i / 2].kernel, 100);
		struct net_device *dev = add_device(f, "d", &told_ops);

		apply(dev, i % 2 ? &ways[1].u : &at_rest);
		linkwatch_fire_event(dev);
		assert_false(list_empty(&f->m->workqueues[cases[i / 2].wq].items));
		assert_true(list_empty(&f->m->workqueues[!cases[i / 2].wq].items));
		settle(f);
		fixture_stop(f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(linkwatch_urgent_event__clause_by_clause),
		cmocka_unit_test(linkwatch_event__urgent_at_fire_but_not_at_run_is_put_back),
		cmocka_unit_test(linkwatch_event__not_urgent_at_fire_but_at_run_is_taken),
		cmocka_unit_test(linkwatch_fire_event__pending_and_not_urgent_is_dropped),
		cmocka_unit_test(linkwatch_fire_event__not_urgent_leaves_a_coming_urgent_run_alone),
		cmocka_unit_test(linkwatch_schedule_work__delay_is_what_is_left_up_to_a_second),
		cmocka_unit_test(linkwatch_event__is_full_from_nextevent_on),
		cmocka_unit_test(linkwatch_event__first_after_boot),
		cmocka_unit_test(linkwatch_run_queue__clamps_a_nextevent_beyond_a_second),
		cmocka_unit_test(limit__holds_across_the_wrap_of_a_32_bit_jiffies),
		cmocka_unit_test(limit__after_half_the_range_of_idleness_looks_like_one_in_force),
		cmocka_unit_test(limit__as_the_real_kernel_has_it),
		cmocka_unit_test(limit__level_1_of_the_wheel_makes_a_longer_wait),
		cmocka_unit_test(linkwatch_work__is_on_the_queue_that_the_kernel_uses),
	};

	return cmocka_run_group_tests_name("link_watch", tests, NULL, NULL);
}
