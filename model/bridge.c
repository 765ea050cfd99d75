/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bridges: a bridge has carrier while one of its ports forwards; one that never had a port has it too.
 * Models: net/bridge/br_if.c, br.c, br_stp_if.c, br_stp.c, br_device.c, br_vlan.c
 * Differs: without STP, so a port forwards at once or is disabled; no VLAN filtering, so VLAN 1 is the only one that
 * ports are in; no forwarding database, no multicast; no AF_BRIDGE messages of ports. */
#include <errno.h>
#include <linux/if_ether.h>

#include "machine.h"

#define DEFAULT_PVID 1

/* The link of dev to the bridge that it is a port of; NULL: it is none.
 * Models: br_port_get_rtnl() */
static struct netdev_adjacent *br_port_get(const struct net_device *dev)
{
	struct netdev_adjacent *link = netdev_master_link(dev);

	return link && link->upper->netdev_ops == &br_netdev_ops ? link : NULL;
}

static void br_port_state_selection(struct net_device *br)
{
	const struct slaves_sum *ports = netdev_slaves_sum(br);

	if (ports && ports->is_some_up)
		netif_carrier_on(br);
	else
		netif_carrier_off(br);
}

/* Models: br_stp_enable_port(), br_stp_disable_port() */
static void br_port_set_forwarding(struct netdev_adjacent *port, bool is_forwarding)
{
	port->port.bridge.is_forwarding = is_forwarding;
	netdev_slave_changed(port);
	br_port_state_selection(port->upper);
}

static bool is_running_and_up(const struct net_device *dev)
{
	return netif_running(dev) && netif_oper_up(dev);
}

static void br_port_carrier_check(struct netdev_adjacent *port)
{
	bool is_up = is_running_and_up(port->lower);

	if (netif_running(port->upper) && is_up != port->port.bridge.is_forwarding)
		br_port_set_forwarding(port, is_up);
}

static void br_stp_change_bridge_id(struct net_device *br, uint64_t address)
{
	br->priv.bridge.bridge_address = address;
	br->address = address;
	netdev_update_sums(br);
	br_port_state_selection(br);
}

/* Takes the lowest address of its ports, unless it has one of its own; returns whether that is another. */
static bool br_stp_recalculate_bridge_id(struct net_device *br)
{
	const struct slaves_sum *ports = netdev_slaves_sum(br);
	uint64_t address = ports ? ports->least_address : 0;

	if (br->is_address_set)
		return false;
	if (br->priv.bridge.bridge_address == address)
		return false;
	br_stp_change_bridge_id(br, address);
	return true;
}

/* What a port must be; the text is what userspace is told. */
static int br_port_check(struct net_device *br, const struct net_device *dev)
{
	if (dev->netdev_ops->is_no_ethernet)
		return -EINVAL;
	if (dev->netdev_ops == &br_netdev_ops) {
		NL_SET_ERR_MSG(br->machine, "Can not enslave a bridge to a bridge");
		return -ELOOP;
	}
	return netdev_rx_handler_check(dev);
}

static bool tells_features_last(const struct net_device *br)
{
	return kernel_has(&br->machine->kernel, KERNEL_BRIDGE_FEATURES_LAST);
}

/* Models: br_features_recompute() */
static netdev_features_t br_fix_features(struct net_device *br, netdev_features_t features)
{
	return netdev_next_slave(br, NULL) ? master_add_port_features(br, features, features)
					   : features;
}

/* The least of its ports', unless it was given one. */
static void br_mtu_auto_adjust(struct net_device *br)
{
	const struct slaves_sum *ports = netdev_slaves_sum(br);

	if (br->priv.bridge.is_mtu_set_by_user)
		return;
	dev_set_mtu(br, ports ? ports->least_mtu : ETH_DATA_LEN);
	br->priv.bridge.is_mtu_set_by_user = false;
}

static int br_change_mtu(struct net_device *br, uint32_t mtu)
{
	(void)mtu;
	br->priv.bridge.is_mtu_set_by_user = true;
	return 0;
}

