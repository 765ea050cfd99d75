/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The oracle: what the kernel does with links, told a second time and as simply as possible,
 * for property_linkwatch to hold the model against. Plain arrays, no callbacks, and nothing
 * of model/ is included, so that no mistake is shared. One includer: all is static.
 */
#ifndef LWSIM_TESTS_PROPERTY_ORACLE_H
#define LWSIM_TESTS_PROPERTY_ORACLE_H

#include <assert.h>
#include <errno.h>
#include <linux/if.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define SLOTS_MAX 300	 /* devices by the number in their name; slot 0 is `lo` */
#define WAITERS_MAX 8192 /* that wait for rtnl */

enum op_kind {
	OP_NOTHING, /* only time passes */
	/* drivers: no lock */
	OP_CARRIER_ON,
	OP_CARRIER_OFF,
	OP_CARRIER_EVENT,
	OP_DORMANT_ON,
	OP_DORMANT_OFF,
	OP_TESTING_ON,
	OP_TESTING_OFF,
	OP_DETACH,
	OP_ATTACH,
	OP_FIRE,
	OP_CONFIG_UP,
	OP_CONFIG_DOWN,
	OP_LATENCY, /* duration_ns */
	/* with rtnl */
	OP_SETLINK, /* flags, carrier, operstate, mode */
	OP_IFCONFIG_UP,
	OP_IFCONFIG_DOWN,
	OP_DEV_OPEN,
	OP_DEV_CLOSE,
	OP_ADD_DUMMY, /* flags, operstate, mode */
	OP_ADD_VETH,  /* the same; the peer is slot + 1 */
	OP_PROBE,     /* has_status, link_up */
	OP_DELETE,
	OP_RTNL_HOLD, /* duration_ns */
	OP_KIND_COUNT
};

enum op_flags {
	FLAGS_KEEP,
	FLAGS_UP,
	FLAGS_DOWN,
	FLAGS_PROMISC,
	FLAGS_NO_PROMISC
};

struct op {
	int64_t wait_ns;     /* before it */
	bool to_jiffy;	     /* wait_ns counts from the start of the next jiffy, not from now */
	bool only_when_idle; /* wait only if nothing at all is pending */
	enum op_kind kind;
	int slot, count; /* applies to slots [slot, slot + count), one after the other */
	enum op_flags flags;
	int carrier, operstate, mode; /* -1: not asked for */
	bool has_status, link_up;
	int64_t duration_ns;
};

static inline bool op_needs_rtnl(const struct op *op)
{
	return op->kind >= OP_SETLINK;
}

enum message_kind {
	NEWLINK,
	DELLINK,
	HEARD_UP,
	HEARD_DOWN,
	HEARD_CHANGE
};

/* One RTM_NEWLINK or RTM_DELLINK; or a call of the notifier chain, of which only kind and slot
 * are kept. */
struct message {
	uint64_t jiffy; /* since boot */
	enum message_kind kind;
	int slot;
	int32_t ifindex;
	uint32_t operstate, mode, qdisc, carrier;
	uint32_t flags; /* of UP, RUNNING, LOWER_UP, DORMANT */
	uint32_t change, up_count, down_count;
};

struct oracle_config {
	uint32_t hz, bits;
	bool timers_exact;
	bool has_carrier_event, requeues_absent;  /* 6.1, not 5.8 */
	bool has_urgent_event, has_setlink_event; /* the two changes */
	bool has_echo; /* somebody who hears NETDEV_CHANGE fires events now and then */
};

enum oracle_kind {
	KIND_LO,
	KIND_DUMMY,
	KIND_VETH,
	KIND_VIRTIO
};

struct oracle_dev {
	bool exists;
	enum oracle_kind kind;
	int32_t ifindex;
	int peer; /* veth: slot, -1 while there is none */
	bool up, promisc, running, present, carrier, dormant, testing, pending;
	uint32_t oper, mode;
	uint32_t qdisc, sleeping; /* 0 noop, 1 noqueue, 2 pfifo_fast */
	uint32_t up_count, down_count;
	bool has_status, host_up, status_up;
};

#define LINKWATCH (-1) /* in place of a slot: the one work item that is no device's */

struct oracle {
	struct oracle_config config;
	int64_t now_ns, latency_ns;
	struct oracle_dev devs[SLOTS_MAX];
	int32_t last_ifindex;

