/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A NIC whose carrier the host sets, or that has none to tell (no VIRTIO_NET_F_STATUS).
 * Models: drivers/net/virtio_net.c, before 6.12
 * Differs: one queue pair, no packets, no VIRTIO_NET_S_ANNOUNCE. 5.8 takes rtnl inside
 * register_netdev(), 6.1 around register_netdevice(): the same from outside. */
#include <errno.h>

#include "machine.h"

/* ndo_open and ndo_stop fill and empty rings and leave the carrier alone. */
const struct net_device_ops virtnet_netdev_ops = {
	.kind = "virtio_net",
	.default_qdisc = QDISC_PFIFO_FAST,
	.flags = IFF_BROADCAST | IFF_MULTICAST,
};

/* Takes in what the host says; the carrier follows if that is news. No rtnl.
 * Models: virtnet_config_changed_work() */
static bool virtnet_config_changed_work(struct machine *m, struct work_struct *work)
{
	struct net_device *dev = container_of(work, struct net_device, priv.virtnet.config_work);
	struct virtnet_info *vi = &dev->priv.virtnet;

	(void)m;
	if (!vi->has_status || vi->status_link_up == vi->host_link_up)
		return true;
	vi->status_link_up = vi->host_link_up;
	if (vi->status_link_up)
		netif_carrier_on(dev);
	else
		netif_carrier_off(dev);
	return true;
}

int virtnet_probe(struct machine *m, const char *name, bool has_status, bool link_up)
{
	struct net_device *dev = alloc_netdev(m, name, &virtnet_netdev_ops);
	struct virtnet_info *vi;
	int err = dev ? register_netdevice(dev) : -ENOMEM;

	if (err) {
		free_netdev(dev);
		rtnl_unlock(m);
		return err;
	}
	vi = &dev->priv.virtnet;
	work_init(&vi->config_work, virtnet_config_changed_work);
	vi->has_status = has_status;
	vi->host_link_up = link_up;
	rtnl_unlock(m);

	netif_carrier_off(dev);
	if (has_status) {
		queue_work(m, WQ_SYSTEM, &vi->config_work);
	} else {
		vi->status_link_up = true;
		netif_carrier_on(dev);
	}
	return 0;
}

int virtnet_config_changed(struct net_device *dev, bool link_up)
{
	struct virtnet_info *vi = &dev->priv.virtnet;

	if (dev->netdev_ops != &virtnet_netdev_ops)
		return -EOPNOTSUPP;
	vi->host_link_up = link_up;
	queue_work(dev->machine, WQ_SYSTEM, &vi->config_work);
	return 0;
}
