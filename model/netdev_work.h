/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Work that devices defer until rtnl is free: one work item for all devices.
 * Models: net/core/netdev_work.c, after 6.18 */
#ifndef LWSIM_MODEL_NETDEV_WORK_H
#define LWSIM_MODEL_NETDEV_WORK_H

#include "netdevice.h"
#include "rtnl.h"

struct netdev_work {
	struct list_head devices; /* by work_node, oldest first */
	struct work_struct work;
	struct rtnl_waiter waiter; /* for the work to wait for rtnl */
};

void netdev_work_init(struct netdev_work *work);

/* Schedules one call of ndo_work() from the work item, with all event bits requested until then. Does
 * nothing if dev is being dismantled. */
void netdev_work_sched(struct net_device *dev, uint16_t events);
/* Removes these bits from the scheduled call. */
void netdev_work_cancel(struct net_device *dev, uint16_t events);

/* Updates the filters of a device that is up; on kernels that use the work item for it, queues that.
 * Models: __dev_set_rx_mode(), only its place in the queue */
void dev_set_rx_mode(struct net_device *dev);

#endif
