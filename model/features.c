/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Features of devices, computed from what is wanted, what their drivers can and what is above and below them.
 * Models: net/core/dev.c */
#include "features.h"

#include "machine.h"

/* What one feature needs of another. */
static netdev_features_t netdev_fix_features(netdev_features_t features)
{
	if (!(features & NETIF_F_SG))
		features &= (netdev_features_t) ~(NETIF_F_ALL_TSO | NETIF_F_GSO);
	if (!(features & NETIF_F_HW_CSUM))
		features &= (netdev_features_t)~NETIF_F_ALL_TSO;
	return features;
}

/* Models: netdev_sync_upper_features(); LRO is all there is in NETIF_F_UPPER_DISABLES. */
static bool upper_disables_lro(const struct net_device *dev)
{
	struct netdev_adjacent *at = NULL;

	while ((at = netdev_next_upper(dev, at, NULL)) != NULL)
		if (!(at->upper->wanted_features & NETIF_F_LRO))
			return true;
	return false;
}

static bool __netdev_update_features(struct net_device *dev);

static void netdev_features_change(struct net_device *dev)
{
	call_netdevice_notifiers(NETDEV_FEAT_CHANGE, dev);
}

static void netdev_sync_lower_features(struct net_device *dev, netdev_features_t features)
{
	const struct slaves_sum *slaves = netdev_slaves_sum(dev);
	struct netdev_adjacent *at = NULL;

	if ((features & NETIF_F_LRO) || (slaves && !(slaves->some_features & NETIF_F_LRO)))
		return;
	while ((at = netdev_next_lower(dev, at)) != NULL) {
		if (!(at->lower->features & NETIF_F_LRO))
			continue;
		at->lower->wanted_features &= (netdev_features_t)~NETIF_F_LRO;
		__netdev_update_features(at->lower);
		netdev_features_change(at->lower);
	}
}

/* What userspace can switch. */
static netdev_features_t hw_features(const struct net_device *dev)
{
	return dev->netdev_ops->hw_features | NETIF_F_GSO;
}

/* Returns whether they have changed. */
static bool __netdev_update_features(struct net_device *dev)
{
	const struct net_device_ops *ops = dev->netdev_ops;
	netdev_features_t features =
		(dev->features & (netdev_features_t)~hw_features(dev)) | dev->wanted_features;
	bool is_changed;

	if (ops->ndo_fix_features)
		features = ops->ndo_fix_features(dev, features);
	features = netdev_fix_features(features);
	if ((features & NETIF_F_LRO) && upper_disables_lro(dev))
		features &= (netdev_features_t)~NETIF_F_LRO;
	is_changed = features != dev->features;
	netdev_sync_lower_features(dev, features);
	dev->features = features;
	netdev_update_sums(dev);
	return is_changed;
}

void netdev_update_features(struct net_device *dev)
{
	if (__netdev_update_features(dev))
		netdev_features_change(dev);
}

void netdev_change_features(struct net_device *dev)
{
	__netdev_update_features(dev);
	netdev_features_change(dev);
}

void netdev_features_init(struct net_device *dev)
{
	dev->features |= NETIF_F_GSO;
	dev->wanted_features = dev->features & hw_features(dev);
	dev->vlan_features |= NETIF_F_HIGHDMA;
	__netdev_update_features(dev);
}

void dev_disable_lro(struct net_device *dev)
{
	struct netdev_adjacent *at = NULL;

	dev->wanted_features &= (netdev_features_t)~NETIF_F_LRO;
	netdev_update_features(dev);
	while ((at = netdev_next_lower(dev, at)) != NULL)
		dev_disable_lro(at->lower);
}

/* The order of ports plays no part: what one is enough for, and what each has to have, have no bit in common. */
static netdev_features_t increment_features(netdev_features_t all, netdev_features_t some_have,
					    netdev_features_t each_has, netdev_features_t mask)
{
	all |= some_have & (NETIF_F_ONE_FOR_ALL | NETIF_F_HW_CSUM) & mask;
	all &= (netdev_features_t)(each_has | ~NETIF_F_FSO);
	return all;
}

netdev_features_t netdev_increment_features(netdev_features_t all, netdev_features_t one,
					    netdev_features_t mask)
{
	return increment_features(all, one, one, mask);
}

netdev_features_t master_add_port_features(const struct net_device *dev, netdev_features_t features,
					   netdev_features_t mask)
{
	const struct slaves_sum *ports = netdev_slaves_sum(dev);

	features &= (netdev_features_t)~NETIF_F_ONE_FOR_ALL;
	if (ports)
		features = increment_features(features, ports->some_features, ports->all_features,
					      mask);
	/* TSO in any case: what is below can cut packets up itself */
	return netdev_increment_features(features, NETIF_F_ALL_TSO | NETIF_F_FSO, mask);
}

netdev_features_t master_fix_features(struct net_device *dev, netdev_features_t features)
{
	return master_add_port_features(dev, features | NETIF_F_FSO, features);
}

void master_compute_vlan_features(struct net_device *dev, netdev_features_t features,
				  netdev_features_t without_ports)
{
	const struct slaves_sum *ports = netdev_slaves_sum(dev);

	if (ports)
		features = increment_features(features, ports->some_vlan_features,
					      ports->all_vlan_features, NETIF_F_MASTER_VLAN);
	else
		features = without_ports;
	dev->vlan_features = features;
	netdev_update_sums(dev);
}

void netdev_compute_master_upper_features(struct net_device *dev)
{
	master_compute_vlan_features(dev, NETIF_F_MASTER_VLAN_BASE, NETIF_F_MASTER_VLAN_BASE);
	netdev_change_features(dev);
}
