/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Giving up the CPU: does nothing, because there is one thread. */
#ifndef LWSIM_KERNEL_LINUX_SCHED_H
#define LWSIM_KERNEL_LINUX_SCHED_H

#include <linux/kernel.h>

#endif
