/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Work items: queued, then started once, in order; delayed work.
 * Models: kernel/workqueue.c */
#ifndef LWSIM_MODEL_WORKQUEUE_H
#define LWSIM_MODEL_WORKQUEUE_H

#include "timer.h"

struct machine;
struct work_struct;

/*
 * Called by the worker. Returns true if the item has finished, false if it sleeps on rtnl; it then
 * continues through its rtnl_waiter and calls work_finished() at its end.
 */
typedef bool (*work_fn)(struct machine *m, struct work_struct *work);

enum workqueue_id {
	WQ_SYSTEM,	   /* system_wq */
	WQ_SYSTEM_UNBOUND, /* system_unbound_wq */
	WQ_BOND,	   /* one per bond: its items never sleep */
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
	uint32_t cause;	      /* ro: machine.cause when it was queued */
	uint8_t wq;	      /* private: enum workqueue_id of the last queue */
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
 * Differs: a queue is one list; there is always a free worker for the next item, so an item that sleeps on
 * rtnl delays nothing. Over all queues, items start in the order in which they were queued; since 6.6 the
 * items of the worker that has the CPU come first.
 */
struct workqueue_struct {
	struct list_head items;
};

void work_init(struct work_struct *work, work_fn func);
void delayed_work_init(struct delayed_work *dwork, work_fn func);

/* Queues the item. False, without effect, if it is pending already. Models: queue_work(). */
bool queue_work(struct machine *m, enum workqueue_id wq, struct work_struct *work);

/* Queues after delay_j jiffies, at once if 0. False, without effect, while it is pending (delayed or
 * queued). Models: queue_delayed_work(). */
bool queue_delayed_work(struct machine *m, enum workqueue_id wq, struct delayed_work *dwork,
			uint64_t delay_j);

/* Always queues at the tail: cancels the timer, or gives up the place in the queue. Returns whether it was
 * pending. Models: mod_delayed_work(). */
bool mod_delayed_work(struct machine *m, enum workqueue_id wq, struct delayed_work *dwork,
		      uint64_t delay_j);

/* Removes an item from its queue; one that has started continues. */
void cancel_work(struct work_struct *work);

/* The same for an item whose timer may still be pending. Models: cancel_delayed_work() */
void cancel_delayed_work(struct delayed_work *dwork);

/* Marks an item that slept on rtnl as finished. */
void work_finished(struct machine *m, struct work_struct *work);

/* Starts the oldest queued item whose worker latency has passed; false if there is none. */
bool work_start_next(struct machine *m);

/* When the oldest queued item may start; false if nothing is queued. */
bool work_next_ns(const struct machine *m, int64_t *ret_ns);

#endif
