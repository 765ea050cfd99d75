/* SPDX-License-Identifier: GPL-2.0-or-later */
/* rtnl: the one lock of the configuration path, first come first served.
 * Models: rtnl_lock() and rtnl_unlock() of net/core/rtnetlink.c */
#ifndef LWSIM_MODEL_RTNL_H
#define LWSIM_MODEL_RTNL_H

#include <stdbool.h>
#include <stdint.h>

#include "list.h"

struct machine;

/*
 * Runs with the lock held and releases it by rtnl_unlock() before it returns. arg and n are the caller's.
 */
typedef void (*rtnl_fn)(struct machine *m, void *arg, uint64_t n);

struct rtnl_waiter {
	struct list_head entry;
	rtnl_fn fn;
	void *arg;
	uint64_t n;
	uint32_t cause; /* machine.cause of the waiter, restored when it continues */
	bool is_spare;	/* from rtnl.spare: returns to rtnl.free */
	bool slept;	/* ro: the lock was not free at once */
};

struct rtnl {
	bool is_locked;
	bool is_held_until; /* held by rtnl_hold(), released at held_until_ns */
	int64_t held_until_ns;
	uint32_t held_cause;	  /* machine.cause of that holder */
	struct list_head waiters; /* oldest first */
	uint32_t waiting;	  /* number of waiters */
	struct list_head free;	  /* spare waiters that have been used before */
	struct rtnl_waiter *spare;
	uint32_t spare_count, spare_used; /* used: high-water mark */
	struct list_head todo;		  /* net_todo_list: devices to finish at unlock */
};

/*
 * Runs fn(m, arg, n) with the lock held: before this returns if the lock is free and nobody waits, else
 * when its turn comes. Returns 1 if it ran, 0 if it waits, -ENOBUFS if machine_config.max_waiters wait
 * already (fn is then never called).
 */
int rtnl_run(struct machine *m, rtnl_fn fn, void *arg, uint64_t n);

/* Initializes a waiter owned by the caller, without arg. */
void rtnl_waiter_init(struct rtnl_waiter *waiter, rtnl_fn fn);
/* Like rtnl_run(), with a waiter owned by the caller that is not waiting. Returns whether it ran. */
bool rtnl_run_waiter(struct machine *m, struct rtnl_waiter *waiter);

/* Takes the lock if it is free and nobody waits for it. Returns whether it did. */
bool rtnl_trylock(struct machine *m);

/* Keeps the lock for another `ns`. Called by the holder in place of rtnl_unlock(). */
void rtnl_hold(struct machine *m, int64_t ns);

/* Releases the lock. machine_settle() then finishes unregistered devices and lets the next waiter continue,
 * once the caller has left the kernel. */
void rtnl_unlock(struct machine *m);

/* For machine_settle(): releases a hold that has expired and lets the next waiter continue. False if nobody
 * waits or the lock is held. */
void rtnl_expire(struct machine *m);
bool rtnl_next(struct machine *m);

void rtnl_init(struct rtnl *rtnl, struct rtnl_waiter *waiters, uint32_t count);

#endif
