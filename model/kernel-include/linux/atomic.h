/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counters. Differs: nothing is atomic, because there is one thread. */
#ifndef LWSIM_KERNEL_LINUX_ATOMIC_H
#define LWSIM_KERNEL_LINUX_ATOMIC_H

#include <linux/compiler.h>
#include <linux/types.h>

typedef struct {
	int counter;
} atomic_t;

#define ATOMIC_INIT(i)                                                                             \
	{                                                                                          \
		(i)                                                                                \
	}
#define atomic_read(v) READ_ONCE((v)->counter)
#define atomic_set(v, i) WRITE_ONCE((v)->counter, i)
#define atomic_inc(v) ((void)(v)->counter++)
#define atomic_dec(v) ((void)(v)->counter--)
#define atomic_add(i, v) ((void)((v)->counter += (i)))
#define atomic_sub(i, v) ((void)((v)->counter -= (i)))
#define atomic_inc_return(v) (++(v)->counter)
#define atomic_dec_return(v) (--(v)->counter)
#define atomic_dec_and_test(v) (--(v)->counter == 0)

#define xchg(p, value)                                                                             \
	({                                                                                         \
		__typeof__(*(p)) lw_was = *(p);                                                    \
                                                                                                   \
		*(p) = (value);                                                                    \
		lw_was;                                                                            \
	})
#define cmpxchg(p, old, value)                                                                     \
	({                                                                                         \
		__typeof__(*(p)) lw_was = *(p);                                                    \
                                                                                                   \
		if (lw_was == (old))                                                               \
			*(p) = (value);                                                            \
		lw_was;                                                                            \
	})
#define try_cmpxchg(p, old, value)                                                                 \
	({                                                                                         \
		__typeof__(*(p)) lw_was = *(p);                                                    \
		bool lw_is_same = lw_was == *(old);                                                \
                                                                                                   \
		if (lw_is_same)                                                                    \
			*(p) = (value);                                                            \
		else                                                                               \
			*(old) = lw_was;                                                           \
		lw_is_same;                                                                        \
	})

#endif
