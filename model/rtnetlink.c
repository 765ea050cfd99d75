/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Requests that set links, and messages that describe them.
 * Models: net/core/rtnetlink.c; dev_ifsioc() of net/core/dev_ioctl.c */
#include "rtnetlink.h"

#include <errno.h>

#include "machine.h"

/* Models: nla_put_iflink(), rtnl_fill_link_netnsid() */
static void fill_link(const struct net_device *dev, struct link_message *ret_message)
{
	const struct net *net = dev_net(dev);

	ret_message->link = dev_get_iflink(dev);
	ret_message->link_net =
		dev->netdev_ops->get_link_net ? dev->netdev_ops->get_link_net(dev) : net;
	ret_message->has_link = ret_message->link != dev->ifindex || ret_message->link_net != net;
}

void rtnl_fill_ifinfo(const struct net_device *dev, struct link_message *ret_message)
{
	ret_message->dev = dev;
	ret_message->is_dellink = false;
	ret_message->operstate = netif_running(dev) ? dev->operstate : IF_OPER_DOWN;
	ret_message->link_mode = dev->link_mode;
	ret_message->qdisc = dev->root_qdisc;
	ret_message->carrier = netif_carrier_ok(dev);
	ret_message->ifi_flags = dev_get_flags(dev);
	ret_message->ifi_change = 0;
	ret_message->carrier_up_count = dev->carrier_up_count;
	ret_message->carrier_down_count = dev->carrier_down_count;
	fill_link(dev, ret_message);
	ret_message->master = netdev_master_upper_dev_get(dev);
	ret_message->mtu = dev->mtu;
	ret_message->tx_queue_len = dev->tx_queue_len;
	ret_message->promiscuity = dev->promiscuity;
	ret_message->proto_down = dev->proto_down;
	ret_message->address = dev->flags & IFF_LOOPBACK ? 0 : dev->address;
	ret_message->cause = dev->machine->cause;
}

void rtmsg_ifinfo_send(const struct link_message *message)
{
	const struct machine_callbacks *callbacks = &message->dev->machine->callbacks;

	if (callbacks->notify)
		callbacks->notify(callbacks->user, message);
}

void rtmsg_ifinfo(const struct net_device *dev, uint32_t ifi_change)
{
	struct link_message message;

	if (dev->reg_state != NETREG_REGISTERED)
		return;
	rtnl_fill_ifinfo(dev, &message);
	message.ifi_change = ifi_change;
	rtmsg_ifinfo_send(&message);
}

void rtmsg_ifinfo_build_dellink(const struct net_device *dev, struct link_message *ret_message)
{
	rtnl_fill_ifinfo(dev, ret_message);
	ret_message->is_dellink = true;
	ret_message->ifi_change = ~0U;
}

/*
 * Userspace can move a device between DORMANT (or TESTING) and UP, as after authentication; anything else
 * is ignored without an error. The carrier is not checked.
 */
static uint8_t operstate_after(const struct net_device *dev, uint8_t transition)
{
	bool is_up_allowed = dev->operstate == IF_OPER_DORMANT ||
			     dev->operstate == IF_OPER_TESTING || dev->operstate == IF_OPER_UNKNOWN;

	if (transition == IF_OPER_TESTING && !kernel_has(&dev->machine->kernel, KERNEL_TESTING))
		return dev->operstate;
	if (transition == IF_OPER_UP && is_up_allowed && !netif_dormant(dev) && !netif_testing(dev))
		return IF_OPER_UP;
	if ((transition == IF_OPER_TESTING || transition == IF_OPER_DORMANT) && netif_oper_up(dev))
		return transition;
	return dev->operstate;
}

static void set_operstate(struct net_device *dev, uint8_t transition)
{
	uint8_t before = dev->operstate, operstate = operstate_after(dev, transition);

	trace_point(dev->machine, TRACE_SET_OPERSTATE, dev, before, operstate);
	if (operstate == before)
		return;
	dev->operstate = operstate;
	linkwatch_look_again(dev);
	netdev_state_change(dev);
}

