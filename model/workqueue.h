/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Work items: queued, started in order, each once; delayed work.
 * Models: kernel/workqueue.c */
#ifndef LWSIM_MODEL_WORKQUEUE_H
#define LWSIM_MODEL_WORKQUEUE_H

#include "timer.h"

struct machine;
struct work_struct;

/*
 * What the worker calls. It returns true when the item has finished, false when it went
 * to sleep on rtnl; it then continues by rtnl_waiter and calls work_finished() at its end.
 */
typedef bool (*work_fn)(struct machine *m, struct work_struct *work);

enum workqueue_id {
	WQ_SYSTEM,	   /* system_wq */
	WQ_SYSTEM_UNBOUND, /* system_unbound_wq */
	WQ_BOND,	   /* that of each bond: nothing in it ever sleeps */
	WQ_NETNS,	   /* netns_wq */
	WQ_COUNT
};

enum worker {
	WORKER_NONE,
	WORKER_BOUND,
	WORKER_UNBOUND,
};

struct work_struct {
	struct list_head entry; /* private: in workqueue_struct.items */
	work_fn func;
	uint64_t seq;	      /* private: order of queueing over all queues */
	int64_t queued_at_ns; /* ro */
	uint32_t cause;	      /* ro: what was going on when it was queued, see machine.cause */
	uint8_t wq;	      /* private: enum workqueue_id that it was queued on last */
	bool is_pending;      /* ro: WORK_STRUCT_PENDING: queued or delayed, not started */
	bool is_running;      /* ro: started, not finished: asleep on rtnl */
	bool reruns;	      /* private: queued again while running; starts when it has finished */
};

struct delayed_work {
	struct work_struct work;
	struct timer_list timer;
	enum workqueue_id wq;
};

/*
 * Differs: a queue is one list; there is always a worker that is free to start the next
 * item, so an item asleep on rtnl holds nothing up. Over all queues, items start in the
 * order in which they were queued; since 6.6 those for the worker that has the CPU come first.
 */
struct workqueue_struct {
	struct list_head items;
};

void work_init(struct work_struct *work, work_fn func);
void delayed_work_init(struct delayed_work *dwork, work_fn func);

/* Queues; false and no effect if it is pending already. Models: queue_work(). */
bool queue_work(struct machine *m, enum workqueue_id wq, struct work_struct *work);

/* Queues after delay_j jiffies, at once if 0; false and no effect while it is pending,
 * be it delayed or queued. Models: queue_delayed_work(). */
bool queue_delayed_work(struct machine *m, enum workqueue_id wq, struct delayed_work *dwork,
			uint64_t delay_j);

/* Queues at the tail whatever it did before: a timer is disarmed, a place in the queue
 * given up. Returns whether it was pending. Models: mod_delayed_work(). */
bool mod_delayed_work(struct machine *m, enum workqueue_id wq, struct delayed_work *dwork,
		      uint64_t delay_j);

/* Takes an item off its queue; one that has started goes on. Models: cancel_work(). */
void cancel_work(struct work_struct *work);

/* The same for an item whose timer may still run. Models: cancel_delayed_work() */
void cancel_delayed_work(struct delayed_work *dwork);

/* An item that had gone to sleep on rtnl is done. */
void work_finished(struct machine *m, struct work_struct *work);

/* Starts the oldest queued item whose worker latency has passed; false if there is none. */
bool work_start_next(struct machine *m);

/* When the oldest queued item may start; false if nothing is queued. */
bool work_next_ns(const struct machine *m, int64_t *ret_ns);

#endif
