/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dev_net() is the model's. */
#ifndef LWSIM_KERNEL_NET_NET_NAMESPACE_H
#define LWSIM_KERNEL_NET_NET_NAMESPACE_H

#include <linux/netdevice.h>

#endif
