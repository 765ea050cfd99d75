/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Per-device locks. */
#ifndef LWSIM_KERNEL_NET_NETDEV_LOCK_H
#define LWSIM_KERNEL_NET_NETDEV_LOCK_H

#include <linux/netdevice.h>

#endif
