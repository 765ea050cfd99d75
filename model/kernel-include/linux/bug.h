/* SPDX-License-Identifier: GPL-2.0-or-later */
/* BUG() and WARN(). */
#ifndef LWSIM_KERNEL_LINUX_BUG_H
#define LWSIM_KERNEL_LINUX_BUG_H

#include <linux/compiler.h>
#include <linux/printk.h>

#define BUG() lw_host->broken(lw_machine, LW_WHERE, "BUG()")
#define BUG_ON(condition)                                                                          \
	do {                                                                                       \
		if (unlikely(condition))                                                           \
			lw_host->broken(lw_machine, LW_WHERE, "BUG_ON(" #condition ")");           \
	} while (0)
#define WARN(condition, format, ...)                                                               \
	({                                                                                         \
		bool lw_is_wrong = !!(condition);                                                  \
                                                                                                   \
		if (unlikely(lw_is_wrong))                                                         \
			printk("WARNING: " format, ##__VA_ARGS__);                                 \
		lw_is_wrong;                                                                       \
	})
#define WARN_ON(condition) WARN(condition, "%s", #condition)
#define WARN_ONCE(condition, format, ...)                                                          \
	({                                                                                         \
		bool lw_is_wrong_once = !!(condition);                                             \
                                                                                                   \
		if (unlikely(lw_is_wrong_once))                                                    \
			LW_ONCE(printk("WARNING: " format, ##__VA_ARGS__));                        \
		lw_is_wrong_once;                                                                  \
	})
#define WARN_ON_ONCE(condition) WARN_ONCE(condition, "%s", #condition)
#define DEBUG_NET_WARN_ON_ONCE(condition) ((void)WARN_ON_ONCE(condition))
#define BUILD_BUG_ON(condition) _Static_assert(!(condition), #condition)

#endif
