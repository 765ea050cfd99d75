/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a device has put off until rtnl is free: one work item for all devices.
 * Models: net/core/netdev_work.c, of after 6.18 */
#ifndef LWSIM_MODEL_NETDEV_WORK_H
#define LWSIM_MODEL_NETDEV_WORK_H

#include "netdevice.h"
#include "rtnl.h"

struct netdev_work {
	struct list_head devices; /* by work_node, the one that has waited longest first */
	struct work_struct work;
	struct rtnl_waiter waiter; /* of the work, for rtnl */
};

void netdev_work_init(struct netdev_work *work);

/* Has ndo_work() called, once, from the work item, with all the driver's bits of which that was asked;
 * nothing if dev is being dismantled. */
void netdev_work_sched(struct net_device *dev, uint16_t events);
/* It is not called for these any more, unless sched again. */
void netdev_work_cancel(struct net_device *dev, uint16_t events);

/* A device that is up has its filters set; where the work item does that, it is queued.
 * Models: __dev_set_rx_mode(), of that no more than the place in the queue */
void dev_set_rx_mode(struct net_device *dev);

#endif
