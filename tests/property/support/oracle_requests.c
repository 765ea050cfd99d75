/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Requests of userspace, and drivers. */
#include "oracle_requests.h"

#include <assert.h>
#include <errno.h>
#include <linux/if.h>
#include <string.h>

#include "oracle_linkwatch.h"

/* Sets the filters of a device that is up: for a dummy, by the work item. */
static void oracle_filters(struct oracle *o, const struct oracle_dev *d)
{
	if (d->kind != KIND_DUMMY || !d->up || !d->present || !oracle_has(o, FILTERS_BY_WORK))
		return;
	if (oracle_queue_find(o, FILTERS) < 0 && !oracle_work(o, FILTERS)->again)
		oracle_queue(o, FILTERS);
}

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
	if (d->kind == KIND_VIRTIO && oracle_has(o, VIRTIO_FOLLOWS_OPEN)) {
		if (!d->has_status || d->status_up)
			oracle_carrier(o, slot, true);
		if (d->missed)
			oracle_queue(o, slot);
		d->listening = true;
		d->missed = false;
	}
	if (o->config.has_open_syncs)
		oracle_work_off(o, slot);
	d->up = true;
	oracle_filters(o, d);
	oracle_activate(d);
	return 0;
}

/* All of a group lose START and their qdisc before the first is stopped. */
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
		if (d->kind == KIND_VIRTIO && oracle_has(o, VIRTIO_FOLLOWS_OPEN)) {
			d->listening = false;
			if (oracle_queue_find(o, slots[i]) >= 0)
				oracle_queue_remove(o, oracle_queue_find(o, slots[i]));
			oracle_carrier(o, slots[i], false);
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

static uint32_t oracle_user_state(const struct oracle *o, const struct oracle_dev *d,
				  uint32_t asked)
{
	bool is_up = d->oper == IF_OPER_UP || d->oper == IF_OPER_UNKNOWN;

	if (asked == IF_OPER_UP && !d->dormant && !d->testing &&
	    (d->oper == IF_OPER_DORMANT || d->oper == IF_OPER_TESTING ||
	     d->oper == IF_OPER_UNKNOWN))
		return IF_OPER_UP;
	if (asked == IF_OPER_TESTING && !oracle_has(o, TESTING_KNOWN))
		return d->oper;
	if ((asked == IF_OPER_DORMANT || asked == IF_OPER_TESTING) && is_up)
		return asked;
	return d->oper;
}

static int oracle_setlink(struct oracle *o, int slot, const struct op *op)
{
	struct oracle_dev *d = &o->devs[slot];

	if (op->flags != FLAGS_KEEP) {
		int change;

		oracle_filters(o, d);
		change = oracle_change_flags(o, slot, op->flags);
		if (change < 0 && oracle_has(o, SETLINK_MINDS_FLAGS))
			return change;
		if (change > 0)
			oracle_say_flags(o, slot, (uint32_t)change, (uint32_t)change);
		if (change >= 0 && o->config.has_setlink_event)
			oracle_fire(o, slot);
	}
	if (op->carrier >= 0 && oracle_has(o, USER_SETS_CARRIER)) {
		if (d->kind != KIND_DUMMY)
			return -EOPNOTSUPP;
		if (!d->present)
			return -ENODEV;
		oracle_carrier(o, slot, op->carrier);
	}
	if (op->operstate >= 0) {
		uint32_t state = oracle_user_state(o, d, (uint32_t)op->operstate);
		bool is_new = state != d->oper;

		d->oper = state;
		if (is_new && d->up)
			oracle_say_state(o, slot);
	}
	if (op->mode >= 0) {
		bool is_new = d->mode != (uint32_t)op->mode;

		d->mode = (uint32_t)op->mode;
		if (is_new && d->up && oracle_has(o, MODE_IS_TOLD))
			oracle_say_state(o, slot);
	}
	return 0;
}

void oracle_register(struct oracle *o, int slot, enum oracle_kind kind)
{
	struct oracle_dev *d = &o->devs[slot];

	for (int i = 0; i < o->list_count; i++)
		if (o->list[i] == slot)
			o->list[i] = SLOT_GONE;
	o->devs[SLOT_GONE].present = d->present;
	memset(d, 0, sizeof(*d));
	d->exists = true;
	d->kind = kind;
	d->ifindex = ++o->last_ifindex;
	d->peer = -1;
	d->present = true;
	d->carrier = true;
}

/* For a new device: sets the attributes of the RTM_NEWLINK and sends its message. */
static int oracle_configure(struct oracle *o, int slot, const struct op *op)
{
	struct oracle_dev *d = &o->devs[slot];

	if (op->operstate >= 0)
		d->oper = oracle_user_state(o, d, (uint32_t)op->operstate);
	if (op->mode >= 0)
		d->mode = (uint32_t)op->mode;
	if (op->flags == FLAGS_UP)
		oracle_change_flags(o, slot, FLAGS_UP);
	oracle_say_flags(o, slot, op->flags == FLAGS_UP ? IFF_UP : 0, UINT32_MAX);
	return 0;
}

/* The error of a creation that is impossible. */
static int oracle_add_error(const struct oracle *o, const struct op *op)
{
	return op->flags != FLAGS_KEEP && !oracle_has(o, NEWLINK_TAKES_FLAGS) ? -EOPNOTSUPP : 0;
}

static int oracle_add_veth(struct oracle *o, int slot, const struct op *op)
{
	int peer = slot + 1;

	if (o->devs[slot].exists)
		return -EEXIST;
	if (oracle_add_error(o, op))
		return oracle_add_error(o, op);
	if (o->devs[peer].exists)
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
	int group[2] = { slot, o->devs[slot].peer }, up[2] = { 0 }, ups = 0;
	int count = o->devs[slot].kind == KIND_VETH ? 2 : 1;

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
	if (op->has_status || oracle_has(o, VIRTIO_OFF_FIRST))
		oracle_carrier(o, slot, false);
	if (op->has_status && oracle_has(o, VIRTIO_FOLLOWS_OPEN)) {
		d->missed = true;
	} else if (op->has_status) {
		oracle_queue(o, slot);
	} else {
		d->status_up = true;
		oracle_carrier(o, slot, true);
	}
	return 0;
}

void oracle_config_work(struct oracle *o, int slot)
{
	struct oracle_dev *d = &o->devs[slot];

	if (!d->has_status || d->status_up == d->host_up)
		return;
	d->status_up = d->host_up;
	oracle_carrier(o, slot, d->status_up);
}

int oracle_driver_op(struct oracle *o, int slot, const struct op *op)
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
		if (!oracle_has(o, CARRIER_EVENT_KNOWN))
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
		if (!d->listening && oracle_has(o, VIRTIO_FOLLOWS_OPEN))
			d->missed = true;
		else if (oracle_queue_find(o, slot) < 0)
			oracle_queue(o, slot);
	} else if (bit == &d->testing && !oracle_has(o, TESTING_KNOWN)) {
		return -EOPNOTSUPP;
	} else if (*bit != is_on) {
		*bit = is_on;
		oracle_fire(o, slot);
	}
	return 0;
}

int oracle_rtnl_op(struct oracle *o, int slot, const struct op *op)
{
	struct oracle_dev *d = &o->devs[slot];
	int err;

	if (op->kind == OP_ADD_DUMMY) {
		if (d->exists)
			return -EEXIST;
		if (oracle_add_error(o, op))
			return oracle_add_error(o, op);
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
	if (op->kind == OP_QUERY) {
		oracle_query(o, slot);
		return 0;
	}
	if (op->kind == OP_IFCONFIG_UP || op->kind == OP_IFCONFIG_DOWN)
		oracle_filters(o, d);
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
