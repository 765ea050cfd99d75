/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Alignment, which nobody needs. */
#ifndef LWSIM_KERNEL_LINUX_CACHE_H
#define LWSIM_KERNEL_LINUX_CACHE_H

#include <linux/compiler.h>

#endif
