/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cache line alignment: empty macros. */
#ifndef LWSIM_KERNEL_LINUX_CACHE_H
#define LWSIM_KERNEL_LINUX_CACHE_H

#include <linux/compiler.h>

#endif