/* Models: rtnl_dev_combine_flags() */
static uint32_t combine_flags(const struct net_device *dev, const struct link_attrs *attrs)
{
	const uint32_t global = IFF_PROMISC | IFF_ALLMULTI;
	uint32_t now = (dev->flags & ~global) | (dev->gflags & global);

	if (!attrs->ifi_change) /* 0 means all of them */
		return attrs->ifi_flags;
	return (attrs->ifi_flags & attrs->ifi_change) | (now & ~attrs->ifi_change);
}

static bool asks_for_flags(const struct link_attrs *attrs)
{
	return attrs->ifi_flags || attrs->ifi_change;
}

/* Moves a slave to another master; it leaves the old one first. */
static int do_set_master(struct net_device *dev, int32_t ifindex)
{
	struct net_device *master = netdev_master_upper_dev_get(dev);
	int err;

	if (master && master->ifindex == ifindex)
		return 0;
	if (master) {
		err = master->netdev_ops->ndo_del_slave(master, dev);
		if (err)
			return err;
	}
	if (!ifindex)
		return 0;
	master = __dev_get_by_index(dev_net(dev), ifindex);
	if (!master)
		return -EINVAL;
	return master->netdev_ops->ndo_add_slave ? master->netdev_ops->ndo_add_slave(master, dev)
						 : -EOPNOTSUPP;
}

static int set_address(struct net_device *dev, uint64_t address)
{
	if (dev_takes_mac_address(dev) && netif_device_present(dev) &&
	    !is_valid_ether_addr(address))
		return -EADDRNOTAVAIL;
	return dev_set_mac_address(dev, address);
}

/* The attributes before the flags. */
static int set_identity(struct net_device *dev, const struct link_attrs *attrs, bool *ret_notify)
{
	const char *name = *attrs->ifname ? attrs->ifname : NULL;
	int err = 0;

	if (attrs->net)
		err = dev_change_net_namespace(dev, attrs->net, name, attrs->new_ifindex);
	if (!err && attrs->has_address)
		err = set_address(dev, attrs->address);
	if (!err && attrs->has_mtu)
		err = dev_set_mtu_ext(dev, attrs->mtu);
	if (!err && attrs->has_group)
		*ret_notify = true;
	if (!err && name)
		err = dev_change_name(dev, name);
	if (!err && attrs->has_alias)
		*ret_notify = true;
	return err;
}

/* The flags and the attributes next to them. */
static int set_link_state(struct net_device *dev, const struct link_attrs *attrs)
{
	const struct kernel *kernel = &dev->machine->kernel;
	int err = 0;

	if (asks_for_flags(attrs)) {
		err = dev_change_flags(dev, combine_flags(dev, attrs));
		if (!err && kernel_has(kernel, KERNEL_SETLINK_EVENT))
			linkwatch_fire_event(dev);
		if (!kernel_has(kernel, KERNEL_SETLINK_FLAGS_ERROR))
			err = 0;
	}
	if (!err && attrs->has_master && kernel_has(kernel, KERNEL_MASTERS_BY_NETLINK))
		err = do_set_master(dev, attrs->master);
	if (!err && attrs->has_carrier && kernel_has(kernel, KERNEL_IFLA_CARRIER))
		err = dev_change_carrier(dev, attrs->carrier);
	if (!err && attrs->has_txqlen)
		err = dev_change_tx_queue_len(dev, attrs->txqlen);
	return err;
}

static int set_rest(struct net_device *dev, const struct link_attrs *attrs, bool *ret_notify)
{
	int err = 0;

	if (attrs->has_operstate)
		set_operstate(dev, attrs->operstate);
	if (attrs->has_linkmode) {
		*ret_notify |= dev->link_mode != attrs->linkmode;
		dev->link_mode = attrs->linkmode;
	}
	if (attrs->has_proto_down && kernel_has(&dev->machine->kernel, KERNEL_IFLA_PROTO_DOWN)) {
		err = dev_change_proto_down(dev, attrs->proto_down);
		*ret_notify |= !err;
	}
	return err;
}

