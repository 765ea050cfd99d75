// SPDX-License-Identifier: GPL-2.0-or-later
/* Each broken invariant is found and described. */
#include "model_fixture.h"

static void idle(struct machine *m, struct timer_list *timer)
{
	(void)m;
	(void)timer;
}

/* up: a device that is up and has carrier; down: one that is not open */
struct scene {
	struct fixture *f;
	struct net_device *up, *down;
	struct linkwatch *lw;
	struct timer_list timer[2];
};

static void not_registered(struct scene *s)
{
	s->down->reg_state = NETREG_UNREGISTERING;
}

static void other_name(struct scene *s)
{
	s->down->name[0] = 'x';
}

static void other_index(struct scene *s)
{
	s->down->ifindex = 99;
}

static void pending_unlisted(struct scene *s)
{
	s->down->state |= BIT(__LINK_STATE_LINKWATCH_PENDING);
}

static void listed_not_pending(struct scene *s)
{
	linkwatch_fire_event(s->down);
	s->down->state &= ~(unsigned long)BIT(__LINK_STATE_LINKWATCH_PENDING);
}

static void running_not_up(struct scene *s)
{
	s->up->flags &= ~(uint32_t)IFF_UP;
}

static void up_not_running(struct scene *s)
{
	s->down->flags |= IFF_UP;
}

static void strange_qdisc(struct scene *s)
{
	s->up->qdisc = QDISC_PFIFO_FAST;
}

static void closed_qdisc_on(struct scene *s)
{
	s->down->qdisc = QDISC_NOQUEUE;
	s->down->qdisc_sleeping = QDISC_NOQUEUE;
}

static void no_such_operstate(struct scene *s)
{
	s->down->operstate = IF_OPER_UP + 1;
}

static void listed_without_work(struct scene *s)
{
	linkwatch_fire_event(s->down);
	work_init(&s->lw->work.work, s->lw->work.work.func);
	INIT_LIST_HEAD(&s->f->m->workqueues[s->lw->work.wq].items);
}

static void urgent_without_work(struct scene *s)
{
	s->lw->is_urgent = true;
}

static void urgent_with_a_timer(struct scene *s)
{
	queue_delayed_work(s->f->m, WQ_SYSTEM, &s->lw->work, 10);
	s->lw->is_urgent = true;
}

static void timer_overdue(struct scene *s)
{
	timer_setup(&s->timer[0], idle);
	add_timer(s->f->m, &s->timer[0], s->f->m->jiffies + 5);
	s->timer[0].bucket_expiry = s->f->m->jiffies - 1;
}

static void timers_out_of_order(struct scene *s)
{
	for (int i = 0; i < 2; i++) {
		timer_setup(&s->timer[i], idle);
		add_timer(s->f->m, &s->timer[i], s->f->m->jiffies + 5);
	}
	s->timer[0].bucket_expiry--; /* the last in line */
}

static void urgent_taken_for_another(struct scene *s)
{
	linkwatch_fire_event(s->up);
	s->up->link_watch_event.stays = true;
	s->up->qdisc = QDISC_NOOP; /* and its carrier is on: urgent */
}

static void events_in_another_order(struct scene *s)
{
	linkwatch_fire_event(s->up);
	linkwatch_fire_event(s->down);
	list_del_init(&s->up->link_watch_list);
	list_add_tail(&s->up->link_watch_list, &s->lw->lweventlist);
}

static void events_without_the_first(struct scene *s)
{
	for (int i = 0; i < 3; i++) {
		char name[] = { 'e', (char)('0' + i), '\0' };

		linkwatch_fire_event(add_dummy(s->f, name));
	}
	s->lw->lweventlist.next = s->lw->lweventlist.next->next;
}

static void events_after_the_last(struct scene *s)
{
	linkwatch_fire_event(s->down);
	list_add_tail(&s->up->link_watch_list, &s->lw->lweventlist);
	s->up->state |= BIT(__LINK_STATE_LINKWATCH_PENDING);
}

