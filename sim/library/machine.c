/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A machine of the library: boot, and its end. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/library/library_private.h"

const char *lw_version(void)
{
	return LW_VERSION;
}

const char *lw_kernel_version(unsigned int i)
{
	const struct kernel_version_info *version = kernel_version_info(i);

	return version ? version->name : NULL;
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
