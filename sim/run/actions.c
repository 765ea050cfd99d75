/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Executes statements: driver calls, kernel calls, and commands that may wait for rtnl. */
#include "sim/run/actions.h"

#include <errno.h>
#include <stdlib.h>

#include "sim/base/xalloc.h"
#include "sim/language/names.h"
#include "sim/run/actions_calls.h"
#include "sim/run/outcome.h"
#include "sim/run/sysfs.h"

/* A batch: one process that executes its lines one after the other. */
struct batch {
	const struct stmt *at;
	uint32_t index;
};

void actions_settle(struct runner *runner)
{
	machine_settle(runner->machine);
	while (!list_empty(&runner->steps)) {
		struct call *call = container_of(runner->steps.next, struct call, entry);

		list_del_init(&call->entry);
		runner->machine->cause = call->stmt->line;
		call_with_rtnl(call, call->next);
		machine_settle(runner->machine);
	}
}

/*
 * sysfs
 */

static void sysfs_end(struct call *call)
{
	struct net_device *dev = call_dev(call);
	const char *attr = sysfs_attr_names[call->stmt->sysfs];
	char *text = dev ? sysfs_text(dev, call->stmt->sysfs) : NULL;
	int error = dev ? EINVAL : ENOENT;

	if (!text) {
		call_fail(call, error, "cat: /sys/class/net/%s/%s: %s", call->dev, attr,
			  errno_text(error));
		return;
	}
	call_note(call, text);
	free(text);
	call_end(call, 0, NULL);
}

static void sysfs_carrier_locked(struct machine *m, void *arg, uint64_t n)
{
	struct call *call = arg;
	struct net_device *dev = call_dev(call);

	(void)n;
	if (dev && netif_running(dev))
		linkwatch_query_dev(dev);
	rtnl_unlock(m);
	sysfs_end(call);
}

/* Only reading the carrier may take rtnl: on kernels that handle the device's event on a query. */
static void sysfs_start(struct call *call)
{
	if (call->stmt->sysfs == SYSFS_CARRIER &&
	    kernel_has(&machine_of(call)->kernel, KERNEL_QUERY_SYNCS))
		call_with_rtnl(call, sysfs_carrier_locked);
	else
		sysfs_end(call);
}

/*
 * Kernel code and drivers
 */

static void virtnet_probe_locked(struct machine *m, void *arg, uint64_t n)
{
	struct call *call = arg;
	int err = virtnet_probe(m, call->dev, call->stmt->virtnet.has_status,
				call->stmt->virtnet.link_up);

	(void)n;
	call_return(call, err);
}

static void dev_open_locked(struct machine *m, void *arg, uint64_t n)
{
	struct call *call = arg;
	struct net_device *dev = call_dev(call);
	int err = 0;

	(void)n;
	if (!dev)
		err = -ENODEV;
	else if (call->stmt->kind == STMT_DEV_OPEN)
		err = dev_open(dev);
	else
		dev_close(dev);
	rtnl_unlock(m);
	call_return(call, err);
}

static void rtnl_lock_locked(struct machine *m, void *arg, uint64_t n)
{
	struct call *call = arg;

	(void)n;
	rtnl_hold(m, call->stmt->duration_ns);
	call_end(call, 0, NULL);
}

/* Driver calls that need no rtnl. */
static void (*const driver_calls[STMT_COUNT])(struct net_device *) = {
	[STMT_CARRIER_ON] = netif_carrier_on,
	[STMT_CARRIER_OFF] = netif_carrier_off,
	[STMT_DORMANT_ON] = netif_dormant_on,
	[STMT_DORMANT_OFF] = netif_dormant_off,
	[STMT_DEVICE_DETACH] = netif_device_detach,
	[STMT_DEVICE_ATTACH] = netif_device_attach,
	[STMT_LINKWATCH_FIRE_EVENT] = linkwatch_fire_event,
};

static void driver_start(struct call *call)
{
	const struct stmt *stmt = call->stmt;
	struct net_device *dev = call_dev(call);
	int err = 0;

	if (!dev)
		err = -ENODEV;
	else if (stmt->kind == STMT_CARRIER_EVENT)
		err = netif_carrier_event(dev);
	else if (stmt->kind == STMT_TESTING_ON)
		err = netif_testing_on(dev);
	else if (stmt->kind == STMT_TESTING_OFF)
		err = netif_testing_off(dev);
	else if (stmt->kind == STMT_VIRTNET_CONFIG_CHANGED)
		err = virtnet_config_changed(dev, stmt->virtnet.link_up);
	else
		driver_calls[stmt->kind](dev);
	call_return(call, err);
}

