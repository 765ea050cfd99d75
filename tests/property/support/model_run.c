/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The model's machine, driven by ops; its callbacks fill the log. */
#include "model_run.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run_to.h"

const char *const variant_names[VARIANT_COUNT] = {
	[AS_IS] = "as it is",
	[RENAMED] = "with other device names",
	[WITH_IDLE] = "with an idle device more",
	[RESTORED] = "saved, restored and repeated",
};

void model_run_wrong(struct model_run *run, const char *format, ...)
{
	va_list args;

	if (run->what[0])
		return; /* the first one is the most useful */
	va_start(args, format);
	vsnprintf(run->what, sizeof(run->what), format, args);
	va_end(args);
}

static void slot_name(enum variant variant, int slot, char name[IFNAMSIZ])
{
	if (slot == 0)
		strcpy(name, "lo");
	else if (variant == RENAMED)
		snprintf(name, IFNAMSIZ, "%hu.port", (unsigned short)(SLOTS_MAX - slot));
	else
		snprintf(name, IFNAMSIZ, "d%hu", (unsigned short)slot);
}

int model_run_slot(const struct model_run *run, const struct net_device *dev)
{
	if (strcmp(dev->name, "lo") == 0)
		return 0;
	if (strcmp(dev->name, "idle") == 0)
		return NOT_FOUND;
	return run->variant == RENAMED ? SLOTS_MAX - atoi(dev->name) : atoi(dev->name + 1);
}

struct net_device *model_run_dev(const struct model_run *run, int slot)
{
	char name[IFNAMSIZ];

	slot_name(run->variant, slot, name);
	return dev_get_by_name(run->m, name);
}

static struct message *log_message(struct model_run *run, int slot, enum message_kind kind)
{
	struct message *message;

	if (run->log_count == run->log_size) {
		run->log_size *= 2;
		run->log = realloc(run->log, run->log_size * sizeof(*run->log));
		assert(run->log);
	}
	message = &run->log[run->log_count++];
	memset(message, 0, sizeof(*message));
	message->jiffy = run->m->since_boot_j;
	message->kind = kind;
	message->slot = slot;
	return message;
}

static void on_notify(void *user, const struct link_message *from)
{
	struct model_run *run = user;
	struct message *message;
	int slot = model_run_slot(run, from->dev);

	if (slot == NOT_FOUND)
		return;
	message = log_message(run, slot, from->is_dellink ? DELLINK : NEWLINK);
	message->ifindex = from->dev->ifindex - (run->variant == WITH_IDLE && slot != 0);
	message->operstate = from->operstate;
	message->mode = from->link_mode;
	message->qdisc = from->qdisc;
	message->carrier = from->carrier;
	message->flags = from->ifi_flags & (IFF_UP | IFF_RUNNING | IFF_LOWER_UP | IFF_DORMANT);
	message->change = from->ifi_change;
	message->up_count = from->carrier_up_count;
	message->down_count = from->carrier_down_count;
}

/* The oracle's oracle_hear() as a notifier block. */
static int on_netdevice(struct net_device *dev, enum netdev_cmd cmd)
{
	struct model_run *run = dev->machine->callbacks.user;
	int slot = model_run_slot(run, dev);
	struct net_device *next;

	if (slot == NOT_FOUND || (cmd != NETDEV_UP && cmd != NETDEV_DOWN && cmd != NETDEV_CHANGE))
		return 0;
	log_message(run, slot,
		    cmd == NETDEV_UP	 ? HEARD_UP
		    : cmd == NETDEV_DOWN ? HEARD_DOWN
					 : HEARD_CHANGE);
	if (!run->sequence->config.has_echo || cmd != NETDEV_CHANGE)
		return 0;
	run->heard[slot]++;
	if (run->heard[slot] % 3 == 0)
		linkwatch_fire_event(dev);
	next = model_run_dev(run, slot + 1);
	if (run->heard[slot] % 4 == 0 && next)
		linkwatch_fire_event(next);
	return 0;
}

