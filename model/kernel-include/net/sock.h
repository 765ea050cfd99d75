/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nothing of it is needed here. */
#ifndef LWSIM_KERNEL_NET_SOCK_H
#define LWSIM_KERNEL_NET_SOCK_H

#include <linux/netdevice.h>

#endif
