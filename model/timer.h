/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The timer wheel: when a timer really fires, and in which order.
 * Models: kernel/time/timer.c; before 4.8 another wheel, of kernel/timer.c */
#ifndef LWSIM_MODEL_TIMER_H
#define LWSIM_MODEL_TIMER_H

#include <stdint.h>

#include "list.h"

struct machine;
struct timer_list;

typedef void (*timer_fn)(struct machine *m, struct timer_list *timer);

struct timer_list {
	struct list_head entry; /* private: in timer_base.pending, empty while not armed */
	uint64_t expires;	/* ro: jiffies asked for */
	uint64_t bucket_expiry; /* ro: jiffies at which it fires */
	uint32_t level;		/* ro: of the wheel, 0 is the finest */
	timer_fn function;
};

/*
 * Differs: one list in firing order stands for 8 or 9 levels of 64 buckets. Order: earlier
 * bucket_expiry first; in one jiffy the higher level first; in one bucket the last armed
 * first. Before 4.8, in one jiffy the first to reach the finest level first.
 */
struct timer_base {
	struct list_head pending;
	uint64_t clk;  /* base->clk: jiffies, or jiffies + 1 once a timer expired in this jiffy */
	bool is_exact; /* `timers exact`: fire at `expires`, no wheel */
};

void timer_base_init(struct timer_base *base, bool is_exact, uint64_t clk);
void timer_setup(struct timer_list *timer, timer_fn function);
bool timer_pending(const struct timer_list *timer);

/* Arms a timer that is not pending to fire at or after `expires` (jiffies). */
void add_timer(struct machine *m, struct timer_list *timer, uint64_t expires);

/* Disarms; returns whether it was pending. */
bool del_timer(struct timer_list *timer);

/* Fires every timer whose bucket_expiry is reached. Models: __run_timers(). */
void run_timers(struct machine *m);

/* The jiffies value at which the next timer fires; false if none is armed. */
bool timer_next_expiry(const struct timer_base *base, uint64_t *ret_expiry);

/*
 * Where the wheel since 4.8 puts a timer: the level and the jiffies value at which that bucket is
 * served. Models: calc_wheel_index().
 */
uint64_t timer_bucket_expiry(const struct machine *m, uint64_t expires, uint64_t clk,
			     uint32_t *ret_level);

#endif
