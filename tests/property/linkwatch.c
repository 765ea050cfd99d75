/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Property test: random operations on a machine, after each of which the model and an oracle
 * (oracle.h) must agree in everything that can be seen, and laws that need no oracle.
 *
 *	property_linkwatch		the fixed seeds, as in CI
 *	property_linkwatch SEED [COUNT]	these; a failure prints its seed and its shortest form
 *	property_linkwatch fresh [COUNT]	a seed that nobody has tried
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "model/machine.h"
#include "oracle.h"

#define SEED_FIRST 1
#define SEEDS_COUNT 400
#define OPS_RANDOM 60
#define OPS_MAX 128
#define SLOTS_FEW 7 /* `lo` and six more; a crowd has CROWD */
#define CROWD 250
#define MS INT64_C(1000000)
#define NOT_FOUND (-1)

/* -- sequences ----------------------------------------------------------------------- */

struct sequence {
	uint64_t seed;
	struct oracle_config config;
	bool is_crowd;
	bool has_user_writes; /* of operstate, or of a mode after creation */
	struct op ops[OPS_MAX];
	int count;
	int steady_at; /* op after which operstate must be what bits and mode say */
	int prompt_at; /* op that must be heard at once */
	int pinned;    /* ops at the end that belong to these two */
};

/* xorshift64* */
static uint64_t next_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(0x2545f4914f6cdd1d);
}

static int64_t below(uint64_t *rng, int64_t bound)
{
	return (int64_t)((next_random(rng) >> 11) % (uint64_t)bound);
}

static bool one_in(uint64_t *rng, int64_t n)
{
	return below(rng, n) == 0;
}

/* Waits that matter: none, within a jiffy, on a jiffy's edge, about the limit of a second. */
static void random_wait(uint64_t *rng, struct op *op)
{
	static const int64_t about[] = { 5 * MS, 30 * MS, 300 * MS, 1100 * MS, 2500 * MS };
	int64_t kind = below(rng, 8);

	if (kind < 2)
		return;
	op->wait_ns = below(rng, about[below(rng, 5)]);
	if (kind == 7) {
		op->to_jiffy = true;
		op->wait_ns = below(rng, 3) - 1;
		if (one_in(rng, 2))
			op->wait_ns += below(rng, 110) * 10 * MS;
		if (op->wait_ns < 0)
			op->wait_ns = 0;
	}
}

static void random_attrs(uint64_t *rng, struct sequence *sequence, struct op *op)
{
	static const int states[] = { IF_OPER_UP, IF_OPER_DORMANT, IF_OPER_TESTING, IF_OPER_DOWN,
				      IF_OPER_UNKNOWN };
	static const enum op_flags flags[] = { FLAGS_UP,	FLAGS_UP,   FLAGS_UP,
					       FLAGS_DOWN,	FLAGS_DOWN, FLAGS_PROMISC,
					       FLAGS_NO_PROMISC };

	if (!one_in(rng, 4))
		op->flags = flags[below(rng, 7)];
	if (one_in(rng, 4))
		op->carrier = (int)below(rng, 2);
	if (sequence->has_user_writes && one_in(rng, 5))
		op->operstate = states[below(rng, 5)];
	if (sequence->has_user_writes && one_in(rng, 6))
		op->mode = (int)below(rng, 3);
}

static struct op *add_op(struct sequence *sequence, enum op_kind kind, int slot, int count)
{
	struct op *op = &sequence->ops[sequence->count++];

	assert(sequence->count <= OPS_MAX);
	memset(op, 0, sizeof(*op));
	op->kind = kind;
	op->slot = slot;
	op->count = count;
	op->carrier = op->operstate = op->mode = -1;
	return op;
}

static void random_creation(uint64_t *rng, struct sequence *sequence, struct op *op)
{
	if (one_in(rng, 3))
		op->flags = FLAGS_UP;
	if (sequence->has_user_writes && one_in(rng, 6))
		op->operstate = one_in(rng, 2) ? IF_OPER_DORMANT : IF_OPER_UP;
	if (one_in(rng, 5))
		op->mode = (int)below(rng, 3);
}

