/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A machine of the library: boot, time, namespaces, errors. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/library/library_private.h"

#define DAY_NS (24 * 3600 * NSEC_PER_SEC)
/* Beyond this, times are more than the clock can count. */
#define LATEST_NS (INT64_MAX / 4)

const char *lw_version(void)
{
	return LWSIM_LIBRARY_VERSION;
}

const char *lw_kernel_version(unsigned int i)
{
	const struct kernel_version_info *version = kernel_version_info(i);

	return version ? version->name : NULL;
}

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

const char *lw_error(const struct lw_machine *machine)
{
	return machine->error;
}

static void on_broken(void *user, const char *what)
{
	struct lw_machine *machine = user;

	machine->broken = what;
}

static uint32_t or_default(uint32_t value, uint32_t otherwise)
{
	return value ? value : otherwise;
}

__attribute__((format(printf, 2, 3))) static int refuse(char error[LW_ERROR_BYTES],
							const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (error)
		vsnprintf(error, LW_ERROR_BYTES, format, args);
	va_end(args);
	return -EINVAL;
}

static int take_config(const struct lw_config *given, struct machine_config *ret_config,
		       char error[LW_ERROR_BYTES])
{
	uint32_t max_devices = or_default(given->max_devices, 1024);
	size_t off = 0, len = 0;

	*ret_config = (struct machine_config){
		.kernel = kernel_default(),
		.hz = or_default(given->hz, 250),
		.long_bits = or_default(given->long_bits, 64),
		.timers_exact = given->has_exact_timers,
		.max_devices = max_devices,
		.max_nets = or_default(given->max_netns, 16),
		.max_waiters = 8,
		.max_links = 4 * max_devices,
		.max_bonds = max_devices,
	};
	if (given->kernel &&
	    kernel_parse(given->kernel, strlen(given->kernel), &ret_config->kernel, &off, &len) < 0)
		return refuse(error, "kernel %s: no such version or change: %.*s", given->kernel,
			      (int)len, given->kernel + off);
	if (!jiffies_clock_is_valid(ret_config->hz, ret_config->long_bits))
		return refuse(error,
			      "hz %u, long_bits %u: expected 100, 250, 300 or 1000, and 32 or 64",
			      ret_config->hz, ret_config->long_bits);
	if (max_devices > 1000000 || ret_config->max_nets > 1000)
		return refuse(error, "max_devices %u, max_netns %u: at most 1000000 and 1000",
			      max_devices, ret_config->max_nets);
	for (size_t i = 0; i < sizeof(given->reserved); i++)
		if (given->reserved[i])
			return refuse(error, "reserved: expected zeros");
	return 0;
}

/* All memory of a machine but for what its sockets need. */
static struct lw_machine *allocate(const struct machine_config *config)
{
	struct lw_machine *machine = calloc(1, sizeof(*machine));
	size_t nets = config->max_nets + 1;

	if (!machine)
		return NULL;
	machine->netns = calloc(nets, sizeof(machine->netns[0]));
	machine->netnsids = malloc(nets * nets * sizeof(machine->netnsids[0]));
	machine->last_netnsid = malloc(nets * sizeof(machine->last_netnsid[0]));
	machine->m = machine_new(config);
	if (machine->netns && machine->netnsids && machine->last_netnsid && machine->m)
		return machine;
	machine_free(machine->m);
	free(machine->netns);
	free(machine->netnsids);
	free(machine->last_netnsid);
	free(machine);
	return NULL;
}

int lw_new(const struct lw_config *config, struct lw_machine **ret_machine,
	   char ret_error[LW_ERROR_BYTES])
{
	static const struct lw_config defaults;
	const struct lw_config *given = config ? config : &defaults;
	struct machine_config model;
	struct lw_machine *machine;
	int err = take_config(given, &model, ret_error);
	size_t nets = (size_t)model.max_nets + 1;

	*ret_machine = NULL;
	if (err)
		return err;
	machine = allocate(&model);
	if (!machine) {
		refuse(ret_error, "Cannot allocate memory");
		return -ENOMEM;
	}
	INIT_LIST_HEAD(&machine->sockets);
	machine->max_netns = model.max_nets;
	machine->max_queued = or_default(given->max_queued, 4096);
	memset(machine->netnsids, 0xff, nets * nets * sizeof(machine->netnsids[0]));
	memset(machine->last_netnsid, 0xff, nets * sizeof(machine->last_netnsid[0]));
	machine->netns[0] = init_net(machine->m);
	machine_set_callbacks(machine->m, &(const struct machine_callbacks){
						  .notify = lw_sockets_hear,
						  .broken = on_broken,
						  .user = machine,
					  });
	*ret_machine = machine;
	return 0;
}

void lw_free(struct lw_machine *machine)
{
	if (!machine)
		return;
	machine_free(machine->m);
	free(machine->netns);
	free(machine->netnsids);
	free(machine->last_netnsid);
	free(machine);
}

/*
 * Time
 */

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

bool lw_step(struct lw_machine *machine, int64_t at_ns)
{
	int64_t next_ns = machine_next_ns(machine->m);
	bool is_due = next_ns <= at_ns;

	machine_advance(machine->m, is_due ? next_ns : at_ns);
	machine_settle(machine->m);
	return is_due && !machine->broken;
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

/*
 * rtnl
 */

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
