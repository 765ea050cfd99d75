/* SPDX-License-Identifier: GPL-2.0-or-later */
/* macvlan and ipvlan: devices that share the one below and follow its carrier.
 * Models: drivers/net/macvlan.c, drivers/net/ipvlan/ipvlan_main.c
 * Differs: only the default modes, and macvlan modes that behave the same. */
#include <errno.h>

#include "machine.h"

/* Features that a macvlan handles in software, and has if the device below has them. */
#define ALWAYS_ON                                                                                  \
	(NETIF_F_SG | NETIF_F_HW_CSUM | NETIF_F_GSO_SOFTWARE | NETIF_F_GSO_ROBUST |                \
	 NETIF_F_GSO_ENCAP_ALL)
#define MACVLAN_FEATURES                                                                           \
	(NETIF_F_SG | NETIF_F_HW_CSUM | NETIF_F_HIGHDMA | NETIF_F_FRAGLIST | NETIF_F_GSO |         \
	 NETIF_F_ALL_TSO | NETIF_F_LRO)
#define IPVLAN_FEATURES ((MACVLAN_FEATURES & ~NETIF_F_LRO) | NETIF_F_GSO_ROBUST)

static netdev_features_t macvlan_features(const struct net_device *dev)
{
	return dev->netdev_ops == &ipvlan_netdev_ops ? IPVLAN_FEATURES : MACVLAN_FEATURES;
}

/* Copies the carrier and dormant bits of the device below already at registration. */
static int macvlan_init(struct net_device *dev)
{
	const unsigned long taken = 1UL << __LINK_STATE_NOCARRIER | 1UL << __LINK_STATE_DORMANT;
	const struct net_device *lowerdev = dev->priv.macvlan.lowerdev;

	dev->state = (dev->state & ~taken) | (lowerdev->state & taken);
	dev->features = (lowerdev->features & macvlan_features(dev)) | ALWAYS_ON;
	dev->vlan_features = (lowerdev->vlan_features & macvlan_features(dev)) | ALWAYS_ON;
	return 0;
}

/* Keeps the features that it once had, except LRO. Models: macvlan_fix_features(), ipvlan_fix_features() */
static netdev_features_t macvlan_fix_features(struct net_device *dev, netdev_features_t features)
{
	netdev_features_t lower = dev->priv.macvlan.lowerdev->features;

	if (!(features & NETIF_F_LRO))
		lower &= (netdev_features_t)~NETIF_F_LRO;
	features |= NETIF_F_FSO;
	features = netdev_increment_features(lower, features, features) | ALWAYS_ON;
	return features & (macvlan_features(dev) | ALWAYS_ON);
}

/* Differs: one hash table for all devices below. */
static struct net_device **macvlan_bucket(const struct net_device *lowerdev, uint64_t address)
{
	struct machine *m = lowerdev->machine;
	uint64_t hash =
		(address + (uint64_t)(lowerdev - m->devices) * UINT64_C(0x9e3779b97f4a7c15)) *
		UINT64_C(0x9e3779b97f4a7c15);

	return &m->macvlan_hash[(hash >> 32) & m->hash_mask];
}

static void macvlan_hash_add(struct net_device *dev)
{
	struct net_device **bucket = macvlan_bucket(dev->priv.macvlan.lowerdev, dev->address);

	dev->priv.macvlan.hash_next = *bucket;
	*bucket = dev;
}

static void macvlan_hash_del(struct net_device *dev)
{
	struct net_device **at = macvlan_bucket(dev->priv.macvlan.lowerdev, dev->address);

	while (*at != dev)
		at = &(*at)->priv.macvlan.hash_next;
	*at = dev->priv.macvlan.hash_next;
}

/* Whether the device below, or a macvlan on it that is up, has that address. */
static bool macvlan_addr_busy(const struct net_device *lowerdev, uint64_t address)
{
	const struct net_device *at = *macvlan_bucket(lowerdev, address);

	while (at && (at->address != address || at->priv.macvlan.lowerdev != lowerdev))
		at = at->priv.macvlan.hash_next;
	return at || lowerdev->address == address;
}

static int macvlan_open(struct net_device *dev)
{
	struct net_device *lowerdev = dev->priv.macvlan.lowerdev;

	if (macvlan_addr_busy(lowerdev, dev->address))
		return -EADDRINUSE;
	macvlan_hash_add(dev);
	if (dev->flags & IFF_PROMISC)
		dev_set_promiscuity(lowerdev, 1);
	return 0;
}

static void macvlan_stop(struct net_device *dev)
{
	macvlan_hash_del(dev);
	if (dev->flags & IFF_PROMISC)
		dev_set_promiscuity(dev->priv.macvlan.lowerdev, -1);
}

