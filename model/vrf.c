/* SPDX-License-Identifier: GPL-2.0-or-later */
/* VRFs: always UP, no carrier of their own. A device that joins or leaves is closed and opened again.
 * Models: drivers/net/vrf.c
 * Differs: no tables, no rules, no routes. */
#include <errno.h>

#include "machine.h"

static int vrf_dev_init(struct net_device *dev)
{
	dev->operstate = IF_OPER_UP; /* by hand: nothing else would set it */
	return 0;
}

/* Down and up again, which moves its addresses and routes to the other table. */
static void cycle_netdev(struct net_device *dev)
{
	uint32_t flags = dev->flags;

	if (!netif_running(dev))
		return;
	dev_change_flags(dev, flags & ~(uint32_t)IFF_UP);
	dev_change_flags(dev, flags);
}

static int vrf_add_slave(struct net_device *dev, struct net_device *port_dev)
{
	int err;

	if (port_dev->netdev_ops == &vrf_netdev_ops) {
		NL_SET_ERR_MSG(dev->machine, "Can not enslave an L3 master device to a VRF");
		return -EINVAL;
	}
	if (port_dev->flags & IFF_LOOPBACK) {
		NL_SET_ERR_MSG(dev->machine, "Can not enslave loopback device to a VRF");
		return -EOPNOTSUPP;
	}
	err = netdev_master_upper_dev_link(port_dev, dev);
	if (!err)
		cycle_netdev(port_dev);
	return err;
}

static int vrf_del_slave(struct net_device *dev, struct net_device *port_dev)
{
	netdev_upper_dev_unlink(port_dev, dev);
	cycle_netdev(port_dev);
	return 0;
}

static void vrf_dellink(struct net_device *dev, struct list_head *head)
{
	struct netdev_adjacent *at;

	while ((at = netdev_next_slave(dev, NULL)) != NULL)
		vrf_del_slave(dev, at->lower);
	unregister_netdevice_queue(dev, head);
}

static int vrf_newlink(struct net_device *dev, const struct link_create *create)
{
	if (!create->vrf_table) {
		NL_SET_ERR_MSG(dev->machine, "Invalid VRF table id");
		return -EINVAL;
	}
	dev->priv.vrf.tb_id = create->vrf_table;
	return register_netdevice(dev);
}

const struct net_device_ops vrf_netdev_ops = {
	.kind = "vrf",
	.default_qdisc = QDISC_NOQUEUE,
	.mtu = 65575,
	.min_mtu = 1280,
	.max_mtu = 65575,
	.flags = IFF_MASTER | IFF_NOARP,
	.features = NETIF_F_VIRTUAL & ~NETIF_F_GSO_ENCAP_ALL,
	.hw_features = NETIF_F_VIRTUAL & ~NETIF_F_GSO_ENCAP_ALL,
	.is_netns_local = true,
	.is_vlan_challenged = true,
	.has_no_rx_handler = true,
	.ndo_init = vrf_dev_init,
	.ndo_add_slave = vrf_add_slave,
	.ndo_del_slave = vrf_del_slave,
	.newlink = vrf_newlink,
	.dellink = vrf_dellink,
};

int vrf_device_event(struct net_device *dev, enum netdev_cmd cmd)
{
	struct net_device *vrf = netdev_master_upper_dev_get(dev);

	if (cmd == NETDEV_UNREGISTER && vrf && vrf->netdev_ops == &vrf_netdev_ops)
		return vrf_del_slave(vrf, dev);
	return 0;
}