static const struct {
	void (*corrupt)(struct scene *);
	const char *what;
} corruptions[] = {
	{ not_registered, "a listed device is not registered" },
	{ other_name, "a registered device is not found by its name or number" },
	{ other_index, "a registered device is not found by its name or number" },
	{ pending_unlisted, "LINKWATCH_PENDING and the event list disagree" },
	{ listed_not_pending, "LINKWATCH_PENDING and the event list disagree" },
	{ running_not_up, "START and IFF_UP disagree" },
	{ up_not_running, "START and IFF_UP disagree" },
	{ strange_qdisc, "a tx queue has a qdisc that is neither off nor its own" },
	{ closed_qdisc_on, "the qdisc of a closed device is on" },
	{ no_such_operstate, "an operstate that is none" },
	{ urgent_taken_for_another, "an urgent event is taken for one that is not" },
	{ events_in_another_order, "the event list and its tree disagree" },
	{ events_without_the_first, "the event list and its tree disagree" },
	{ events_after_the_last, "the event list and its tree disagree" },
	{ listed_without_work, "devices wait on the event list and no work is pending" },
	{ urgent_without_work, "LW_URGENT is set and no work is queued" },
	{ urgent_with_a_timer, "LW_URGENT is set and no work is queued" },
	{ timer_overdue, "a timer is overdue or out of order" },
	{ timers_out_of_order, "a timer is overdue or out of order" },
};

static void machine_verify__names_each_corruption(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(corruptions); i++) {
		struct fixture *f = fixture_start("6.1", 100);
		struct scene s = { .f = f, .lw = &f->m->linkwatch };
		const char *what;

		s.up = add_dummy(f, "up");
		s.down = add_dummy(f, "down");
		link_up(f, s.up);
		assert_null(machine_verify(f->m));
		corruptions[i].corrupt(&s);
		what = machine_verify(f->m);
		assert_string_equal(what ? what : "sound", corruptions[i].what);
		assert_int_equal(f->broken_calls, 0); /* only inspects */
		fixture_free(f);
	}
}

static bool spoil_lo(struct machine *m, struct work_struct *work)
{
	(void)work;
	dev_get_by_name(m, "lo")->operstate = 99;
	return true;
}

/* Checking builds inspect the machine after every step; other builds never do. */
static void machine_check__tells_in_checking_builds_only(void **state)
{
	for (int spoilt_by_work = 0; spoilt_by_work <= 1; spoilt_by_work++) {
		struct fixture *f = fixture_start("6.1", 100);
		struct work_struct work, next;

		(void)state;
		work_init(&work, spoil_lo);
		work_init(&next, spoil_lo);
		if (spoilt_by_work)
			queue_work(f->m, WQ_SYSTEM, &work);
		else
			spoil_lo(f->m, &work);
		queue_work(f->m, WQ_SYSTEM, &next);
		settle(f);
		settle(f);
		assert_false(work.is_pending);
#ifdef LW_CHECK
		assert_int_equal(f->broken_calls, 1);
		assert_string_equal(f->broken, "an operstate that is none");
		assert_true(next.is_pending);
#else
		assert_int_equal(f->broken_calls, 0);
		assert_false(next.is_pending);
#endif
		fixture_free(f);
	}
}

static void machine_check__looks_even_if_nothing_is_to_be_done(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);

	(void)state;
	find(f, "lo")->operstate = 99;
	settle(f);
#ifdef LW_CHECK
	assert_int_equal(f->broken_calls, 1);
#else
	assert_int_equal(f->broken_calls, 0);
#endif
	fixture_free(f);
}

static void machine_verify__is_content_while_work_is_under_way(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *a = add_dummy(f, "a"), *b = add_dummy(f, "b");

	(void)state;
	link_up(f, a);
	carrier(f, a, false);
	/* delayed, queued, and asleep on rtnl with LW_URGENT set and devices on the list */
	netif_carrier_off(b);
	assert_null(machine_verify(f->m));
	netif_carrier_on(a);
	assert_null(machine_verify(f->m));
	lock(f);
	settle(f);
	assert_true(f->m->linkwatch.work.work.is_running);
	assert_true(f->m->linkwatch.is_urgent);
	assert_null(machine_verify(f->m));
	assert_int_equal(f->broken_calls, 0);
	unlock(f);
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(machine_verify__names_each_corruption),
		cmocka_unit_test(machine_check__tells_in_checking_builds_only),
		cmocka_unit_test(machine_check__looks_even_if_nothing_is_to_be_done),
		cmocka_unit_test(machine_verify__is_content_while_work_is_under_way),
	};

	return cmocka_run_group_tests_name("verify", tests, NULL, NULL);
}
