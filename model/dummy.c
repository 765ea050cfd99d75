/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A device whose driver never touches its carrier; only userspace does.
 * Models: drivers/net/dummy.c */
#include "machine.h"

static int dummy_change_carrier(struct net_device *dev, bool new_carrier)
{
	if (new_carrier)
		netif_carrier_on(dev);
	else
		netif_carrier_off(dev);
	return 0;
}

const struct net_device_ops dummy_netdev_ops = {
	.kind = "dummy",
	.default_qdisc = QDISC_NOQUEUE,
	.flags = IFF_BROADCAST | IFF_NOARP,
	.features = NETIF_F_VIRTUAL,
	.hw_features = NETIF_F_VIRTUAL,
	.ndo_change_carrier = dummy_change_carrier,
	.rx_mode_by_work = true,
	.dellink = unregister_netdevice_queue,
};
