/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Workqueues: items start in the order in which they were queued.
 * Models: kernel/workqueue.c */
#include "workqueue.h"

#include "machine.h"

void work_init(struct work_struct *work, work_fn func)
{
	INIT_LIST_HEAD(&work->entry);
	work->func = func;
	work->seq = 0;
	work->queued_at_ns = 0;
	work->cause = 0;
	work->is_pending = false;
	work->is_running = false;
	work->reruns = false;
}

/* Models: insert_work() */
static void insert_work(struct machine *m, enum workqueue_id wq, struct work_struct *work)
{
	work->is_pending = true;
	work->seq = m->work_seq++;
	work->queued_at_ns = m->now_ns;
	work->cause = m->cause;
	work->wq = (uint8_t)wq;
	list_add_tail(&work->entry, &m->workqueues[wq].items);
}

/* Models: delayed_work_timer_fn() */
static void delayed_work_timer_fn(struct machine *m, struct timer_list *timer)
{
	struct delayed_work *dwork = container_of(timer, struct delayed_work, timer);

	m->cause = dwork->work.cause;
	insert_work(m, dwork->wq, &dwork->work);
}

void delayed_work_init(struct delayed_work *dwork, work_fn func)
{
	work_init(&dwork->work, func);
	timer_setup(&dwork->timer, delayed_work_timer_fn);
	dwork->wq = WQ_SYSTEM;
}

bool queue_work(struct machine *m, enum workqueue_id wq, struct work_struct *work)
{
	if (work->is_pending)
		return false;
	insert_work(m, wq, work);
	return true;
}

bool queue_delayed_work(struct machine *m, enum workqueue_id wq, struct delayed_work *dwork,
			uint64_t delay_j)
{
	if (dwork->work.is_pending)
		return false;
	dwork->wq = wq;
	if (delay_j == 0) {
		insert_work(m, wq, &dwork->work);
		return true;
	}
	dwork->work.is_pending = true;
	dwork->work.cause = m->cause;
	add_timer(m, &dwork->timer, jiffies_add(&m->clock, m->jiffies, delay_j));
	return true;
}

void cancel_work(struct work_struct *work)
{
	list_del_init(&work->entry);
	work->is_pending = false;
	work->reruns = false;
}

void cancel_delayed_work(struct delayed_work *dwork)
{
	del_timer(&dwork->timer);
	cancel_work(&dwork->work);
}

bool mod_delayed_work(struct machine *m, enum workqueue_id wq, struct delayed_work *dwork,
		      uint64_t delay_j)
{
	bool was_pending = dwork->work.is_pending;

	cancel_delayed_work(dwork);
	queue_delayed_work(m, wq, dwork, delay_j);
	return was_pending;
}

/* Models: process_one_work() */
static void start_work(struct machine *m, struct work_struct *work)
{
	work->is_pending = false;
	work->is_running = true;
	m->cause = work->cause;
	if (work->func(m, work))
		work->is_running = false;
}

void work_finished(struct machine *m, struct work_struct *work)
{
	work->is_running = false;
	if (!work->reruns)
		return;
	work->reruns = false;
	start_work(m, work);
}

/* The worker of a queue: one for CPU-bound queues, another for all others. */
static enum worker worker_of(unsigned int wq)
{
	return wq == WQ_SYSTEM ? WORKER_BOUND : WORKER_UNBOUND;
}

/* The oldest item of a worker, or of all (WORKER_NONE). */
static struct work_struct *oldest_work(const struct machine *m, enum worker worker)
{
	struct work_struct *oldest = NULL;

	for (unsigned int wq = 0; wq < WQ_COUNT; wq++) {
		const struct list_head *items = &m->workqueues[wq].items;
		struct work_struct *first;

		if (list_empty(items) || (worker != WORKER_NONE && worker != worker_of(wq)))
			continue;
		first = container_of(items->next, struct work_struct, entry);
		if (!oldest || first->seq < oldest->seq)
			oldest = first;
	}
	return oldest;
}

bool work_next_ns(const struct machine *m, int64_t *ret_ns)
{
	const struct work_struct *work = oldest_work(m, WORKER_NONE);

	if (!work)
		return false;
	*ret_ns = work->queued_at_ns + m->worker_latency_ns;
	if (*ret_ns < m->now_ns)
		*ret_ns = m->now_ns; /* the latency was lowered while it waited */
	return true;
}

static bool is_due(const struct machine *m, const struct work_struct *work)
{
	return work && work->queued_at_ns + m->worker_latency_ns <= m->now_ns;
}

/* Since 6.6 the worker that has the CPU keeps it while it has items. */
static struct work_struct *next_work(const struct machine *m)
{
	struct work_struct *work = NULL;

	if (m->worker != WORKER_NONE && kernel_has(&m->kernel, KERNEL_EEVDF))
		work = oldest_work(m, m->worker);
	return is_due(m, work) ? work : oldest_work(m, WORKER_NONE);
}

bool work_start_next(struct machine *m)
{
	struct work_struct *work = next_work(m);

	m->worker = WORKER_NONE;
	if (!is_due(m, work))
		return false;
	m->worker = worker_of(work->wq);
	list_del_init(&work->entry);
	if (work->is_running)
		work->reruns = true; /* never twice at once: non-reentrant */
	else
		start_work(m, work);
	return true;
}
