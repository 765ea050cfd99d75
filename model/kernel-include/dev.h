/* SPDX-License-Identifier: GPL-2.0-or-later */
/* net/core/dev.h: shared inside net/core/; only what link_watch.c needs. */
#ifndef LWSIM_KERNEL_DEV_H
#define LWSIM_KERNEL_DEV_H

#include <linux/netdevice.h>

void linkwatch_init_dev(struct net_device *dev);
void linkwatch_forget_dev(struct net_device *dev);
void linkwatch_sync_dev(struct net_device *dev);
void __linkwatch_sync_dev(struct net_device *dev);
void linkwatch_run_queue(void);

#endif