static void random_op(uint64_t *rng, struct sequence *sequence)
{
	/* as often as named */
	static const enum op_kind kinds[] = {
		OP_NOTHING,	OP_CARRIER_ON,	OP_CARRIER_ON,	  OP_CARRIER_ON,  OP_CARRIER_ON,
		OP_CARRIER_OFF, OP_CARRIER_OFF, OP_CARRIER_OFF,	  OP_CARRIER_OFF, OP_CARRIER_EVENT,
		OP_DORMANT_ON,	OP_DORMANT_OFF, OP_TESTING_ON,	  OP_TESTING_OFF, OP_DETACH,
		OP_ATTACH,	OP_ATTACH,	OP_FIRE,	  OP_CONFIG_UP,	  OP_CONFIG_DOWN,
		OP_LATENCY,	OP_SETLINK,	OP_SETLINK,	  OP_SETLINK,	  OP_SETLINK,
		OP_SETLINK,	OP_IFCONFIG_UP, OP_IFCONFIG_DOWN, OP_DEV_OPEN,	  OP_DEV_CLOSE,
		OP_ADD_DUMMY,	OP_ADD_DUMMY,	OP_ADD_VETH,	  OP_ADD_VETH,	  OP_PROBE,
		OP_DELETE,	OP_RTNL_HOLD,
	};
	int slots = sequence->is_crowd ? CROWD : SLOTS_FEW;
	enum op_kind kind = kinds[below(rng, (int64_t)(sizeof(kinds) / sizeof(kinds[0])))];
	struct op *op = add_op(sequence, kind, (int)below(rng, slots), 1);

	random_wait(rng, op);
	if (kind == OP_SETLINK) {
		random_attrs(rng, sequence, op);
	} else if (kind == OP_ADD_DUMMY) {
		random_creation(rng, sequence, op);
	} else if (kind == OP_ADD_VETH) {
		op->slot = (op->slot + 1) / 2 * 2 + 1; /* so that pairs do not overlap */
		random_creation(rng, sequence, op);
	} else if (kind == OP_PROBE) {
		op->has_status = !one_in(rng, 3);
		op->link_up = !one_in(rng, 4);
	} else if (kind == OP_LATENCY) {
		op->duration_ns = one_in(rng, 2) ? 0 : below(rng, 60 * MS);
	} else if (kind == OP_RTNL_HOLD) {
		op->duration_ns = below(rng, one_in(rng, 4) ? 1300 * MS : 100 * MS);
	} else if (kind == OP_NOTHING && one_in(rng, 3)) {
		/* until 32 bit jiffies think that nextevent is ahead, not past */
		op->only_when_idle = true;
		op->wait_ns = NSEC_PER_SEC / sequence->config.hz * (INT64_C(1) << 31);
		op->wait_ns += below(rng, op->wait_ns / 8);
	}
	if (sequence->is_crowd && (kind == OP_SETLINK || !op_needs_rtnl(op)) && one_in(rng, 2))
		op->count = 1 + (int)below(rng, slots - op->slot);
}

static void random_config(uint64_t *rng, struct oracle_config *config)
{
	static const uint32_t hz[] = { 100, 250, 300, 1000 };
	bool is_6_1 = !one_in(rng, 3);

	config->hz = hz[below(rng, 4)];
	config->bits = one_in(rng, 2) ? 32 : 64;
	config->timers_exact = one_in(rng, 8);
	config->has_carrier_event = is_6_1;
	config->requeues_absent = is_6_1;
	config->has_urgent_event = one_in(rng, 2);
	config->has_setlink_event = one_in(rng, 2);
	config->has_echo = one_in(rng, 4);
}

/*
 * What ends every sequence: all comes to rest, every device fires, 2 s pass (steady_at);
 * then a carrier comes back after its loss was processed (prompt_at).
 */
static void add_finale(uint64_t *rng, struct sequence *sequence)
{
	int slots = sequence->is_crowd ? CROWD + 2 : SLOTS_FEW + 2, first = sequence->count;
	int slot = (int)below(rng, SLOTS_FEW);

	add_op(sequence, OP_NOTHING, 0, 1)->wait_ns = 60000 * MS;
	add_op(sequence, OP_LATENCY, 0, 1);
	add_op(sequence, OP_ATTACH, 0, slots);
	add_op(sequence, OP_FIRE, 0, slots);
	sequence->steady_at = sequence->count;
	add_op(sequence, OP_NOTHING, 0, 1)->wait_ns = 2000 * MS;
	add_op(sequence, OP_SETLINK, slot, 1)->flags = FLAGS_UP;
	add_op(sequence, OP_CARRIER_OFF, slot, 1);
	add_op(sequence, OP_NOTHING, 0, 1)->wait_ns = 2500 * MS;
	sequence->prompt_at = sequence->count;
	add_op(sequence, OP_CARRIER_ON, slot, 1);
	add_op(sequence, OP_NOTHING, 0, 1)->wait_ns = 3000 * MS;
	sequence->pinned = sequence->count - first;
}

