/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Link events: a list of devices, processed at most once a second unless urgent.
 * Models: net/core/link_watch.c
 * Differs: no references, spinlock or atomics: one thread, and nothing interrupts a run. An urgent run does
 * not check each event: events that a run has put back before, of unchanged devices, go back on the list
 * together. The resulting list is the same. */
#include "link_watch.h"

#include <limits.h>

#include "machine.h"

/* Devices per run; an urgent-only run takes twice as many. */
#define MAX_DO_DEV_PER_LOOP 100
/* When devices are put back together, this many are traced one by one. */
#define PUT_BACK_TRACED 20

static bool has(const struct machine *m, enum kernel_switch which)
{
	return kernel_has(&m->kernel, which);
}

/* Jiffies between two full runs. */
static uint64_t limit_j(const struct machine *m)
{
	return has(m, KERNEL_LIMIT_5MS) ? m->clock.hz / 200 : m->clock.hz;
}

/* Whether dev is stacked on another device, by ifindex and iflink (with iflink-op-urgent: by its driver). */
static bool is_stacked(const struct net_device *dev)
{
	if (has(dev->machine, KERNEL_IFLINK_OP_URGENT))
		return dev->netdev_ops->ndo_get_iflink;
	return dev_get_iflink(dev) != dev->ifindex;
}

/* Whether carrier is off because the device below is down; since 6.2 that device is checked. */
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
		linkwatch_look_again(dev);
	}
	trace_point(dev->machine, TRACE_POLICY, dev, before, dev->operstate);
}

/* Applies the link state that a driver set before it registered the device. */
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

static struct linkwatch_event *event_of(struct seq_node *node)
{
	return container_of(node, struct linkwatch_event, node);
}

static void event_sum(struct seq_node *node)
{
	struct linkwatch_event *event = event_of(node);
	const struct linkwatch_event *left = node->left ? event_of(node->left) : NULL;
	const struct linkwatch_event *right = node->right ? event_of(node->right) : NULL;

	event->count = 1 + (left ? left->count : 0) + (right ? right->count : 0);
	event->all_stay = event->stays && (!left || left->all_stay) && (!right || right->all_stay);
}

/* Appends. Up to 2.6.32 the list was a stack: there urgent runs skip no events. */
static void add_to_list(struct net_device *dev, bool stays)
{
	struct linkwatch *lw = &dev->machine->linkwatch;
	struct linkwatch_event *event = &dev->link_watch_event;

	if (has(dev->machine, KERNEL_EVENTS_FIFO)) {
		event->stays = stays;
		list_add_tail(&dev->link_watch_list, &lw->lweventlist);
		seq_add_last(&lw->events, &event->node, event_sum);
	} else {
		event->stays = false;
		list_add(&dev->link_watch_list, &lw->lweventlist);
		seq_add_first(&lw->events, &event->node, event_sum);
	}
}

static void take_from_list(struct net_device *dev)
{
	list_del_init(&dev->link_watch_list);
	seq_del(&dev->link_watch_event.node, event_sum);
}

void linkwatch_look_again(struct net_device *dev)
{
	struct linkwatch_event *event = &dev->link_watch_event;

	if (!seq_has(&event->node) || !event->stays)
		return;
	event->stays = false;
	seq_changed(&event->node, event_sum);
}

void linkwatch_drop_event(struct net_device *dev)
{
	if (seq_has(&dev->link_watch_event.node))
		take_from_list(dev);
}

static void linkwatch_add_event(struct net_device *dev)
{
	dev->cause = dev->machine->cause;
	add_to_list(dev, false);
}

static enum workqueue_id linkwatch_wq(const struct machine *m)
{
	return has(m, KERNEL_LINKWATCH_UNBOUND) ? WQ_SYSTEM_UNBOUND : WQ_SYSTEM;
}

/* Before 3.7 a timer was cancelled, but queued work kept its place. */
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
	/* nextevent is past, or jiffies have wrapped: no wait */
	if (delay_j > limit_j(m))
		delay_j = 0;
	if (queue_delayed_work(m, linkwatch_wq(m), &lw->work, delay_j))
		trace_point(m, TRACE_SCHEDULE, NULL, delay_j, SCHEDULE_QUEUED);
	else
		trace_point(m, TRACE_SCHEDULE, NULL, delay_j, SCHEDULE_ALREADY_PENDING);
}

/* Clears the pending bit first, so that an event fired by a notifier is queued again. */
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

/* Puts a device that this run does not process back on the (new) list. */
static bool linkwatch_put_back(struct net_device *dev, bool urgent_only)
{
	struct machine *m = dev->machine;
	bool is_absent = !netif_device_present(dev) && has(m, KERNEL_ABSENT_REQUEUED);

	if (!is_absent && (!urgent_only || linkwatch_urgent_event(dev)))
		return false;
	add_to_list(dev, urgent_only && !is_absent);
	trace_point(m, TRACE_PUT_BACK, dev, !is_absent, 0);
	return true;
}

static struct net_device *listed_dev(struct list_head *node)
{
	return container_of(node, struct net_device, link_watch_list);
}

/* The first event that an urgent run has to check; NULL: none. There must be events. */
static struct net_device *first_to_look_at(const struct seq *events)
{
	struct seq_node *node = seq_root(events);

