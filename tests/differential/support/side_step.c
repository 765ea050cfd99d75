/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs each step in the order of operations of sim/, including name lookups. */
#include <errno.h>
#include <linux/if_ether.h>
#include <string.h>

#include "property/support/run_to.h"
#include "side.h"

/* A running command: small enough to be stored in a waiter for rtnl, so that copies of a machine are
 * complete. */
struct call {
	uint16_t at, index; /* index of the step, and of the slot in it */
	uint8_t net, target;
	uint16_t number; /* an ifindex, or the flags from SIOCGIFFLAGS */
};
_Static_assert(sizeof(struct call) == sizeof(uint64_t), "a waiter keeps 64 bits");

static uint64_t call_pack(const struct call *call)
{
	uint64_t n;

	memcpy(&n, call, sizeof(n));
	return n;
}

static struct call call_unpack(uint64_t n)
{
	struct call call;

	memcpy(&call, &n, sizeof(call));
	return call;
}

static const struct step *step_of(const struct side *side, const struct call *call)
{
	return &side->steps->list[call->at];
}

static int slot_of(const struct side *side, const struct call *call)
{
	return step_of(side, call)->slot + call->index;
}

static struct net *net_at(const struct side *side, uint8_t place)
{
	return &side->m->net_namespaces.nets[place];
}

static uint8_t place_of(const struct side *side, const struct net *net)
{
	return (uint8_t)(net - side->m->net_namespaces.nets);
}

/* The number of the namespace's name; -1: the name is gone. */
static int netns_of(const struct side *side, const struct net *net)
{
	for (int i = 0; i <= NETNS_MAX; i++)
		if (side->seen.nets[i] == net)
			return i;
	return -1;
}

/* The slot's device in any named namespace; NULL: none. */
static struct net_device *find(struct side *side, int slot)
{
	struct net_device *dev = side->seen.devs[slot];

	if (dev && dev < side->m->devices + side->m->devices_used &&
	    dev->reg_state == NETREG_REGISTERED &&
	    memcmp(dev->name, side->names[slot], IFNAMSIZ) == 0)
		return slot && netns_of(side, dev_net(dev)) < 0 ? NULL : dev;
	for (int i = 0; i <= NETNS_MAX; i++) {
		const struct net *net = side->seen.nets[i];

		dev = net ? __dev_get_by_name(net, side->names[slot]) : NULL;
		if (dev)
			return side->seen.devs[slot] = dev;
	}
	return NULL;
}

static struct net_device *find_in(const struct side *side, const struct call *call, int slot)
{
	return __dev_get_by_name(net_at(side, call->net), side->names[slot]);
}

static void outcome_tell(struct side *side, const struct call *call, int netns, int err)
{
	struct outcome outcome = {
		.at = call->at, .slot = slot_of(side, call), .netns = netns, .err = err
	};

	side->seen.results =
		(side->seen.results + (uint64_t)(1 - err)) * UINT64_C(0x9e3779b97f4a7c15) +
		call_pack(call);
	if (side->on_outcome)
		side->on_outcome(side->user, &outcome);
}

/* The command holds its namespaces until it ends. */
static void call_open(struct side *side, struct call *call, struct net *net, struct net *target)
{
	call->net = place_of(side, net);
	call->target = place_of(side, target);
	get_net(net);
	get_net(target);
}

static void call_end(struct side *side, const struct call *call, int err)
{
	outcome_tell(side, call, netns_of(side, net_at(side, call->net)), err);
	put_net(net_at(side, call->net));
	put_net(net_at(side, call->target));
}

static void with_rtnl(struct side *side, const struct call *call, rtnl_fn fn)
{
	int err = rtnl_run(side->m, fn, side, call_pack(call));

	if (err < 0)
		call_end(side, call, err);
}

/*
 * With rtnl held
 */

