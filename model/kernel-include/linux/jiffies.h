/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tick counter of the machine that the file is bound to; the file is compiled for one HZ. */
#ifndef LWSIM_KERNEL_LINUX_JIFFIES_H
#define LWSIM_KERNEL_LINUX_JIFFIES_H

#include <linux/compiler.h>

static inline unsigned long lw_jiffies(void)
{
	return (unsigned long)lw_machine->jiffies;
}

#define jiffies lw_jiffies()
#define HZ CONFIG_HZ

#define time_after(a, b) ((long)((unsigned long)(b) - (unsigned long)(a)) < 0)
#define time_before(a, b) time_after(b, a)
#define time_after_eq(a, b) ((long)((unsigned long)(a) - (unsigned long)(b)) >= 0)
#define time_before_eq(a, b) time_after_eq(b, a)
#define time_in_range(a, b, c) (time_after_eq(a, b) && time_before_eq(a, c))
#define time_is_before_jiffies(a) time_after(jiffies, a)
#define time_is_after_jiffies(a) time_before(jiffies, a)

/* the least number of jiffies that lasts at least ms */
#define msecs_to_jiffies(ms) (((unsigned long)(ms)*HZ + 999UL) / 1000UL)
#define usecs_to_jiffies(us) (((unsigned long)(us)*HZ + 999999UL) / 1000000UL)
#define jiffies_to_msecs(j) ((unsigned int)((unsigned long)(j)*1000UL / HZ))

#endif