/* On an error, userspace is still notified of what was changed before. */
int do_setlink(struct net_device *dev, const struct link_attrs *attrs)
{
	bool notify = false;
	int err = set_identity(dev, attrs, &notify);

	if (!err)
		err = set_link_state(dev, attrs);
	if (!err)
		err = set_rest(dev, attrs, &notify);
	if (notify && kernel_has(&dev->machine->kernel, KERNEL_SETLINK_NOTIFIES))
		netdev_state_change(dev);
	return err;
}

int rtnl_create_link(struct net *net, const char *name, const struct net_device_ops *ops,
		     const struct link_attrs *attrs, struct net_device **ret_dev)
{
	struct net_device *dev = alloc_netdev(net->machine, name, ops);
	int err = dev ? 0 : -ENOMEM;

	if (!err && attrs->has_mtu)
		err = dev_validate_mtu(dev, attrs->mtu);
	if (err) {
		free_netdev(dev);
		return err;
	}
	dev_net_set(dev, attrs->net ? attrs->net : net);
	dev->rtnl_link_state = RTNL_LINK_INITIALIZING;
	if (attrs->has_mtu)
		dev->mtu = attrs->mtu;
	if (attrs->has_address) {
		dev->address = attrs->address;
		dev->is_address_set = true;
	}
	if (attrs->has_txqlen)
		dev->tx_queue_len = attrs->txqlen & INT16_MAX;
	if (attrs->has_operstate)
		set_operstate(dev, attrs->operstate);
	if (attrs->has_linkmode)
		dev->link_mode = attrs->linkmode;
	*ret_dev = dev;
	return 0;
}

int rtnl_configure_link(struct net_device *dev, const struct link_attrs *attrs)
{
	uint32_t old_flags = dev->flags;

	if (asks_for_flags(attrs)) {
		int err = __dev_change_flags(dev, combine_flags(dev, attrs));

		if (err)
			return err;
	}
	dev->rtnl_link_state = RTNL_LINK_INITIALIZED;
	__dev_notify_flags(dev, old_flags, ~0U);
	return 0;
}

static void delete_link(struct net_device *dev)
{
	struct list_head list_kill;

	INIT_LIST_HEAD(&list_kill);
	dev->netdev_ops->dellink(dev, &list_kill);
	unregister_netdevice_many(&list_kill);
}

static const struct net_device_ops *const link_ops[LINK_KIND_COUNT] = {
	[LINK_KIND_DUMMY] = &dummy_netdev_ops,	 [LINK_KIND_VETH] = &veth_netdev_ops,
	[LINK_KIND_VLAN] = &vlan_netdev_ops,	 [LINK_KIND_MACVLAN] = &macvlan_netdev_ops,
	[LINK_KIND_IPVLAN] = &ipvlan_netdev_ops, [LINK_KIND_TEAM] = &team_netdev_ops,
	[LINK_KIND_VRF] = &vrf_netdev_ops,	 [LINK_KIND_BOND] = &bond_netdev_ops,
	[LINK_KIND_BRIDGE] = &br_netdev_ops,
};

struct net *link_create_net(const struct machine *m, const struct link_create *create)
{
	return create->net ? create->net : init_net(m);
}

