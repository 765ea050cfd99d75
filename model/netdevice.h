/* SPDX-License-Identifier: GPL-2.0-or-later */
/* struct net_device and what is done to it.
 * Models: include/linux/netdevice.h, net/core/dev.c, net/sched/sch_generic.c */
#ifndef LWSIM_MODEL_NETDEVICE_H
#define LWSIM_MODEL_NETDEVICE_H

#include <linux/if.h>
#include <stdbool.h>
#include <stdint.h>

#include "bond.h"
#include "bridge.h"
#include "features.h"
#include "list.h"
#include "net_namespace.h"
#include "seq.h"
#include "team.h"
#include "tun.h"
#include "workqueue.h"

struct machine;
struct net_device;
struct link_attrs;
struct link_create;

/* Bits of net_device.state, with the kernel's numbers. */
enum netdev_state_t {
	__LINK_STATE_START,
	__LINK_STATE_PRESENT,
	__LINK_STATE_NOCARRIER,
	__LINK_STATE_LINKWATCH_PENDING,
	__LINK_STATE_DORMANT,
	__LINK_STATE_TESTING,
};

enum netreg_state {
	NETREG_UNINITIALIZED,
	NETREG_REGISTERED,
	NETREG_UNREGISTERING,
	NETREG_UNREGISTERED,
};

enum rtnl_link_state {
	RTNL_LINK_INITIALIZED,
	RTNL_LINK_INITIALIZING,
};

/* What a tx queue's qdisc is. Differs: the kind stands for the object. */
enum qdisc_kind {
	QDISC_NOOP,
	QDISC_NOQUEUE,
	QDISC_PFIFO_FAST,
};

/* Events of the netdevice notifier chain that the model sends, with the kernel's names. */
enum netdev_cmd {
	NETDEV_UP,
	NETDEV_DOWN,
	NETDEV_CHANGE,
	NETDEV_REGISTER,
	NETDEV_UNREGISTER,
	NETDEV_GOING_DOWN,
	NETDEV_PRE_UP,
	NETDEV_POST_INIT,
	NETDEV_CHANGEUPPER,
	NETDEV_CHANGELOWERSTATE,
	NETDEV_FEAT_CHANGE,
	NETDEV_CHANGEADDR,
	NETDEV_BONDING_FAILOVER,
	NETDEV_NOTIFY_PEERS,
	NETDEV_RESEND_IGMP,
	NETDEV_CHANGEMTU,
	NETDEV_PRECHANGEMTU,
	NETDEV_CHANGENAME,
	NETDEV_CHANGE_TX_QUEUE_LEN,
	NETDEV_CMD_COUNT
};

struct net_device_ops {
	const char *kind;	   /* driver's name: "dummy", "virtio_net" */
	uint8_t default_qdisc;	   /* enum qdisc_kind that attach_default_qdiscs() gives it */
	uint32_t flags;		   /* IFF_* after setup */
	uint32_t mtu;		   /* 0: 1500 */
	uint32_t min_mtu, max_mtu; /* max 0: none */
	/* after setup: what it has, what of that userspace can switch, and what VLANs on it have */
	netdev_features_t features, hw_features, vlan_features;
	/* what becomes of those wanted; NULL: they stay as they are */
	netdev_features_t (*ndo_fix_features)(struct net_device *dev, netdev_features_t features);
	bool is_vlan_challenged; /* NETIF_F_VLAN_CHALLENGED: takes no VLANs */
	bool has_no_rx_handler;	 /* IFF_NO_RX_HANDLER: nobody may take over what it receives */
	bool is_no_ethernet;	 /* its type is not ARPHRD_ETHER */
	bool is_netns_local;	 /* NETIF_F_NETNS_LOCAL: stays in its namespace */
	bool has_proto_down;	 /* IFF_CHANGE_PROTO_DOWN */
	int (*ndo_init)(struct net_device *dev);
	void (*ndo_uninit)(struct net_device *dev);
	int (*ndo_open)(struct net_device *dev);
	void (*ndo_stop)(struct net_device *dev);
	int (*ndo_change_carrier)(struct net_device *dev, bool new_carrier);
	/* IFF_PROMISC of dev->flags has changed: hands it down */
	void (*ndo_change_rx_flags)(struct net_device *dev);
	int (*ndo_set_mac_address)(struct net_device *dev, uint64_t address); /* NULL: is set */
	int (*ndo_change_mtu)(struct net_device *dev, uint32_t mtu);	      /* NULL: is set */
	/* IFLA_MASTER: as a master, takes on or lets go a slave; NULL: is none */
	int (*ndo_add_slave)(struct net_device *dev, struct net_device *slave);
	int (*ndo_del_slave)(struct net_device *dev, struct net_device *slave);
	int (*ndo_get_iflink)(const struct net_device *dev); /* NULL: iflink is ifindex */
	/* ndo_set_rx_mode_async or ndo_change_rx_flags; after 6.18 */
	bool rx_mode_by_work;
	/* what netdev_work_sched() put off, the bits that it was told; rtnl held */
	void (*ndo_work)(struct net_device *dev, uint16_t events);
	/* rtnl_link_ops: RTM_NEWLINK of this kind. Whether its attributes can be, before anything else is
	 * asked; NULL: any can. Then registers dev, which is new; NULL: register_netdevice() is all.
	 * Each returns 0 or -errno. */
	int (*validate)(struct machine *m, const struct link_create *create);
	int (*newlink)(struct net_device *dev, const struct link_create *create);
	/* puts the device, and what goes with it, on the list (by unreg_list);
	 * NULL: not made by RTM_NEWLINK, so not deleted by RTM_DELLINK either */
	void (*dellink)(struct net_device *dev, struct list_head *head);
};