	int list[SLOTS_MAX], list_count; /* the event list, of slots */
	uint64_t nextevent;
	bool urgent;

	bool timer_armed;
	uint64_t timer_at_j;	/* since boot */
	bool timer_fired;	/* ever, and */
	uint64_t timer_fired_j; /* when last */

	struct {
		int who;
		int64_t at_ns;
	} queue[SLOTS_MAX + 1];
	int queue_count;
	bool asleep, again; /* linkwatch: waits for rtnl; is to run once more after that */

	bool locked, held;
	int64_t held_until_ns;
	struct {
		int who; /* LINKWATCH or a slot */
		const struct op *op;
	} waiters[WAITERS_MAX];
	int waiters_first, waiters_count;
	int results[1024]; /* by op, folded over its slots */
	const struct op *ops;

	uint32_t heard[SLOTS_MAX]; /* HEARD_CHANGE so far, see has_echo */
	struct message log[4096];
	int log_count;
};

static uint64_t oracle_jiffy(const struct oracle *o)
{
	return (uint64_t)o->now_ns * o->config.hz / 1000000000U;
}

/* jiffies without a wrap: 300 s before 2^32 at boot, on 64 bit too. */
static uint64_t oracle_long_jiffies(const struct oracle *o)
{
	return (UINT64_C(1) << 32) - 300 * (uint64_t)o->config.hz + oracle_jiffy(o);
}

static uint64_t oracle_cut(const struct oracle *o, uint64_t value)
{
	return o->config.bits == 32 ? value & UINT32_MAX : value;
}

static uint64_t oracle_jiffies(const struct oracle *o)
{
	return oracle_cut(o, oracle_long_jiffies(o));
}

static bool oracle_is_after(const struct oracle *o, uint64_t a, uint64_t b)
{
	uint64_t half = o->config.bits == 32 ? UINT64_C(1) << 31 : UINT64_C(1) << 63;
	uint64_t ahead = oracle_cut(o, a - b);

	/* half the range ahead counts as later too: (long)(b - a) < 0 */
	return ahead != 0 && ahead <= half;
}

static struct message *oracle_log(struct oracle *o, int slot, enum message_kind kind)
{
	struct message *message = &o->log[o->log_count++];

	assert(o->log_count < 4096);
	memset(message, 0, sizeof(*message));
	message->jiffy = oracle_jiffy(o);
	message->kind = kind;
	message->slot = slot;
	return message;
}

static void oracle_say(struct oracle *o, int slot, enum message_kind kind, uint32_t change)
{
	const struct oracle_dev *d = &o->devs[slot];
	struct message *message = oracle_log(o, slot, kind);
	bool is_oper_up = d->oper == IF_OPER_UP || d->oper == IF_OPER_UNKNOWN;

	message->ifindex = d->ifindex;
	message->operstate = d->running ? d->oper : IF_OPER_DOWN;
	message->mode = d->mode;
	message->qdisc = d->sleeping;
	message->carrier = d->carrier;
	message->flags = (d->up ? IFF_UP : 0U) | (d->running && is_oper_up ? IFF_RUNNING : 0U) |
			 (d->running && d->carrier ? IFF_LOWER_UP : 0U) |
			 (d->running && d->dormant ? IFF_DORMANT : 0U);
	message->change = change;
	message->up_count = d->up_count;
	message->down_count = d->down_count;
}

static void oracle_queue(struct oracle *o, int who)
{
	o->queue[o->queue_count].who = who;
	o->queue[o->queue_count].at_ns = o->now_ns;
	o->queue_count++;
}

static int oracle_queue_find(const struct oracle *o, int who)
{
	for (int i = 0; i < o->queue_count; i++)
		if (o->queue[i].who == who)
			return i;
	return -1;
}

static void oracle_queue_remove(struct oracle *o, int at)
{
	o->queue_count--;
	for (int i = at; i < o->queue_count; i++)
		o->queue[i] = o->queue[i + 1];
}

