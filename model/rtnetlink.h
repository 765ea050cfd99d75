/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Userspace's requests and the messages that it gets.
 * Models: net/core/rtnetlink.c, net/core/dev_ioctl.c (SIOCSIFFLAGS) */
#ifndef LWSIM_MODEL_RTNETLINK_H
#define LWSIM_MODEL_RTNETLINK_H

#include "netdevice.h"

struct machine;

/*
 * The attributes of a RTM_NEWLINK or RTM_SETLINK request that the model serves. Flags
 * are IFF_* of <linux/if.h>, states IF_OPER_*, modes IF_LINK_MODE_*.
 */
struct link_attrs {
	struct net
		*net; /* IFLA_NET_NS_PID, IFLA_NET_NS_FD: the target namespace; NULL: unchanged */
	int32_t new_ifindex; /* IFLA_NEW_IFINDEX: the number there; for a new device: ifi_index. 0: any */
	uint32_t ifi_flags;
	uint32_t ifi_change; /* mask of ifi_flags; both 0: no flags in the request */
	bool has_carrier;    /* IFLA_CARRIER */
	bool carrier;
	bool has_operstate; /* IFLA_OPERSTATE */
	uint8_t operstate;
	bool has_linkmode; /* IFLA_LINKMODE */
	uint8_t linkmode;
	char ifname[IFNAMSIZ]; /* IFLA_IFNAME for an existing device: its new name; "": none */
	bool has_address;      /* IFLA_ADDRESS */
	uint64_t address;
	bool has_mtu; /* IFLA_MTU */
	uint32_t mtu;
	bool has_group, has_alias; /* IFLA_GROUP, IFLA_IFALIAS: the value does not matter */
	bool has_txqlen;	   /* IFLA_TXQLEN */
	uint32_t txqlen;
	bool has_proto_down; /* IFLA_PROTO_DOWN */
	bool proto_down;
	bool has_master; /* IFLA_MASTER */
	int32_t master;	 /* ifindex; 0: no master */
};

/* The kinds that RTM_NEWLINK can create (IFLA_INFO_KIND). */
enum link_kind {
	LINK_KIND_DUMMY,
	LINK_KIND_VETH,
	LINK_KIND_VLAN,
	LINK_KIND_MACVLAN,
	LINK_KIND_IPVLAN,
	LINK_KIND_TEAM,
	LINK_KIND_VRF,
	LINK_KIND_BOND,
	LINK_KIND_BRIDGE,
	LINK_KIND_COUNT
};

struct link_create {
	struct net *net; /* the namespace of the request; NULL: the initial one */
	enum link_kind kind;
	char name[IFNAMSIZ];
	struct link_attrs attrs;
	char peer_name[IFNAMSIZ];	/* veth: VETH_INFO_PEER, its IFLA_IFNAME */
	struct link_attrs peer_attrs;	/* veth: flags, state and mode of the peer */
	int32_t link;			/* IFLA_LINK: ifindex of the device below */
	uint16_t vlan_id;		/* IFLA_VLAN_ID */
	uint16_t vlan_proto;		/* IFLA_VLAN_PROTOCOL, ETH_P_* in host order */
	bool is_loose, is_bridge_bound; /* IFLA_VLAN_FLAGS */
	uint32_t vrf_table;		/* IFLA_VRF_TABLE */
	bool has_mode; /* macvlan and ipvlan: IFLA_MACVLAN_MODE, IFLA_IPVLAN_MODE */
	uint16_t mode;
	uint8_t bond_mode;    /* IFLA_BOND_MODE: enum bond_mode */
	uint32_t bond_miimon; /* IFLA_BOND_MIIMON: ms */
};

/*
 * Each is called with rtnl held, as by the kernel's rtnetlink_rcv_msg(), and returns 0 or -errno. As in the
 * kernel, changes made before an error are kept.
 */

/* RTM_NEWLINK or RTM_SETLINK on an existing device: do_setlink(), in its order. */
int do_setlink(struct net_device *dev, const struct link_attrs *attrs);

/* The namespace for the names and numbers in a request. */
struct net *link_create_net(const struct machine *m, const struct link_create *create);

/* RTM_NEWLINK with NLM_F_CREATE|NLM_F_EXCL. */
int rtnl_newlink(struct machine *m, const struct link_create *create);

/* The two halves of a creation, for drivers. First: a new device, in the namespace of attrs or else in net,
 * with the attributes that can be set before it is registered; 0 or -errno. Second, once registered: its
 * flags and its message. */
int rtnl_create_link(struct net *net, const char *name, const struct net_device_ops *ops,
		     const struct link_attrs *attrs, struct net_device **ret_dev);
int rtnl_configure_link(struct net_device *dev, const struct link_attrs *attrs);

/* RTM_DELLINK. */
int rtnl_dellink(struct net_device *dev);

/* SIOCSIFFLAGS: flags as `ifconfig` sends them (IFF_UP set or clear, the rest as read). */
int dev_ifsioc_set_flags(struct net_device *dev, uint32_t flags);

/* Sends RTM_NEWLINK with ifi_change, unless dev is not registered.
 * Models: rtmsg_ifinfo(). */
void rtmsg_ifinfo(const struct net_device *dev, uint32_t ifi_change);

/* Builds the RTM_DELLINK, with ifi_change ~0, of a device that is being dismantled: its contents are those
 * of the time of this call. */
void rtmsg_ifinfo_build_dellink(const struct net_device *dev, struct link_message *ret_message);
void rtmsg_ifinfo_send(const struct link_message *message);

/* Fills in what RTM_GETLINK reports of the device now. Models: rtnl_fill_ifinfo(). */
void rtnl_fill_ifinfo(const struct net_device *dev, struct link_message *ret_message);

/* NETDEV_CHANGE notifiers, then RTM_NEWLINK with ifi_change 0; nothing unless IFF_UP.
 * Models: netdev_state_change() of net/core/dev.c */
void netdev_state_change(struct net_device *dev);

/* rtnetlink's own notifier: turns events into messages. */
int rtnetlink_event(struct net_device *dev, enum netdev_cmd cmd);

#endif