static void on_broken(void *user, const char *what)
{
	model_run_wrong(user, "the machine broke: %s", what);
}

static void attrs_from_op(const struct op *op, struct link_attrs *attrs)
{
	memset(attrs, 0, sizeof(*attrs));
	if (op->flags == FLAGS_UP || op->flags == FLAGS_DOWN)
		attrs->ifi_change = IFF_UP;
	if (op->flags == FLAGS_PROMISC || op->flags == FLAGS_NO_PROMISC)
		attrs->ifi_change = IFF_PROMISC;
	if (op->flags == FLAGS_UP || op->flags == FLAGS_PROMISC)
		attrs->ifi_flags = attrs->ifi_change;
	attrs->has_carrier = op->carrier >= 0;
	attrs->carrier = op->carrier > 0;
	attrs->has_operstate = op->operstate >= 0;
	attrs->operstate = (uint8_t)op->operstate;
	attrs->has_linkmode = op->mode >= 0;
	attrs->linkmode = (uint8_t)op->mode;
}

static int model_create(struct model_run *run, int slot, const struct op *op)
{
	struct link_create create;

	memset(&create, 0, sizeof(create));
	create.kind = op->kind == OP_ADD_VETH ? LINK_KIND_VETH : LINK_KIND_DUMMY;
	attrs_from_op(op, &create.attrs);
	slot_name(run->variant, slot, create.name);
	if (op->kind == OP_ADD_VETH)
		slot_name(run->variant, slot + 1, create.peer_name);
	return rtnl_newlink(run->m, &create);
}

static int model_rtnl_op(struct model_run *run, int slot, const struct op *op)
{
	struct net_device *dev = model_run_dev(run, slot);
	struct link_attrs attrs;

	if (op->kind == OP_ADD_DUMMY || op->kind == OP_ADD_VETH)
		return model_create(run, slot, op);
	if (!dev)
		return -ENODEV;
	attrs_from_op(op, &attrs);
	switch (op->kind) {
	case OP_SETLINK:
		return do_setlink(dev, &attrs);
	case OP_IFCONFIG_UP:
		return dev_ifsioc_set_flags(dev, dev_get_flags(dev) | IFF_UP);
	case OP_IFCONFIG_DOWN:
		return dev_ifsioc_set_flags(dev, dev_get_flags(dev) & ~(uint32_t)IFF_UP);
	case OP_DEV_OPEN:
		return dev_open(dev);
	case OP_DEV_CLOSE:
		dev_close(dev);
		return 0;
	case OP_DELETE:
		return rtnl_dellink(dev);
	case OP_QUERY:
		linkwatch_query_dev(dev);
		return 0;
	default:
		abort();
	}
}

static void fold(struct model_run *run, int op, int err)
{
	run->results[op] = run->results[op] * 31 % 1000003 + 1 - err;
}

static void model_locked(struct machine *m, void *arg, uint64_t n)
{
	struct model_run *run = arg;
	int at = (int)(n >> 16), slot = (int)(n & 0xffff);
	const struct op *op = &run->sequence->ops[at];
	char name[IFNAMSIZ];

	if (op->kind == OP_RTNL_HOLD) {
		rtnl_hold(m, op->duration_ns);
		fold(run, at, 0);
	} else if (op->kind == OP_PROBE) {
		slot_name(run->variant, slot, name);
		fold(run, at, virtnet_probe(m, name, op->has_status, op->link_up));
	} else {
		fold(run, at, model_rtnl_op(run, slot, op));
		rtnl_unlock(m);
	}
}

