/* SPDX-License-Identifier: GPL-2.0-or-later */
/* VLANs: each follows its real device's up, down and carrier; after 6.18, up and down by netdev_work.
 * Models: net/8021q/vlan.c, vlan_dev.c, vlan_netlink.c
 * Differs: no GVRP, MVRP or filters. */
#include <errno.h>
#include <linux/if_ether.h>

#include "machine.h"

#define VLAN_VID_MASK 0x0fff

/* Reasons for netdev_work to call ndo_work(), in the order in which it handles them. */
#define VLAN_WORK_LINK_STATE 1U
#define VLAN_WORK_MTU 2U
#define VLAN_WORK_FEATURES 4U

#define VLAN_HW_FEATURES (NETIF_F_VIRTUAL | NETIF_F_FSO)

static struct vlan_dev_priv *vlan_dev_priv(struct net_device *dev)
{
	return &dev->priv.vlan;
}

/* Sort key in the group: by protocol, then by number. */
static uint32_t vlan_order(const struct vlan_dev_priv *vlan)
{
	return (vlan->vlan_proto == ETH_P_8021AD ? 0x10000U : 0) + vlan->vlan_id;
}

/* Copies flags and state from below; earlier carrier changes do not count. */
static int vlan_dev_init(struct net_device *dev)
{
	const struct vlan_dev_priv *vlan = vlan_dev_priv(dev);
	const unsigned long taken = 1UL << __LINK_STATE_NOCARRIER | 1UL << __LINK_STATE_DORMANT;

	if (!dev->is_address_set)
		dev->address = vlan->real_dev->address;
	dev->flags = vlan->real_dev->flags &
		     ~(uint32_t)(IFF_UP | IFF_PROMISC | IFF_ALLMULTI | IFF_MASTER | IFF_SLAVE);
	dev->state = (vlan->real_dev->state & taken) | 1UL << __LINK_STATE_PRESENT;
	if (vlan->is_bridge_bound)
		dev->state |= 1UL << __LINK_STATE_NOCARRIER;
	dev->vlan_features = vlan->real_dev->vlan_features & (netdev_features_t)~NETIF_F_FSO;
	return 0;
}

/* Features that the real device offers to VLANs; it segments packets in software if need be. */
static netdev_features_t vlan_dev_fix_features(struct net_device *dev, netdev_features_t features)
{
	const struct net_device *real_dev = vlan_dev_priv(dev)->real_dev;

	return features & ((real_dev->vlan_features & real_dev->features) | NETIF_F_GSO |
			   NETIF_F_GSO_SOFTWARE);
}

/* Models: vlan_dev_inherit_address() */
static void vlan_inherit_address(struct net_device *dev)
{
	if (dev->is_address_set || dev->address == vlan_dev_priv(dev)->real_dev->address)
		return;
	dev->address = vlan_dev_priv(dev)->real_dev->address;
	netdev_update_sums(dev);
	call_netdevice_notifiers(NETDEV_CHANGEADDR, dev);
}

static int vlan_dev_change_mtu(struct net_device *dev, uint32_t mtu)
{
	return mtu > vlan_dev_priv(dev)->real_dev->mtu ? -ERANGE : 0;
}

static int vlan_dev_open(struct net_device *dev)
{
	const struct vlan_dev_priv *vlan = vlan_dev_priv(dev);

	if (!(vlan->real_dev->flags & IFF_UP) && !vlan->is_loose)
		return -ENETDOWN;
	netdev_work_cancel(dev, VLAN_WORK_LINK_STATE);
	vlan_inherit_address(dev);
	if (netif_carrier_ok(vlan->real_dev) && !vlan->is_bridge_bound)
		netif_carrier_on(dev);
	return 0;
}

static void vlan_dev_stop(struct net_device *dev)
{
	netdev_work_cancel(dev, VLAN_WORK_LINK_STATE);
	dev_set_rx_mode(vlan_dev_priv(dev)->real_dev);
	if (!vlan_dev_priv(dev)->is_bridge_bound)
		netif_carrier_off(dev);
}

static int vlan_dev_get_iflink(const struct net_device *dev)
{
	return dev->priv.vlan.real_dev->ifindex;
}

static struct net *vlan_get_link_net(const struct net_device *dev)
{
	return dev_net(dev->priv.vlan.real_dev);
}

static void unregister_vlan_dev(struct net_device *dev, struct list_head *head)
{
	netdev_upper_dev_unlink(vlan_dev_priv(dev)->real_dev, dev);
	unregister_netdevice_queue(dev, head);
}