/* More devices than a run takes on lose their carrier and get it back within the second that
 * another event has opened: only urgent ones may be told. */
static void add_crowd_flap(struct sequence *sequence)
{
	add_op(sequence, OP_SETLINK, 0, CROWD)->flags = FLAGS_UP;
	add_op(sequence, OP_CARRIER_ON, 0, CROWD);
	add_op(sequence, OP_NOTHING, 0, 1)->wait_ns = 5000 * MS;
	add_op(sequence, OP_CARRIER_OFF, 0, CROWD);
	add_op(sequence, OP_NOTHING, 0, 1)->wait_ns = 5000 * MS;
	add_op(sequence, OP_FIRE, 0, 1);
	add_op(sequence, OP_CARRIER_ON, 0, CROWD)->wait_ns = 100 * MS;
	add_op(sequence, OP_NOTHING, 0, 1)->wait_ns = 5000 * MS;
}

static void sequence_make(struct sequence *sequence, uint64_t seed)
{
	uint64_t rng = (seed + 1) * UINT64_C(0x9e3779b97f4a7c15);

	memset(sequence, 0, sizeof(*sequence));
	sequence->seed = seed;
	random_config(&rng, &sequence->config);
	sequence->is_crowd = one_in(&rng, 8);
	sequence->has_user_writes = one_in(&rng, 2);
	if (!one_in(&rng, 3)) /* else at boot; the wrap of 32 bits comes after 300 s */
		add_op(sequence, OP_NOTHING, 0, 1)->wait_ns =
			one_in(&rng, 2) ? 1000 * MS : 299000 * MS + below(&rng, 1000 * MS);
	if (sequence->is_crowd)
		add_op(sequence, OP_ADD_DUMMY, 1, (int)below(&rng, CROWD))->flags =
			one_in(&rng, 2) ? FLAGS_UP : FLAGS_KEEP;
	for (int i = 0; i < OPS_RANDOM; i++)
		random_op(&rng, sequence);
	if (sequence->is_crowd)
		add_crowd_flap(sequence);
	add_finale(&rng, sequence);
}

/* -- the model's side ---------------------------------------------------------------- */

/* The same sequence, told otherwise: nothing else may change. */
enum variant {
	AS_IS,
	RENAMED,   /* other names, in other order */
	WITH_IDLE, /* one more device, which is down and whose carrier never changes */
	RESTORED,  /* second half done twice, with a restore between */
	VARIANT_COUNT
};

static const char *const variant_names[VARIANT_COUNT] = {
	[AS_IS] = "as it is",
	[RENAMED] = "with other device names",
	[WITH_IDLE] = "with an idle device more",
	[RESTORED] = "saved, restored and repeated",
};

struct run {
	const struct sequence *sequence;
	enum variant variant;
	struct machine *m;
	struct message *log;
	size_t log_count, log_size;
	int results[OPS_MAX];
	uint32_t heard[SLOTS_MAX];
	bool has_run_fully;
	uint64_t full_run_j; /* since boot, of the last one */
	char what[256];	     /* is wrong; "" so far nothing */
};

