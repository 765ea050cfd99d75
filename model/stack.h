/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stacked devices: which device is above which.
 * Models: net/core/dev.c (netdev_upper_dev_link and its kin) */
#ifndef LWSIM_MODEL_STACK_H
#define LWSIM_MODEL_STACK_H

#include "netdevice.h"

/* Sums over the slaves of a master. */
struct slaves_sum {
	uint64_t least_address;
	uint32_t least_mtu;
	netdev_features_t some_features, all_features; /* of any slave, of every slave */
	netdev_features_t some_vlan_features, all_vlan_features;
	bool is_some_up; /* some slave's first port bit is set: it forwards, or its link is up */
};

/* A link between two devices, in a list of each. */
struct netdev_adjacent {
	struct list_head of_lower; /* in lower->adj->upper */
	struct list_head of_upper; /* in upper->adj->lower */
	struct net_device *lower, *upper;
	union { /* the upper driver's data about the lower */
		struct team_port team;
		struct bond_slave bond;
		struct net_bridge_port bridge;
	} port;
	uint32_t order; /* place among lower's uppers: smallest first, then oldest */
	bool is_master;
	/* if upper is the master: node in upper->adj->slaves, with the sums of this subtree */
	struct seq_node of_master;
	struct slaves_sum sum;
};

struct netdev_adj_lists {
	struct list_head upper, lower;
	struct netdev_adjacent *master; /* the link to the master, one of upper; NULL: none */
	struct seq slaves; /* the links in lower to slaves of this device, oldest first */
};

/* Memory for links and lists; free ones are chained by their first pointers. */
struct netdev_adj_pool {
	struct list_head free_links; /* by of_lower */
	struct list_head free_lists; /* by upper */
	struct netdev_adjacent *links;
	struct netdev_adj_lists *lists;
	uint32_t links_left, lists_left; /* after links and lists, never used yet */
};

void netdev_adj_pool_init(struct netdev_adj_pool *pool, struct netdev_adjacent *links,
			  uint32_t links_count, struct netdev_adj_lists *lists,
			  uint32_t lists_count);

/* Whether there is no room for a single link: then no device is ever stacked. */
static inline bool netdev_adj_pool_is_none(const struct netdev_adj_pool *pool)
{
	return (const void *)pool->links == (const void *)pool->lists;
}

/* Each ends with NETDEV_CHANGEUPPER for lower. Link returns 0, -EBUSY (a loop), -EMLINK (too deep) or
 * -ENOMEM. Differs: the caller knows that they are not linked yet. */
int netdev_upper_dev_link(struct net_device *lower, struct net_device *upper, uint32_t order);
int netdev_master_upper_dev_link(struct net_device *lower, struct net_device *upper);
void netdev_upper_dev_unlink(struct net_device *lower, struct net_device *upper);

/* Whether upper is anywhere above dev. */
bool netdev_has_upper_dev(const struct net_device *dev, const struct net_device *upper);
/* Whether a master could register a receive handler on dev: 0 or -errno.
 * Models: netdev_rx_handler_register() */
int netdev_rx_handler_check(const struct net_device *dev);

/* NULL: none. */
struct net_device *netdev_master_upper_dev_get(const struct net_device *dev);

/* Frees the lists of a device without links. */
void netdev_adj_free(struct net_device *dev);

/* The link of dev to its master; NULL: none. */
struct netdev_adjacent *netdev_master_link(const struct net_device *dev);
/* The link of a master to the slave after `at` (NULL: the first), oldest first; NULL at the end. */
struct netdev_adjacent *netdev_next_slave(const struct net_device *master,
					  const struct netdev_adjacent *at);

/* Sums over a master's slaves; NULL: none.
 * Differs: kept up to date, where the kernel walks over the slaves each time. */
const struct slaves_sum *netdev_slaves_sum(const struct net_device *master);
/* The oldest slave that counts for is_some_up; NULL: none. */
struct netdev_adjacent *netdev_first_slave_up(const struct net_device *master);
/* Whether a walk over the slaves gives the same sums. */
bool netdev_sums_agree(const struct net_device *master);
/* Updates the sums after a change of the slave behind link, which goes to its master. */
void netdev_slave_changed(struct netdev_adjacent *link);
/* The same for a device, which may have no master. */
void netdev_update_sums(const struct net_device *dev);

/* The same as netdev_next_slave() for any device and all its lowers. */
struct netdev_adjacent *netdev_next_lower(const struct net_device *dev,
					  const struct netdev_adjacent *at);

/* The first link of dev to an upper after `at` (NULL: from the start) whose driver is ops (NULL: any); NULL
 * at the end. The returned link may be removed before the next call if `at` is then the one returned before
 * it. */
struct netdev_adjacent *netdev_next_upper(const struct net_device *dev,
					  const struct netdev_adjacent *at,
					  const struct net_device_ops *ops);

/* Whether a device whose address changed passes this event on to the devices on it whose driver is ops.
 * Models: NETDEV_NOTIFY_PEERS, NETDEV_BONDING_FAILOVER and NETDEV_RESEND_IGMP of vlan and macvlan */
bool netdev_cmd_is_for_uppers(enum netdev_cmd cmd);
void netdev_tell_uppers(const struct net_device *dev, enum netdev_cmd cmd,
			const struct net_device_ops *ops);

/* Copies lower's dormant, testing and carrier bits to upper; each bit that changes fires an event.
 * Models: netif_stacked_transfer_operstate() */
void netif_stacked_transfer_operstate(const struct net_device *lower, struct net_device *upper);

#endif
