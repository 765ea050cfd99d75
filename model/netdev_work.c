/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Work that a device defers until rtnl is free.
 * Models: net/core/netdev_work.c
 * Differs: setting the rx mode only queues the work; devices have no lock of their own. */
#include "netdev_work.h"

#include "machine.h"

static void netdev_work_locked(struct machine *m, void *arg, uint64_t n)
{
	struct netdev_work *work = &m->netdev_work;

	(void)arg;
	(void)n;
	while (!list_empty(&work->devices)) {
		struct net_device *dev =
			container_of(work->devices.next, struct net_device, work_node);

		uint16_t events = dev->work_events;

		netdev_work_cancel(dev, events);
		m->cause = dev->work_cause;
		if (netif_device_present(dev))
			dev->netdev_ops->ndo_work(dev, events);
	}
	rtnl_unlock(m);
	if (work->waiter.slept)
		work_finished(m, &work->work);
}

static bool netdev_work_proc(struct machine *m, struct work_struct *work)
{
	(void)work;
	return rtnl_run_waiter(m, &m->netdev_work.waiter);
}

void netdev_work_init(struct netdev_work *work)
{
	INIT_LIST_HEAD(&work->devices);
	work_init(&work->work, netdev_work_proc);
	rtnl_waiter_init(&work->waiter, netdev_work_locked);
}

void netdev_work_sched(struct net_device *dev, uint16_t events)
{
	struct machine *m = dev->machine;

	if (dev->reg_state > NETREG_REGISTERED)
		return;
	if (list_empty(&dev->work_node)) {
		dev->work_cause = m->cause;
		list_add_tail(&dev->work_node, &m->netdev_work.devices);
	}
	dev->work_events |= events;
	queue_work(m, WQ_SYSTEM, &m->netdev_work.work);
}

void dev_set_rx_mode(struct net_device *dev)
{
	struct machine *m = dev->machine;

	if (!kernel_has(&m->kernel, KERNEL_VLAN_WORK) || !dev->netdev_ops->rx_mode_by_work)
		return;
	if ((dev->flags & IFF_UP) && netif_device_present(dev))
		queue_work(m, WQ_SYSTEM, &m->netdev_work.work);
}

void netdev_work_cancel(struct net_device *dev, uint16_t events)
{
	dev->work_events &= (uint16_t)~events;
	if (!dev->work_events)
		list_del_init(&dev->work_node);
}
