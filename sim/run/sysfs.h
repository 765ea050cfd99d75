/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What userspace reads about a device: /sys/class/net/DEV/ATTR and RTM_GETLINK.
 * Models: net/core/net-sysfs.c
 */
#ifndef LWSIM_SIM_RUN_SYSFS_H
#define LWSIM_SIM_RUN_SYSFS_H

#include "sim/language/scenario.h"

/* "eth0 carrier: 1"; NULL where the kernel answers EINVAL. The caller frees it. */
char *sysfs_text(const struct net_device *dev, enum sysfs_attr attr);

/* "eth0: <UP,LOWER_UP> state DOWN mode default qdisc noqueue". The caller frees it. */
char *getlink_text(const struct net_device *dev);

#endif
