/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One call of the library: waits for rtnl, runs what is due, keeps the text of an error. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sim/library/library_private.h"

int lw_fail(struct lw_machine *machine, int err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(machine->error, sizeof(machine->error), format, args);
	va_end(args);
	return err;
}

int lw_no_device(struct lw_machine *machine, const char *name)
{
	return lw_fail(machine, -ENODEV, "Cannot find device \"%s\"", name);
}

bool lw_step(struct lw_machine *machine, int64_t at_ns)
{
	int64_t next_ns = machine_next_ns(machine->m);
	bool is_due = next_ns <= at_ns;

	machine_advance(machine->m, is_due ? next_ns : at_ns);
	machine_settle(machine->m);
	return is_due && !machine->broken;
}

/* One call that needs rtnl. */
struct locked {
	struct lw_machine *machine;
	lw_locked_fn fn;
	void *arg;
	bool releases; /* fn does */
	bool is_done;
	int result;
};

static void run_locked(struct machine *m, void *arg, uint64_t n)
{
	struct locked *locked = arg;

	(void)n;
	locked->result = locked->fn(locked->machine, locked->arg);
	locked->is_done = true;
	if (!locked->releases)
		rtnl_unlock(m);
}

static int call_locked(struct locked *locked)
{
	struct lw_machine *machine = locked->machine;
	int ran;

	if (machine->broken)
		return -ENOTRECOVERABLE;
	machine->m->extack = NULL;
	ran = rtnl_run(machine->m, run_locked, locked, 0);
	while (ran >= 0 && !locked->is_done && lw_step(machine, LATEST_NS))
		;
	if (ran < 0)
		return ran;
	return locked->is_done ? locked->result : -ENOTRECOVERABLE;
}

int lw_locked(struct lw_machine *machine, lw_locked_fn fn, void *arg)
{
	struct locked locked = { .machine = machine, .fn = fn, .arg = arg };

	return call_locked(&locked);
}

int lw_locked_releases(struct lw_machine *machine, lw_locked_fn fn, void *arg)
{
	struct locked locked = { .machine = machine, .fn = fn, .arg = arg, .releases = true };

	return call_locked(&locked);
}

int lw_finish(struct lw_machine *machine, int err)
{
	const char *extack = machine->m->extack;

	machine->m->extack = NULL;
	machine_settle(machine->m);
	lw_sockets_pass_on(machine);
	if (machine->broken)
		return lw_fail(machine, -ENOTRECOVERABLE,
			       "the model broke one of its invariants: %s", machine->broken);
	if (err)
		lw_fail(machine, err, "%s", extack ? extack : strerrordesc_np(-err));
	return err;
}
