/* SPDX-License-Identifier: GPL-2.0-or-later */
/* min() and max(). */
#ifndef LWSIM_KERNEL_LINUX_MINMAX_H
#define LWSIM_KERNEL_LINUX_MINMAX_H

#include <linux/kernel.h>

#endif
