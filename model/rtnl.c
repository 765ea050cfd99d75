/* SPDX-License-Identifier: GPL-2.0-or-later */
/* rtnl: who comes while it is held waits in line.
 * Models: net/core/rtnetlink.c (rtnl_lock, rtnl_unlock)
 * Differs: a mutex may be stolen by a spinner; here nobody overtakes. */
#include "rtnl.h"

#include <errno.h>

#include "machine.h"

void rtnl_init(struct rtnl *rtnl, struct rtnl_waiter *waiters, uint32_t count)
{
	rtnl->is_locked = false;
	rtnl->is_held_until = false;
	rtnl->held_until_ns = 0;
	rtnl->held_cause = 0;
	INIT_LIST_HEAD(&rtnl->waiters);
	rtnl->waiting = 0;
	INIT_LIST_HEAD(&rtnl->free);
	INIT_LIST_HEAD(&rtnl->todo);
	rtnl->spare = waiters;
	rtnl->spare_count = count;
	rtnl->spare_used = 0;
}

/* NULL: all are in use. */
static struct rtnl_waiter *spare_take(struct rtnl *rtnl)
{
	struct rtnl_waiter *waiter;

	if (list_empty(&rtnl->free)) {
		if (rtnl->spare_used == rtnl->spare_count)
			return NULL;
		waiter = &rtnl->spare[rtnl->spare_used++];
		waiter->is_spare = true;
		return waiter;
	}
	waiter = container_of(rtnl->free.next, struct rtnl_waiter, entry);
	list_del_init(&waiter->entry);
	return waiter;
}

static bool is_free(const struct rtnl *rtnl)
{
	return !rtnl->is_locked && list_empty(&rtnl->waiters);
}

static void wait_in_line(struct machine *m, struct rtnl_waiter *waiter)
{
	waiter->slept = true;
	waiter->cause = m->cause;
	list_add_tail(&waiter->entry, &m->rtnl.waiters);
	trace_point(m, TRACE_RTNL_WAIT, NULL, m->rtnl.waiting++, 0);
}

void rtnl_waiter_init(struct rtnl_waiter *waiter, rtnl_fn fn)
{
	INIT_LIST_HEAD(&waiter->entry);
	waiter->fn = fn;
	waiter->arg = NULL;
	waiter->n = 0;
	waiter->cause = 0;
	waiter->is_spare = false;
	waiter->slept = false;
}

bool rtnl_run_waiter(struct machine *m, struct rtnl_waiter *waiter)
{
	waiter->slept = false;
	if (!is_free(&m->rtnl)) {
		wait_in_line(m, waiter);
		return false;
	}
	m->rtnl.is_locked = true;
	waiter->fn(m, waiter->arg, waiter->n);
	return true;
}

int rtnl_run(struct machine *m, rtnl_fn fn, void *arg, uint64_t n)
{
	struct rtnl_waiter *waiter;

	if (is_free(&m->rtnl)) {
		m->rtnl.is_locked = true;
		fn(m, arg, n);
		return 1;
	}
	waiter = spare_take(&m->rtnl);
	if (!waiter)
		return -ENOBUFS;
	waiter->fn = fn;
	waiter->arg = arg;
	waiter->n = n;
	wait_in_line(m, waiter);
	return 0;
}

bool rtnl_trylock(struct machine *m)
{
	if (!is_free(&m->rtnl))
		return false;
	m->rtnl.is_locked = true;
	return true;
}

void rtnl_hold(struct machine *m, int64_t ns)
{
	m->rtnl.is_held_until = true;
	m->rtnl.held_until_ns = m->now_ns + ns;
	m->rtnl.held_cause = m->cause;
}

void rtnl_unlock(struct machine *m)
{
	m->rtnl.is_locked = false;
}

void rtnl_expire(struct machine *m)
{
	if (!m->rtnl.is_held_until || m->now_ns < m->rtnl.held_until_ns)
		return;
	m->rtnl.is_held_until = false;
	rtnl_unlock(m);
}

bool rtnl_next(struct machine *m)
{
	struct rtnl_waiter *waiter;
	rtnl_fn fn;
	void *arg;
	uint64_t n;

	if (m->rtnl.is_locked || list_empty(&m->rtnl.waiters))
		return false;
	m->rtnl.is_locked = true;
	waiter = container_of(m->rtnl.waiters.next, struct rtnl_waiter, entry);
	list_del_init(&waiter->entry);
	m->rtnl.waiting--;
	m->cause = waiter->cause;
	fn = waiter->fn;
	arg = waiter->arg;
	n = waiter->n;
	if (waiter->is_spare)
		list_add(&waiter->entry, &m->rtnl.free);
	fn(m, arg, n);
	return true;
}