/* When a timer armed now for delay_j jiffies from now is served. */
static uint64_t oracle_wheel_j(const struct oracle *o, uint64_t delay_j)
{
	uint64_t now = oracle_long_jiffies(o), expires = now + delay_j;
	bool is_one_ahead = o->timer_fired && o->timer_fired_j == oracle_jiffy(o);
	uint64_t left = delay_j - (is_one_ahead ? 1 : 0);
	int shift = left < 63 ? 0 : left < 504 ? 3 : 6;

	if (!o->config.timers_exact)
		expires = ((expires >> shift) + 1) << shift;
	return oracle_jiffy(o) + (expires - now);
}

static void oracle_schedule(struct oracle *o, bool is_urgent)
{
	uint64_t delay_j = oracle_cut(o, o->nextevent - oracle_jiffies(o));
	int at = oracle_queue_find(o, LINKWATCH);

	if (o->urgent)
		return;
	if (is_urgent) {
		o->urgent = true;
		o->timer_armed = false;
		o->again = false;
		if (at >= 0)
			oracle_queue_remove(o, at);
		oracle_queue(o, LINKWATCH);
		return;
	}
	if (o->timer_armed || o->again || at >= 0)
		return;
	if (delay_j > o->config.hz || delay_j == 0) {
		oracle_queue(o, LINKWATCH);
		return;
	}
	o->timer_armed = true;
	o->timer_at_j = oracle_wheel_j(o, delay_j);
}

static int32_t oracle_iflink(const struct oracle *o, const struct oracle_dev *d)
{
	if (d->kind != KIND_VETH)
		return d->ifindex;
	return d->peer < 0 ? 0 : o->devs[d->peer].ifindex;
}

static bool oracle_is_urgent(const struct oracle *o, const struct oracle_dev *d)
{
	if (!d->running)
		return false;
	if (oracle_iflink(o, d) != d->ifindex)
		return true;
	if (o->config.has_urgent_event && d->up && d->oper == IF_OPER_DOWN)
		return true;
	return d->carrier && d->qdisc != d->sleeping;
}

static void oracle_fire(struct oracle *o, int slot)
{
	struct oracle_dev *d = &o->devs[slot];
	bool is_urgent = oracle_is_urgent(o, d);

	if (d->pending && !is_urgent)
		return;
	if (!d->pending)
		o->list[o->list_count++] = slot;
	d->pending = true;
	oracle_schedule(o, is_urgent);
}

/* Whoever hears of a change: is told, and may fire events himself, while a run is under way. */
static void oracle_hear(struct oracle *o, int slot, enum message_kind kind)
{
	oracle_log(o, slot, kind);
	if (!o->config.has_echo || kind != HEARD_CHANGE)
		return;
	o->heard[slot]++;
	if (o->heard[slot] % 3 == 0)
		oracle_fire(o, slot);
	if (o->heard[slot] % 4 == 0 && o->devs[slot + 1].exists)
		oracle_fire(o, slot + 1);
}

/* Changed flags are told first and heard then; a changed state the other way round. */
static void oracle_say_flags(struct oracle *o, int slot, uint32_t flags, uint32_t change)
{
	oracle_say(o, slot, NEWLINK, change);
	if (flags & IFF_UP)
		oracle_hear(o, slot, o->devs[slot].up ? HEARD_UP : HEARD_DOWN);
}

static void oracle_say_state(struct oracle *o, int slot)
{
	oracle_hear(o, slot, HEARD_CHANGE);
	oracle_say(o, slot, NEWLINK, 0);
}

static void oracle_carrier(struct oracle *o, int slot, bool is_on)
{
	struct oracle_dev *d = &o->devs[slot];

	if (d->carrier == is_on)
		return;
	d->carrier = is_on;
	if (is_on)
		d->up_count++;
	else
		d->down_count++;
	oracle_fire(o, slot);
}

static void oracle_activate(struct oracle_dev *d)
{
	if (d->sleeping == 0)
		d->sleeping = d->kind == KIND_VIRTIO ? 2 : 1;
	if (d->carrier)
		d->qdisc = d->sleeping;
}

static uint32_t oracle_bits_state(const struct oracle *o, const struct oracle_dev *d)
{
	if (d->testing)
		return IF_OPER_TESTING;
	if (!d->carrier && oracle_iflink(o, d) != d->ifindex)
		return IF_OPER_LOWERLAYERDOWN;
	if (!d->carrier)
		return IF_OPER_DOWN;
	return d->dormant ? IF_OPER_DORMANT : IF_OPER_UP;
}

