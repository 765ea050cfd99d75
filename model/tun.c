/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tuns and taps: a process is the other end, its file descriptor the cable.
 * Models: drivers/net/tun.c
 * Differs: one queue, so one process at a time; no packets, no filters, no owner; nobody has asked for offloads (TUNSETOFFLOAD). */
#include "tun.h"

#include <errno.h>

#include "machine.h"

static bool is_tun(const struct net_device *dev)
{
	return dev->netdev_ops == &tun_netdev_ops || dev->netdev_ops == &tap_netdev_ops;
}

/* Models: tun_net_change_carrier() */
static int tun_net_change_carrier(struct net_device *dev, bool new_carrier)
{
	if (!kernel_has(&dev->machine->kernel, KERNEL_TUN_CARRIER))
		return -EOPNOTSUPP;
	if (!new_carrier)
		netif_carrier_off(dev);
	else if (dev->priv.tun.has_queue)
		netif_carrier_on(dev);
	else
		return -EPERM;
	return 0;
}

#define TUN_USER_FEATURES (NETIF_F_HW_CSUM | NETIF_F_ALL_TSO)
#define TUN_HW_FEATURES (NETIF_F_SG | NETIF_F_FRAGLIST | TUN_USER_FEATURES)

static netdev_features_t tun_net_fix_features(struct net_device *dev, netdev_features_t features)
{
	(void)dev;
	return features & (netdev_features_t)~TUN_USER_FEATURES;
}

const struct net_device_ops tun_netdev_ops = {
	.kind = "tun",
	.default_qdisc = QDISC_PFIFO_FAST,
	.min_mtu = 68,
	.max_mtu = 65535,
	.flags = IFF_POINTOPOINT | IFF_NOARP | IFF_MULTICAST,
	.is_no_ethernet = true,
	.features = TUN_HW_FEATURES,
	.hw_features = TUN_HW_FEATURES,
	.vlan_features = TUN_HW_FEATURES,
	.ndo_fix_features = tun_net_fix_features,
	.ndo_change_carrier = tun_net_change_carrier,
	.dellink = unregister_netdevice_queue,
};

const struct net_device_ops tap_netdev_ops = {
	.kind = "tun",
	.default_qdisc = QDISC_PFIFO_FAST,
	.min_mtu = 68,
	.max_mtu = 65521,
	.flags = IFF_BROADCAST | IFF_MULTICAST,
	.features = TUN_HW_FEATURES,
	.hw_features = TUN_HW_FEATURES,
	.vlan_features = TUN_HW_FEATURES,
	.ndo_fix_features = tun_net_fix_features,
	.ndo_change_carrier = tun_net_change_carrier,
	.dellink = unregister_netdevice_queue,
};

static struct net *request_net(const struct machine *m, const struct tun_request *request)
{
	return request->net ? request->net : init_net(m);
}

static int tun_create(struct machine *m, const struct tun_request *request)
{
	struct net_device *dev =
		alloc_netdev(m, request->name, request->is_tap ? &tap_netdev_ops : &tun_netdev_ops);
	int err;

	if (!dev)
		return -ENOMEM;
	dev_net_set(dev, request_net(m, request));
	dev->tx_queue_len = 500;
	dev->priv.tun.has_queue = true; /* ndo_init attaches it */
	err = register_netdevice(dev);
	if (err)
		free_netdev(dev);
	return err;
}

/* Another process had it, or nobody since it was made to stay. */
static int tun_attach(struct net_device *dev, const struct tun_request *request)
{
	if (request->is_exclusive)
		return -EBUSY;
	if (dev->netdev_ops != (request->is_tap ? &tap_netdev_ops : &tun_netdev_ops))
		return -EINVAL;
	if (dev->priv.tun.has_queue)
		return -EBUSY;
	dev->priv.tun.has_queue = true;
	netdev_state_change(dev); /* before the carrier is there */
	return 0;
}

int tun_set_iff(struct machine *m, const struct tun_request *request)
{
	struct net_device *dev = __dev_get_by_name(request_net(m, request), request->name);
	int err = dev ? tun_attach(dev, request) : tun_create(m, request);

	if (err)
		return err;
	dev = __dev_get_by_name(request_net(m, request), request->name);
	if (request->is_carrier_off && kernel_has(&m->kernel, KERNEL_TUN_NO_CARRIER))
		netif_carrier_off(dev);
	else
		netif_carrier_on(dev);
	return 0;
}

int tun_set_persist(struct net_device *dev, bool is_persistent)
{
	if (!is_tun(dev) || !dev->priv.tun.has_queue)
		return -EBADFD;
	if (dev->priv.tun.is_persistent == is_persistent)
		return 0;
	dev->priv.tun.is_persistent = is_persistent;
	netdev_state_change(dev);
	return 0;
}

int tun_set_carrier(struct net_device *dev, bool new_carrier)
{
	if (!is_tun(dev) || !dev->priv.tun.has_queue)
		return -EBADFD;
	if (!kernel_has(&dev->machine->kernel, KERNEL_TUN_CARRIER))
		return -EINVAL; /* an ioctl that it does not know */
	return tun_net_change_carrier(dev, new_carrier);
}

/* A device that goes with its descriptor has told all by then. */
int tun_detach(struct net_device *dev)
{
	if (!is_tun(dev) || !dev->priv.tun.has_queue)
		return -EBADF;
	dev->priv.tun.has_queue = false;
	netif_carrier_off(dev);
	if (dev->priv.tun.is_persistent)
		netdev_state_change(dev);
	else
		unregister_netdevice(dev);
	return 0;
}