static void attrs_of(const struct step *step, struct link_attrs *attrs)
{
	memset(attrs, 0, sizeof(*attrs));
	if (step->flags == FLAGS_UP || step->flags == FLAGS_DOWN)
		attrs->ifi_change = IFF_UP;
	if (step->flags == FLAGS_PROMISC || step->flags == FLAGS_NO_PROMISC)
		attrs->ifi_change = IFF_PROMISC;
	if (step->flags == FLAGS_UP || step->flags == FLAGS_PROMISC)
		attrs->ifi_flags = attrs->ifi_change;
	attrs->has_carrier = step->carrier >= 0;
	attrs->carrier = step->carrier > 0;
	attrs->has_operstate = step->oper >= 0;
	attrs->operstate = (uint8_t)step->oper;
	attrs->has_linkmode = step->mode >= 0;
	attrs->linkmode = (uint8_t)step->mode;
}

static int setlink(struct side *side, const struct call *call, struct net_device *dev)
{
	const struct step *step = step_of(side, call);
	struct link_attrs attrs;

	attrs_of(step, &attrs);
	if (step->kind == STEP_MASTER) {
		const struct net_device *master = find_in(side, call, step->other);

		attrs.has_master = true;
		attrs.master = master ? master->ifindex : INT32_MAX;
	} else if (step->kind == STEP_NOMASTER) {
		attrs.has_master = true;
	} else if (step->kind == STEP_MOVE) {
		attrs.net = net_at(side, call->target);
	}
	return do_setlink(dev, &attrs);
}

/* What a process or driver does with a device given by name. */
static int device_do(struct side *side, const struct call *call, struct net_device *dev)
{
	const struct step *step = step_of(side, call);

	switch ((enum step_kind)step->kind) {
	case STEP_IFCONFIG:
		return dev_ifsioc_set_flags(dev, call->number);
	case STEP_DEV_OPEN:
		return dev_open(dev);
	case STEP_DEV_CLOSE:
		dev_close(dev);
		return 0;
	case STEP_GETLINK:
		linkwatch_query_dev(dev);
		return 0;
	case STEP_TUN_CARRIER:
		return tun_set_carrier(dev, step->is_on);
	case STEP_TUN_PERSIST:
		return tun_set_persist(dev, step->is_on);
	case STEP_TUN_CLOSE:
		return tun_detach(dev);
	default:
		return setlink(side, call, dev);
	}
}

static void device_locked(struct machine *m, void *arg, uint64_t n)
{
	struct side *side = arg;
	struct call call = call_unpack(n);
	struct net_device *dev = find_in(side, &call, slot_of(side, &call));
	int err = dev ? device_do(side, &call, dev) : -ENODEV;

	rtnl_unlock(m);
	call_end(side, &call, err);
}

static void delete_locked(struct machine *m, void *arg, uint64_t n)
{
	struct side *side = arg;
	struct call call = call_unpack(n);
	struct net_device *dev = __dev_get_by_index(net_at(side, call.net), call.number);
	int err = dev ? rtnl_dellink(dev) : -ENODEV;

	rtnl_unlock(m);
	call_end(side, &call, err);
}

static void create_fill(const struct side *side, const struct call *call,
			struct link_create *create)
{
	/* in order, from STEP_ADD_DUMMY */
	static const enum link_kind kinds[] = {
		LINK_KIND_DUMMY, LINK_KIND_VETH,    LINK_KIND_BOND,
		LINK_KIND_TEAM,	 LINK_KIND_BRIDGE,  LINK_KIND_VRF,
		LINK_KIND_VLAN,	 LINK_KIND_MACVLAN, LINK_KIND_IPVLAN
	};
	const struct step *step = step_of(side, call);
	int slot = slot_of(side, call);

	memset(create, 0, sizeof(*create));
	create->kind = kinds[step->kind - STEP_ADD_DUMMY];
	create->net = net_at(side, call->net);
	attrs_of(step, &create->attrs);
	memcpy(create->name, side->names[slot], IFNAMSIZ);
	if (step->kind == STEP_ADD_VETH)
		memcpy(create->peer_name, side->names[step->other], IFNAMSIZ);
	create->link = call->number;
	create->vlan_id = (uint16_t)(slot + 1);
	create->vlan_proto = step->is_ad ? ETH_P_8021AD : ETH_P_8021Q;
	create->is_loose = step->kind == STEP_ADD_VLAN && step->has_option;
	create->is_bridge_bound = step->kind == STEP_ADD_VLAN && step->is_on;
	create->vrf_table = (uint32_t)slot;
	create->bond_mode = step->has_option ? BOND_MODE_ACTIVEBACKUP : BOND_MODE_ROUNDROBIN;
	create->bond_miimon = step->is_ad ? 0 : 100;
}

