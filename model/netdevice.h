/* SPDX-License-Identifier: GPL-2.0-or-later */
/* struct net_device and its functions.
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

/* Bits of net_device.state; the kernel's numbers. */
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

/* Kinds of qdisc. Differs: the kind stands for the qdisc object. */
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
	/* after setup: features that are on, those that userspace can switch, and those offered to VLANs */
	netdev_features_t features, hw_features, vlan_features;
	/* limits the wanted features; NULL: they stay as they are */
	netdev_features_t (*ndo_fix_features)(struct net_device *dev, netdev_features_t features);
	bool is_vlan_challenged; /* NETIF_F_VLAN_CHALLENGED: takes no VLANs */
	bool has_no_rx_handler;	 /* IFF_NO_RX_HANDLER: no master can take over its packets */
	bool is_no_ethernet;	 /* its type is not ARPHRD_ETHER */
	bool is_netns_local;	 /* NETIF_F_NETNS_LOCAL: cannot change its namespace */
	bool has_proto_down;	 /* IFF_CHANGE_PROTO_DOWN */
	int (*ndo_init)(struct net_device *dev);
	void (*ndo_uninit)(struct net_device *dev);
	int (*ndo_open)(struct net_device *dev);
	void (*ndo_stop)(struct net_device *dev);
	int (*ndo_change_carrier)(struct net_device *dev, bool new_carrier);
	/* IFF_PROMISC of dev->flags has changed: passes it to the devices below */
	void (*ndo_change_rx_flags)(struct net_device *dev);
	int (*ndo_set_mac_address)(struct net_device *dev, uint64_t address); /* NULL: stored */
	int (*ndo_change_mtu)(struct net_device *dev, uint32_t mtu);	      /* NULL: stored */
	/* IFLA_MASTER: add or release a slave; NULL: not a master */
	int (*ndo_add_slave)(struct net_device *dev, struct net_device *slave);
	int (*ndo_del_slave)(struct net_device *dev, struct net_device *slave);
	int (*ndo_get_iflink)(const struct net_device *dev); /* NULL: iflink is ifindex */
	/* rtnl_link_ops: the namespace that iflink is of; NULL: the device's */
	struct net *(*get_link_net)(const struct net_device *dev);
	/* ndo_set_rx_mode_async or ndo_change_rx_flags; after 6.18 */
	bool rx_mode_by_work;
	/* handles the event bits that netdev_work_sched() deferred; rtnl held */
	void (*ndo_work)(struct net_device *dev, uint16_t events);
	/* rtnl_link_ops for RTM_NEWLINK of this kind. validate checks attributes before anything else;
	 * NULL: no checks. newlink then registers the new device; NULL: just register_netdevice(). Each
	 * returns 0 or -errno. */
	int (*validate)(struct machine *m, const struct link_create *create);
	int (*newlink)(struct net_device *dev, const struct link_create *create);
	/* puts the device, and those deleted with it, on the list (by unreg_list); NULL: cannot be created
	 * by RTM_NEWLINK, so RTM_DELLINK does not delete it either */
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
	struct net_device *hash_next; /* while it is up; macvlan only */
	uint16_t mode; /* IFLA_MACVLAN_MODE, IFLA_IPVLAN_MODE: reported, changes nothing */
};

struct net_vrf {
	uint32_t tb_id; /* IFLA_VRF_TABLE */
};

/* An event on linkwatch's list. Lets an urgent run skip events that are known to be non-urgent. */
struct linkwatch_event {
	struct seq_node node;
	uint32_t count; /* events in this subtree */
	bool stays;	/* an urgent run has put it back, and nothing has changed since */
	bool all_stay;	/* so do all in this subtree */
};

struct veth_priv {
	struct net_device *peer; /* NULL before both are registered and after dellink */
};

struct virtnet_info {
	struct work_struct config_work;
	bool has_status;   /* VIRTIO_NET_F_STATUS was negotiated */
	bool host_link_up; /* VIRTIO_NET_S_LINK_UP in the device's config space, as the host set it */
	bool status_link_up; /* vi->status: the last value that the driver processed */
	/* since 6.12 */
	bool is_listening; /* config interrupts are enabled: the device is open */
	bool has_change;   /* one arrived while they were disabled */
};

/*
 * Differs: one tx queue stands for all; no alias, no group. The kernel's separate lists for closing,
 * unregistering and finishing are close_list and unreg_list here, because a device is never on two of them
 * at once.
 */
