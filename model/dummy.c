/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A device that never touches its carrier, unless userspace does.
 * Models: drivers/net/dummy.c */
#include <errno.h>

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
	.ndo_change_carrier = dummy_change_carrier,
	.dellink = unregister_netdevice_queue,
};

int dummy_newlink(struct machine *m, const struct link_create *create, struct net_device **ret_dev)
{
	struct net_device *dev =
		rtnl_create_link(m, create->name, &dummy_netdev_ops, &create->attrs);
	int err;

	if (!dev)
		return -ENOMEM;
	err = register_netdevice(dev);
	if (err) {
		free_netdev(dev);
		return err;
	}
	*ret_dev = dev;
	return 0;
}
