/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What must hold of a machine between two steps. */
#include "machine.h"

static bool has_bit(const struct net_device *dev, enum netdev_state_t bit)
{
	return dev->state & (1UL << bit);
}

static const char *verify_device(const struct net_device *dev)
{
	bool is_listed = !list_empty(&dev->link_watch_list);

	if (dev->reg_state != NETREG_REGISTERED)
		return "a listed device is not registered";
	if (__dev_get_by_name(dev_net(dev), dev->name) != dev ||
	    __dev_get_by_index(dev_net(dev), dev->ifindex) != dev)
		return "a registered device is not found by its name or number";
	if (!dev->machine->linkwatch.file &&
	    has_bit(dev, __LINK_STATE_LINKWATCH_PENDING) != is_listed)
		return "LINKWATCH_PENDING and the event list disagree";
	if (is_listed && dev->link_watch_event.stays && linkwatch_urgent_event(dev))
		return "an urgent event is taken for one that is not";
	if (netif_running(dev) != !!(dev->flags & IFF_UP))
		return "START and IFF_UP disagree";
	if (dev->qdisc != QDISC_NOOP && dev->qdisc != dev->qdisc_sleeping)
		return "a tx queue has a qdisc that is neither off nor its own";
	if (dev->qdisc != QDISC_NOOP && !netif_running(dev))
		return "the qdisc of a closed device is on";
	if (!netdev_sums_agree(dev))
		return "what a master's ports make together is not what they are";
	if (dev->operstate > IF_OPER_UP)
		return "an operstate that is none";
	return NULL;
}

static const char *verify_net(const struct net *net)
{
	const struct list_head *head = &net->dev_base_head;
	const char *what = NULL;

	for (const struct list_head *at = head->next; at != head && !what; at = at->next)
		what = verify_device(container_of(at, struct net_device, dev_list));
	return what;
}

static const char *verify_linkwatch(const struct machine *m)
{
	const struct linkwatch *lw = &m->linkwatch;

	if (lw->file) /* what it makes of its list is its own affair */
		return NULL;
	if (!linkwatch_events_agree(m))
		return "the event list and its tree disagree";
	if (!list_empty(&lw->lweventlist) && !lw->work.work.is_pending && !lw->work.work.is_running)
		return "devices wait on the event list and no work is pending";
	/* it stays set while the work has started and waits for rtnl */
	if (lw->is_urgent && !lw->work.work.is_running &&
	    (!lw->work.work.is_pending || timer_pending(&lw->work.timer)))
		return "LW_URGENT is set and no work is queued";
	return NULL;
}

static const char *verify_timers(const struct machine *m)
{
	const struct list_head *pending = &m->timers.pending;
	uint64_t last = m->jiffies;

	for (const struct list_head *at = pending->next; at != pending; at = at->next) {
		uint64_t expiry = container_of(at, struct timer_list, entry)->bucket_expiry;

		if (time_before(&m->clock, expiry, last))
			return "a timer is overdue or out of order";
		last = expiry;
	}
	return NULL;
}

const char *machine_verify(const struct machine *m)
{
	const struct net *net = NULL;
	const char *what = verify_linkwatch(m);

	if (!what)
		what = verify_timers(m);
	while (!what && (net = net_next(m, net)) != NULL)
		what = verify_net(net);
	return what;
}
