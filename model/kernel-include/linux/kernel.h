/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small general helpers. */
#ifndef LWSIM_KERNEL_LINUX_KERNEL_H
#define LWSIM_KERNEL_LINUX_KERNEL_H

#include <string.h>

#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/printk.h>
#include <linux/types.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define min(a, b)                                                                                  \
	({                                                                                         \
		__typeof__(a) lw_a = (a);                                                          \
		__typeof__(b) lw_b = (b);                                                          \
		lw_a < lw_b ? lw_a : lw_b;                                                         \
	})
#define max(a, b)                                                                                  \
	({                                                                                         \
		__typeof__(a) lw_a = (a);                                                          \
		__typeof__(b) lw_b = (b);                                                          \
		lw_a > lw_b ? lw_a : lw_b;                                                         \
	})
#define min_t(type, a, b) min((type)(a), (type)(b))
#define max_t(type, a, b) max((type)(a), (type)(b))
#define clamp(value, low, high) min(max(value, low), high)

/* Differs: nothing else can run. */
#define cond_resched() ((void)0)
#define might_sleep() ((void)0)

#endif
