/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bits of an unsigned long. Differs: nothing is atomic, because there is one thread. */
#ifndef LWSIM_KERNEL_LINUX_BITOPS_H
#define LWSIM_KERNEL_LINUX_BITOPS_H

#include <linux/compiler.h>
#include <linux/types.h>

#define BITS_PER_LONG ((unsigned long)(8 * sizeof(long)))
#define BIT(nr) (1UL << (nr))
#define BIT_ULL(nr) (1ULL << (nr))

static inline unsigned long *lw_bit_word(unsigned long nr, volatile unsigned long *addr)
{
	return (unsigned long *)&addr[nr / BITS_PER_LONG];
}

static inline unsigned long lw_bit_mask(unsigned long nr)
{
	return 1UL << nr % BITS_PER_LONG;
}

static inline bool test_bit(unsigned long nr, const volatile unsigned long *addr)
{
	return addr[nr / BITS_PER_LONG] & lw_bit_mask(nr);
}

static inline void set_bit(unsigned long nr, volatile unsigned long *addr)
{
	*lw_bit_word(nr, addr) |= lw_bit_mask(nr);
}

static inline void clear_bit(unsigned long nr, volatile unsigned long *addr)
{
	*lw_bit_word(nr, addr) &= ~lw_bit_mask(nr);
}

static inline void change_bit(unsigned long nr, volatile unsigned long *addr)
{
	*lw_bit_word(nr, addr) ^= lw_bit_mask(nr);
}

static inline bool test_and_set_bit(unsigned long nr, volatile unsigned long *addr)
{
	bool was_set = test_bit(nr, addr);

	set_bit(nr, addr);
	return was_set;
}

static inline bool test_and_clear_bit(unsigned long nr, volatile unsigned long *addr)
{
	bool was_set = test_bit(nr, addr);

	clear_bit(nr, addr);
	return was_set;
}

#define __set_bit(nr, addr) set_bit(nr, addr)
#define __clear_bit(nr, addr) clear_bit(nr, addr)
#define __test_and_set_bit(nr, addr) test_and_set_bit(nr, addr)
#define __test_and_clear_bit(nr, addr) test_and_clear_bit(nr, addr)

#endif
