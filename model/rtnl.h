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
 * Goes on with the lock held and gives it up by rtnl_unlock() before it returns. arg
 * and n are the caller's.
 */
typedef void (*rtnl_fn)(struct machine *m, void *arg, uint64_t n);

struct rtnl_waiter {
	struct list_head entry;
	rtnl_fn fn;
	void *arg;
	uint64_t n;
	uint32_t cause; /* machine.cause of who waits, set again when it goes on */
	bool is_spare;	/* of rtnl.spare: goes back to rtnl.free */
	bool slept;	/* ro: the lock was not free at once */
};

struct rtnl {
	bool is_locked;
	bool is_held_until; /* held by rtnl_hold(), given up at held_until_ns */
	int64_t held_until_ns;
	uint32_t held_cause;	  /* machine.cause of who holds it so */
	struct list_head waiters; /* first come first */
	uint32_t waiting;	  /* how many they are */
	struct list_head free;	  /* spare waiters that have been in use */
	struct rtnl_waiter *spare;
	uint32_t spare_count, spare_used; /* used: ever */
	struct list_head todo;		  /* net_todo_list: devices to finish off at unlock */
};

/*
 * Runs fn(m, arg, n) with the lock held: now and before this returns if the lock is free
 * and nobody waits, else when its turn has come. Returns 1 if it ran, 0 if it waits,
 * -ENOBUFS if machine_config.max_waiters wait already (fn is then never called).
 */
int rtnl_run(struct machine *m, rtnl_fn fn, void *arg, uint64_t n);

/* A waiter of the caller's own, without arg. */
void rtnl_waiter_init(struct rtnl_waiter *waiter, rtnl_fn fn);
/* The same as rtnl_run() with a waiter of the caller's own that is not waiting. Returns whether it
 * ran. */
bool rtnl_run_waiter(struct machine *m, struct rtnl_waiter *waiter);

/* Takes the lock if it is free and nobody waits for it; returns whether it did. */
bool rtnl_trylock(struct machine *m);

/* The lock's holder goes on until `ns` later. To be called with the lock held, in place of
 * rtnl_unlock(). */
void rtnl_hold(struct machine *m, int64_t ns);

/* Lets the next waiter have it; unregistered devices are finished off by machine_settle().
 * That one goes on from machine_settle(), when who unlocks has left the kernel. */
void rtnl_unlock(struct machine *m);

/* For machine_settle(): lets go what is held no longer; lets the next waiter go on, false
 * if there is none or the lock is held. */
void rtnl_expire(struct machine *m);
bool rtnl_next(struct machine *m);

void rtnl_init(struct rtnl *rtnl, struct rtnl_waiter *waiters, uint32_t count);

#endif
