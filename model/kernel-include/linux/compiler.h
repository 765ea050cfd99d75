/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compiler attributes and barriers. */
#ifndef LWSIM_KERNEL_LINUX_COMPILER_H
#define LWSIM_KERNEL_LINUX_COMPILER_H

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define barrier() __asm__ __volatile__("" : : : "memory")
#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, value) (*(volatile __typeof__(x) *)&(x) = (value))
#define __read_mostly
#define ____cacheline_aligned_in_smp
#define __init
#define __exit
#define __user
#define __rcu
#define __acquires(x)
#define __releases(x)
#define __must_hold(x)
#define __always_inline inline __attribute__((always_inline))
#define noinline __attribute__((noinline))
#define __maybe_unused __attribute__((unused))
#define __must_check __attribute__((warn_unused_result))
#define fallthrough __attribute__((fallthrough))
#define IS_ENABLED(option) 0

/* one thread: program order is enough */
#define smp_mb() barrier()
#define smp_rmb() barrier()
#define smp_wmb() barrier()
#define smp_mb__before_atomic() barrier()
#define smp_mb__after_atomic() barrier()
#define smp_load_acquire(p) READ_ONCE(*(p))
#define smp_store_release(p, value) WRITE_ONCE(*(p), value)

#endif