static int br_add_if(struct net_device *br, struct net_device *dev)
{
	bool changed_addr;
	int err = br_port_check(br, dev);

	if (!err)
		err = netdev_master_upper_dev_link(dev, br);
	if (err)
		return err;
	dev_disable_lro(dev);
	br_port_get(dev)->port.bridge.is_listed = true;
	dev_set_promiscuity(dev, 1);
	if (!tells_features_last(br))
		netdev_update_features(br);
	changed_addr = br_stp_recalculate_bridge_id(br);
	if (is_running_and_up(dev) && (br->flags & IFF_UP))
		br_port_set_forwarding(br_port_get(dev), true);
	if (changed_addr)
		call_netdevice_notifiers(NETDEV_CHANGEADDR, br);
	br_mtu_auto_adjust(br);
	if (tells_features_last(br))
		netdev_compute_master_upper_features(br);
	return 0;
}

static void del_nbp(struct net_device *br, struct netdev_adjacent *port)
{
	dev_set_promiscuity(port->lower, -1);
	br_port_set_forwarding(port, false);
	netdev_upper_dev_unlink(port->lower, br);
}

static int br_del_if(struct net_device *br, struct net_device *dev)
{
	del_nbp(br, br_port_get(dev));
	br_mtu_auto_adjust(br);
	if (br_stp_recalculate_bridge_id(br))
		call_netdevice_notifiers(NETDEV_CHANGEADDR, br);
	if (tells_features_last(br))
		netdev_compute_master_upper_features(br);
	else
		netdev_update_features(br);
	return 0;
}

/* Models: br_stp_enable_bridge() */
static int br_dev_open(struct net_device *br)
{
	struct netdev_adjacent *at = NULL;

	netdev_update_features(br);
	while ((at = netdev_next_slave(br, at)) != NULL)
		if (is_running_and_up(at->lower))
			br_port_set_forwarding(at, true);
	return 0;
}

/* Models: br_stp_disable_bridge() */
static void br_dev_stop(struct net_device *br)
{
	struct netdev_adjacent *at = NULL;

	while ((at = netdev_next_slave(br, at)) != NULL)
		if (at->port.bridge.is_forwarding)
			br_port_set_forwarding(at, false);
}

static int br_set_mac_address(struct net_device *br, uint64_t address)
{
	if (br->reg_state != NETREG_REGISTERED)
		return -EBUSY;
	if (br->address != address)
		br_stp_change_bridge_id(br, address);
	return 0;
}

/* A bridge has none below it but its ports. */
static struct netdev_adjacent *br_newest_port(const struct net_device *br)
{
	if (!netdev_next_slave(br, NULL))
		return NULL;
	return container_of(br->adj->lower.prev, struct netdev_adjacent, of_upper);
}

/* The ports leave before the bridge is closed, the newest first. */
static void br_dev_delete(struct net_device *br, struct list_head *head)
{
	struct netdev_adjacent *at;

	while ((at = br_newest_port(br)) != NULL)
		del_nbp(br, at);
	unregister_netdevice_queue(br, head);
}

/* An address of its own makes it look at its ports at once: it has none, so no carrier. */
static int br_dev_newlink(struct net_device *br, const struct link_create *create)
{
	int err = register_netdevice(br);

	if (!err && create->attrs.has_address)
		br_stp_change_bridge_id(br, create->attrs.address);
	return err;
}

const struct net_device_ops br_netdev_ops = {
	.kind = "bridge",
	.default_qdisc = QDISC_NOQUEUE,
	.flags = IFF_BROADCAST | IFF_MULTICAST,
	.features = NETIF_F_COMMON,
	.hw_features = NETIF_F_COMMON,
	.vlan_features = NETIF_F_COMMON,
	.ndo_fix_features = br_fix_features,
	.min_mtu = 68,
	.max_mtu = 65535,
	.is_netns_local = true,
	.ndo_open = br_dev_open,
	.ndo_stop = br_dev_stop,
	.ndo_set_mac_address = br_set_mac_address,
	.newlink = br_dev_newlink,
	.ndo_change_mtu = br_change_mtu,
	.ndo_add_slave = br_add_if,
	.ndo_del_slave = br_del_if,
	.dellink = br_dev_delete,
};

