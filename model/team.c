/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Teams: a team has carrier while one of its ports' link is up, unless userspace has set it.
 * Models: drivers/net/team/team.c
 * Differs: nothing of what only teamd's generic netlink sets: no mode, no options (so each port is enabled,
 * and none's link is overridden), no peers notified; no addresses. */
#include <errno.h>

#include "machine.h"

/* The link of dev to the team that it is a port of; NULL: it is none.
 * Models: team_port_get_rtnl() */
static struct netdev_adjacent *team_port_get(const struct net_device *dev)
{
	struct netdev_adjacent *link = netdev_master_link(dev);

	return link && link->upper->netdev_ops == &team_netdev_ops ? link : NULL;
}

/* Models: __team_carrier_check() */
static void team_carrier_check(struct net_device *dev)
{
	const struct slaves_sum *ports = netdev_slaves_sum(dev);

	if (dev->priv.team.user_carrier_enabled)
		return;
	if (ports && ports->is_some_up)
		netif_carrier_on(dev);
	else
		netif_carrier_off(dev);
}

/* Models: team_port_change_check(), team_refresh_port_linkup() */
static void team_port_change_check(struct netdev_adjacent *link, bool linkup)
{
	if (link->port.team.linkup != linkup) {
		link->port.team.linkup = linkup;
		netdev_slave_changed(link);
		call_netdevice_notifiers(NETDEV_CHANGELOWERSTATE, link->lower);
	}
	team_carrier_check(link->upper);
}

/* Models: __team_compute_features(), or what is in its place */
static void team_compute_vlan_features(struct net_device *dev)
{
	const struct kernel *kernel = &dev->machine->kernel;
	const netdev_features_t base = NETIF_F_MASTER_VLAN_BASE;

	if (kernel_has(kernel, KERNEL_TEAM_FEATURES_FIRST))
		master_compute_vlan_features(dev, base, base);
	else if (kernel_has(kernel, KERNEL_TEAM_VLAN_FEATURES))
		master_compute_vlan_features(dev, base, NETIF_F_MASTER_VLAN);
	else
		master_compute_vlan_features(dev, 0, 0);
}

/* Not again for what it does itself by that. */
static void team_port_features_changed(struct net_device *dev)
{
	if (dev->priv.team.notifier_ctx)
		return;
	dev->priv.team.notifier_ctx = true;
	team_compute_vlan_features(dev);
	netdev_change_features(dev);
	dev->priv.team.notifier_ctx = false;
}

/* What a port must be; the text is what userspace is told. */
static int team_port_check(struct net_device *dev, const struct net_device *port_dev)
{
	if (port_dev->flags & IFF_LOOPBACK) {
		NL_SET_ERR_MSG(dev->machine, "Loopback device can't be added as a team port");
		return -EINVAL;
	}
	if (dev == port_dev) {
		NL_SET_ERR_MSG(dev->machine, "Cannot enslave team device to itself");
		return -EINVAL;
	}
	if (netdev_has_upper_dev(dev, port_dev)) {
		NL_SET_ERR_MSG(dev->machine,
			       "Device is already an upper device of the team interface");
		return -EBUSY;
	}
	if (netdev_has_upper_dev(port_dev, dev)) {
		NL_SET_ERR_MSG(dev->machine,
			       "Device is already a lower device of the team interface");
		return -EBUSY;
	}
	if (port_dev->flags & IFF_UP) {
		NL_SET_ERR_MSG(dev->machine,
			       "Device is up. Set it down before adding it as a team port");
		return -EBUSY;
	}
	return 0;
}

/* Opens a port and links it; it is closed again if that fails. */
static int team_port_link(struct net_device *dev, struct net_device *port_dev)
{
	int err = dev_open(port_dev);

	if (err)
		return err;
	if (!(dev->features & NETIF_F_LRO))
		dev_disable_lro(port_dev);
	err = netdev_rx_handler_check(port_dev);
	if (!err)
		err = netdev_master_upper_dev_link(port_dev, dev);
	if (err)
		dev_close(port_dev);
	return err;
}

/* Differs: rtnl core has taken the port off another team, so it is on none; a port is not
 * refused for VLANs on the team. */
static int team_port_add(struct net_device *dev, struct net_device *port_dev)
{
	bool features_first = kernel_has(&dev->machine->kernel, KERNEL_TEAM_FEATURES_FIRST);
	int err = team_port_check(dev, port_dev);
	uint64_t orig_address = port_dev->address;
	uint32_t orig_mtu = port_dev->mtu;

	if (!err)
		err = dev_set_mtu(port_dev, dev->mtu);
	if (err)
		return err;
	err = team_port_link(dev, port_dev);
	if (err) {
		dev_set_mac_address(port_dev, orig_address);
		dev_set_mtu(port_dev, orig_mtu);
		return err;
	}
	if (dev->flags & IFF_PROMISC)
		dev_set_promiscuity(port_dev, 1);
	netdev_master_link(port_dev)->port.team.orig_mtu = orig_mtu;
	port_dev->is_lag_port = true;
	linkwatch_look_again(port_dev);
	netdev_master_link(port_dev)->port.team.orig_address = orig_address;
	call_netdevice_notifiers(NETDEV_CHANGELOWERSTATE, port_dev); /* it is enabled */
	team_compute_vlan_features(dev);
	if (features_first)
		netdev_change_features(dev);
	team_port_change_check(netdev_master_link(port_dev), netif_oper_up(port_dev));
	if (!features_first)
		netdev_change_features(dev);
	return 0;
}