/* What a link mode makes of a state that is news. */
static uint32_t oracle_mode_state(const struct oracle_dev *d, uint32_t state)
{
	if (state == IF_OPER_UP && d->mode == IF_LINK_MODE_DORMANT)
		return IF_OPER_DORMANT;
	if (state == IF_OPER_UP && d->mode == IF_LINK_MODE_TESTING)
		return IF_OPER_TESTING;
	return state;
}

static void oracle_process(struct oracle *o, int slot)
{
	struct oracle_dev *d = &o->devs[slot];
	uint32_t state = oracle_bits_state(o, d);

	d->pending = false;
	if (state != d->oper)
		d->oper = oracle_mode_state(d, state);
	if (!d->up || (!d->present && !o->config.requeues_absent))
		return;
	if (d->carrier)
		oracle_activate(d);
	else
		d->qdisc = 0;
	oracle_say_state(o, slot);
}

static void oracle_run(struct oracle *o, bool urgent_only)
{
	int work[SLOTS_MAX], came[SLOTS_MAX], count = o->list_count, came_count, i;
	int budget = urgent_only ? 200 : 100;
	uint64_t second = oracle_cut(o, oracle_jiffies(o) + o->config.hz);

	if (!urgent_only)
		o->nextevent = second;
	else if (oracle_is_after(o, o->nextevent, second))
		o->nextevent = oracle_jiffies(o);
	o->urgent = false;
	memcpy(work, o->list, sizeof(work));
	o->list_count = 0;
	for (i = 0; i < count && budget > 0; i++) {
		const struct oracle_dev *d = &o->devs[work[i]];

		if ((!d->present && o->config.requeues_absent) ||
		    (urgent_only && !oracle_is_urgent(o, d))) {
			o->list[o->list_count++] = work[i];
		} else {
			oracle_process(o, work[i]);
			budget--;
		}
	}
	/* what came meanwhile, put back or fired, comes after what is left */
	came_count = o->list_count;
	memcpy(came, o->list, sizeof(came));
	o->list_count = 0;
	for (; i < count; i++)
		o->list[o->list_count++] = work[i];
	for (i = 0; i < came_count; i++)
		o->list[o->list_count++] = came[i];
	if (o->list_count)
		oracle_schedule(o, false);
}

/* -- what userspace and drivers do -------------------------------------------------- */

static int oracle_open(struct oracle *o, int slot)
{
	struct oracle_dev *d = &o->devs[slot];

	if (!d->present)
		return -ENODEV;
	d->running = true;
	if (d->kind == KIND_VETH) {
		assert(d->peer >= 0);
		if (o->devs[d->peer].up) {
			oracle_carrier(o, slot, true);
			oracle_carrier(o, d->peer, true);
		}
	}
	d->up = true;
	oracle_activate(d);
	return 0;
}

/* All of a group lose START and qdisc before the first is stopped. */
static void oracle_close(struct oracle *o, const int *slots, int count)
{
	for (int i = 0; i < count; i++) {
		o->devs[slots[i]].running = false;
		o->devs[slots[i]].qdisc = 0;
	}
	for (int i = 0; i < count; i++) {
		struct oracle_dev *d = &o->devs[slots[i]];

		if (d->kind == KIND_VETH) {
			oracle_carrier(o, slots[i], false);
			if (d->peer >= 0)
				oracle_carrier(o, d->peer, false);
		}
		d->up = false;
	}
}

/* -errno, or the bits of IFF_* that changed */
static int oracle_change_flags(struct oracle *o, int slot, enum op_flags flags)
{
	struct oracle_dev *d = &o->devs[slot];
	bool was_up = d->up, was_promisc = d->promisc;

	if (flags == FLAGS_UP && !d->up) {
		int err = oracle_open(o, slot);

		if (err)
			return err;
	} else if (flags == FLAGS_DOWN && d->up) {
		oracle_close(o, &slot, 1);
	} else if (flags == FLAGS_PROMISC) {
		d->promisc = true;
	} else if (flags == FLAGS_NO_PROMISC) {
		d->promisc = false;
	}
	return (was_up != d->up ? IFF_UP : 0) | (was_promisc != d->promisc ? IFF_PROMISC : 0);
}

