/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Link events: a list of devices, worked off once a second unless urgent.
 * Models: net/core/link_watch.c
 * Differs: no references, no spinlock, no atomics: one thread, and nothing interrupts a run. */
#include "link_watch.h"

#include <limits.h>

#include "machine.h"

/* Devices that one run takes on; twice as many if it is for urgent ones only. */
#define MAX_DO_DEV_PER_LOOP 100

static bool has(const struct machine *m, enum kernel_switch which)
{
	return kernel_has(&m->kernel, which);
}

/* Jiffies from a full run to the next. */
static uint64_t limit_j(const struct machine *m)
{
	return has(m, KERNEL_LIMIT_5MS) ? m->clock.hz / 200 : m->clock.hz;
}

/* Whether dev stands on another, as far as its numbers (with iflink-op-urgent: its driver) tell. */
static bool is_stacked(const struct net_device *dev)
{
	if (has(dev->machine, KERNEL_IFLINK_OP_URGENT))
		return dev->netdev_ops->ndo_get_iflink;
	return dev_get_iflink(dev) != dev->ifindex;
}

/* Whether what is below is the reason that there is no carrier; since 6.2 it is looked at. */
static bool is_lower_down(const struct net_device *dev)
{
	const struct machine *m = dev->machine;
	const struct net_device *lower;

	if (dev->reg_state > NETREG_REGISTERED && has(m, KERNEL_GONE_UNSTACKED))
		return false;
	if (!is_stacked(dev))
		return false;
	if (!has(m, KERNEL_LOWER_LOOKED_AT))
		return true;
	lower = __dev_get_by_index(dev_net(dev), dev_get_iflink(dev));
	return lower && !netif_carrier_ok(lower);
}

uint8_t default_operstate(const struct net_device *dev)
{
	if (netif_testing(dev))
		return IF_OPER_TESTING;
	if (!netif_carrier_ok(dev))
		return is_lower_down(dev) ? IF_OPER_LOWERLAYERDOWN : IF_OPER_DOWN;
	if (netif_dormant(dev))
		return IF_OPER_DORMANT;
	return IF_OPER_UP;
}

void rfc2863_policy(struct net_device *dev)
{
	uint8_t before = dev->operstate, operstate = default_operstate(dev);

	if (operstate != before) {
		if (operstate == IF_OPER_UP && dev->link_mode == IF_LINK_MODE_DORMANT)
			operstate = IF_OPER_DORMANT;
		else if (operstate == IF_OPER_UP && dev->link_mode == IF_LINK_MODE_TESTING &&
			 has(dev->machine, KERNEL_TESTING))
			operstate = IF_OPER_TESTING;
		dev->operstate = operstate;
	}
	trace_point(dev->machine, TRACE_POLICY, dev, before, dev->operstate);
}

/* What a driver said of its link before it registered the device. */
void linkwatch_init_dev(struct net_device *dev)
{
	const struct linkwatch_file *file = dev->machine->linkwatch.file;

	if (file && file->init_dev)
		file->init_dev(dev);
	if (file)
		return;
	if (!has(dev->machine, KERNEL_STATE_AT_REGISTRATION))
		return;
	if (!netif_carrier_ok(dev) || netif_dormant(dev) || netif_testing(dev))
		rfc2863_policy(dev);
}

enum urgent_clause linkwatch_urgent_event(const struct net_device *dev)
{
	const struct machine *m = dev->machine;

	if (!netif_running(dev))
		return URGENT_NOT;
	if (has(m, KERNEL_STACKED_URGENT) && is_stacked(dev))
		return URGENT_IFLINK;
	if (has(m, KERNEL_LAG_URGENT) && (dev->is_lag_port || dev->is_lag_master))
		return URGENT_LAG;
	if (has(m, KERNEL_URGENT_EVENT) && (dev->flags & IFF_UP) && dev->operstate == IF_OPER_DOWN)
		return URGENT_UP_AND_DOWN;
	if (netif_carrier_ok(dev) && qdisc_tx_changing(dev))
		return URGENT_QDISC_OFF;
	return URGENT_NOT;
}

/* Behind the others; up to 2.6.32 the list was a stack. */
static void add_to_list(struct net_device *dev)
{
	struct list_head *lweventlist = &dev->machine->linkwatch.lweventlist;

	if (has(dev->machine, KERNEL_EVENTS_FIFO))
		list_add_tail(&dev->link_watch_list, lweventlist);
	else
		list_add(&dev->link_watch_list, lweventlist);
}

