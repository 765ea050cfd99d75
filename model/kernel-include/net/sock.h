/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Empty: link_watch.c needs nothing from it. */
#ifndef LWSIM_KERNEL_NET_SOCK_H
#define LWSIM_KERNEL_NET_SOCK_H

#include <linux/netdevice.h>

#endif
