/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Work items: the model's, with the kernel's function type. */
/* Differs: an item holds rtnl before its function is called; the function then asks for it. So code before
 * rtnl_lock() runs later than in the kernel. */
#ifndef LWSIM_KERNEL_LINUX_WORKQUEUE_H
#define LWSIM_KERNEL_LINUX_WORKQUEUE_H

#include <linux/jiffies.h>
#include <linux/list.h>

struct lw_work;
typedef void (*lw_work_func_t)(struct lw_work *work);

struct lw_work {
	struct work_struct item;
	lw_work_func_t func;
	struct rtnl_waiter waiter;
};

struct lw_delayed_work {
	struct lw_work work; /* .item is not used */
	struct delayed_work delayed;
};

static void lw_work_call(void *arg)
{
	struct lw_work *work = arg;

	work->func(work);
}

static void lw_work_locked(struct machine *m, void *arg, uint64_t n)
{
	struct lw_work *work = arg;
	struct work_struct *item =
		work->item.func ? &work->item
				: &container_of(work, struct lw_delayed_work, work)->delayed.work;

	(void)n;
	lw_host->work_run(m, lw_work_call, work, item, &work->waiter);
}

static bool lw_work_start(struct machine *m, struct lw_work *work)
{
	work->waiter.arg = work;
	return lw_host->rtnl_run_waiter(m, &work->waiter);
}

static bool lw_work_item(struct machine *m, struct work_struct *item)
{
	return lw_work_start(m, container_of(item, struct lw_work, item));
}

static bool lw_delayed_work_item(struct machine *m, struct work_struct *item)
{
	struct delayed_work *delayed = container_of(item, struct delayed_work, work);

	return lw_work_start(m, &container_of(delayed, struct lw_delayed_work, delayed)->work);
}

/* An item initialized by a macro does not have the model's part yet. */
static void lw_work_ready(struct lw_work *work)
{
	if (work->item.func)
		return;
	lw_host->work_init(&work->item, lw_work_item);
	lw_host->rtnl_waiter_init(&work->waiter, lw_work_locked);
}

static void lw_delayed_work_ready(struct lw_delayed_work *dwork)
{
	if (dwork->delayed.work.func)
		return;
	lw_host->delayed_work_init(&dwork->delayed, lw_delayed_work_item);
	lw_host->rtnl_waiter_init(&dwork->work.waiter, lw_work_locked);
}

static inline enum workqueue_id lw_wq_id(const struct workqueue_struct *wq)
{
	return (enum workqueue_id)(wq - lw_machine->workqueues);
}

static inline bool lw_queue_work(const struct workqueue_struct *wq, struct lw_work *work)
{
	lw_work_ready(work);
	return lw_host->queue_work(lw_machine, lw_wq_id(wq), &work->item);
}

static inline bool lw_queue_delayed_work(const struct workqueue_struct *wq,
					 struct lw_delayed_work *dwork, unsigned long delay)
{
	lw_delayed_work_ready(dwork);
	return lw_host->queue_delayed_work(lw_machine, lw_wq_id(wq), &dwork->delayed, delay);
}

static inline bool lw_mod_delayed_work(const struct workqueue_struct *wq,
				       struct lw_delayed_work *dwork, unsigned long delay)
{
	lw_delayed_work_ready(dwork);
	return lw_host->mod_delayed_work(lw_machine, lw_wq_id(wq), &dwork->delayed, delay);
}

static inline bool lw_cancel_work(struct lw_work *work)
{
	lw_work_ready(work);
	return lw_host->cancel_work(&work->item);
}

static inline bool lw_cancel_delayed_work(struct lw_delayed_work *dwork)
{
	lw_delayed_work_ready(dwork);
	return lw_host->cancel_delayed_work(&dwork->delayed);
}

/* From here on the file's names mean these. */
#define work_struct lw_work
#define delayed_work lw_delayed_work
#define work_func_t lw_work_func_t

#define DECLARE_WORK(name, function) struct lw_work name = { .func = function }
#define DECLARE_DELAYED_WORK(name, function)                                                       \
	struct lw_delayed_work name = { .work = { .func = function } }
#define __DELAYED_WORK_INITIALIZER(name, function, flags)                                          \
	{                                                                                          \
		.work = {.func = function }                                                        \
	}
#define INIT_WORK(w, function)                                                                     \
	((void)(memset(w, 0, sizeof(*(w))), (w)->func = (function), lw_work_ready(w)))
#define INIT_DELAYED_WORK(w, function)                                                             \
	((void)(memset(w, 0, sizeof(*(w))), (w)->work.func = (function), lw_delayed_work_ready(w)))
#define to_delayed_work(w) container_of(w, struct lw_delayed_work, work)

#define system_wq (&lw_machine->workqueues[WQ_SYSTEM])
#define system_unbound_wq (&lw_machine->workqueues[WQ_SYSTEM_UNBOUND])
#define system_percpu_wq system_wq
#define system_highpri_wq system_wq
#define system_long_wq system_wq
#define system_power_efficient_wq system_wq
#define system_dfl_wq system_unbound_wq

#define queue_work(wq, work) lw_queue_work(wq, work)
#define queue_delayed_work(wq, dwork, delay) lw_queue_delayed_work(wq, dwork, delay)
#define mod_delayed_work(wq, dwork, delay) lw_mod_delayed_work(wq, dwork, delay)
#define schedule_work(work) lw_queue_work(system_wq, work)
#define schedule_delayed_work(dwork, delay) lw_queue_delayed_work(system_wq, dwork, delay)
/* one CPU */
#define queue_work_on(cpu, wq, work) lw_queue_work(wq, work)
#define queue_delayed_work_on(cpu, wq, dwork, delay) lw_queue_delayed_work(wq, dwork, delay)
#define mod_delayed_work_on(cpu, wq, dwork, delay) lw_mod_delayed_work(wq, dwork, delay)
#define cancel_delayed_work_sync(dwork) lw_cancel_delayed_work(dwork)
#define cancel_work(work) lw_cancel_work(work)
#define cancel_delayed_work(dwork) lw_cancel_delayed_work(dwork)
#define work_pending(w) ((w)->item.is_pending)
#define delayed_work_pending(w) ((w)->delayed.work.is_pending)

#endif
