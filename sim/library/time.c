/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Virtual time, and who holds things up in it. */
#include <errno.h>

#include "sim/library/library_private.h"

#define DAY_NS (24 * 3600 * NSEC_PER_SEC)

int64_t lw_now(const struct lw_machine *machine)
{
	return machine->m->now_ns;
}

uint64_t lw_jiffies(const struct lw_machine *machine)
{
	return machine->m->since_boot_j;
}

int64_t lw_next(const struct lw_machine *machine)
{
	return machine_next_ns(machine->m);
}

int lw_run_until(struct lw_machine *machine, int64_t at_ns)
{
	if (at_ns < machine->m->now_ns || at_ns > LATEST_NS)
		return lw_fail(
			machine, -EINVAL, "run until %lld ns: not between now, %lld, and %lld",
			(long long)at_ns, (long long)machine->m->now_ns, (long long)LATEST_NS);
	lw_sockets_serve(machine);
	while (lw_step(machine, at_ns))
		;
	return lw_finish(machine, 0);
}

int lw_run_for(struct lw_machine *machine, int64_t ns)
{
	if (ns < 0 || ns > LATEST_NS)
		return lw_fail(machine, -EINVAL, "run for %lld ns: not between 0 and %lld",
			       (long long)ns, (long long)LATEST_NS);
	return lw_run_until(machine, machine->m->now_ns + ns);
}

static bool has_message(const struct lw_socket *socket)
{
	return !list_empty(&socket->queue) || socket->is_lost;
}

int lw_run_until_message(struct lw_socket *socket, int64_t at_ns)
{
	struct lw_machine *machine = socket->machine;
	int64_t end_ns = at_ns;
	bool is_there;
	int err;

	if (at_ns == LW_NEVER)
		end_ns = machine->m->now_ns + DAY_NS;
	else if (at_ns < machine->m->now_ns || at_ns > LATEST_NS)
		return lw_fail(machine, -EINVAL, "run until %lld ns: it is in the past",
			       (long long)at_ns);
	lw_sockets_serve(machine);
	while (!has_message(socket)) {
		if (at_ns == LW_NEVER && machine_next_ns(machine->m) > end_ns)
			break; /* the clock stays where the last thing happened */
		if (!lw_step(machine, end_ns))
			break;
	}
	is_there = has_message(socket);
	err = lw_finish(machine, 0); /* which may hand the message to a descriptor */
	return err ? err : is_there;
}

static int hold(struct lw_machine *machine, void *arg)
{
	rtnl_hold(machine->m, *(const int64_t *)arg);
	return 0;
}

int lw_rtnl_hold(struct lw_machine *machine, int64_t ns)
{
	if (ns < 0 || ns > LATEST_NS)
		return lw_fail(machine, -EINVAL, "hold rtnl for %lld ns: not between 0 and %lld",
			       (long long)ns, (long long)LATEST_NS);
	if (machine->m->rtnl.is_locked)
		return lw_fail(machine, -EBUSY, "somebody holds rtnl already");
	return lw_finish(machine, lw_locked_releases(machine, hold, &ns));
}

int lw_worker_latency(struct lw_machine *machine, int64_t ns)
{
	if (ns < 0 || ns > LATEST_NS)
		return lw_fail(machine, -EINVAL, "latency of %lld ns: not between 0 and %lld",
			       (long long)ns, (long long)LATEST_NS);
	machine->m->worker_latency_ns = ns;
	return 0;
}