static uint32_t oracle_user_state(const struct oracle_dev *d, uint32_t asked)
{
	bool is_up = d->oper == IF_OPER_UP || d->oper == IF_OPER_UNKNOWN;

	if (asked == IF_OPER_UP && !d->dormant && !d->testing &&
	    (d->oper == IF_OPER_DORMANT || d->oper == IF_OPER_TESTING ||
	     d->oper == IF_OPER_UNKNOWN))
		return IF_OPER_UP;
	if ((asked == IF_OPER_DORMANT || asked == IF_OPER_TESTING) && is_up)
		return asked;
	return d->oper;
}

static int oracle_setlink(struct oracle *o, int slot, const struct op *op)
{
	struct oracle_dev *d = &o->devs[slot];

	if (op->flags != FLAGS_KEEP) {
		int change = oracle_change_flags(o, slot, op->flags);

		if (change < 0)
			return change;
		if (change)
			oracle_say_flags(o, slot, (uint32_t)change, (uint32_t)change);
		if (o->config.has_setlink_event)
			oracle_fire(o, slot);
	}
	if (op->carrier >= 0) {
		if (d->kind != KIND_DUMMY)
			return -EOPNOTSUPP;
		if (!d->present)
			return -ENODEV;
		oracle_carrier(o, slot, op->carrier);
	}
	if (op->operstate >= 0) {
		uint32_t state = oracle_user_state(d, (uint32_t)op->operstate);
		bool is_new = state != d->oper;

		d->oper = state;
		if (is_new && d->up)
			oracle_say_state(o, slot);
	}
	if (op->mode >= 0) {
		bool is_new = d->mode != (uint32_t)op->mode;

		d->mode = (uint32_t)op->mode;
		if (is_new && d->up)
			oracle_say_state(o, slot);
	}
	return 0;
}

static void oracle_register(struct oracle *o, int slot, enum oracle_kind kind)
{
	struct oracle_dev *d = &o->devs[slot];

	memset(d, 0, sizeof(*d));
	d->exists = true;
	d->kind = kind;
	d->ifindex = ++o->last_ifindex;
	d->peer = -1;
	d->present = true;
	d->carrier = true;
}

/* The device is there; takes over what a RTM_NEWLINK asked of it and tells of it. */
static int oracle_configure(struct oracle *o, int slot, const struct op *op)
{
	struct oracle_dev *d = &o->devs[slot];

	if (op->operstate >= 0)
		d->oper = oracle_user_state(d, (uint32_t)op->operstate);
	if (op->mode >= 0)
		d->mode = (uint32_t)op->mode;
	if (op->flags == FLAGS_UP)
		oracle_change_flags(o, slot, FLAGS_UP);
	oracle_say_flags(o, slot, op->flags == FLAGS_UP ? IFF_UP : 0, UINT32_MAX);
	return 0;
}

static int oracle_add_veth(struct oracle *o, int slot, const struct op *op)
{
	int peer = slot + 1;

	if (o->devs[slot].exists || o->devs[peer].exists)
		return -EEXIST;
	oracle_register(o, peer, KIND_VETH);
	oracle_carrier(o, peer, false);
	oracle_say(o, peer, NEWLINK, UINT32_MAX);
	oracle_register(o, slot, KIND_VETH);
	oracle_carrier(o, slot, false);
	o->devs[slot].peer = peer;
	o->devs[peer].peer = slot;
	return oracle_configure(o, slot, op);
}

static int oracle_delete(struct oracle *o, int slot)
{
	int group[2] = { slot, o->devs[slot].peer }, up[2], ups = 0;
	int count = o->devs[slot].kind == KIND_VETH ? 2 : 1, kept = 0;

	if (o->devs[slot].kind == KIND_LO || o->devs[slot].kind == KIND_VIRTIO)
		return -EOPNOTSUPP;
	for (int i = 0; i < count; i++) {
		o->devs[group[i]].peer = -1;
		if (o->devs[group[i]].up)
			up[ups++] = group[i];
	}
	oracle_close(o, up, ups);
	for (int i = 0; i < ups; i++)
		oracle_say_flags(o, up[i], IFF_UP, IFF_UP | IFF_RUNNING);
	for (int i = 0; i < count; i++) {
		o->devs[group[i]].sleeping = 0;
		oracle_say(o, group[i], DELLINK, UINT32_MAX);
		o->devs[group[i]].exists = false;
	}
	for (int i = 0; i < o->list_count; i++)
		if (o->devs[o->list[i]].exists)
			o->list[kept++] = o->list[i];
	o->list_count = kept;
	return 0;
}