struct vlan_dev_priv {
	struct net_device *real_dev;
	uint16_t vlan_id, vlan_proto; /* ETH_P_8021Q or ETH_P_8021AD */
	bool is_loose;		      /* VLAN_FLAG_LOOSE_BINDING */
	bool is_bridge_bound;	      /* VLAN_FLAG_BRIDGE_BINDING */
};

/* macvlan and ipvlan */
struct macvlan_dev {
	struct net_device *lowerdev;
	struct net_device *hash_next; /* while it is up; of macvlan only */
};

/* An event on linkwatch's list, so that an urgent run need not look at those that are not urgent again and again. */
struct linkwatch_event {
	struct seq_node node;
	uint32_t count; /* of events in this part of the sequence */
	bool stays;    /* an urgent run would put it back: one has, and nothing has changed since */
	bool all_stay; /* each in this part of the sequence does */
};

struct veth_priv {
	struct net_device *peer; /* NULL before both are registered and after dellink */
};

struct virtnet_info {
	struct work_struct config_work;
	bool has_status;     /* VIRTIO_NET_F_STATUS was negotiated */
	bool host_link_up;   /* VIRTIO_NET_S_LINK_UP in the device's config space */
	bool status_link_up; /* vi->status: what the driver has taken in */
	/* since 6.12 */
	bool is_listening; /* config interrupts are let through: the device is open */
	bool has_change;   /* one came while they were not */
};

/*
 * Differs: one tx queue stands for all; no alias, no group; the lists that
 * the kernel keeps apart for closing, unregistering and finishing off are close_list and
 * unreg_list, as a device is never on two of them for different ends.
 */
struct net_device {
	/* what linkwatch touches, in one cache line */
	struct list_head link_watch_list;
	struct linkwatch_event link_watch_event;
	unsigned long state; /* 1 << enum netdev_state_t */
	uint32_t cause;	     /* machine.cause when it was put on the list */
	uint32_t link_cause; /* machine.cause when its carrier or IFF_UP changed last */
	uint32_t flags;	     /* dev->flags: IFF_UP and what else is stored */
	int32_t ifindex;
	uint8_t operstate; /* stored: IF_OPER_* */
	uint8_t link_mode; /* IF_LINK_MODE_* */
	uint8_t reg_state; /* enum netreg_state */
	uint8_t qdisc;	   /* of the tx queue, enum qdisc_kind */
	uint8_t qdisc_sleeping;
	uint8_t root_qdisc; /* dev->qdisc, what IFLA_QDISC says */
	uint8_t rtnl_link_state;
	bool is_lag_port, is_lag_master; /* netif_is_lag_port(), netif_is_lag_master() */
	bool is_address_set;		 /* NET_ADDR_SET: dev_set_mac_address() has been there */
	uint32_t nd_net;		 /* of net_namespaces.nets[]; see dev_net() */
	struct machine *machine;
	const struct net_device_ops *netdev_ops;

