/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The timer wheel: since 4.8 a timer fires with its bucket, later than asked; before, exactly, or with some
 * slack.
 * Models: kernel/time/timer.c; kernel/timer.c */
#include "timer.h"

#include "machine.h"

/* 64 buckets per level, each 8 times as wide as those of the level below. */
#define LEVEL_SHIFT 3
#define LEVEL_BUCKETS 64

/* Before 4.8 the nearest 256 jiffies had a bucket each (TVR_BITS); each level beyond was 64 times as coarse (TVN_BITS). */
#define ROOT_BITS 8
#define CASCADE_BITS 6
#define CASCADE_LEVELS 5
#define SLACK_MIN_J 256

/* Number of levels of the wheel: LVL_DEPTH. */
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
 * Differs: a time in the past is served in the current bucket, as in the kernel, but a delay beyond the
 * reach of the wheel (12 days and more) is not shortened: nothing in the model asks for one.
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

/* Delays by up to 1/256 of what is left, to the jiffy with the most zeros in its low bits, so that timers
 * expire together. */
static uint64_t apply_slack(const struct machine *m, uint64_t expires)
{
	uint64_t delta_j = jiffies_sub(&m->clock, expires, m->jiffies), limit, differ;

	if (delta_j < SLACK_MIN_J || time_before(&m->clock, expires, m->jiffies))
		return expires;
	limit = jiffies_add(&m->clock, expires, delta_j / SLACK_MIN_J);
	differ = expires ^ limit;     /* not 0: limit is later */
	while (differ & (differ - 1)) /* leaves its highest bit */
		differ &= differ - 1;
	return limit & ~(differ - 1);
}

/* Width in jiffies of a bucket of a level above 0, on the wheel before 4.8. */
static uint64_t cascade_width_j(uint32_t level)
{
	return UINT64_C(1) << (ROOT_BITS + (level - 1) * CASCADE_BITS);
}

/* Models: internal_add_timer(), before 4.8. Differs: counts from the next jiffy even where an idle CPU has
 * fallen behind. */
static uint32_t cascade_level(const struct machine *m, uint64_t expires)
{
	uint64_t ahead_j = jiffies_sub(&m->clock, expires, jiffies_add(&m->clock, m->jiffies, 1));
	uint32_t level = 0;

	if (!time_after(&m->clock, expires, m->jiffies))
		return 0;
	while (level < CASCADE_LEVELS - 1 && ahead_j >= cascade_width_j(level + 1))
		level++;
	return level;
}

/*
 * The order of two timers for one jiffy, before 4.8: buckets cascade into the level below, first in first
 * out, so a later timer is ahead only of one that still waits on a higher level.
 */
static bool fires_first_cascading(const struct machine *m, const struct timer_list *a,
				  const struct timer_list *b)
{
	uint64_t cascades = a->bucket_expiry & ~(cascade_width_j(a->level + 1) - 1);

	return a->level < b->level && time_before(&m->clock, m->jiffies, cascades);
}

/* Whether a fires before b, which was armed earlier. */
static bool fires_first(const struct machine *m, const struct timer_list *a,
			const struct timer_list *b)
{
	if (a->bucket_expiry != b->bucket_expiry)
		return time_before(&m->clock, a->bucket_expiry, b->bucket_expiry);
	if (!kernel_has(&m->kernel, KERNEL_TIMER_WHEEL))
		return fires_first_cascading(m, a, b);
	return a->level >= b->level;
}

/* Sets when the timer fires, and its level. */
static void timer_place(const struct machine *m, struct timer_list *timer)
{
	uint64_t expires = timer->expires;

	timer->level = 0;
	timer->bucket_expiry = expires;
	if (m->timers.is_exact)
		return;
	if (kernel_has(&m->kernel, KERNEL_TIMER_WHEEL)) {
		timer->bucket_expiry =
			timer_bucket_expiry(m, expires, m->timers.clk, &timer->level);
		return;
	}
	if (kernel_has(&m->kernel, KERNEL_TIMER_SLACK))
		timer->bucket_expiry = apply_slack(m, expires);
	timer->level = cascade_level(m, timer->bucket_expiry);
}

/*
 * Models: __mod_timer(), enqueue_timer(); add_timer(), mod_timer() before 4.8. base->clk first advances to
 * jiffies (forward_timer_base()), unless timers of this jiffy have expired: then it is one ahead.
 * Differs: a time in the past fires in this jiffy, not at the next tick; delays are at least 1.
 */
void add_timer(struct machine *m, struct timer_list *timer, uint64_t expires)
{
	struct timer_base *base = &m->timers;
	struct list_head *place;

	/* not time_before(): a clk half a wrap old would look ahead */
	if (base->clk != jiffies_add(&m->clock, m->jiffies, 1))
		base->clk = m->jiffies;
	timer->expires = expires;
	timer_place(m, timer);
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

		/* Timers armed from now on in this jiffy count from the next one. */
		base->clk = jiffies_add(&m->clock, m->jiffies, 1);
		list_del_init(&timer->entry);
		timer->function(m, timer);
	}
}
