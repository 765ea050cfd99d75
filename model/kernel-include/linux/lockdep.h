/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lock assertions. */
#ifndef LWSIM_KERNEL_LINUX_LOCKDEP_H
#define LWSIM_KERNEL_LINUX_LOCKDEP_H

#include <linux/spinlock.h>

#endif