static int oracle_probe(struct oracle *o, int slot, const struct op *op)
{
	struct oracle_dev *d = &o->devs[slot];

	if (d->exists)
		return -EEXIST;
	oracle_register(o, slot, KIND_VIRTIO);
	d->has_status = op->has_status;
	d->host_up = op->link_up;
	oracle_say(o, slot, NEWLINK, UINT32_MAX);
	oracle_carrier(o, slot, false);
	if (op->has_status) {
		oracle_queue(o, slot);
	} else {
		d->status_up = true;
		oracle_carrier(o, slot, true);
	}
	return 0;
}

/* What the driver's work item does with the host's word. */
static void oracle_config_work(struct oracle *o, int slot)
{
	struct oracle_dev *d = &o->devs[slot];

	if (!d->has_status || d->status_up == d->host_up)
		return;
	d->status_up = d->host_up;
	oracle_carrier(o, slot, d->status_up);
}

static int oracle_driver_op(struct oracle *o, int slot, const struct op *op)
{
	struct oracle_dev *d = &o->devs[slot];
	bool *bit =
		op->kind == OP_DORMANT_ON || op->kind == OP_DORMANT_OFF ? &d->dormant : &d->testing;
	bool is_on = op->kind == OP_DORMANT_ON || op->kind == OP_TESTING_ON;

	if (op->kind == OP_LATENCY) {
		o->latency_ns = op->duration_ns;
		return 0;
	}
	if (!d->exists)
		return -ENODEV;
	if (op->kind == OP_CARRIER_ON || op->kind == OP_CARRIER_OFF) {
		oracle_carrier(o, slot, op->kind == OP_CARRIER_ON);
	} else if (op->kind == OP_CARRIER_EVENT) {
		if (!o->config.has_carrier_event)
			return -EOPNOTSUPP;
		d->up_count++;
		d->down_count++;
		oracle_fire(o, slot);
	} else if (op->kind == OP_DETACH || op->kind == OP_ATTACH) {
		d->present = op->kind == OP_ATTACH;
	} else if (op->kind == OP_FIRE) {
		oracle_fire(o, slot);
	} else if (op->kind == OP_CONFIG_UP || op->kind == OP_CONFIG_DOWN) {
		if (d->kind != KIND_VIRTIO)
			return -EOPNOTSUPP;
		d->host_up = op->kind == OP_CONFIG_UP;
		if (oracle_queue_find(o, slot) < 0)
			oracle_queue(o, slot);
	} else if (*bit != is_on) {
		*bit = is_on;
		oracle_fire(o, slot);
	}
	return 0;
}

static int oracle_rtnl_op(struct oracle *o, int slot, const struct op *op)
{
	struct oracle_dev *d = &o->devs[slot];
	int err;

	if (op->kind == OP_ADD_DUMMY) {
		if (d->exists)
			return -EEXIST;
		oracle_register(o, slot, KIND_DUMMY);
		return oracle_configure(o, slot, op);
	}
	if (op->kind == OP_ADD_VETH)
		return oracle_add_veth(o, slot, op);
	if (op->kind == OP_PROBE)
		return oracle_probe(o, slot, op);
	if (!d->exists)
		return -ENODEV;
	if (op->kind == OP_SETLINK)
		return oracle_setlink(o, slot, op);
	if (op->kind == OP_DELETE)
		return oracle_delete(o, slot);
	err = oracle_change_flags(
		o, slot,
		op->kind == OP_IFCONFIG_UP || op->kind == OP_DEV_OPEN ? FLAGS_UP : FLAGS_DOWN);
	if (err <= 0)
		return err;
	oracle_say_flags(o, slot, IFF_UP,
			 op->kind == OP_IFCONFIG_UP || op->kind == OP_IFCONFIG_DOWN
				 ? IFF_UP
				 : IFF_UP | IFF_RUNNING);
	return 0;
}

/* -- the lock, the workers, the clock ------------------------------------------------ */

static void oracle_fold(struct oracle *o, const struct op *op, int err)
{
	int *result = &o->results[op - o->ops];

	*result = *result * 31 % 1000003 + 1 - err;
}