/*
 * VLANs on a bridge that are bound to it (VLAN_FLAG_BRIDGE_BINDING)
 */

/* A port of the VLAN's number that is up. */
static bool br_vlan_has_port(const struct net_device *br, const struct net_device *vlan)
{
	struct netdev_adjacent *at = NULL;

	if (vlan->priv.vlan.vlan_id != DEFAULT_PVID)
		return false;
	while ((at = netdev_next_slave(br, at)) != NULL)
		if ((at->lower->flags & IFF_UP) && netif_oper_up(at->lower))
			return true;
	return false;
}

static void br_vlan_set_vlan_dev_state(const struct net_device *br, struct net_device *vlan)
{
	if (netif_carrier_ok(br) && br_vlan_has_port(br, vlan))
		netif_carrier_on(vlan);
	else
		netif_carrier_off(vlan);
}

/* A bridge's own event: VLANs take on its state; one that is being made does when it is linked. */
static void br_vlan_bridge_event(const struct net_device *br, enum netdev_cmd cmd)
{
	struct netdev_adjacent *at = NULL;

	while ((at = netdev_next_upper(br, at, &vlan_netdev_ops)) != NULL) {
		bool is_new = at->upper->rtnl_link_state == RTNL_LINK_INITIALIZING;

		if (at->upper->priv.vlan.is_bridge_bound &&
		    (cmd == NETDEV_CHANGE || cmd == NETDEV_UP ||
		     (cmd == NETDEV_CHANGEUPPER && is_new)))
			br_vlan_set_vlan_dev_state(br, at->upper);
	}
}

/* A port's UP, DOWN or CHANGE. */
static void br_vlan_port_event(const struct net_device *br)
{
	struct netdev_adjacent *at = NULL;

	while ((at = netdev_next_upper(br, at, &vlan_netdev_ops)) != NULL)
		if (at->upper->priv.vlan.is_bridge_bound &&
		    at->upper->priv.vlan.vlan_id == DEFAULT_PVID)
			br_vlan_set_vlan_dev_state(br, at->upper);
}

/* Ports count only while the bridge is up: it looks at them when it is opened. */
static void br_port_event(struct netdev_adjacent *port, enum netdev_cmd cmd)
{
	struct net_device *br = port->upper;

	if (cmd == NETDEV_CHANGEADDR && br_stp_recalculate_bridge_id(br))
		call_netdevice_notifiers(NETDEV_CHANGEADDR, br);
	else if (cmd == NETDEV_CHANGE)
		br_port_carrier_check(port);
	else if (cmd == NETDEV_DOWN && (br->flags & IFF_UP))
		br_port_set_forwarding(port, false);
	else if (cmd == NETDEV_UP && netif_running(br) && netif_oper_up(port->lower))
		br_port_set_forwarding(port, true);
	else if (cmd == NETDEV_CHANGEMTU)
		br_mtu_auto_adjust(br);
	else if (cmd == NETDEV_FEAT_CHANGE && port->port.bridge.is_listed)
		netdev_update_features(br);
	else if (cmd == NETDEV_RESEND_IGMP)
		call_netdevice_notifiers(NETDEV_RESEND_IGMP, br);
	if (cmd == NETDEV_CHANGE || cmd == NETDEV_DOWN || cmd == NETDEV_UP)
		br_vlan_port_event(br);
}

int br_device_event(struct net_device *dev, enum netdev_cmd cmd)
{
	struct netdev_adjacent *port = br_port_get(dev);

	if (dev->netdev_ops == &br_netdev_ops)
		br_vlan_bridge_event(dev, cmd);
	if (!port)
		return 0;
	if (cmd == NETDEV_UNREGISTER)
		return br_del_if(port->upper, dev);
	br_port_event(port, cmd);
	return 0;
}