static void macvlan_change_rx_flags(struct net_device *dev)
{
	if (dev->flags & IFF_UP)
		dev_set_promiscuity(dev->priv.macvlan.lowerdev, promiscuity_inc(dev));
}

static int macvlan_set_mac_address(struct net_device *dev, uint64_t address)
{
	if (dev->address == address)
		return 0;
	if (macvlan_addr_busy(dev->priv.macvlan.lowerdev, address))
		return -EADDRINUSE;
	if (dev->flags & IFF_UP)
		macvlan_hash_del(dev);
	dev->address = address;
	if (dev->flags & IFF_UP)
		macvlan_hash_add(dev);
	return 0;
}

static int macvlan_change_mtu(struct net_device *dev, uint32_t mtu)
{
	return mtu > dev->priv.macvlan.lowerdev->mtu ? -EINVAL : 0;
}

static int macvlan_get_iflink(const struct net_device *dev)
{
	return dev->priv.macvlan.lowerdev->ifindex;
}

static struct net *macvlan_get_link_net(const struct net_device *dev)
{
	return dev_net(dev->priv.macvlan.lowerdev);
}

static void macvlan_dellink(struct net_device *dev, struct list_head *head)
{
	unregister_netdevice_queue(dev, head);
	netdev_upper_dev_unlink(dev->priv.macvlan.lowerdev, dev);
}

/* An ipvlan always has the address of the device below. */
static int ipvlan_init(struct net_device *dev)
{
	dev->address = dev->priv.macvlan.lowerdev->address;
	return macvlan_init(dev);
}

/* Mode L3, the default. */
static int ipvlan_open(struct net_device *dev)
{
	dev->flags |= IFF_NOARP;
	return 0;
}

static void transfer_to_all(struct net_device *lowerdev, const struct net_device_ops *ops)
{
	struct netdev_adjacent *at = NULL;

	while ((at = netdev_next_upper(lowerdev, at, ops)) != NULL)
		netif_stacked_transfer_operstate(lowerdev, at->upper);
}

static void update_all_features(struct net_device *lowerdev, const struct net_device_ops *ops)
{
	struct netdev_adjacent *at = NULL;

	while ((at = netdev_next_upper(lowerdev, at, ops)) != NULL)
		netdev_update_features(at->upper);
}

static void delete_all(struct net_device *lowerdev, const struct net_device_ops *ops)
{
	struct netdev_adjacent *at;
	struct list_head list_kill;

	INIT_LIST_HEAD(&list_kill);
	while ((at = netdev_next_upper(lowerdev, NULL, ops)) != NULL)
		macvlan_dellink(at->upper, &list_kill);
	unregister_netdevice_many(&list_kill);
}

/* Copies the address of the device below to each ipvlan. */
static void ipvlan_changeaddr(struct net_device *lowerdev)
{
	struct netdev_adjacent *at = NULL;

	while ((at = netdev_next_upper(lowerdev, at, &ipvlan_netdev_ops)) != NULL) {
		at->upper->address = lowerdev->address;
		netdev_update_sums(at->upper);
		call_netdevice_notifiers(NETDEV_CHANGEADDR, at->upper);
	}
}

int macvlan_device_event(struct net_device *dev, enum netdev_cmd cmd)
{
	if (cmd == NETDEV_UP || cmd == NETDEV_DOWN || cmd == NETDEV_CHANGE)
		transfer_to_all(dev, &macvlan_netdev_ops);
	else if (cmd == NETDEV_CHANGEMTU)
		netdev_limit_mtu(dev, &macvlan_netdev_ops);
	else if (cmd == NETDEV_FEAT_CHANGE)
		update_all_features(dev, &macvlan_netdev_ops);
	else if (cmd == NETDEV_UNREGISTER && dev->reg_state == NETREG_UNREGISTERING)
		delete_all(dev, &macvlan_netdev_ops);
	else if (netdev_cmd_is_for_uppers(cmd))
		netdev_tell_uppers(dev, cmd, &macvlan_netdev_ops);
	return 0;
}

/* Copies the MTU of the device below to each ipvlan; no message is sent. */
static void ipvlan_adjust_mtu(const struct net_device *lowerdev)
{
	struct netdev_adjacent *at = NULL;

	while ((at = netdev_next_upper(lowerdev, at, &ipvlan_netdev_ops)) != NULL) {
		at->upper->mtu = lowerdev->mtu;
		netdev_update_sums(at->upper);
	}
}