static void oracle_linkwatch_locked(struct oracle *o)
{
	oracle_run(o, oracle_is_after(o, o->nextevent, oracle_jiffies(o)));
}

/* Whoever has the lock now. */
static void oracle_go_on(struct oracle *o, int who, const struct op *op)
{
	if (who == LINKWATCH) {
		oracle_linkwatch_locked(o);
	} else if (op->kind == OP_RTNL_HOLD) {
		o->locked = true;
		o->held = true;
		o->held_until_ns = o->now_ns + op->duration_ns;
		oracle_fold(o, op, 0);
	} else {
		oracle_fold(o, op, oracle_rtnl_op(o, who, op));
	}
}

/* True if it got the lock and is through. */
static bool oracle_lock(struct oracle *o, int who, const struct op *op)
{
	int at = o->waiters_first + o->waiters_count;

	if (!o->locked && !o->waiters_count) {
		oracle_go_on(o, who, op);
		return true;
	}
	assert(at < WAITERS_MAX);
	o->waiters[at].who = who;
	o->waiters[at].op = op;
	o->waiters_count++;
	return false;
}

static void oracle_next_waiter(struct oracle *o)
{
	int at = o->waiters_first++;

	if (--o->waiters_count == 0)
		o->waiters_first = 0;
	oracle_go_on(o, o->waiters[at].who, o->waiters[at].op);
	if (o->waiters[at].who != LINKWATCH)
		return;
	o->asleep = false;
	if (o->again) {
		o->again = false;
		o->asleep = !oracle_lock(o, LINKWATCH, NULL);
	}
}

/* When the first in the queue may start. */
static int64_t oracle_work_ns(const struct oracle *o)
{
	int64_t at_ns = o->queue[0].at_ns + o->latency_ns;

	return at_ns < o->now_ns ? o->now_ns : at_ns;
}

static void oracle_start_work(struct oracle *o)
{
	int who = o->queue[0].who;

	oracle_queue_remove(o, 0);
	if (who != LINKWATCH)
		oracle_config_work(o, who);
	else if (o->asleep)
		o->again = true;
	else
		o->asleep = !oracle_lock(o, LINKWATCH, NULL);
}

static void oracle_settle(struct oracle *o)
{
	if (o->timer_armed && o->timer_at_j <= oracle_jiffy(o)) {
		o->timer_armed = false;
		o->timer_fired = true;
		o->timer_fired_j = oracle_jiffy(o);
		oracle_queue(o, LINKWATCH);
	}
	if (o->held && o->held_until_ns <= o->now_ns) {
		o->held = false;
		o->locked = false;
	}
	for (;;) {
		if (!o->locked && o->waiters_count)
			oracle_next_waiter(o);
		else if (o->queue_count && oracle_work_ns(o) <= o->now_ns)
			oracle_start_work(o);
		else
			return;
	}
}

static int64_t oracle_next_ns(const struct oracle *o)
{
	int64_t next_ns = INT64_MAX;

	if (o->timer_armed)
		next_ns =
			(int64_t)((o->timer_at_j * 1000000000U + o->config.hz - 1) / o->config.hz);
	if (o->held && o->held_until_ns < next_ns)
		next_ns = o->held_until_ns;
	if (o->queue_count && oracle_work_ns(o) < next_ns)
		next_ns = oracle_work_ns(o);
	return next_ns;
}

static void oracle_advance(struct oracle *o, int64_t to_ns)
{
	while (oracle_next_ns(o) <= to_ns) {
		o->now_ns = oracle_next_ns(o);
		oracle_settle(o);
	}
	o->now_ns = to_ns;
	oracle_settle(o);
}

static void oracle_do(struct oracle *o, const struct op *op)
{
	for (int slot = op->slot; slot < op->slot + op->count; slot++) {
		if (op_needs_rtnl(op))
			oracle_lock(o, slot, op);
		else if (op->kind != OP_NOTHING)
			oracle_fold(o, op, oracle_driver_op(o, slot, op));
	}
	oracle_settle(o);
}

static void oracle_init(struct oracle *o, const struct oracle_config *config, const struct op *ops)
{
	memset(o, 0, sizeof(*o));
	o->config = *config;
	o->ops = ops;
	oracle_register(o, 0, KIND_LO);
}

#endif
