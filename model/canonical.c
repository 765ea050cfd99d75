/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The canonical form of a machine at rest. One function writes each part of the model; the size of the part's
 * structure is asserted next to it, so that a new field forces a decision: it is written, or it is listed as
 * dropped. */
#include "canonical.h"

#include <string.h>

/* The sizes on 64 bits; on 32 bits the fields are the same. */
#define SIZE_IS(type, bytes)                                                                       \
	_Static_assert(sizeof(void *) != 8 || sizeof(type) == (bytes),                             \
		       #type " has changed: canonical form, or dropped?")

/* In place of a device's number. */
#define NO_DEVICE 0xffff

struct bytes {
	unsigned char *at, *end; /* at NULL: they do not fit */
};

/* The low bytes of value, in this machine's order: canonical forms do not leave the process. */
static inline void put(struct bytes *to, uint64_t value, size_t bytes)
{
	uint8_t of_1 = (uint8_t)value;
	uint16_t of_2 = (uint16_t)value;
	uint32_t of_4 = (uint32_t)value;

	if (!to->at || (size_t)(to->end - to->at) < bytes) {
		to->at = NULL;
		return;
	}
	memcpy(to->at,
	       bytes == 1   ? (const void *)&of_1
	       : bytes == 2 ? (const void *)&of_2
	       : bytes == 4 ? (const void *)&of_4
			    : (const void *)&value,
	       bytes);
	to->at += bytes;
}

static inline uint64_t bit(bool is_set, unsigned int n)
{
	return (uint64_t)is_set << n;
}

static uint32_t number_of(const struct net_device *dev)
{
	return dev ? (uint32_t)(dev - dev->machine->devices) : NO_DEVICE;
}

/*
 * What is dropped. struct machine: clock and kernel are constant; now_ns, since_boot_j and jiffies are what
 * times are relative to; cause, work_seq (queues are empty), hashes, free lists, max_*, last_address (matters
 * for creations only), extack, notifiers, callbacks, is_broken; worker: WORKER_NONE at rest.
 * struct rtnl, struct workqueue_struct: idle at rest. struct net_namespaces: constant without `ip netns`.
 */
SIZE_IS(struct machine, 1104);
SIZE_IS(struct rtnl, 96);
SIZE_IS(struct net_namespaces, 160);
SIZE_IS(struct netdev_work, 112);

static bool is_idle(const struct work_struct *work)
{
	return !work->is_pending && !work->is_running && !work->reruns;
}

const char *canonical_refusal(const struct machine *m)
{
	int64_t work_ns;

	if (m->is_broken)
		return "an invariant is broken";
	if (m->rtnl.is_locked || m->rtnl.waiting)
		return "rtnl is held";
	if (work_next_ns(m, &work_ns) || m->worker_latency_ns)
		return "work is held up by a worker latency";
	if (!is_idle(&m->netdev_work.work) || !is_idle(&m->net_namespaces.work))
		return "work is in progress";
	if (m->now_ns != jiffies_start_ns(&m->clock, m->since_boot_j))
		return "it is not the start of a jiffy";
	if (m->clock.long_bits != 64)
		return "32-bit jiffies wrap";
	return NULL;
}

/* Whether a device has delayed works of its own. */
static bool has_works(const struct net_device *dev)
{
	return dev->netdev_ops == &bond_netdev_ops && dev->reg_state == NETREG_REGISTERED;
}

uint64_t canonical_delay_max_j(const struct machine *m)
{
	uint64_t max_j = m->clock.hz;

	for (uint32_t i = 0; i < m->devices_used; i++) {
		uint64_t delay_j =
			has_works(&m->devices[i])
				? msecs_to_jiffies(&m->clock, m->devices[i].priv.bond.miimon)
				: 0;

		if (delay_j > max_j)
			max_j = delay_j;
	}
	return max_j;
}

uint64_t canonical_period_j(const struct machine *m, uint64_t delay_max_j)
{
	uint64_t period_j = 1, level_end_j = 63;

	if (m->timers.is_exact)
		return 1;
	if (!kernel_has(&m->kernel,
			KERNEL_TIMER_WHEEL)) /* each of the next 256 jiffies has a bucket */
		return delay_max_j < 256 ? 1 : 0;
	for (; delay_max_j >= level_end_j; level_end_j *= 8)
		period_j *= 8;
	return period_j;
}

/* Each delayed work: jiffies until it is due, its place among all timers, the wheel's level. Dropped of struct
 * timer_list: expires (placed already), function; of struct delayed_work: wq, set when it is armed; of struct
 * work_struct: seq, queued_at_ns, cause. */
#define TIMER_BYTES 6
SIZE_IS(struct timer_list, 48);
SIZE_IS(struct work_struct, 48);
SIZE_IS(struct delayed_work, 104);
SIZE_IS(struct timer_base, 32);

static uint32_t place_of(const struct machine *m, const struct timer_list *timer)
{
	uint32_t place = 0;

	for (const struct list_head *at = m->timers.pending.next; at != &timer->entry;
	     at = at->next)
		place++;
	return place;
}

static void put_timer(struct bytes *to, const struct machine *m, const struct delayed_work *work)
{
	const struct timer_list *timer = work ? &work->timer : NULL;

	if (!timer || !timer_pending(timer)) {
		put(to, work && work->work.is_pending, TIMER_BYTES);
		return;
	}
	put(to, jiffies_sub(&m->clock, timer->bucket_expiry, m->jiffies) + 2, 4);
	put(to, place_of(m, timer), 1);
	put(to, timer->level, 1);
}

/* Dropped of struct linkwatch: file; the lists (each device has its place); waiter, idle at rest. */
SIZE_IS(struct linkwatch, 224);
#define LINKWATCH_BYTES 5

static void put_linkwatch(struct bytes *to, const struct machine *m,
			  const struct linkwatch_view *view)
{
	bool is_ahead = time_after(&m->clock, view->nextevent, m->jiffies);

	put(to, view->is_urgent, 1);
	/* a time that is past does what the present does */
	put(to, is_ahead ? jiffies_sub(&m->clock, view->nextevent, m->jiffies) : 0, 4);
}

/* The wheel: where in its period the jiffy is, and whether timers of this jiffy have expired. Exact timers ask for
 * neither. */
#define WHEEL_BYTES 2

static void put_wheel(struct bytes *to, const struct machine *m, uint64_t period_j)
{
	bool is_clk_ahead =
		!m->timers.is_exact && m->timers.clk == jiffies_add(&m->clock, m->jiffies, 1);

	put(to, (m->jiffies % period_j) << 1 | is_clk_ahead, 2);
}

size_t canonical_machine_bytes(const struct machine *m)
{
	size_t bytes = LINKWATCH_BYTES + WHEEL_BYTES + TIMER_BYTES;

	for (uint32_t i = 0; i < m->devices_used; i++)
		if (has_works(&m->devices[i]))
			bytes += 3 * TIMER_BYTES;
	return bytes;
}

void canonical_machine(const struct machine *m, uint64_t period_j, unsigned char *ret_bytes,
		       size_t bytes)
{
	struct bytes to = { ret_bytes, ret_bytes + bytes };
	struct linkwatch_view view;

	linkwatch_look(m, &view);
	put_wheel(&to, m, period_j);
	put_linkwatch(&to, m, &view);
	put_timer(&to, m, view.work);
	for (uint32_t i = 0; i < m->devices_used; i++) {
		const struct bond_work *work = m->devices[i].priv.bond.work;

		if (!has_works(&m->devices[i]))
			continue;
		put_timer(&to, m, &work->mii);
		put_timer(&to, m, &work->mcast);
		put_timer(&to, m, &work->notify);
	}
}

void canonical_places(const struct machine *m, uint32_t *ret_places)
{
	struct linkwatch_view view;
	uint32_t place = 0;

	memset(ret_places, 0, m->devices_used * sizeof(ret_places[0]));
	linkwatch_look(m, &view);
	if (!view.lweventlist)
		return;
	for (const struct list_head *at = view.lweventlist->next; at != view.lweventlist;
	     at = at->next) {
		const struct net_device *dev =
			container_of(at, const struct net_device, link_watch_list);

		ret_places[dev - m->devices] = ++place;
	}
}

/*
 * Drivers' own data. Dropped: what never changes after creation (VLAN's ID, bond's mode and miimon, macvlan's
 * device below and mode, VRF's table), hash_next, works (idle at rest, or among the timers).
 */
SIZE_IS(struct vlan_dev_priv, 16);
SIZE_IS(struct macvlan_dev, 24);
SIZE_IS(struct net_vrf, 4);
SIZE_IS(struct veth_priv, 8);
SIZE_IS(struct virtnet_info, 56);
SIZE_IS(struct team, 3);
SIZE_IS(struct tun_struct, 2);
SIZE_IS(struct bonding, 24);
SIZE_IS(struct net_bridge, 16);

static void put_priv(struct bytes *to, const struct net_device *dev)
{
	const struct net_device_ops *ops = dev->netdev_ops;

	if (ops == &veth_netdev_ops) {
		put(to, number_of(dev->priv.veth.peer), 2);
	} else if (ops == &virtnet_netdev_ops) {
		const struct virtnet_info *vi = &dev->priv.virtnet;

		put(to,
		    bit(vi->has_status, 0) | bit(vi->host_link_up, 1) | bit(vi->status_link_up, 2) |
			    bit(vi->is_listening, 3) | bit(vi->has_change, 4),
		    1);
	} else if (ops == &vlan_netdev_ops) {
		put(to, number_of(dev->priv.vlan.real_dev), 2);
	} else if (ops == &team_netdev_ops) {
		put(to, dev->priv.team.user_carrier_enabled, 1);
	} else if (ops == &tun_netdev_ops || ops == &tap_netdev_ops) {
		put(to, bit(dev->priv.tun.has_queue, 0) | bit(dev->priv.tun.is_persistent, 1), 1);
	} else if (ops == &bond_netdev_ops) {
		put(to, number_of(dev->priv.bond.curr_active_slave), 2);
		put(to, dev->priv.bond.send_peer_notif, 1);
	} else if (ops == &br_netdev_ops) {
		put(to, dev->priv.bridge.bridge_address, 8);
		put(to, dev->priv.bridge.is_mtu_set_by_user, 1);
	}
}

/* A port as its master knows it. */
SIZE_IS(struct team_port, 24);
SIZE_IS(struct bond_slave, 24);
SIZE_IS(struct net_bridge_port, 2);
SIZE_IS(struct netdev_adj_lists, 72);
/* Dropped of a link: order (its place in the list says it), the sums (of its ports' parts). */
SIZE_IS(struct netdev_adjacent, 136);

static void put_port(struct bytes *to, const struct netdev_adjacent *link)
{
	const struct net_device_ops *ops = link->upper->netdev_ops;

	if (ops == &team_netdev_ops) {
		put(to, link->port.team.linkup, 1);
		put(to, link->port.team.orig_address, 8);
		put(to, link->port.team.orig_mtu, 4);
	} else if (ops == &bond_netdev_ops) {
		const struct bond_slave *slave = &link->port.bond;

		put(to,
		    bit(slave->is_link_up, 0) | bit(slave->is_link_changed, 1) |
			    bit(slave->is_backup, 2),
		    1);
		put(to, slave->perm_address, 8);
		put(to, slave->orig_mtu, 4);
	} else if (ops == &br_netdev_ops) {
		put(to,
		    bit(link->port.bridge.is_forwarding, 0) | bit(link->port.bridge.is_listed, 1),
		    1);
	}
}

static void put_stack(struct bytes *to, const struct net_device *dev)
{
	const struct netdev_adjacent *link;

	if (!dev->adj)
		return;
	for (link = NULL; (link = netdev_next_upper(dev, link, NULL)) != NULL;)
		put(to, number_of(link->upper), 2);
	put(to, NO_DEVICE, 2);
	for (link = NULL; (link = netdev_next_lower(dev, link)) != NULL;) {
		put(to, number_of(link->lower), 2);
		if (link->is_master)
			put_port(to, link);
	}
	put(to, NO_DEVICE, 2);
}

/*
 * Dropped of struct net_device: the rest of link_watch_event (a tree over the list), causes, carrier counters, machine
 * and ops, hash chains, lists of closing and unregistering (empty at rest), work_node and work_cause (idle at
 * rest); name and ifindex, which change only by renaming and by moving to another namespace.
 */
SIZE_IS(struct net_device, 312);

static void put_flags(struct bytes *to, const struct net_device *dev)
{
	put(to, dev->flags, 4);
	put(to, dev->gflags, 2);
	put(to, dev->promiscuity, 2);
	put(to,
	    bit(dev->is_lag_port, 0) | bit(dev->is_lag_master, 1) | bit(dev->is_address_set, 2) |
		    bit(dev->proto_down, 3),
	    1);
}

size_t canonical_device(const struct net_device *dev, uint32_t place,
			unsigned char ret_bytes[CANONICAL_DEVICE_MAX])
{
	struct bytes to = { ret_bytes, ret_bytes + CANONICAL_DEVICE_MAX };

	put(&to, dev->reg_state, 1);
	if (dev->reg_state == NETREG_REGISTERED) {
		put(&to, place, 2);
		/* right only if linkwatch_look_again() is called wherever it must be, which is for
		 * explore to show */
		put(&to, (place > 0) & dev->link_watch_event.stays, 1);
		put(&to, dev->state, 2);
		put(&to, dev->operstate, 1);
		put(&to, dev->link_mode, 1);
		put(&to, (uint64_t)dev->qdisc | (uint64_t)dev->qdisc_sleeping << 4, 1);
		put(&to, (uint64_t)dev->root_qdisc | (uint64_t)dev->rtnl_link_state << 4, 1);
		put_flags(&to, dev);
		put(&to, dev->work_events, 2);
		put(&to, dev->nd_net, 2);
		put(&to, dev->features, 8);
		put(&to, dev->wanted_features, 8);
		put(&to, dev->vlan_features, 8);
		put(&to, dev->mtu, 4);
		put(&to, dev->tx_queue_len, 4);
		if (!netdev_adj_pool_is_none(
			    &dev->machine->adj_pool)) /* only masters and uppers look at it */
			put(&to, dev->address, 8);
		put_priv(&to, dev);
		put_stack(&to, dev);
	}
	return to.at ? (size_t)(to.at - ret_bytes) : 0;
}