struct net_device {
	/* used by linkwatch, in one cache line */
	struct list_head link_watch_list;
	struct linkwatch_event link_watch_event;
	unsigned long state; /* 1 << enum netdev_state_t */
	uint32_t cause;	     /* machine.cause when it was queued */
	uint32_t link_cause; /* machine.cause of the last change of its carrier or IFF_UP */
	uint32_t flags;	     /* dev->flags: IFF_UP and the other stored flags */
	int32_t ifindex;
	uint8_t operstate; /* stored: IF_OPER_* */
	uint8_t link_mode; /* IF_LINK_MODE_* */
	uint8_t reg_state; /* enum netreg_state */
	uint8_t qdisc;	   /* of the tx queue, enum qdisc_kind */
	uint8_t qdisc_sleeping;
	uint8_t root_qdisc; /* dev->qdisc, reported as IFLA_QDISC */
	uint8_t rtnl_link_state;
	bool is_lag_port, is_lag_master; /* netif_is_lag_port(), netif_is_lag_master() */
	bool is_address_set;		 /* NET_ADDR_SET: dev_set_mac_address() was called */
	uint32_t nd_net;		 /* index in net_namespaces.nets[]; see dev_net() */
	struct machine *machine;
	const struct net_device_ops *netdev_ops;

	uint32_t carrier_up_count, carrier_down_count;
	uint64_t address; /* 48 bits as a number; unless set, in order of creation */
	netdev_features_t features, wanted_features, vlan_features;
	uint16_t promiscuity; /* number of requests for IFF_PROMISC */
	uint32_t mtu;
	uint16_t gflags;      /* userspace's request for IFF_PROMISC and IFF_ALLMULTI */
	uint16_t work_events; /* pending event bits for ndo_work() */
	char name[IFNAMSIZ];
	struct list_head dev_list;		   /* in net.dev_base_head */
	struct net_device *name_next, *index_next; /* hash chains */
	struct list_head close_list;
	struct netdev_adj_lists *adj; /* NULL: never stacked */
	struct list_head unreg_list;  /* a list of unregister_netdevice_many(), then rtnl.todo */
	struct list_head work_node;   /* in machine.netdev_work.devices */
	uint32_t work_cause;	      /* machine.cause when it was queued there */
	uint32_t tx_queue_len : 31, proto_down : 1;
	union {
		struct veth_priv veth;
		struct virtnet_info virtnet;
		struct vlan_dev_priv vlan;
		struct macvlan_dev macvlan;
		struct net_vrf vrf;
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

/* Whether a tx queue's qdisc is about to be replaced. Models: qdisc_tx_changing(). */
static inline bool qdisc_tx_changing(const struct net_device *dev)
{
	return dev->qdisc != dev->qdisc_sleeping;
}

/* The increment that a device passes down after IFF_PROMISC has changed. */
static inline int promiscuity_inc(const struct net_device *dev)
{
	return dev->flags & IFF_PROMISC ? 1 : -1;
}

int dev_get_iflink(const struct net_device *dev);
uint32_t dev_get_flags(const struct net_device *dev);

/*
 * For drivers: needs no lock (they call these from interrupts). Each fires a linkwatch event if it changed
 * a bit.
 */
void netif_carrier_on(struct net_device *dev);
void netif_carrier_off(struct net_device *dev);
/* Counts an up and a down and fires an event without a change. -EOPNOTSUPP on a kernel that lacks it. */
int netif_carrier_event(struct net_device *dev);
void netif_dormant_on(struct net_device *dev);
void netif_dormant_off(struct net_device *dev);
/* -EOPNOTSUPP on a kernel that lacks them. */
int netif_testing_on(struct net_device *dev);
int netif_testing_off(struct net_device *dev);
/* Fire no event. */
void netif_device_detach(struct net_device *dev);
void netif_device_attach(struct net_device *dev);

/* The rest is called with rtnl held; int functions return 0 or -errno. */

/* A new, unregistered device of the initial namespace; NULL: no room. */
struct net_device *alloc_netdev(struct machine *m, const char *name,
				const struct net_device_ops *ops);
void free_netdev(struct net_device *dev); /* an unregistered one; NULL is fine */

/* -EEXIST: the name is taken; -EINVAL: not a valid name; or a notifier's error. */
int register_netdevice(struct net_device *dev);
/* Takes a list built with unregister_netdevice_queue(), and empties it. */
void unregister_netdevice_queue(struct net_device *dev, struct list_head *head);
void unregister_netdevice_many(struct list_head *head);
void unregister_netdevice(struct net_device *dev); /* one */
/* Closes dev, unlists it in one namespace and lists it in the other, under its name or, where that is
 * taken, under other_name (-EEXIST if that is NULL or taken too). new_ifindex 0: it keeps its number if
 * that is free there. -EINVAL: dev cannot be moved; -EBUSY: new_ifindex is taken. */
int dev_change_net_namespace(struct net_device *dev, struct net *net, const char *other_name,
			     int32_t new_ifindex);
/* Finishes unregistration after the lock is released; false if there was nothing to do. The caller that
 * released it first sleeps until readers are gone (rcu_barrier()), so waiters and queued work go first. */
bool netdev_run_todo(struct machine *m);

int dev_open(struct net_device *dev);
void dev_close(struct net_device *dev);
/* Closes a list (by close_list). Devices that are not up leave the list; the others do too if unlink is set. */
void dev_close_many(struct list_head *head, bool unlink);
int dev_change_flags(struct net_device *dev, uint32_t flags);
/* The two halves of dev_change_flags(), as rtnl_configure_link() uses them. */
int __dev_change_flags(struct net_device *dev, uint32_t flags);
void __dev_notify_flags(struct net_device *dev, uint32_t old_flags, uint32_t gchanges);
int dev_change_carrier(struct net_device *dev, bool new_carrier);
/* Whether it is a unicast address, not 0. */
bool is_valid_ether_addr(uint64_t address);
/* Checks whether a device can have the MTU: 0 or -EINVAL, with an error text. */
int dev_validate_mtu(const struct net_device *dev, uint32_t mtu);
int dev_set_mtu_ext(struct net_device *dev, uint32_t mtu);
/* The same for a device that the request did not name: sets no error text. */
int dev_set_mtu(struct net_device *dev, uint32_t mtu);
/* ndo_change_mtu of a bond or team: changes all ports or none. Differs: a team undoes its changes from the
 * last port on. */
int master_change_mtu(struct net_device *dev, uint32_t mtu);
/* A new device on lower gets lower's MTU unless one is given. -EINVAL: the given one is greater. */
int netdev_inherit_mtu(struct net_device *dev, const struct net_device *lower,
		       const struct link_attrs *attrs);
/* Lowers the MTU of devices on lower with driver ops to at most lower's. */
void netdev_limit_mtu(const struct net_device *lower, const struct net_device_ops *ops);
/* len is at most 32767. */
int dev_change_tx_queue_len(struct net_device *dev, uint32_t len);
/* -EBUSY: it is up, before 6.2; -EINVAL: not a name; -EEXIST: the name is taken. */
int dev_change_name(struct net_device *dev, const char *new_name);
/* The renaming itself, without checks. */
void netdev_rename(struct net_device *dev, const char *new_name);
int dev_change_proto_down(struct net_device *dev, bool proto_down);
/* Adds inc to the number of requests for IFF_PROMISC; userspace is notified in either case. */
void dev_set_promiscuity(struct net_device *dev, int inc);
/* Whether dev can change its address (then NETDEV_CHANGEADDR follows). -EOPNOTSUPP: it cannot; -ENODEV: it
 * is not present; or the driver's error. */
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

/* Notifier chain: blocks are called in order of registration. */
typedef int (*notifier_fn)(struct net_device *dev, enum netdev_cmd cmd);
/* -ENOSPC if there are NOTIFIER_BLOCKS_MAX already. */
#define NOTIFIER_BLOCKS_MAX 16
int register_netdevice_notifier(struct machine *m, notifier_fn fn);
/* 0, or the first -errno that a block returned; later blocks are not called. */
int call_netdevice_notifiers(enum netdev_cmd cmd, struct net_device *dev);

/* The contents of a RTM_NEWLINK or RTM_DELLINK. */
struct link_message {
	const struct net_device *dev; /* for name and ifindex; valid during the callback */
	bool is_dellink;
	uint8_t operstate; /* IFLA_OPERSTATE: DOWN while not running */
	uint8_t link_mode; /* IFLA_LINKMODE */
	uint8_t qdisc;	   /* IFLA_QDISC: enum qdisc_kind */
	bool carrier;	   /* IFLA_CARRIER: the carrier bit, even while the device is down */
	uint32_t ifi_flags;
	uint32_t ifi_change;
	uint32_t carrier_up_count, carrier_down_count;
	bool has_link;		    /* IFLA_LINK, IFLA_LINK_NETNSID */
	int32_t link;		    /* 0: a veth without its peer */
	const struct net *link_net; /* may be the device's own */
	/* IFLA_MASTER, IFLA_INFO_SLAVE_KIND; NULL: none; valid during the callback */
	const struct net_device *master;
	uint32_t mtu, tx_queue_len, promiscuity;
	bool proto_down;
	uint64_t address; /* IFLA_ADDRESS */
	uint32_t cause;	  /* machine.cause */
};

#endif
