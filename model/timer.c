/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The timer wheel: a timer fires with its bucket, later than asked.
 * Models: kernel/time/timer.c */
#include "timer.h"

#include "machine.h"

/* A level's buckets are 8 times as wide as those of the level before; 64 buckets a level. */
#define LEVEL_SHIFT 3
#define LEVEL_BUCKETS 64

/* Levels that the wheel has: LVL_DEPTH. */
static uint32_t wheel_depth(const struct machine *m)
{
	return m->clock.hz > 100 ? 9 : 8;
}

/* First delay that is too long for the level below: LVL_START. */
static uint64_t level_start_j(uint32_t level)
{
	return (uint64_t)(LEVEL_BUCKETS - 1) << ((level - 1) * LEVEL_SHIFT);
}

void timer_base_init(struct timer_base *base, bool is_exact, uint64_t clk)
{
	INIT_LIST_HEAD(&base->pending);
	base->clk = clk;
	base->is_exact = is_exact;
}

void timer_setup(struct timer_list *timer, timer_fn function)
{
	INIT_LIST_HEAD(&timer->entry);
	timer->expires = 0;
	timer->bucket_expiry = 0;
	timer->level = 0;
	timer->function = function;
}

bool timer_pending(const struct timer_list *timer)
{
	return !list_empty(&timer->entry);
}

/*
 * Differs: a time past is served in the current bucket as in the kernel, but a delay beyond the wheel's
 * reach (12 days and more) is not cut to it: nothing in the model asks for one.
 */
uint64_t timer_bucket_expiry(const struct machine *m, uint64_t expires, uint64_t clk,
			     uint32_t *ret_level)
{
	uint32_t level = 0, last = wheel_depth(m) - 1;
	uint64_t delta = jiffies_sub(&m->clock, expires, clk);

	*ret_level = 0;
	if (time_before(&m->clock, expires, clk))
		return clk;
	while (level < last && delta >= level_start_j(level + 1))
		level++;
	*ret_level = level;
	return jiffies_add(&m->clock, 0,
			   ((expires >> (level * LEVEL_SHIFT)) + 1) << (level * LEVEL_SHIFT));
}

/* Whether a is served before b, which was armed earlier. */
static bool fires_first(const struct machine *m, const struct timer_list *a,
			const struct timer_list *b)
{
	if (a->bucket_expiry != b->bucket_expiry)
		return time_before(&m->clock, a->bucket_expiry, b->bucket_expiry);
	return a->level >= b->level;
}

/*
 * Models: __mod_timer(), enqueue_timer(). base->clk is brought up to jiffies first
 * (forward_timer_base()) unless timers of this jiffy have expired, when it is one ahead.
 * Differs: a time that is past already fires in this jiffy, not at the next tick; delays are 1 and more.
 */
void add_timer(struct machine *m, struct timer_list *timer, uint64_t expires)
{
	struct timer_base *base = &m->timers;
	struct list_head *place;

	/* not by time_before(): a clk of half a wrap ago would be ahead */
	if (base->clk != jiffies_add(&m->clock, m->jiffies, 1))
		base->clk = m->jiffies;
	timer->expires = expires;
	if (base->is_exact) {
		timer->level = 0;
		timer->bucket_expiry = expires;
	} else {
		timer->bucket_expiry = timer_bucket_expiry(m, expires, base->clk, &timer->level);
	}
	for (place = base->pending.next; place != &base->pending; place = place->next)
		if (fires_first(m, timer, container_of(place, struct timer_list, entry)))
			break;
	list_add_tail(&timer->entry, place);
	trace_point(m, TRACE_TIMER, NULL, timer->expires, timer->bucket_expiry);
}

bool del_timer(struct timer_list *timer)
{
	if (!timer_pending(timer))
		return false;
	list_del_init(&timer->entry);
	return true;
}

bool timer_next_expiry(const struct timer_base *base, uint64_t *ret_expiry)
{
	if (list_empty(&base->pending))
		return false;
	*ret_expiry = container_of(base->pending.next, struct timer_list, entry)->bucket_expiry;
	return true;
}

void run_timers(struct machine *m)
{
	struct timer_base *base = &m->timers;
	uint64_t expiry;

	while (timer_next_expiry(base, &expiry) && !time_after(&m->clock, expiry, m->jiffies)) {
		struct timer_list *timer =
			container_of(base->pending.next, struct timer_list, entry);

		/* What is armed from now on in this jiffy counts from the next one. */
		base->clk = jiffies_add(&m->clock, m->jiffies, 1);
		list_del_init(&timer->entry);
		timer->function(m, timer);
	}
}
