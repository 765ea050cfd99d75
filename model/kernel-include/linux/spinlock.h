/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Spinlocks. With one thread, taking a lock that is already held would deadlock, so it is reported. */
#ifndef LWSIM_KERNEL_LINUX_SPINLOCK_H
#define LWSIM_KERNEL_LINUX_SPINLOCK_H

#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/types.h>

typedef struct {
	bool is_held;
} spinlock_t, raw_spinlock_t;

typedef struct {
	spinlock_t lock; /* held for writing */
	int readers;
} rwlock_t;

#define DEFINE_SPINLOCK(name) spinlock_t name = { false }
#define DEFINE_RAW_SPINLOCK(name) raw_spinlock_t name = { false }
#define DEFINE_RWLOCK(name) rwlock_t name = { { false }, 0 }
#define spin_lock_init(lock) ((void)((lock)->is_held = false))

static inline void lw_lock(spinlock_t *lock, const char *where)
{
	if (lock->is_held)
		lw_host->broken(lw_machine, where,
				"takes a lock that it holds already: the kernel hangs here");
	lock->is_held = true;
	lw_locks_held++;
}

static inline void lw_unlock(spinlock_t *lock, const char *where)
{
	if (!lock->is_held)
		lw_host->broken(lw_machine, where, "gives up a lock that it does not hold");
	lock->is_held = false;
	lw_locks_held--;
}

static inline bool lw_trylock(spinlock_t *lock)
{
	if (lock->is_held)
		return false;
	lock->is_held = true;
	lw_locks_held++;
	return true;
}

static inline void lw_read_lock(rwlock_t *lock, const char *where)
{
	if (lock->lock.is_held)
		lw_host->broken(lw_machine, where,
				"takes a lock that it holds already: the kernel hangs here");
	lock->readers++;
	lw_locks_held++;
}

static inline void lw_read_unlock(rwlock_t *lock, const char *where)
{
	if (!lock->readers)
		lw_host->broken(lw_machine, where, "gives up a lock that it does not hold");
	lock->readers--;
	lw_locks_held--;
}

static inline void lw_write_lock(rwlock_t *lock, const char *where)
{
	if (lock->readers)
		lw_host->broken(lw_machine, where,
				"takes a lock that it holds already: the kernel hangs here");
	lw_lock(&lock->lock, where);
}

#define spin_trylock(lock) lw_trylock(lock)
#define spin_lock(lock) lw_lock(lock, LW_WHERE)
#define spin_unlock(lock) lw_unlock(lock, LW_WHERE)
#define spin_lock_bh(lock) lw_lock(lock, LW_WHERE)
#define spin_unlock_bh(lock) lw_unlock(lock, LW_WHERE)
#define spin_lock_irq(lock) lw_lock(lock, LW_WHERE)
#define spin_unlock_irq(lock) lw_unlock(lock, LW_WHERE)
#define spin_lock_irqsave(lock, flags) ((void)((flags) = 0), lw_lock(lock, LW_WHERE))
#define spin_unlock_irqrestore(lock, flags) ((void)(flags), lw_unlock(lock, LW_WHERE))
#define spin_is_locked(lock) ((lock)->is_held)
#define raw_spin_lock_irqsave(lock, flags) spin_lock_irqsave(lock, flags)
#define raw_spin_unlock_irqrestore(lock, flags) spin_unlock_irqrestore(lock, flags)

#define read_lock(rwlock) lw_read_lock(rwlock, LW_WHERE)
#define read_unlock(rwlock) lw_read_unlock(rwlock, LW_WHERE)
#define read_lock_bh(rwlock) read_lock(rwlock)
#define read_unlock_bh(rwlock) read_unlock(rwlock)
#define write_lock(rwlock) lw_write_lock(rwlock, LW_WHERE)
#define write_unlock(rwlock) lw_unlock(&(rwlock)->lock, LW_WHERE)
#define write_lock_bh(rwlock) write_lock(rwlock)
#define write_unlock_bh(rwlock) write_unlock(rwlock)

#define lockdep_assert_held(lock) ((void)WARN_ON(!(lock)->is_held))

#endif
