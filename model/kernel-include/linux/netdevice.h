/* SPDX-License-Identifier: GPL-2.0-or-later */
/* struct net_device, which is the model's, and its functions. */
/* Differs: no reference counts; a device has no lock of its own. */
#ifndef LWSIM_KERNEL_LINUX_NETDEVICE_H
#define LWSIM_KERNEL_LINUX_NETDEVICE_H

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/if.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#define dev_activate(dev) lw_host->dev_activate(dev)
/* the other arguments do not matter to link state */
#define dev_deactivate(dev, ...) lw_host->dev_deactivate(dev)
#define netdev_state_change(dev) lw_host->netdev_state_change(dev)
#define netif_state_change(dev) netdev_state_change(dev)
#define call_netdevice_notifiers(cmd, dev) lw_host->call_netdevice_notifiers(cmd, dev)
#define dev_get_iflink(dev) lw_host->dev_get_iflink(dev)
#define __dev_get_by_index(net, ifindex) lw_host->dev_get_by_index(net, ifindex)
#define dev_get_by_index_rcu(net, ifindex) lw_host->dev_get_by_index(net, ifindex)
#define dev_net(dev) lw_host->dev_net(dev)
#define dev_get_flags(dev) lw_host->dev_get_flags(dev)
#define netif_get_flags(dev) dev_get_flags(dev)

#define netif_is_lag_port(dev) ((dev)->is_lag_port)
#define netif_is_lag_master(dev) ((dev)->is_lag_master)
#define netdev_name(dev) ((const char *)(dev)->name)

/* no reference counts */
#define dev_hold(dev) ((void)(dev))
#define dev_put(dev) ((void)(dev))
#define __dev_hold(dev) ((void)(dev))
#define __dev_put(dev) ((void)(dev))
#define netdev_hold(dev, tracker, gfp) ((void)(dev))
#define netdev_put(dev, tracker) ((void)(dev))
#define netdev_tracker_alloc(dev, tracker, gfp) ((void)(dev))
#define netdev_tracker_free(dev, tracker) ((void)(dev))

/* a device has no lock of its own */
#define netdev_lock(dev) ((void)(dev))
#define netdev_unlock(dev) ((void)(dev))
#define netdev_lock_ops(dev) ((void)(dev))
#define netdev_unlock_ops(dev) ((void)(dev))
#define netdev_ops_assert_locked(dev) ((void)(dev))
#define netdev_assert_locked_ops_compat(dev) ((void)(dev))

static __maybe_unused DEFINE_RWLOCK(dev_base_lock);

#endif