static void create_locked(struct machine *m, void *arg, uint64_t n)
{
	struct side *side = arg;
	struct call call = call_unpack(n);
	const struct step *step = step_of(side, &call);
	struct link_create create;
	int err;

	if (step->kind == STEP_ADD_TUN) {
		struct tun_request request = { .net = net_at(side, call.net),
					       .is_tap = step->is_on,
					       .is_carrier_off = step->is_ad };

		memcpy(request.name, side->names[slot_of(side, &call)], IFNAMSIZ);
		err = tun_set_iff(m, &request);
	} else {
		create_fill(side, &call, &create);
		err = rtnl_newlink(m, &create);
	}
	rtnl_unlock(m);
	call_end(side, &call, err);
}

/* releases rtnl itself */
static void probe_locked(struct machine *m, void *arg, uint64_t n)
{
	struct side *side = arg;
	struct call call = call_unpack(n);
	const struct step *step = step_of(side, &call);

	call_end(side, &call,
		 virtnet_probe(m, side->names[slot_of(side, &call)], !step->is_ad, step->is_on));
}

/* ip first looks up an ifindex: of the device, or of that below a new one. */
static void ask_locked(struct machine *m, void *arg, uint64_t n)
{
	struct side *side = arg;
	struct call call = call_unpack(n);
	const struct step *step = step_of(side, &call);
	bool is_creation = step_is_creation(step);
	struct net_device *dev =
		find_in(side, &call, is_creation ? step->other : slot_of(side, &call));

	if (dev) {
		linkwatch_query_dev(dev);
		call.number = (uint16_t)dev->ifindex;
	}
	rtnl_unlock(m);
	if (dev)
		with_rtnl(side, &call, is_creation ? create_locked : delete_locked);
	else
		call_end(side, &call, -ENODEV);
}

static void hold_locked(struct machine *m, void *arg, uint64_t n)
{
	struct side *side = arg;
	struct call call = call_unpack(n);

	rtnl_hold(m, step_of(side, &call)->duration_us * INT64_C(1000));
	call_end(side, &call, 0);
}

static void netns_add_locked(struct machine *m, void *arg, uint64_t n)
{
	struct side *side = arg;
	struct call call = call_unpack(n);
	struct net **net = &side->seen.nets[step_of(side, &call)->netns];

	*net = copy_net_ns(m);
	rtnl_unlock(m);
	call_end(side, &call, *net ? 0 : -ENOSPC);
}

/*
 * Start of a step
 */

static int driver_do(struct side *side, const struct step *step, struct net_device *dev)
{
	static void (*const calls[])(struct net_device *) = {
		[STEP_CARRIER_ON] = netif_carrier_on, [STEP_CARRIER_OFF] = netif_carrier_off,
		[STEP_DORMANT_ON] = netif_dormant_on, [STEP_DORMANT_OFF] = netif_dormant_off,
		[STEP_DETACH] = netif_device_detach,  [STEP_ATTACH] = netif_device_attach,
		[STEP_FIRE] = linkwatch_fire_event,
	};

	(void)side;
	switch ((enum step_kind)step->kind) {
	case STEP_CARRIER_EVENT:
		return netif_carrier_event(dev);
	case STEP_TESTING_ON:
		return netif_testing_on(dev);
	case STEP_TESTING_OFF:
		return netif_testing_off(dev);
	case STEP_CONFIG:
		return virtnet_config_changed(dev, step->is_on);
	default:
		calls[step->kind](dev);
		return 0;
	}
}