static int model_driver_op(struct model_run *run, int slot, const struct op *op)
{
	static void (*const calls[])(struct net_device *) = {
		[OP_CARRIER_ON] = netif_carrier_on, [OP_CARRIER_OFF] = netif_carrier_off,
		[OP_DORMANT_ON] = netif_dormant_on, [OP_DORMANT_OFF] = netif_dormant_off,
		[OP_DETACH] = netif_device_detach,  [OP_ATTACH] = netif_device_attach,
		[OP_FIRE] = linkwatch_fire_event,
	};
	struct net_device *dev = model_run_dev(run, slot);

	if (op->kind == OP_LATENCY) {
		run->m->worker_latency_ns = op->duration_ns;
		return 0;
	}
	if (!dev)
		return -ENODEV;
	if (op->kind == OP_CARRIER_EVENT)
		return netif_carrier_event(dev);
	if (op->kind == OP_TESTING_ON || op->kind == OP_TESTING_OFF)
		return op->kind == OP_TESTING_ON ? netif_testing_on(dev) : netif_testing_off(dev);
	if (op->kind == OP_CONFIG_UP || op->kind == OP_CONFIG_DOWN)
		return virtnet_config_changed(dev, op->kind == OP_CONFIG_UP);
	calls[op->kind](dev);
	return 0;
}

void model_run_do(struct model_run *run, int at)
{
	const struct op *op = &run->sequence->ops[at];

	for (int slot = op->slot; slot < op->slot + op->count; slot++) {
		if (op_needs_rtnl(op)) {
			if (rtnl_run(run->m, model_locked, run,
				     (uint64_t)at << 16 | (uint64_t)slot) < 0)
				model_run_wrong(run, "nobody more can wait for rtnl");
		} else if (op->kind != OP_NOTHING) {
			fold(run, at, model_driver_op(run, slot, op));
		}
	}
	machine_settle(run->m);
}

void model_run_advance(struct model_run *run, int64_t to_ns)
{
	if (!machine_run_to(run->m, to_ns))
		model_run_wrong(run, "time does not go on");
}

int64_t model_run_op_ns(const struct model_run *run, const struct op *op)
{
	const struct machine *m = run->m;

	if (op->only_when_idle && machine_next_ns(m) != INT64_MAX)
		return m->now_ns;
	if (op->to_jiffy)
		return jiffies_start_ns(&m->clock, m->since_boot_j + 1) + op->wait_ns;
	return m->now_ns + op->wait_ns;
}

void model_run_start(struct model_run *run, const struct sequence *sequence, enum variant variant,
		     void (*trace)(void *user, const struct trace_event *event))
{
	const struct sequence_config *from = &sequence->config;
	struct machine_config config = {
		.hz = from->hz,
		.long_bits = from->bits,
		.timers_exact = from->timers_exact,
		.max_devices = SLOTS_MAX,
		.max_waiters = WAITERS_MAX,
	};
	struct machine_callbacks callbacks = {
		.notify = on_notify,
		.trace = trace,
		.broken = on_broken,
		.user = run,
	};
	size_t off, len;
	char name[SEQUENCE_KERNEL_MAX_BYTES];

	sequence_kernel_name(from, name);
	if (kernel_parse(name, strlen(name), &config.kernel, &off, &len) < 0)
		abort();
	memset(run, 0, sizeof(*run));
	run->sequence = sequence;
	run->variant = variant;
	run->log_size = 1024;
	run->log = malloc(run->log_size * sizeof(*run->log));
	assert(run->log);
	run->m = machine_new(&config);
	assert(run->m);
	machine_set_callbacks(run->m, &callbacks);
	if (register_netdevice_notifier(run->m, on_netdevice) < 0)
		abort();
	if (variant == WITH_IDLE) {
		struct link_create idle = { .kind = LINK_KIND_DUMMY, .name = "idle" };

		run->m->rtnl.is_locked = true;
		if (rtnl_newlink(run->m, &idle) < 0)
			abort();
		rtnl_unlock(run->m);
	}
}

void model_run_end(struct model_run *run)
{
	machine_free(run->m);
	free(run->log);
}
