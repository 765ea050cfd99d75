/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A NIC whose carrier follows the host, or is always on without VIRTIO_NET_F_STATUS.
 * Models: drivers/net/virtio_net.c
 * Differs: one queue pair, no packets, no VIRTIO_NET_S_ANNOUNCE. 5.8 takes rtnl inside register_netdev(),
 * 6.1 around register_netdevice(): no visible difference. */
#include <errno.h>

#include "machine.h"

/* Reads the host's status; the carrier follows if that changed. Needs no rtnl.
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

static bool follows_open(const struct net_device *dev)
{
	return kernel_has(&dev->machine->kernel, KERNEL_VIRTNET_FOLLOWS_OPEN);
}

/* Processes what the host has changed so far, now that the device is open. */
static int virtnet_open(struct net_device *dev)
{
	struct virtnet_info *vi = &dev->priv.virtnet;

	if (!follows_open(dev))
		return 0;
	if (!vi->has_status || vi->status_link_up)
		netif_carrier_on(dev);
	vi->is_listening = true;
	if (vi->has_change)
		queue_work(dev->machine, WQ_SYSTEM, &vi->config_work);
	vi->has_change = false;
	return 0;
}

/* Cancels the queued work; the change it was for is not processed later. */
static void virtnet_close(struct net_device *dev)
{
	struct virtnet_info *vi = &dev->priv.virtnet;

	if (!follows_open(dev))
		return;
	vi->is_listening = false;
	cancel_work(&vi->config_work);
	netif_carrier_off(dev);
}

/* Features with a host that accepts unsegmented packets without checksum, as QEMU does. */
#define VIRTNET_HW_FEATURES (NETIF_F_SG | NETIF_F_HW_CSUM | NETIF_F_ALL_TSO)

const struct net_device_ops virtnet_netdev_ops = {
	.kind = "virtio_net",
	.default_qdisc = QDISC_PFIFO_FAST,
	.min_mtu = 68,
	.max_mtu = 65535,
	.flags = IFF_BROADCAST | IFF_MULTICAST,
	.features = NETIF_F_HIGHDMA | NETIF_F_GSO_ROBUST | VIRTNET_HW_FEATURES,
	.hw_features = VIRTNET_HW_FEATURES,
	.vlan_features = NETIF_F_HIGHDMA | NETIF_F_GSO_ROBUST | VIRTNET_HW_FEATURES,
	.ndo_open = virtnet_open,
	.ndo_stop = virtnet_close,
};

/* Since 6.12 the carrier is set with rtnl held, and the host's status is read only at open. */
static void set_first_carrier(struct net_device *dev)
{
	struct virtnet_info *vi = &dev->priv.virtnet;

	if (vi->has_status || kernel_has(&dev->machine->kernel, KERNEL_VIRTNET_OFF_FIRST))
		netif_carrier_off(dev);
	if (!vi->has_status) {
		vi->status_link_up = true;
		netif_carrier_on(dev);
	} else if (follows_open(dev)) {
		vi->has_change = true;
	} else {
		queue_work(dev->machine, WQ_SYSTEM, &vi->config_work);
	}
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
	if (follows_open(dev)) {
		set_first_carrier(dev);
		rtnl_unlock(m);
	} else {
		rtnl_unlock(m);
		set_first_carrier(dev);
	}
	return 0;
}

int virtnet_config_changed(struct net_device *dev, bool link_up)
{
	struct virtnet_info *vi = &dev->priv.virtnet;

	if (dev->netdev_ops != &virtnet_netdev_ops)
		return -EOPNOTSUPP;
	vi->host_link_up = link_up;
	if (follows_open(dev) && !vi->is_listening)
		vi->has_change = true;
	else
		queue_work(dev->machine, WQ_SYSTEM, &vi->config_work);
	return 0;
}