static void linkwatch_add_event(struct net_device *dev)
{
	dev->cause = dev->machine->cause;
	add_to_list(dev);
}

static enum workqueue_id linkwatch_wq(const struct machine *m)
{
	return has(m, KERNEL_LINKWATCH_UNBOUND) ? WQ_SYSTEM_UNBOUND : WQ_SYSTEM;
}

/* Before 3.7 a timer was cancelled, but work that is queued was left where it is. */
static void schedule_urgent_work(struct machine *m)
{
	struct delayed_work *work = &m->linkwatch.work;

	if (!has(m, KERNEL_MOD_DELAYED_WORK) && work->work.is_pending &&
	    !timer_pending(&work->timer)) {
		trace_point(m, TRACE_SCHEDULE, NULL, 0, SCHEDULE_ALREADY_PENDING);
		return;
	}
	trace_point(m, TRACE_SCHEDULE, NULL, 0, SCHEDULE_MOD);
	mod_delayed_work(m, linkwatch_wq(m), work, 0);
}

static void linkwatch_schedule_work(struct machine *m, bool urgent)
{
	struct linkwatch *lw = &m->linkwatch;
	uint64_t delay_j = jiffies_sub(&m->clock, lw->nextevent, m->jiffies);

	if (lw->is_urgent) {
		trace_point(m, TRACE_SCHEDULE, NULL, 0, SCHEDULE_LEFT_TO_URGENT);
		return;
	}
	if (urgent) {
		lw->is_urgent = true;
		schedule_urgent_work(m);
		return;
	}
	/* nextevent is past, or a wrap away: no wait */
	if (delay_j > limit_j(m))
		delay_j = 0;
	if (queue_delayed_work(m, linkwatch_wq(m), &lw->work, delay_j))
		trace_point(m, TRACE_SCHEDULE, NULL, delay_j, SCHEDULE_QUEUED);
	else
		trace_point(m, TRACE_SCHEDULE, NULL, delay_j, SCHEDULE_ALREADY_PENDING);
}

/* The pending bit goes first, so that an event fired by a notifier is a new one. */
static void linkwatch_do_dev(struct net_device *dev)
{
	struct machine *m = dev->machine;

	m->cause = dev->cause;
	dev->state &= ~(1UL << __LINK_STATE_LINKWATCH_PENDING);
	rfc2863_policy(dev);
	if (!(dev->flags & IFF_UP))
		return;
	if (!netif_device_present(dev) && has(m, KERNEL_ABSENT_SKIPPED) &&
	    !has(m, KERNEL_ABSENT_REQUEUED))
		return;
	if (netif_carrier_ok(dev))
		dev_activate(dev);
	else
		dev_deactivate(dev);
	netdev_state_change(dev);
}

/* A device that is not ready for this run goes back on the (new) list. */
static bool linkwatch_put_back(struct net_device *dev, bool urgent_only)
{
	struct machine *m = dev->machine;
	bool is_absent = !netif_device_present(dev) && has(m, KERNEL_ABSENT_REQUEUED);

	if (!is_absent && (!urgent_only || linkwatch_urgent_event(dev)))
		return false;
	add_to_list(dev);
	trace_point(m, TRACE_PUT_BACK, dev, !is_absent, 0);
	return true;
}

/* Devices that the budget has left in a list. */
static uint64_t list_count(const struct list_head *list)
{
	uint64_t count = 0;

	for (const struct list_head *at = list->next; at != list; at = at->next)
		count++;
	return count;
}

static int run_budget(const struct machine *m, bool urgent_only)
{
	if (!has(m, KERNEL_RUN_BUDGET))
		return INT_MAX;
	return urgent_only ? 2 * MAX_DO_DEV_PER_LOOP : MAX_DO_DEV_PER_LOOP;
}