	uint32_t carrier_up_count, carrier_down_count;
	uint64_t address; /* its 48 bits as a number; unless set, by age of the device */
	netdev_features_t features, wanted_features, vlan_features;
	uint16_t promiscuity; /* how many have asked for IFF_PROMISC */
	uint32_t mtu;
	uint16_t gflags;      /* what userspace asked of IFF_PROMISC and IFF_ALLMULTI */
	uint16_t work_events; /* the driver's bits for ndo_work() */
	char name[IFNAMSIZ];
	struct list_head dev_list;		   /* in net.dev_base_head */
	struct net_device *name_next, *index_next; /* hash chains */
	struct list_head close_list;
	struct netdev_adj_lists *adj; /* NULL: never stacked */
	struct list_head unreg_list;  /* a list of unregister_netdevice_many(), then rtnl.todo */
	struct list_head work_node;   /* in machine.netdev_work.devices */
	uint32_t work_cause;	      /* machine.cause when it was put there */
	uint32_t tx_queue_len : 31, proto_down : 1;
	union {
		struct veth_priv veth;
		struct virtnet_info virtnet;
		struct vlan_dev_priv vlan;
		struct macvlan_dev macvlan;
		struct team team;
		struct tun_struct tun;
		struct bonding bond;
		struct net_bridge bridge;
	} priv;
};

static inline bool netif_running(const struct net_device *dev)
{
	return dev->state & (1UL << __LINK_STATE_START);
}

static inline bool netif_carrier_ok(const struct net_device *dev)
{
	return !(dev->state & (1UL << __LINK_STATE_NOCARRIER));
}

static inline bool netif_dormant(const struct net_device *dev)
{
	return dev->state & (1UL << __LINK_STATE_DORMANT);
}

static inline bool netif_testing(const struct net_device *dev)
{
	return dev->state & (1UL << __LINK_STATE_TESTING);
}

static inline bool netif_device_present(const struct net_device *dev)
{
	return dev->state & (1UL << __LINK_STATE_PRESENT);
}

static inline bool netif_oper_up(const struct net_device *dev)
{
	return dev->operstate == IF_OPER_UP || dev->operstate == IF_OPER_UNKNOWN;
}

/* Any tx queue's qdisc is not the one to be used. Models: qdisc_tx_changing(). */
static inline bool qdisc_tx_changing(const struct net_device *dev)
{
	return dev->qdisc != dev->qdisc_sleeping;
}

/* What a device hands down of its IFF_PROMISC when that has changed. */
static inline int promiscuity_inc(const struct net_device *dev)
{
	return dev->flags & IFF_PROMISC ? 1 : -1;
}

int dev_get_iflink(const struct net_device *dev);
uint32_t dev_get_flags(const struct net_device *dev);

/*
 * Driver's side; no lock needed (drivers call them from interrupts), each fires a
 * linkwatch event if it changed a bit.
 */
void netif_carrier_on(struct net_device *dev);
void netif_carrier_off(struct net_device *dev);
/* Counts both ways and fires without a change; -EOPNOTSUPP on a kernel that lacks it. */
int netif_carrier_event(struct net_device *dev);
void netif_dormant_on(struct net_device *dev);
void netif_dormant_off(struct net_device *dev);
/* -EOPNOTSUPP on a kernel that lacks them. */
int netif_testing_on(struct net_device *dev);
int netif_testing_off(struct net_device *dev);
/* No event of their own. */
void netif_device_detach(struct net_device *dev);
void netif_device_attach(struct net_device *dev);

/* The rest is called with rtnl held; int returns 0 or -errno. */

/* A new, unregistered device of the initial namespace; NULL: there is no room. */
struct net_device *alloc_netdev(struct machine *m, const char *name,
				const struct net_device_ops *ops);
void free_netdev(struct net_device *dev); /* an unregistered one; NULL is fine */

/* -EEXIST: the name is taken; -EINVAL: not a name; or what a notifier said. */
int register_netdevice(struct net_device *dev);
/* Takes a list made by unregister_netdevice_queue(); it is empty afterwards. */
void unregister_netdevice_queue(struct net_device *dev, struct list_head *head);
void unregister_netdevice_many(struct list_head *head);
void unregister_netdevice(struct net_device *dev); /* one */
/* Closed, gone from one namespace and new in the other, under its name or, where that is taken, other_name
 * (NULL, or taken too: -EEXIST). new_ifindex 0: it keeps its number if that is free there.
 * -EINVAL: dev is not to be moved; -EBUSY: new_ifindex is taken. */
int dev_change_net_namespace(struct net_device *dev, struct net *net, const char *other_name,
			     int32_t new_ifindex);
/* What is left after the lock is given up; false: nothing. Who has given it up first sleeps until readers
 * have gone (rcu_barrier()), so that waiters and queued work go before. */