static void vlan_transfer(const struct net_device *real_dev, struct net_device *vlandev)
{
	if (!vlan_dev_priv(vlandev)->is_bridge_bound)
		netif_stacked_transfer_operstate(real_dev, vlandev);
}

/* Follows the real device up or down, unless an open or close came first. */
static void vlan_follow_link(struct net_device *dev)
{
	const struct vlan_dev_priv *vlan = vlan_dev_priv(dev);
	uint32_t flags = dev_get_flags(dev);
	bool goes_up = vlan->real_dev->flags & IFF_UP;

	if (goes_up == !!(flags & IFF_UP) || (!goes_up && vlan->is_loose))
		return;
	if (!vlan->is_loose)
		dev_change_flags(dev, flags ^ IFF_UP);
	vlan_transfer(vlan->real_dev, dev);
}

static void vlan_dev_work(struct net_device *dev, uint16_t events)
{
	if (events & VLAN_WORK_LINK_STATE)
		vlan_follow_link(dev);
	if ((events & VLAN_WORK_MTU) && dev->mtu > vlan_dev_priv(dev)->real_dev->mtu)
		dev_set_mtu(dev, vlan_dev_priv(dev)->real_dev->mtu);
	if (events & VLAN_WORK_FEATURES)
		netdev_update_features(dev);
}

/* Closes all that are up as a group, highest number first. */
static void vlan_real_dev_down(struct net_device *real_dev)
{
	struct netdev_adjacent *at = NULL;
	struct list_head close_list;

	INIT_LIST_HEAD(&close_list);
	while ((at = netdev_next_upper(real_dev, at, &vlan_netdev_ops)) != NULL)
		if ((at->upper->flags & IFF_UP) && !vlan_dev_priv(at->upper)->is_loose)
			list_add(&at->upper->close_list, &close_list);
	dev_close_many(&close_list, false);
	while (!list_empty(&close_list)) {
		struct net_device *dev =
			container_of(close_list.next, struct net_device, close_list);

		vlan_transfer(real_dev, dev);
		list_del_init(&dev->close_list);
	}
}

static void vlan_real_dev_up(struct net_device *real_dev)
{
	struct netdev_adjacent *at = NULL;

	while ((at = netdev_next_upper(real_dev, at, &vlan_netdev_ops)) != NULL) {
		struct net_device *vlandev = at->upper;

		if (vlandev->flags & IFF_UP)
			continue;
		if (!vlan_dev_priv(vlandev)->is_loose)
			dev_change_flags(vlandev, dev_get_flags(vlandev) | IFF_UP);
		vlan_transfer(real_dev, vlandev);
	}
}

static void vlan_real_dev_gone(struct net_device *real_dev)
{
	struct netdev_adjacent *at;
	struct list_head list;

	INIT_LIST_HEAD(&list);
	while ((at = netdev_next_upper(real_dev, NULL, &vlan_netdev_ops)) != NULL)
		unregister_vlan_dev(at->upper, &list);
	unregister_netdevice_many(&list);
}

/* The work bits for an event of the real device. */
static uint16_t vlan_work_for(const struct machine *m, enum netdev_cmd cmd)
{
	if (!kernel_has(&m->kernel, KERNEL_VLAN_WORK))
		return 0;
	if (cmd == NETDEV_UP || cmd == NETDEV_DOWN)
		return VLAN_WORK_LINK_STATE;
	if (cmd == NETDEV_CHANGEMTU)
		return VLAN_WORK_MTU;
	return cmd == NETDEV_FEAT_CHANGE ? VLAN_WORK_FEATURES : 0;
}

int vlan_device_event(struct net_device *dev, enum netdev_cmd cmd)
{
	uint16_t work = vlan_work_for(dev->machine, cmd);
	struct netdev_adjacent *at = NULL;

	if (work)
		while ((at = netdev_next_upper(dev, at, &vlan_netdev_ops)) != NULL)
			netdev_work_sched(at->upper, work);
	else if (cmd == NETDEV_CHANGE)
		while ((at = netdev_next_upper(dev, at, &vlan_netdev_ops)) != NULL)
			vlan_transfer(dev, at->upper);
	else if (cmd == NETDEV_CHANGEMTU)
		netdev_limit_mtu(dev, &vlan_netdev_ops);
	else if (cmd == NETDEV_CHANGEADDR)
		while ((at = netdev_next_upper(dev, at, &vlan_netdev_ops)) != NULL) {
			if (at->upper->flags & IFF_UP)
				vlan_inherit_address(at->upper);
		}
	else if (netdev_cmd_is_for_uppers(cmd))
		netdev_tell_uppers(dev, cmd, &vlan_netdev_ops);
	else if (cmd == NETDEV_FEAT_CHANGE)
		while ((at = netdev_next_upper(dev, at, &vlan_netdev_ops)) != NULL)
			netdev_update_features(at->upper);
	else if (cmd == NETDEV_UP)
		vlan_real_dev_up(dev);
	else if (cmd == NETDEV_DOWN)
		vlan_real_dev_down(dev);
	else if (cmd == NETDEV_UNREGISTER && dev->reg_state == NETREG_UNREGISTERING)
		vlan_real_dev_gone(dev);
	return 0;
}