/* Calls that need rtnl, by statement kind; call_start() starts the others. */
static const rtnl_fn locked_calls[STMT_COUNT] = {
	[STMT_VIRTNET_PROBE] = virtnet_probe_locked,
	[STMT_DEV_OPEN] = dev_open_locked,
	[STMT_DEV_CLOSE] = dev_open_locked,
	[STMT_RTNL_LOCK] = rtnl_lock_locked,
	[STMT_SETLINK] = setlink_locked,
	[STMT_GETLINK] = getlink_locked,
	[STMT_IP_TUNTAP_ADD] = tuntap_locked,
	[STMT_IP_TUNTAP_DEL] = tuntap_locked,
	[STMT_TUNSETIFF] = tunsetiff_locked,
	[STMT_TUNSETCARRIER] = tun_descriptor_locked,
	[STMT_TUNSETPERSIST] = tun_descriptor_locked,
	[STMT_TUN_CLOSE] = tun_descriptor_locked,
};

static void call_start(struct call *call)
{
	enum stmt_kind kind = call->stmt->kind;

	if (locked_calls[kind]) {
		call_with_rtnl(call, locked_calls[kind]);
	} else if (kind == STMT_IP_LINK_ADD || kind == STMT_IP_LINK_SET ||
		   kind == STMT_IP_LINK_DEL) {
		ip_link_go_on(call);
	} else if (kind == STMT_IP_NETNS_ADD || kind == STMT_IP_NETNS_DEL) {
		ip_netns_start(call);
	} else if (kind == STMT_IFCONFIG) {
		ifconfig_start(call);
	} else if (kind == STMT_SYSFS) {
		sysfs_start(call);
	} else if (kind == STMT_WORKER_LATENCY) {
		machine_of(call)->worker_latency_ns = call->stmt->duration_ns;
		call_end(call, 0, NULL);
	} else {
		driver_start(call);
	}
}

/* Starts one instance; returns whether it waits for rtnl. */
static bool instance_run(struct runner *runner, const struct stmt *stmt, uint32_t index,
			 struct batch *batch, void (*ended)(struct runner *, struct batch *))
{
	struct call *call = xcalloc(1, sizeof(*call));
	const struct list_head *last = runner->calls.prev;

	INIT_LIST_HEAD(&call->entry);
	call->runner = runner;
	call->stmt = stmt;
	call->index = index;
	call->batch = batch;
	call->ended = ended;
	if (stmt->dev.prefix)
		dev_name_at(&stmt->dev, index, call->dev);
	runner->machine->cause = stmt->line;
	if (call_opens_nets(call))
		call_start(call);
	return runner->calls.prev != last;
}

void action_run(struct runner *runner, const struct stmt *stmt)
{
	for (uint32_t i = 0; i < stmt->count && !runner->is_over; i++) {
		instance_run(runner, stmt, i, NULL, NULL);
		actions_settle(runner);
	}
}

static void batch_continue(struct runner *runner, struct batch *batch)
{
	while (batch->at && !runner->is_over) {
		const struct stmt *stmt = batch->at;
		uint32_t index = batch->index++;

		if (batch->index == stmt->count) {
			batch->at = stmt->next;
			batch->index = 0;
		}
		if (instance_run(runner, stmt, index, batch, batch_continue))
			return; /* resumed through call->ended() */
	}
	free(batch);
}

void batch_run(struct runner *runner, const struct stmt *block)
{
	struct batch *batch = xcalloc(1, sizeof(*batch));

	batch->at = block->block.body;
	batch_continue(runner, batch);
	actions_settle(runner);
}

void actions_end(struct runner *runner)
{
	const struct list_head *calls = &runner->calls;

	if (runner->options.until_ns >= 0) /* cut off by --until: they have not failed */
		return;
	for (const struct list_head *at = calls->next; at != calls; at = at->next) {
		const struct call *call = container_of(at, struct call, entry);

		runner_report(runner, call->stmt, SEVERITY_FAIL, NULL,
			      "still waits for rtnl at the end of the run");
	}
}

void actions_free(struct runner *runner)
{
	while (!list_empty(&runner->calls)) {
		struct call *call = container_of(runner->calls.next, struct call, entry);

		list_del_init(&call->entry);
		free(call->batch);
		call_free(call);
	}
}