bool netdev_run_todo(struct machine *m);

int dev_open(struct net_device *dev);
void dev_close(struct net_device *dev);
/* By close_list; those that are not up leave the list, the others too if it is unlinked. */
void dev_close_many(struct list_head *head, bool unlink);
int dev_change_flags(struct net_device *dev, uint32_t flags);
/* The two halves of dev_change_flags(), as rtnl_configure_link() uses them. */
int __dev_change_flags(struct net_device *dev, uint32_t flags);
void __dev_notify_flags(struct net_device *dev, uint32_t old_flags, uint32_t gchanges);
int dev_change_carrier(struct net_device *dev, bool new_carrier);
/* Whether it is an address of one device: not 0, no group's. */
bool is_valid_ether_addr(uint64_t address);
/* Whether a device can have it: 0 or -EINVAL, and why. */
int dev_validate_mtu(const struct net_device *dev, uint32_t mtu);
int dev_set_mtu_ext(struct net_device *dev, uint32_t mtu);
/* The same for another device than userspace has asked for: why not is not told. */
int dev_set_mtu(struct net_device *dev, uint32_t mtu);
/* ndo_change_mtu of a bond or team: all ports have it, or none. Differs: a team that goes back begins with
 * its last. */
int master_change_mtu(struct net_device *dev, uint32_t mtu);
/* A new device on lower has its MTU unless told; -EINVAL: one that is greater. */
int netdev_inherit_mtu(struct net_device *dev, const struct net_device *lower,
		       const struct link_attrs *attrs);
/* Those on lower whose driver is ops have no greater one than it. */
void netdev_limit_mtu(const struct net_device *lower, const struct net_device_ops *ops);
/* len is at most 32767. */
int dev_change_tx_queue_len(struct net_device *dev, uint32_t len);
/* -EBUSY: it is up, before 6.2; -EINVAL: not a name; -EEXIST: the name is taken. */
int dev_change_name(struct net_device *dev, const char *new_name);
/* The half of it that does not ask. */
void netdev_rename(struct net_device *dev, const char *new_name);
int dev_change_proto_down(struct net_device *dev, bool proto_down);
/* One more, or one less, who wants all packets; userspace is told in either case. */
void dev_set_promiscuity(struct net_device *dev, int inc);
/* Whether it takes an address: NETDEV_CHANGEADDR follows. -EOPNOTSUPP: it does not; -ENODEV: it is
 * not present; or what the driver says. */
bool dev_takes_mac_address(const struct net_device *dev);
int dev_set_mac_address(struct net_device *dev, uint64_t address);

/* net/sched/sch_generic.c */
void dev_init_scheduler(struct net_device *dev);
void dev_activate(struct net_device *dev);
void dev_deactivate(struct net_device *dev);
void dev_shutdown(struct net_device *dev);

struct net_device *__dev_get_by_name(const struct net *net, const char *name);
struct net_device *__dev_get_by_index(const struct net *net, int32_t ifindex);
/* The same in the initial namespace. */
struct net_device *dev_get_by_name(const struct machine *m, const char *name);
struct net_device *dev_get_by_index(const struct machine *m, int32_t ifindex);
bool dev_valid_name(const char *name);

/* Notifier chain: the blocks are called in the order of registration. */
typedef int (*notifier_fn)(struct net_device *dev, enum netdev_cmd cmd);
/* -ENOSPC if NOTIFIER_BLOCKS_MAX are there. */
#define NOTIFIER_BLOCKS_MAX 16
int register_netdevice_notifier(struct machine *m, notifier_fn fn);
/* 0, or the first -errno that a block returned; the blocks after it are not called. */
int call_netdevice_notifiers(enum netdev_cmd cmd, struct net_device *dev);

/* What a RTM_NEWLINK or RTM_DELLINK says. */
struct link_message {
	const struct net_device *dev; /* for name and ifindex; valid during the callback */
	bool is_dellink;
	uint8_t operstate; /* IFLA_OPERSTATE: DOWN while not running */
	uint8_t link_mode; /* IFLA_LINKMODE */
	uint8_t qdisc;	   /* IFLA_QDISC: enum qdisc_kind */
	bool carrier;	   /* IFLA_CARRIER: the bit, also of a device that is down */
	uint32_t ifi_flags;
	uint32_t ifi_change;
	uint32_t carrier_up_count, carrier_down_count;
	uint32_t cause; /* machine.cause */
};

#endif