/* A port is closed when it has left, so that the team does not hear of it any more. */
static void team_port_del(struct net_device *dev, struct net_device *port_dev)
{
	struct team_port port = netdev_master_link(port_dev)->port.team;

	call_netdevice_notifiers(NETDEV_CHANGELOWERSTATE, port_dev); /* it is disabled */
	if (dev->flags & IFF_PROMISC)
		dev_set_promiscuity(port_dev, -1);
	netdev_upper_dev_unlink(port_dev, dev);
	port_dev->is_lag_port = false;
	if (dev->flags & IFF_UP)
		dev_set_rx_mode(port_dev); /* the team's addresses are taken off it */
	dev_close(port_dev);
	if (port.linkup)
		call_netdevice_notifiers(NETDEV_CHANGELOWERSTATE, port_dev);
	team_carrier_check(dev);
	dev_set_mac_address(port_dev, port.orig_address);
	dev_set_mtu(port_dev, port.orig_mtu);
	team_compute_vlan_features(dev);
}

static int team_del_slave(struct net_device *dev, struct net_device *port_dev)
{
	team_port_del(dev, port_dev);
	netdev_change_features(dev);
	return 0;
}

static int team_init(struct net_device *dev)
{
	dev->is_lag_master = true;
	netif_carrier_off(dev);
	return 0;
}

static void team_uninit(struct net_device *dev)
{
	struct netdev_adjacent *at;

	while ((at = netdev_next_slave(dev, NULL)) != NULL)
		team_port_del(dev, at->lower);
}

static void team_change_rx_flags(struct net_device *dev)
{
	struct netdev_adjacent *at = NULL;

	while ((at = netdev_next_slave(dev, at)) != NULL)
		dev_set_promiscuity(at->lower, promiscuity_inc(dev));
}

static int team_change_mtu(struct net_device *dev, uint32_t mtu)
{
	int err;

	dev->priv.team.port_mtu_change_allowed = true;
	err = master_change_mtu(dev, mtu);
	dev->priv.team.port_mtu_change_allowed = false;
	return err;
}

static int team_change_carrier(struct net_device *dev, bool new_carrier)
{
	dev->priv.team.user_carrier_enabled = true;
	if (new_carrier)
		netif_carrier_on(dev);
	else
		netif_carrier_off(dev);
	return 0;
}

/* Opening and closing a team leave its carrier and its ports alone. */
const struct net_device_ops team_netdev_ops = {
	.kind = "team",
	.default_qdisc = QDISC_NOQUEUE,
	.min_mtu = 68,
	.max_mtu = 65535,
	.flags = IFF_BROADCAST | IFF_MULTICAST,
	.features = NETIF_F_MASTER_VLAN,
	.hw_features = NETIF_F_MASTER_VLAN,
	.ndo_fix_features = master_fix_features,
	.is_netns_local = true,
	.ndo_init = team_init,
	.ndo_uninit = team_uninit,
	.ndo_change_rx_flags = team_change_rx_flags,
	.ndo_change_carrier = team_change_carrier,
	.ndo_change_mtu = team_change_mtu,
	.ndo_add_slave = team_port_add,
	.ndo_del_slave = team_del_slave,
	.rx_mode_by_work = true,
	.dellink = unregister_netdevice_queue,
};

/* The operstate counts, not the carrier: a port's link is down once linkwatch has said so. */
int team_device_event(struct net_device *dev, enum netdev_cmd cmd)
{
	struct netdev_adjacent *link = team_port_get(dev);

	if (!link)
		return 0;
	if (cmd == NETDEV_UP && netif_oper_up(dev))
		team_port_change_check(link, true);
	else if (cmd == NETDEV_DOWN)
		team_port_change_check(link, false);
	else if (cmd == NETDEV_CHANGE && netif_running(dev))
		team_port_change_check(link, netif_oper_up(dev));
	else if (cmd == NETDEV_PRECHANGEMTU && !link->upper->priv.team.port_mtu_change_allowed)
		return -EPERM;
	else if (cmd == NETDEV_UNREGISTER)
		return team_del_slave(link->upper, dev);
	else if (cmd == NETDEV_FEAT_CHANGE)
		team_port_features_changed(link->upper);
	else if (cmd == NETDEV_RESEND_IGMP)
		call_netdevice_notifiers(NETDEV_RESEND_IGMP, link->upper);
	return 0;
}
