/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dev_activate() and dev_deactivate(). */
#ifndef LWSIM_KERNEL_NET_PKT_SCHED_H
#define LWSIM_KERNEL_NET_PKT_SCHED_H

#include <net/sch_generic.h>

#endif