static int rtnl_newlink_create(struct machine *m, const struct net_device_ops *ops,
			       const struct link_create *create)
{
	struct net_device *dev;
	int err = rtnl_create_link(link_create_net(m, create), create->name, ops, &create->attrs,
				   &dev);

	if (err)
		return err;
	dev->ifindex = create->attrs.new_ifindex;
	err = ops->newlink ? ops->newlink(dev, create) : register_netdevice(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	err = rtnl_configure_link(dev, &create->attrs);
	if (!err && create->attrs.has_master)
		err = do_set_master(dev, create->attrs.master);
	if (err)
		delete_link(dev);
	return err;
}

/* Models: rtnl_link_ops_get() */
static bool is_kind_known(const struct machine *m, enum link_kind kind)
{
	if (kind == LINK_KIND_BOND || kind == LINK_KIND_BRIDGE)
		return kernel_has(&m->kernel, KERNEL_MASTERS_BY_NETLINK);
	if (kind == LINK_KIND_TEAM)
		return kernel_has(&m->kernel, KERNEL_TEAM);
	if (kind == LINK_KIND_IPVLAN)
		return kernel_has(&m->kernel, KERNEL_IPVLAN);
	if (kind == LINK_KIND_VRF)
		return kernel_has(&m->kernel, KERNEL_VRF);
	return true;
}

/* The validate() of every kind requires it, except ipvlan's: an ipvlan has the address of the device below. */
static int validate_address(const struct link_attrs *attrs, const struct net_device_ops *ops)
{
	bool is_good = !attrs->has_address || ops == &ipvlan_netdev_ops ||
		       is_valid_ether_addr(attrs->address);

	return is_good ? 0 : -EADDRNOTAVAIL;
}

/* Attributes that old kernels accept only for an existing device. */
static bool is_too_much(const struct machine *m, const struct link_attrs *attrs)
{
	if (attrs->has_master && !kernel_has(&m->kernel, KERNEL_NEWLINK_MASTER))
		return true;
	return (asks_for_flags(attrs) || attrs->new_ifindex) &&
	       !kernel_has(&m->kernel, KERNEL_NEWLINK_FLAGS);
}

int rtnl_newlink(struct machine *m, const struct link_create *create)
{
	const struct net_device_ops *ops = link_ops[create->kind];
	const struct net *net = link_create_net(m, create);
	int32_t ifindex = create->attrs.new_ifindex;
	/* if a number is given, it alone decides whether the device exists */
	const struct net_device *dev =
		ifindex ? __dev_get_by_index(net, ifindex) : __dev_get_by_name(net, create->name);
	int err = validate_address(&create->attrs, ops);

	if (!err && ops->validate)
		err = ops->validate(m, create);
	if (!err && dev)
		err = -EEXIST;
	if (!err && (is_too_much(m, &create->attrs) || !is_kind_known(m, create->kind)))
		err = -EOPNOTSUPP;
	return err ? err : rtnl_newlink_create(m, ops, create);
}

int rtnl_dellink(struct net_device *dev)
{
	if (!dev->netdev_ops->dellink)
		return -EOPNOTSUPP;
	delete_link(dev);
	return 0;
}

int dev_ifsioc_set_flags(struct net_device *dev, uint32_t flags)
{
	return dev_change_flags(dev, flags);
}

/* Whether rtnetlink sends a message for the event; for other events the caller of the notifiers sends it. */
static bool sends_message(const struct net_device *dev, enum netdev_cmd cmd)
{
	switch (cmd) {
	case NETDEV_FEAT_CHANGE:
	case NETDEV_CHANGEADDR:
	case NETDEV_BONDING_FAILOVER:
	case NETDEV_NOTIFY_PEERS:
	case NETDEV_CHANGEMTU:
	case NETDEV_CHANGENAME:
	case NETDEV_CHANGE_TX_QUEUE_LEN:
		return true;
	case NETDEV_CHANGEUPPER:
	case NETDEV_CHANGELOWERSTATE:
	case NETDEV_RESEND_IGMP:
		return kernel_has(&dev->machine->kernel, KERNEL_UPPERS_TOLD);
	default:
		return false;
	}
}

int rtnetlink_event(struct net_device *dev, enum netdev_cmd cmd)
{
	if (sends_message(dev, cmd))
		rtmsg_ifinfo(dev, 0);
	return 0;
}
