/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What userspace sets of a device besides its flags: MTU, queue length, name, protodown.
 * Models: net/core/dev.c */
#include <errno.h>
#include <string.h>

#include "machine.h"

bool is_valid_ether_addr(uint64_t address)
{
	return address && !(address & UINT64_C(0x010000000000));
}

/* A macvlan's limit is that of the device below. */
static uint32_t max_mtu(const struct net_device *dev)
{
	while (dev->netdev_ops == &macvlan_netdev_ops && dev->reg_state == NETREG_REGISTERED)
		dev = dev->priv.macvlan.lowerdev;
	return dev->netdev_ops->max_mtu;
}

int dev_validate_mtu(const struct net_device *dev, uint32_t mtu)
{
	if (mtu > INT32_MAX || mtu < dev->netdev_ops->min_mtu) {
		NL_SET_ERR_MSG(dev->machine, "mtu less than device minimum");
		return -EINVAL;
	}
	if (max_mtu(dev) && mtu > max_mtu(dev)) {
		NL_SET_ERR_MSG(dev->machine, "mtu greater than device maximum");
		return -EINVAL;
	}
	return 0;
}

/* Differs: nobody vetoes NETDEV_CHANGEMTU, so there is no way back. */
int dev_set_mtu_ext(struct net_device *dev, uint32_t mtu)
{
	int err;

	if (mtu == dev->mtu)
		return 0;
	err = dev_validate_mtu(dev, mtu);
	if (!err && !netif_device_present(dev))
		err = -ENODEV;
	if (!err)
		err = call_netdevice_notifiers(NETDEV_PRECHANGEMTU, dev);
	if (!err && dev->netdev_ops->ndo_change_mtu)
		err = dev->netdev_ops->ndo_change_mtu(dev, mtu);
	if (err)
		return err;
	dev->mtu = mtu;
	netdev_update_sums(dev);
	call_netdevice_notifiers(NETDEV_CHANGEMTU, dev);
	return 0;
}

int dev_set_mtu(struct net_device *dev, uint32_t mtu)
{
	const char *extack = dev->machine->extack;
	int err = dev_set_mtu_ext(dev, mtu);

	dev->machine->extack = extack;
	return err;
}

int master_change_mtu(struct net_device *dev, uint32_t mtu)
{
	struct netdev_adjacent *at = NULL, *undo = NULL;

	while ((at = netdev_next_slave(dev, at)) != NULL) {
		int err = dev_set_mtu(at->lower, mtu);

		if (!err)
			continue;
		while ((undo = netdev_next_slave(dev, undo)) != at)
			dev_set_mtu(undo->lower, dev->mtu);
		return err;
	}
	return 0;
}

int netdev_inherit_mtu(struct net_device *dev, const struct net_device *lower,
		       const struct link_attrs *attrs)
{
	if (!attrs->has_mtu)
		dev->mtu = lower->mtu;
	return dev->mtu > lower->mtu ? -EINVAL : 0;
}

void netdev_limit_mtu(const struct net_device *lower, const struct net_device_ops *ops)
{
	struct netdev_adjacent *at = NULL;

	while ((at = netdev_next_upper(lower, at, ops)) != NULL)
		if (at->upper->mtu > lower->mtu)
			dev_set_mtu(at->upper, lower->mtu);
}

/* The qdisc is taken off and put on again. Models: dev_qdisc_change_tx_queue_len() too
 * Differs: kernels are not of one mind about more than 32767; here it is not asked for. */
int dev_change_tx_queue_len(struct net_device *dev, uint32_t len)
{
	if (len == dev->tx_queue_len)
		return 0;
	dev->tx_queue_len = len & INT16_MAX;
	if (!kernel_has(&dev->machine->kernel, KERNEL_TXQLEN_TOLD))
		return 0;
	call_netdevice_notifiers(NETDEV_CHANGE_TX_QUEUE_LEN, dev);
	if (dev->flags & IFF_UP) {
		dev_deactivate(dev);
		dev_activate(dev);
	}
	return 0;
}

int dev_change_name(struct net_device *dev, const char *new_name)
{
	if ((dev->flags & IFF_UP) && !kernel_has(&dev->machine->kernel, KERNEL_RENAME_WHILE_UP))
		return -EBUSY;
	if (strcmp(dev->name, new_name) == 0)
		return 0;
	if (!dev_valid_name(new_name))
		return -EINVAL;
	if (__dev_get_by_name(dev_net(dev), new_name))
		return -EEXIST;
	netdev_rename(dev, new_name);
	call_netdevice_notifiers(NETDEV_CHANGENAME, dev);
	return 0;
}

/* Of the drivers, only macvlan takes it. */
int dev_change_proto_down(struct net_device *dev, bool proto_down)
{
	const struct kernel *kernel = &dev->machine->kernel;
	bool is_held = kernel_has(kernel, KERNEL_PROTO_DOWN_HOLDS);

	if (!dev->netdev_ops->has_proto_down || !kernel_has(kernel, KERNEL_MACVLAN_PROTO_DOWN)) {
		if (kernel_has(kernel, KERNEL_PROTO_DOWN_EXTACK))
			NL_SET_ERR_MSG(dev->machine, "Protodown not supported by device");
		return -EOPNOTSUPP;
	}
	if (!netif_device_present(dev))
		return -ENODEV;
	dev->proto_down = proto_down;
	if (proto_down)
		netif_carrier_off(dev);
	else if (!is_held || netif_carrier_ok(dev->priv.macvlan.lowerdev))
		netif_carrier_on(dev);
	return 0;
}
