/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A pair of devices: each has carrier while both are up.
 * Models: drivers/net/veth.c */
#include <errno.h>

#include "machine.h"

static struct net_device *veth_peer(const struct net_device *dev)
{
	return dev->priv.veth.peer;
}

static int veth_open(struct net_device *dev)
{
	struct net_device *peer = veth_peer(dev);

	if (!peer)
		return -ENOTCONN;
	if (peer->flags & IFF_UP) {
		netif_carrier_on(dev);
		netif_carrier_on(peer);
	}
	return 0;
}

static void veth_close(struct net_device *dev)
{
	netif_carrier_off(dev);
	if (veth_peer(dev))
		netif_carrier_off(veth_peer(dev));
}

/* The peer's ifindex. Without a peer: 0, which differs from its own, too. */
static int veth_get_iflink(const struct net_device *dev)
{
	if (!kernel_has(&dev->machine->kernel, KERNEL_VETH_IFLINK))
		return dev->ifindex;
	return veth_peer(dev) ? veth_peer(dev)->ifindex : 0;
}

/* Without a peer: its own. */
static struct net *veth_get_link_net(const struct net_device *dev)
{
	return dev_net(veth_peer(dev) ? veth_peer(dev) : dev);
}

/* Unties the pair before it is closed, so neither end turns off the other's carrier. */
static void veth_dellink(struct net_device *dev, struct list_head *head)
{
	struct net_device *peer = veth_peer(dev);

	dev->priv.veth.peer = NULL;
	unregister_netdevice_queue(dev, head);
	if (!peer)
		return;
	peer->priv.veth.peer = NULL;
	linkwatch_look_again(dev);
	linkwatch_look_again(peer);
	unregister_netdevice_queue(peer, head);
}

static int veth_validate_attrs(const struct link_attrs *attrs)
{
	if (attrs->has_address && !is_valid_ether_addr(attrs->address))
		return -EADDRNOTAVAIL;
	return attrs->has_mtu && (attrs->mtu < 68 || attrs->mtu > 65535) ? -EINVAL : 0;
}

static int veth_validate(struct machine *m, const struct link_create *create)
{
	(void)m;
	return veth_validate_attrs(&create->attrs);
}

/* Creates, registers and announces the peer first. */
static int create_peer(struct machine *m, const struct link_create *create,
		       struct net_device **ret_peer)
{
	struct net_device *peer;
	int err = veth_validate_attrs(&create->peer_attrs);

	if (!err)
		err = rtnl_create_link(link_create_net(m, create), create->peer_name,
				       &veth_netdev_ops, &create->peer_attrs, &peer);
	if (err)
		return err;
	if (create->attrs.new_ifindex) /* otherwise the requested number is ignored */
		peer->ifindex = create->peer_attrs.new_ifindex;
	err = register_netdevice(peer);
	if (err) {
		free_netdev(peer);
		return err;
	}
	netif_carrier_off(peer);
	err = rtnl_configure_link(peer, &create->peer_attrs);
	if (err) {
		unregister_netdevice(peer);
		return err;
	}
	*ret_peer = peer;
	return 0;
}

static int veth_newlink(struct net_device *dev, const struct link_create *create)
{
	struct net_device *peer;
	int err = create_peer(dev->machine, create, &peer);

	if (err)
		return err;
	err = register_netdevice(dev);
	if (err) {
		unregister_netdevice(peer);
		return err;
	}
	netif_carrier_off(dev);
	dev->priv.veth.peer = peer;
	peer->priv.veth.peer = dev;
	linkwatch_look_again(dev);
	linkwatch_look_again(peer);
	return 0;
}

const struct net_device_ops veth_netdev_ops = {
	.kind = "veth",
	.default_qdisc = QDISC_NOQUEUE,
	.min_mtu = 68,
	.max_mtu = 65535,
	.flags = IFF_BROADCAST | IFF_MULTICAST,
	.features = NETIF_F_VIRTUAL,
	.hw_features = NETIF_F_VIRTUAL,
	.vlan_features = NETIF_F_VIRTUAL,
	.ndo_open = veth_open,
	.ndo_stop = veth_close,
	.ndo_get_iflink = veth_get_iflink,
	.get_link_net = veth_get_link_net,
	.validate = veth_validate,
	.newlink = veth_newlink,
	.dellink = veth_dellink,
};