/* Starts a step for an existing device. */
static void start_on(struct side *side, struct call *call, struct net_device *dev)
{
	const struct step *step = step_of(side, call);
	struct net *net = dev_net(dev), *target = net;
	const struct net_device *master;

	if (step->kind < STEP_LATENCY) {
		outcome_tell(side, call, netns_of(side, net), driver_do(side, step, dev));
		return;
	}
	if (step->kind == STEP_MOVE)
		target = side->seen.nets[step->netns];
	if (step->kind == STEP_MASTER) {
		master = find(side, step->other);
		if (!master || dev_net(master) != net)
			target = NULL;
	}
	if (!target) { /* its namespace has no name */
		outcome_tell(side, call, -1, -ENOENT);
		return;
	}
	call_open(side, call, net, target);
	if (step->kind == STEP_IFCONFIG) {
		call->number = (uint16_t)dev_get_flags(dev);
		if (step->is_on)
			call->number |= IFF_UP | IFF_RUNNING;
		else
			call->number &= (uint16_t)~IFF_UP;
	}
	with_rtnl(side, call, step->kind == STEP_DELETE ? ask_locked : device_locked);
}

static void start_creation(struct side *side, struct call *call)
{
	const struct step *step = step_of(side, call);
	struct net *net = side->seen.nets[step->kind == STEP_ADD_VIRTIO ? 0 : step->netns];
	bool is_taken = find(side, slot_of(side, call)) && step->kind != STEP_ADD_TUN;

	if (step->kind == STEP_ADD_TUN && find(side, slot_of(side, call)))
		net = dev_net(find(side, slot_of(side, call)));
	if (step->kind == STEP_ADD_VETH)
		is_taken |= find(side, step->other) || step->other == step->slot;
	if (step_has_lower(step)) {
		const struct net_device *lower = find(side, step->other);

		net = lower ? dev_net(lower) : NULL;
	}
	/* a slot has one device, in any namespace */
	if (is_taken || !net) {
		outcome_tell(side, call, -1, is_taken ? -EEXIST : -ENOENT);
		return;
	}
	call_open(side, call, net, net);
	with_rtnl(side, call,
		  step->kind == STEP_ADD_VIRTIO ? probe_locked
		  : step_has_lower(step)	? ask_locked
						: create_locked);
}

/* Starts a step that needs no existing device. */
static void start_other(struct side *side, struct call *call)
{
	const struct step *step = step_of(side, call);
	struct net **net = &side->seen.nets[step->netns], *init = side->seen.nets[0];
	bool is_add = step->kind == STEP_NETNS_ADD;

	if (step->kind == STEP_LATENCY) {
		side->m->worker_latency_ns = step->duration_us * INT64_C(1000);
		outcome_tell(side, call, 0, 0);
	} else if (step->kind == STEP_RTNL_HOLD) {
		call_open(side, call, init, init);
		with_rtnl(side, call, hold_locked);
	} else if (is_add == (*net != NULL)) {
		outcome_tell(side, call, -1, is_add ? -EEXIST : -ENOENT);
	} else if (is_add) {
		call_open(side, call, init, init);
		with_rtnl(side, call, netns_add_locked);
	} else {
		put_net(*net);
		*net = NULL;
		outcome_tell(side, call, 0, 0);
	}
}

static void start(struct side *side, struct call *call)
{
	const struct step *step = step_of(side, call);
	struct net_device *dev;

	if (step->kind >= STEP_LATENCY && step->kind <= STEP_NETNS_ADD) {
		start_other(side, call);
	} else if (step_is_creation(step)) {
		start_creation(side, call);
	} else {
		dev = find(side, slot_of(side, call));
		if (dev)
			start_on(side, call, dev);
		else
			outcome_tell(side, call, -1, -ENODEV);
	}
}

bool side_step(struct side *side, int at)
{
	const struct step *step = &side->steps->list[at];

	if (!machine_run_to(side->m, side_step_ns(side, step)))
		return false;
	for (uint16_t i = 0; i < step->count && step->kind != STEP_WAIT; i++) {
		struct call call = { .at = (uint16_t)at, .index = i };

		start(side, &call);
		machine_settle(side->m);
	}
	return true;
}