int ipvlan_device_event(struct net_device *dev, enum netdev_cmd cmd)
{
	bool hears_up = kernel_has(&dev->machine->kernel, KERNEL_IPVLAN_UP);
	bool hears_down = kernel_has(&dev->machine->kernel, KERNEL_IPVLAN_DOWN);

	if (cmd == NETDEV_CHANGE || (cmd == NETDEV_UP && hears_up) ||
	    (cmd == NETDEV_DOWN && hears_down))
		transfer_to_all(dev, &ipvlan_netdev_ops);
	else if (cmd == NETDEV_UNREGISTER && dev->reg_state == NETREG_UNREGISTERING)
		delete_all(dev, &ipvlan_netdev_ops);
	else if (cmd == NETDEV_CHANGEADDR)
		ipvlan_changeaddr(dev);
	else if (cmd == NETDEV_CHANGEMTU)
		ipvlan_adjust_mtu(dev);
	else if (cmd == NETDEV_FEAT_CHANGE)
		update_all_features(dev, &ipvlan_netdev_ops);
	return 0;
}

/* A device created on another of its kind is stacked on that one's lower device. */
static struct net_device *find_lowerdev(const struct net *net, int32_t ifindex,
					const struct net_device_ops *ops)
{
	struct net_device *lowerdev = __dev_get_by_index(net, ifindex);

	if (lowerdev && lowerdev->netdev_ops == ops)
		return lowerdev->priv.macvlan.lowerdev;
	return lowerdev;
}

/* The first device of a kind registers the receive handler on the device below. */
static int lowerdev_check(const struct net_device *lowerdev, const struct net_device_ops *ops)
{
	if (!lowerdev)
		return -ENODEV;
	if (lowerdev->netdev_ops->is_no_ethernet)
		return -EINVAL;
	return netdev_next_upper(lowerdev, NULL, ops) ? 0 : netdev_rx_handler_check(lowerdev);
}

/* MACVLAN_MODE_VEPA or IPVLAN_MODE_L3 */
static uint16_t default_mode(const struct net_device_ops *ops)
{
	return ops == &macvlan_netdev_ops ? 2 : 1;
}

static int newlink(struct net_device *dev, const struct link_create *create)
{
	const struct net_device_ops *ops = dev->netdev_ops;
	struct net_device *lowerdev =
		find_lowerdev(link_create_net(dev->machine, create), create->link, ops);
	int err = lowerdev_check(lowerdev, ops);

	if (!err && (ops == &macvlan_netdev_ops || !create->attrs.has_mtu))
		err = netdev_inherit_mtu(dev, lowerdev, &create->attrs);
	if (!err) {
		dev->priv.macvlan.lowerdev = lowerdev;
		dev->priv.macvlan.mode = create->has_mode ? create->mode : default_mode(ops);
		err = register_netdevice(dev);
	}
	if (err)
		return err;
	err = netdev_upper_dev_link(lowerdev, dev, 0);
	if (err) {
		unregister_netdevice(dev);
		return err;
	}
	netif_stacked_transfer_operstate(lowerdev, dev);
	return 0;
}

static int macvlan_newlink(struct net_device *dev, const struct link_create *create)
{
	int err = newlink(dev, create);

	if (!err)
		linkwatch_fire_event(dev);
	return err;
}

/* Fires no event: over a device with carrier the state stays UNKNOWN. */
static int ipvlan_newlink(struct net_device *dev, const struct link_create *create)
{
	return newlink(dev, create);
}

const struct net_device_ops macvlan_netdev_ops = {
	.kind = "macvlan",
	.default_qdisc = QDISC_NOQUEUE,
	.min_mtu = 68,
	.max_mtu = 65535,
	.flags = IFF_BROADCAST | IFF_MULTICAST,
	.hw_features = NETIF_F_LRO,
	.ndo_fix_features = macvlan_fix_features,
	.ndo_init = macvlan_init,
	.ndo_open = macvlan_open,
	.ndo_stop = macvlan_stop,
	.ndo_change_rx_flags = macvlan_change_rx_flags,
	.ndo_set_mac_address = macvlan_set_mac_address,
	.ndo_change_mtu = macvlan_change_mtu,
	.has_proto_down = true,
	.ndo_get_iflink = macvlan_get_iflink,
	.get_link_net = macvlan_get_link_net,
	.newlink = macvlan_newlink,
	.rx_mode_by_work = true,
	.dellink = macvlan_dellink,
};

const struct net_device_ops ipvlan_netdev_ops = {
	.kind = "ipvlan",
	.default_qdisc = QDISC_NOQUEUE,
	.min_mtu = 68,
	.max_mtu = 65535,
	.flags = IFF_BROADCAST | IFF_MULTICAST,
	.ndo_fix_features = macvlan_fix_features,
	.is_vlan_challenged = true,
	.has_no_rx_handler = true,
	.ndo_init = ipvlan_init,
	.ndo_open = ipvlan_open,
	.ndo_get_iflink = macvlan_get_iflink,
	.get_link_net = macvlan_get_link_net,
	.newlink = ipvlan_newlink,
	.rx_mode_by_work = true,
	.dellink = macvlan_dellink,
};