	if (event_of(node)->all_stay)
		return NULL;
	for (;;) {
		if (node->left && !event_of(node->left)->all_stay)
			node = node->left;
		else if (event_of(node)->stays)
			node = node->right;
		else
			return container_of(event_of(node), struct net_device, link_watch_event);
	}
}

static void trace_put_back(struct machine *m, struct list_head *list, uint32_t count)
{
	struct list_head *at = list->next;

	if (!m->callbacks.trace)
		return;
	for (uint32_t i = 0; i < count && i < PUT_BACK_TRACED; i++, at = at->next)
		trace_point(m, TRACE_PUT_BACK, listed_dev(at), 1, 0);
	if (count > PUT_BACK_TRACED)
		trace_point(m, TRACE_PUT_BACK_MORE, NULL, count - PUT_BACK_TRACED, 0);
}

/* Puts the leading events of wrk that an urgent run need not check back on the list, all at once. */
static void put_back_all(struct machine *m, struct list_head *wrk, struct seq *wrk_events)
{
	struct linkwatch *lw = &m->linkwatch;
	struct net_device *end = first_to_look_at(wrk_events);
	struct list_head back, *end_node = end ? &end->link_watch_list : wrk;
	struct seq rest_events;

	seq_init(&rest_events);
	if (end)
		seq_split(wrk_events, &end->link_watch_event.node, &rest_events, event_sum);
	list_cut_before(&back, wrk, end_node);
	trace_put_back(m, &back, event_of(seq_root(wrk_events))->count);
	list_splice(&back, lw->lweventlist.prev);
	seq_append(&lw->events, wrk_events, event_sum);
	seq_append(wrk_events, &rest_events, event_sum);
}

/* Number of devices on a list. */
static uint64_t events_count(const struct seq *events)
{
	return seq_root(events) ? event_of(seq_root(events))->count : 0;
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
	struct seq wrk_events;

	if (!urgent_only)
		lw->nextevent = limit;
	else if (time_after(&m->clock, lw->nextevent, limit))
		lw->nextevent = m->jiffies; /* only after boot on 32 bit, or a wrap */
	lw->is_urgent = false;
	trace_point(m, TRACE_RUN, NULL, !urgent_only, lw->nextevent);

	INIT_LIST_HEAD(&wrk);
	seq_init(&wrk_events);
	list_splice_init(&lw->lweventlist, &wrk);
	seq_append(&wrk_events, &lw->events, event_sum);
	while (!list_empty(&wrk) && budget > 0) {
		struct net_device *dev = listed_dev(wrk.next);

		if (urgent_only && dev->link_watch_event.stays) {
			put_back_all(m, &wrk, &wrk_events);
			continue;
		}
		take_from_list(dev);
		if (linkwatch_put_back(dev, urgent_only))
			continue;
		linkwatch_do_dev(dev);
		budget--;
	}
	if (!list_empty(&wrk) && m->callbacks.trace)
		trace_point(m, TRACE_OVER_BUDGET, NULL, events_count(&wrk_events),
			    (uint64_t)run_budget(m, urgent_only));
	/* the rest goes before events that were put back or fired meanwhile */
	list_splice_init(&wrk, &lw->lweventlist);
	seq_append(&wrk_events, &lw->events, event_sum);
	seq_append(&lw->events, &wrk_events, event_sum);
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
		take_from_list(dev);
		linkwatch_do_dev(dev);
	}
	m->cause = cause; /* the caller continues with its own cause */
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

/* The work, once it has rtnl: only now is it decided whether the second is over. */
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
	linkwatch_look_again(dev);
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

/* Compares the tree below node with the list from *at on, and advances *at. */
static bool is_walk_same(const struct seq_node *node, const struct list_head **at)
{
	const struct net_device *dev;

	if (!node)
		return true;
	if (!is_walk_same(node->left, at))
		return false;
	dev = container_of(node, const struct net_device, link_watch_event.node);
	if (*at != &dev->link_watch_list)
		return false;
	*at = (*at)->next;
	return is_walk_same(node->right, at);
}

bool linkwatch_events_agree(const struct machine *m)
{
	const struct list_head *at = m->linkwatch.lweventlist.next;

	return is_walk_same(seq_root(&m->linkwatch.events), &at) && at == &m->linkwatch.lweventlist;
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

uint64_t linkwatch_count(const struct machine *m)
{
	struct linkwatch_view view;
	uint64_t count = 0;

	if (!m->linkwatch.file)
		return events_count(&m->linkwatch.events);
	linkwatch_look(m, &view);
	if (view.lweventlist)
		for (const struct list_head *at = view.lweventlist->next; at != view.lweventlist;
		     at = at->next)
			count++;
	return count;
}

void linkwatch_init(struct machine *m, struct linkwatch_file *file)
{
	struct linkwatch *lw = &m->linkwatch;

	INIT_LIST_HEAD(&lw->lweventlist);
	seq_init(&lw->events);
	lw->nextevent = 0;
	lw->is_urgent = false;
	delayed_work_init(&lw->work, linkwatch_event);
	rtnl_waiter_init(&lw->waiter, linkwatch_event_locked);
	lw->file = file;
	if (file)
		file->bind(file, m);
}