/* Models: vlan_check_real_dev() */
static int vlan_check_real_dev(struct net_device *real_dev, const struct vlan_dev_priv *vlan)
{
	struct netdev_adjacent *at = NULL;

	if (real_dev->netdev_ops->is_vlan_challenged || real_dev->netdev_ops->is_no_ethernet) {
		NL_SET_ERR_MSG(real_dev->machine, "8021q: VLANs not supported on device");
		return -EOPNOTSUPP;
	}
	while ((at = netdev_next_upper(real_dev, at, &vlan_netdev_ops)) != NULL)
		if (at->order == vlan_order(vlan)) {
			NL_SET_ERR_MSG(real_dev->machine, "8021q: VLAN device already exists");
			return -EEXIST;
		}
	return 0;
}

static int register_vlan_dev(struct net_device *dev)
{
	struct vlan_dev_priv *vlan = vlan_dev_priv(dev);
	int err = register_netdevice(dev);

	if (err)
		return err;
	err = netdev_upper_dev_link(vlan->real_dev, dev, vlan_order(vlan));
	if (err) {
		unregister_netdevice(dev);
		return err;
	}
	vlan_transfer(vlan->real_dev, dev);
	linkwatch_fire_event(dev); /* so that UNKNOWN becomes what the bits say */
	netdev_update_features(dev);
	return 0;
}

static int vlan_validate(struct machine *m, const struct link_create *create)
{
	if (create->vlan_id >= VLAN_VID_MASK) {
		NL_SET_ERR_MSG(m, "8021q: Invalid VLAN id");
		return -ERANGE;
	}
	if (create->is_bridge_bound && !kernel_has(&m->kernel, KERNEL_VLAN_BRIDGE_BINDING)) {
		NL_SET_ERR_MSG(m, "8021q: Invalid VLAN flags");
		return -EINVAL;
	}
	return 0;
}

static int vlan_newlink(struct net_device *dev, const struct link_create *create)
{
	struct machine *m = dev->machine;
	struct vlan_dev_priv *vlan = vlan_dev_priv(dev);
	int err;

	vlan->real_dev = __dev_get_by_index(link_create_net(m, create), create->link);
	vlan->vlan_id = create->vlan_id;
	vlan->vlan_proto = create->vlan_proto;
	vlan->is_loose = create->is_loose;
	vlan->is_bridge_bound = create->is_bridge_bound;
	if (!vlan->real_dev) {
		NL_SET_ERR_MSG(m, "8021q: link does not exist");
		return -ENODEV;
	}
	err = vlan_check_real_dev(vlan->real_dev, vlan);
	if (!err)
		err = netdev_inherit_mtu(dev, vlan->real_dev, &create->attrs);
	return err ? err : register_vlan_dev(dev);
}

static void vlan_dev_change_rx_flags(struct net_device *dev)
{
	dev_set_promiscuity(vlan_dev_priv(dev)->real_dev, promiscuity_inc(dev));
}

const struct net_device_ops vlan_netdev_ops = {
	.kind = "vlan",
	.default_qdisc = QDISC_NOQUEUE,
	.max_mtu = 65535,
	.features = VLAN_HW_FEATURES,
	.hw_features = VLAN_HW_FEATURES,
	.ndo_fix_features = vlan_dev_fix_features,
	.ndo_init = vlan_dev_init,
	.ndo_open = vlan_dev_open,
	.ndo_stop = vlan_dev_stop,
	.ndo_change_rx_flags = vlan_dev_change_rx_flags,
	.ndo_change_mtu = vlan_dev_change_mtu,
	.ndo_get_iflink = vlan_dev_get_iflink,
	.get_link_net = vlan_get_link_net,
	.rx_mode_by_work = true,
	.ndo_work = vlan_dev_work,
	.validate = vlan_validate,
	.newlink = vlan_newlink,
	.dellink = unregister_vlan_dev,
};
