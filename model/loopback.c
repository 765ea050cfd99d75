/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `lo`: always has carrier, and is UNKNOWN until userspace sets a state.
 * Models: drivers/net/loopback.c */
#include <errno.h>

#include "machine.h"

const struct net_device_ops loopback_netdev_ops = {
	.kind = "loopback",
	.default_qdisc = QDISC_NOQUEUE,
	.mtu = 65536,
	.flags = IFF_LOOPBACK,
	.features = NETIF_F_VIRTUAL & ~NETIF_F_GSO_ENCAP_ALL,
	.hw_features = NETIF_F_GSO_SOFTWARE,
	.is_vlan_challenged = true,
	.is_no_ethernet = true,
	.is_netns_local = true,
};

int loopback_net_init(struct net *net)
{
	struct net_device *dev = alloc_netdev(net->machine, "lo", &loopback_netdev_ops);
	int err;

	if (!dev)
		return -ENOMEM;
	dev_net_set(dev, net);
	err = register_netdevice(dev);
	if (err)
		free_netdev(dev);
	return err;
}
