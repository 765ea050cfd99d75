/* SPDX-License-Identifier: GPL-2.0-or-later */
/* IFLA_INFO_DATA. libnl-route expects it of VLANs, macvlans and VRFs, and crashes without. */
#include "sim/rtnetlink/info_data.h"

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/if_vlan.h>
#include <string.h>

/* Models: vlan_fill_info() */
static void put_vlan(struct nlmsghdr *to, const struct vlan_dev_priv *vlan)
{
	struct ifla_vlan_flags flags = { .flags = VLAN_FLAG_REORDER_HDR, .mask = ~0U };

	if (vlan->is_loose)
		flags.flags |= VLAN_FLAG_LOOSE_BINDING;
	if (vlan->is_bridge_bound)
		flags.flags |= VLAN_FLAG_BRIDGE_BINDING;
	mnl_attr_put_u16(to, IFLA_VLAN_PROTOCOL, htons(vlan->vlan_proto));
	mnl_attr_put_u16(to, IFLA_VLAN_ID, vlan->vlan_id);
	mnl_attr_put(to, IFLA_VLAN_FLAGS, sizeof(flags), &flags);
}

/* Models: bond_fill_info() */
static void put_bond(struct nlmsghdr *to, const struct bonding *bond)
{
	mnl_attr_put_u8(to, IFLA_BOND_MODE, bond->mode);
	if (bond->mode == BOND_MODE_ACTIVEBACKUP && bond->curr_active_slave)
		mnl_attr_put_u32(to, IFLA_BOND_ACTIVE_SLAVE,
				 (uint32_t)bond->curr_active_slave->ifindex);
	mnl_attr_put_u32(to, IFLA_BOND_MIIMON, bond->miimon);
}

size_t info_data_write(const struct net_device *dev, uint8_t ret_bytes[LINK_DATA_MAX_BYTES])
{
	const struct net_device_ops *ops = dev->netdev_ops;
	union { /* aligned as libmnl wants it */
		struct nlmsghdr header;
		uint8_t bytes[sizeof(struct nlmsghdr) + LINK_DATA_MAX_BYTES];
	} buffer;
	struct nlmsghdr *to;
	size_t len;

	memset(&buffer, 0, sizeof(buffer));
	to = mnl_nlmsg_put_header(buffer.bytes);
	if (ops == &vlan_netdev_ops) {
		put_vlan(to, &dev->priv.vlan);
	} else if (ops == &macvlan_netdev_ops) { /* macvlan_fill_info() */
		mnl_attr_put_u32(to, IFLA_MACVLAN_MODE, dev->priv.macvlan.mode);
		mnl_attr_put_u16(to, IFLA_MACVLAN_FLAGS, 0);
	} else if (ops == &ipvlan_netdev_ops) { /* ipvlan_nl_fillinfo() */
		mnl_attr_put_u16(to, IFLA_IPVLAN_MODE, dev->priv.macvlan.mode);
		mnl_attr_put_u16(to, IFLA_IPVLAN_FLAGS, 0);
	} else if (ops == &vrf_netdev_ops) { /* vrf_fillinfo() */
		mnl_attr_put_u32(to, IFLA_VRF_TABLE, dev->priv.vrf.tb_id);
	} else if (ops == &bond_netdev_ops) {
		put_bond(to, &dev->priv.bond);
	}
	len = mnl_nlmsg_get_payload_len(to);
	memcpy(ret_bytes, mnl_nlmsg_get_payload(to), len);
	return len;
}
