/* SPDX-License-Identifier: GPL-2.0-or-later */
/* qdisc_tx_changing() is the model's. */
#ifndef LWSIM_KERNEL_NET_SCH_GENERIC_H
#define LWSIM_KERNEL_NET_SCH_GENERIC_H

#include <linux/netdevice.h>

#endif