__attribute__((format(printf, 2, 3))) static void wrong(struct run *run, const char *format, ...)
{
	va_list args;

	if (run->what[0])
		return; /* the first says most */
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

static int slot_of(enum variant variant, const struct net_device *dev)
{
	if (strcmp(dev->name, "lo") == 0)
		return 0;
	if (strcmp(dev->name, "idle") == 0)
		return NOT_FOUND;
	return variant == RENAMED ? SLOTS_MAX - atoi(dev->name) : atoi(dev->name + 1);
}

static struct net_device *slot_dev(const struct run *run, int slot)
{
	char name[IFNAMSIZ];

	slot_name(run->variant, slot, name);
	return dev_get_by_name(run->m, name);
}

static struct message *log_message(struct run *run, int slot, enum message_kind kind)
{
	struct message *message;

	if (run->log_count == run->log_size) {
		run->log_size = run->log_size ? 2 * run->log_size : 1024;
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
	struct run *run = user;
	struct message *message;
	int slot = slot_of(run->variant, from->dev);

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

/* The oracle's oracle_hear(), as a notifier block. */
static int on_netdevice(struct net_device *dev, enum netdev_cmd cmd)
{
	struct run *run = dev->machine->callbacks.user;
	int slot = slot_of(run->variant, dev);
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
	next = slot_dev(run, slot + 1);
	if (run->heard[slot] % 4 == 0 && next)
		linkwatch_fire_event(next);
	return 0;
}

/* Law: from one full run to the next, a second passes. */
static void on_trace(void *user, const struct trace_event *event)
{
	struct run *run = user;

	if (event->point != TRACE_RUN || !event->a)
		return;
	if (run->has_run_fully && run->m->since_boot_j - run->full_run_j < run->m->clock.hz)
		wrong(run, "two full runs within a second, at jiffies %llu and %llu",
		      (unsigned long long)run->full_run_j,
		      (unsigned long long)run->m->since_boot_j);
	run->has_run_fully = true;
	run->full_run_j = run->m->since_boot_j;
}

static void on_broken(void *user, const char *what)
{
	wrong(user, "the machine broke: %s", what);
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

static int model_create(struct run *run, int slot, const struct op *op)
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

static int model_rtnl_op(struct run *run, int slot, const struct op *op)
{
	struct net_device *dev = slot_dev(run, slot);
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
	default:
		abort();
	}
}

static void fold(struct run *run, int op, int err)
{
	run->results[op] = run->results[op] * 31 % 1000003 + 1 - err;
}

static void model_locked(struct machine *m, void *arg, uint64_t n)
{
	struct run *run = arg;
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

static int model_driver_op(struct run *run, int slot, const struct op *op)
{
	static void (*const calls[])(struct net_device *) = {
		[OP_CARRIER_ON] = netif_carrier_on, [OP_CARRIER_OFF] = netif_carrier_off,
		[OP_DORMANT_ON] = netif_dormant_on, [OP_DORMANT_OFF] = netif_dormant_off,
		[OP_TESTING_ON] = netif_testing_on, [OP_TESTING_OFF] = netif_testing_off,
		[OP_DETACH] = netif_device_detach,  [OP_ATTACH] = netif_device_attach,
		[OP_FIRE] = linkwatch_fire_event,
	};
	struct net_device *dev = slot_dev(run, slot);

	if (op->kind == OP_LATENCY) {
		run->m->worker_latency_ns = op->duration_ns;
		return 0;
	}
	if (!dev)
		return -ENODEV;
	if (op->kind == OP_CARRIER_EVENT)
		return netif_carrier_event(dev);
	if (op->kind == OP_CONFIG_UP || op->kind == OP_CONFIG_DOWN)
		return virtnet_config_changed(dev, op->kind == OP_CONFIG_UP);
	calls[op->kind](dev);
	return 0;
}

static void model_do(struct run *run, int at)
{
	const struct op *op = &run->sequence->ops[at];

	for (int slot = op->slot; slot < op->slot + op->count; slot++) {
		if (op_needs_rtnl(op)) {
			if (rtnl_run(run->m, model_locked, run,
				     (uint64_t)at << 16 | (uint64_t)slot) < 0)
				wrong(run, "nobody more can wait for rtnl");
		} else if (op->kind != OP_NOTHING) {
			fold(run, at, model_driver_op(run, slot, op));
		}
	}
	machine_settle(run->m);
}

static void model_advance(struct run *run, int64_t to_ns)
{
	struct machine *m = run->m;
	int64_t next_ns;
	uint64_t steps = 0;

	while ((next_ns = machine_next_ns(m)) <= to_ns && !run->what[0]) {
		machine_advance(m, next_ns);
		machine_settle(m);
		if (++steps > 1000000)
			wrong(run, "time does not go on");
	}
	machine_advance(m, to_ns);
	machine_settle(m);
}

/* When the op is to happen. */
static int64_t op_ns(const struct machine *m, const struct op *op)
{
	if (op->only_when_idle && machine_next_ns(m) != INT64_MAX)
		return m->now_ns;
	if (op->to_jiffy)
		return jiffies_start_ns(&m->clock, m->since_boot_j + 1) + op->wait_ns;
	return m->now_ns + op->wait_ns;
}

static void run_start(struct run *run, const struct sequence *sequence, enum variant variant)
{
	const struct oracle_config *from = &sequence->config;
	struct machine_config config = {
		.hz = from->hz,
		.long_bits = from->bits,
		.timers_exact = from->timers_exact,
		.max_devices = SLOTS_MAX,
		.max_waiters = WAITERS_MAX,
	};
	struct machine_callbacks callbacks = {
		.notify = on_notify,
		.trace = on_trace,
		.broken = on_broken,
		.user = run,
	};
	size_t off, len;
	char name[KERNEL_NAME_MAX_BYTES];

	snprintf(name, sizeof(name), "%s%s%s", from->requeues_absent ? "6.1" : "5.8",
		 from->has_urgent_event ? "+urgent-event" : "",
		 from->has_setlink_event ? "+setlink-event" : "");
	if (kernel_parse(name, strlen(name), &config.kernel, &off, &len) < 0)
		abort();
	memset(run, 0, sizeof(*run));
	run->sequence = sequence;
	run->variant = variant;
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

static void run_end(struct run *run)
{
	machine_free(run->m);
	free(run->log);
}

/* -- model against oracle ------------------------------------------------------------ */

static void message_text(const struct message *message, char text[160])
{
	static const char *const kinds[] = { "NEWLINK", "DELLINK", "NETDEV_UP", "NETDEV_DOWN",
					     "NETDEV_CHANGE" };

	if (!message)
		strcpy(text, "none");
	else
		snprintf(text, 160,
			 "j%llu %s d%d (%d) flags %x state %u mode %u qdisc %u carrier %u "
			 "change %x up/down %u/%u",
			 (unsigned long long)message->jiffy, kinds[message->kind], message->slot,
			 message->ifindex, message->flags, message->operstate, message->mode,
			 message->qdisc, message->carrier, message->change, message->up_count,
			 message->down_count);
}

static void compare_messages(struct run *run, const char *whose, const struct message *expected,
			     size_t expected_count, const struct message *got, size_t got_count)
{
	char a[160], b[160];

	for (size_t i = 0; i < expected_count || i < got_count; i++) {
		if (i < expected_count && i < got_count &&
		    memcmp(&expected[i], &got[i], sizeof(got[i])) == 0)
			continue;
		message_text(i < expected_count ? &expected[i] : NULL, a);
		message_text(i < got_count ? &got[i] : NULL, b);
		wrong(run, "message %zu: %s has\n    %s\n  the model\n    %s", i, whose, a, b);
		return;
	}
}

static void compare_number(struct run *run, const char *what, int slot, uint64_t expected,
			   uint64_t got)
{
	if (expected == got)
		return;
	wrong(run, "%s of d%d: %llu by the oracle, %llu by the model", what, slot,
	      (unsigned long long)expected, (unsigned long long)got);
}

static void compare_device(struct run *run, const struct oracle *o, int slot)
{
	const struct oracle_dev *d = &o->devs[slot];
	const struct net_device *dev = slot_dev(run, slot);

	compare_number(run, "existence", slot, d->exists, dev != NULL);
	if (!dev || !d->exists)
		return;
	compare_number(run, "ifindex", slot, (uint64_t)d->ifindex, (uint64_t)dev->ifindex);
	compare_number(run, "stored operstate", slot, d->oper, dev->operstate);
	compare_number(run, "link_mode", slot, d->mode, dev->link_mode);
	compare_number(run, "IFF_UP", slot, d->up, !!(dev->flags & IFF_UP));
	compare_number(run, "IFF_PROMISC", slot, d->promisc, !!(dev->flags & IFF_PROMISC));
	compare_number(run, "state bits", slot,
		       (uint64_t)d->running << __LINK_STATE_START |
			       (uint64_t)d->present << __LINK_STATE_PRESENT |
			       (uint64_t)!d->carrier << __LINK_STATE_NOCARRIER |
			       (uint64_t)d->pending << __LINK_STATE_LINKWATCH_PENDING |
			       (uint64_t)d->dormant << __LINK_STATE_DORMANT |
			       (uint64_t)d->testing << __LINK_STATE_TESTING,
		       dev->state);
	compare_number(run, "qdisc", slot, d->qdisc, dev->qdisc);
	compare_number(run, "qdisc_sleeping", slot, d->sleeping, dev->qdisc_sleeping);
	compare_number(run, "carrier_up_count", slot, d->up_count, dev->carrier_up_count);
	compare_number(run, "carrier_down_count", slot, d->down_count, dev->carrier_down_count);
}

static void compare_list(struct run *run, const struct oracle *o)
{
	const struct list_head *head = &run->m->linkwatch.lweventlist, *at = head->next;

	for (int i = 0; i < o->list_count || at != head; i++, at = at->next) {
		int slot = at == head ? NOT_FOUND
				      : slot_of(run->variant, container_of(at, struct net_device,
									   link_watch_list));
		int expected = i < o->list_count ? o->list[i] : NOT_FOUND;

		if (slot == expected)
			continue;
		wrong(run, "event list, place %d: d%d by the oracle, d%d by the model", i, expected,
		      slot);
		return;
	}
}

static void compare_linkwatch(struct run *run, const struct oracle *o)
{
	const struct linkwatch *lw = &run->m->linkwatch;
	const struct timer_list *timer = &lw->work.timer;
	bool is_pending = o->timer_armed || o->again || oracle_queue_find(o, LINKWATCH) >= 0;

	compare_number(run, "nextevent", 0, o->nextevent, lw->nextevent);
	compare_number(run, "LW_URGENT", 0, o->urgent, lw->is_urgent);
	compare_number(run, "work pending", 0, is_pending, lw->work.work.is_pending);
	compare_number(run, "work running", 0, o->asleep, lw->work.work.is_running);
	compare_number(run, "timer armed", 0, o->timer_armed, timer_pending(timer));
	if (o->timer_armed)
		compare_number(
			run, "timer", 0,
			oracle_cut(o, oracle_long_jiffies(o) - oracle_jiffy(o) + o->timer_at_j),
			timer->bucket_expiry);
	compare_number(run, "next instant", 0, (uint64_t)oracle_next_ns(o),
		       (uint64_t)machine_next_ns(run->m));
}

static void compare_all(struct run *run, const struct oracle *o, size_t log_before)
{
	compare_messages(run, "the oracle", o->log, (size_t)o->log_count, run->log + log_before,
			 run->log_count - log_before);
	for (int slot = 0; slot < SLOTS_MAX; slot++)
		compare_device(run, o, slot);
	compare_list(run, o);
	compare_linkwatch(run, o);
	for (int i = 0; i < run->sequence->count; i++)
		if (o->results[i] != run->results[i])
			wrong(run, "what op %d returned: %d by the oracle, %d by the model", i,
			      o->results[i], run->results[i]);
}

/* -- laws ------------------------------------------------------------------------------ */

/* Every device has fired, and for 2 s nothing has changed: the stored state is a function of
 * the driver's bits and the mode. */
static void check_steady(struct run *run)
{
	if (run->sequence->has_user_writes || run->sequence->is_crowd)
		return;
	for (int slot = 0; slot < SLOTS_MAX; slot++) {
		const struct net_device *dev = slot_dev(run, slot);
		uint32_t expected;

		if (!dev)
			continue;
		if (netif_testing(dev))
			expected = IF_OPER_TESTING;
		else if (!netif_carrier_ok(dev))
			expected = dev->netdev_ops == &veth_netdev_ops ? IF_OPER_LOWERLAYERDOWN
								       : IF_OPER_DOWN;
		else if (netif_dormant(dev) || dev->link_mode == IF_LINK_MODE_DORMANT)
			expected = IF_OPER_DORMANT;
		else
			expected = dev->link_mode == IF_LINK_MODE_TESTING ? IF_OPER_TESTING
									  : IF_OPER_UP;
		if (dev->operstate != expected)
			wrong(run, "law: d%d steady for 2 s is in state %u, not %u", slot,
			      dev->operstate, expected);
	}
}

/* Carrier came back after its loss was processed: told in this very jiffy. */
static void check_prompt(struct run *run, int slot, size_t log_before)
{
	const struct net_device *dev = slot_dev(run, slot);

	if (run->sequence->is_crowd || !dev || !netif_running(dev))
		return;
	for (size_t i = log_before; i < run->log_count; i++)
		if (run->log[i].slot == slot && (run->log[i].flags & IFF_LOWER_UP))
			return;
	wrong(run, "law: a carrier that comes back on d%d is not told at once", slot);
}

/* -- a sequence ------------------------------------------------------------------------ */

/* One op and all that is checked after it; o is NULL for what is only compared at the end. */
static void run_step(struct run *run, struct oracle *o, int at)
{
	const struct sequence *sequence = run->sequence;
	const struct op *op = &sequence->ops[at];
	int64_t at_ns = op_ns(run->m, op);
	size_t log_before = run->log_count;
	const char *broken;

	model_advance(run, at_ns);
	model_do(run, at);
	broken = machine_verify(run->m);
	if (broken)
		wrong(run, "invariant: %s", broken);
	if (at == sequence->steady_at)
		check_steady(run);
	if (at == sequence->prompt_at)
		check_prompt(run, op->slot, log_before);
	if (!o)
		return;
	o->log_count = 0;
	oracle_advance(o, at_ns);
	oracle_do(o, op);
	compare_all(run, o, log_before);
}

/* Runs it; false if something is wrong, which run then says, of op *ret_at. */
static bool run_as_is(struct run *run, const struct sequence *sequence, int *ret_at)
{
	static struct oracle oracle;

	run_start(run, sequence, AS_IS);
	oracle_init(&oracle, &sequence->config, sequence->ops);
	for (*ret_at = 0; *ret_at < sequence->count && !run->what[0]; ++*ret_at)
		run_step(run, &oracle, *ret_at);
	--*ret_at;
	return !run->what[0];
}

static bool run_variant(struct run *run, const struct run *as_is, enum variant variant)
{
	const struct sequence *sequence = as_is->sequence;
	int half = sequence->count / 2;
	struct run saved;
	void *copy;

	run_start(run, sequence, variant);
	for (int i = 0; i < half && !run->what[0]; i++)
		run_step(run, NULL, i);
	if (variant == RESTORED) {
		saved = *run;
		copy = malloc(machine_save_bytes(run->m));
		assert(copy);
		machine_save(run->m, copy);
		for (int i = half; i < sequence->count && !run->what[0]; i++)
			run_step(run, NULL, i);
		machine_restore(run->m, copy);
		free(copy);
		saved.log = run->log;
		saved.log_size = run->log_size;
		*run = saved;
	}
	for (int i = half; i < sequence->count && !run->what[0]; i++)
		run_step(run, NULL, i);
	compare_messages(run, "the plain run", as_is->log, as_is->log_count, run->log,
			 run->log_count);
	return !run->what[0];
}

/* All of it; on failure says what is wrong, of which op and which variant. */
static bool sequence_holds(const struct sequence *sequence, char ret_what[256], int *ret_at,
			   enum variant *ret_variant)
{
	struct run as_is, other;
	bool holds = run_as_is(&as_is, sequence, ret_at);

	*ret_variant = AS_IS;
	strcpy(ret_what, as_is.what);
	for (int variant = AS_IS + 1; variant < VARIANT_COUNT && holds; variant++) {
		holds = run_variant(&other, &as_is, (enum variant)variant);
		*ret_variant = (enum variant)variant;
		strcpy(ret_what, other.what);
		run_end(&other);
	}
	run_end(&as_is);
	return holds;
}

/* -- failures -------------------------------------------------------------------------- */

static void sequence_remove(struct sequence *sequence, int first, int count)
{
	memmove(&sequence->ops[first], &sequence->ops[first + count],
		(size_t)(sequence->count - first - count) * sizeof(sequence->ops[0]));
	sequence->count -= count;
	sequence->steady_at -= count;
	sequence->prompt_at -= count;
}

/* Leaves out what the failure does not need. */
static void sequence_shrink(struct sequence *sequence)
{
	enum variant variant;
	char what[256];
	int at;

	if (!sequence_holds(sequence, what, &at, &variant) && variant == AS_IS &&
	    at < sequence->steady_at) {
		sequence->count = at + 1; /* what comes after is of no interest */
		sequence->pinned = 0;
	}
	for (int chunk = sequence->count / 2; chunk > 0; chunk /= 2) {
		for (int first = 0; first + chunk <= sequence->count - sequence->pinned;) {
			struct sequence shorter = *sequence;

			sequence_remove(&shorter, first, chunk);
			if (sequence_holds(&shorter, what, &at, &variant))
				first += chunk;
			else
				*sequence = shorter;
		}
	}
}

static void print_attrs(const struct op *op)
{
	static const char *const flags[] = { "", " up", " down", " promisc on", " promisc off" };
	static const char *const states[] = { "unknown", "notpresent", "down", "lowerlayerdown",
					      "testing", "dormant",    "up" };
	static const char *const modes[] = { "default", "dormant", "testing" };

	printf("%s", flags[op->flags]);
	if (op->carrier >= 0)
		printf(" carrier %s", op->carrier ? "on" : "off");
	if (op->operstate >= 0)
		printf(" state %s", states[op->operstate]);
	if (op->mode >= 0)
		printf(" mode %s", modes[op->mode]);
}

/* Nearly a scenario. */
static void print_op(const struct op *op)
{
	static const char *const names[OP_KIND_COUNT] = {
		"# nothing",
		"carrier_on",
		"carrier_off",
		"carrier_event",
		"dormant_on",
		"dormant_off",
		"testing_on",
		"testing_off",
		"device_detach",
		"device_attach",
		"linkwatch_fire_event",
		"virtnet_config_changed",
		"virtnet_config_changed",
		"worker latency",
		"setlink",
		"ifconfig",
		"ifconfig",
		"dev_open",
		"dev_close",
		"ip link add",
		"ip link add",
		"virtnet_probe",
		"ip link del",
		"rtnl_lock for",
	};

	printf("  +%lldns%s%s\t%s", (long long)op->wait_ns,
	       op->to_jiffy ? " after the next jiffy" : "", op->only_when_idle ? " if idle" : "",
	       names[op->kind]);
	if (op->kind == OP_LATENCY || op->kind == OP_RTNL_HOLD)
		printf(" %lldns", (long long)op->duration_ns);
	else if (op->count > 1)
		printf(" d{%d..%d}", op->slot, op->slot + op->count - 1);
	else if (op->kind != OP_NOTHING)
		printf(" d%d", op->slot);
	if (op->kind == OP_IFCONFIG_UP || op->kind == OP_IFCONFIG_DOWN)
		printf(op->kind == OP_IFCONFIG_UP ? " up" : " down");
	if (op->kind == OP_CONFIG_UP || op->kind == OP_CONFIG_DOWN)
		printf(op->kind == OP_CONFIG_UP ? " link=up" : " link=down");
	if (op->kind == OP_PROBE)
		printf(" status=%s link=%s", op->has_status ? "on" : "off",
		       op->link_up ? "up" : "down");
	print_attrs(op);
	if (op->kind == OP_ADD_DUMMY)
		printf(" type dummy");
	if (op->kind == OP_ADD_VETH)
		printf(" type veth peer d%d", op->slot + 1);
	printf("\n");
}

static void report(const struct sequence *failed, const char *program)
{
	const struct oracle_config *config = &failed->config;
	struct sequence sequence = *failed;
	enum variant variant;
	char what[256];
	int at;

	sequence_shrink(&sequence);
	sequence_holds(&sequence, what, &at, &variant);
	printf("seed %llu: kernel %s%s%s, hz %u, bits %u, timers %s%s (d0 is lo)\n",
	       (unsigned long long)sequence.seed, config->requeues_absent ? "6.1" : "5.8",
	       config->has_urgent_event ? "+urgent-event" : "",
	       config->has_setlink_event ? "+setlink-event" : "", config->hz, config->bits,
	       config->timers_exact ? "exact" : "wheel", config->has_echo ? ", echo" : "");
	for (int i = 0; i < sequence.count; i++)
		print_op(&sequence.ops[i]);
	printf("wrong %s, after op %d: %s\n", variant_names[variant], at + 1, what);
	printf("to repeat: %s %llu\n", program, (unsigned long long)sequence.seed);
}

static uint64_t fresh_seed(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return ((uint64_t)now.tv_sec * 1000003U + (uint64_t)now.tv_nsec) % 1000000000U;
}

int main(int argc, char **argv)
{
	uint64_t first = SEED_FIRST, count = SEEDS_COUNT;
	static struct sequence sequence;

	if (argc > 1) {
		bool is_fresh = strcmp(argv[1], "fresh") == 0;

		first = is_fresh ? fresh_seed() : strtoull(argv[1], NULL, 10);
		count = argc > 2 ? strtoull(argv[2], NULL, 10) : is_fresh ? SEEDS_COUNT : 1;
	}
	for (uint64_t seed = first; seed < first + count; seed++) {
		enum variant variant;
		char what[256];
		int at;

		sequence_make(&sequence, seed);
		if (sequence_holds(&sequence, what, &at, &variant))
			continue;
		report(&sequence, argv[0]);
		return 1;
	}
	printf("seeds %llu to %llu hold\n", (unsigned long long)first,
	       (unsigned long long)(first + count - 1));
	return 0;
}