static void __linkwatch_run_queue(struct machine *m, bool urgent_only)
{
	struct linkwatch *lw = &m->linkwatch;
	uint64_t limit = jiffies_add(&m->clock, m->jiffies, limit_j(m));
	int budget = run_budget(m, urgent_only);
	struct list_head wrk;

	if (!urgent_only)
		lw->nextevent = limit;
	else if (time_after(&m->clock, lw->nextevent, limit))
		lw->nextevent = m->jiffies; /* only after boot on 32 bit, or a wrap */
	lw->is_urgent = false;
	trace_point(m, TRACE_RUN, NULL, !urgent_only, lw->nextevent);

	INIT_LIST_HEAD(&wrk);
	list_splice_init(&lw->lweventlist, &wrk);
	while (!list_empty(&wrk) && budget > 0) {
		struct net_device *dev = container_of(wrk.next, struct net_device, link_watch_list);

		list_del_init(&dev->link_watch_list);
		if (linkwatch_put_back(dev, urgent_only))
			continue;
		linkwatch_do_dev(dev);
		budget--;
	}
	if (!list_empty(&wrk) && m->callbacks.trace)
		trace_point(m, TRACE_OVER_BUDGET, NULL, list_count(&wrk),
			    (uint64_t)run_budget(m, urgent_only));
	/* what is left over comes before what was put back or fired meanwhile */
	list_splice_init(&wrk, &lw->lweventlist);
	if (!list_empty(&lw->lweventlist))
		linkwatch_schedule_work(m, false);
}

void linkwatch_forget_dev(struct net_device *dev)
{
	struct machine *m = dev->machine;
	const struct linkwatch_file *file = m->linkwatch.file;
	uint32_t cause = m->cause;

	if (file && file->forget_dev) {
		file->forget_dev(dev);
	} else if (!file && !list_empty(&dev->link_watch_list)) {
		trace_point(m, TRACE_FORGET, dev, dev->reg_state == NETREG_REGISTERED, 0);
		list_del_init(&dev->link_watch_list);
		linkwatch_do_dev(dev);
	}
	m->cause = cause; /* who asked goes on with what it is about */
}

void linkwatch_query_dev(struct net_device *dev)
{
	if (has(dev->machine, KERNEL_QUERY_SYNCS))
		linkwatch_forget_dev(dev);
}

void linkwatch_run_queue(struct machine *m)
{
	const struct linkwatch_file *file = m->linkwatch.file;

	if (file && file->run_queue)
		file->run_queue(m);
	else if (!file)
		__linkwatch_run_queue(m, false);
}

/* The work with rtnl held: only now is it looked at whether the second is over. */
static void linkwatch_event_locked(struct machine *m, void *arg, uint64_t n)
{
	struct linkwatch *lw = &m->linkwatch;

	(void)arg;
	(void)n;
	__linkwatch_run_queue(m, time_after(&m->clock, lw->nextevent, m->jiffies));
	rtnl_unlock(m);
	if (lw->waiter.slept)
		work_finished(m, &lw->work.work);
}

static bool linkwatch_event(struct machine *m, struct work_struct *work)
{
	(void)work;
	return rtnl_run_waiter(m, &m->linkwatch.waiter);
}

void linkwatch_fire_event(struct net_device *dev)
{
	const struct linkwatch_file *file = dev->machine->linkwatch.file;
	enum urgent_clause clause;
	bool is_new;

	if (file && file->fire_event)
		file->fire_event(dev);
	if (file)
		return;
	clause = linkwatch_urgent_event(dev);
	is_new = !(dev->state & (1UL << __LINK_STATE_LINKWATCH_PENDING));
	trace_point(dev->machine, TRACE_FIRE, dev, clause, is_new);
	if (is_new) {
		dev->state |= 1UL << __LINK_STATE_LINKWATCH_PENDING;
		linkwatch_add_event(dev);
	} else if (clause == URGENT_NOT) {
		return;
	}
	linkwatch_schedule_work(dev->machine, clause != URGENT_NOT);
}

void linkwatch_look(const struct machine *m, struct linkwatch_view *ret_view)
{
	const struct linkwatch *lw = &m->linkwatch;

	if (lw->file) {
		lw->file->look(lw->file, ret_view);
		return;
	}
	ret_view->lweventlist = &lw->lweventlist;
	ret_view->work = &lw->work;
	ret_view->nextevent = lw->nextevent;
	ret_view->is_urgent = lw->is_urgent;
}

void linkwatch_init(struct machine *m, struct linkwatch_file *file)
{
	struct linkwatch *lw = &m->linkwatch;

	INIT_LIST_HEAD(&lw->lweventlist);
	lw->nextevent = 0;
	lw->is_urgent = false;
	delayed_work_init(&lw->work, linkwatch_event);
	rtnl_waiter_init(&lw->waiter, linkwatch_event_locked);
	lw->file = file;
	if (file)
		file->bind(file, m);
}
