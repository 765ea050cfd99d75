/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Devices on devices: who is above whom.
 * Models: net/core/dev.c (netdev_upper_dev_link and its kin) */
#ifndef LWSIM_MODEL_STACK_H
#define LWSIM_MODEL_STACK_H

#include "netdevice.h"

/* What a master asks of all its slaves together. */
struct slaves_sum {
	uint64_t least_address;
	uint32_t least_mtu;
	netdev_features_t some_features, all_features; /* that some of them have, that each has */
	netdev_features_t some_vlan_features, all_vlan_features;
	bool is_some_up; /* some has its port's first bit: it forwards, or its link is up */
};

/* A link between two devices, in a list of each. */
struct netdev_adjacent {
	struct list_head of_lower; /* in lower->adj->upper */
	struct list_head of_upper; /* in upper->adj->lower */
	struct net_device *lower, *upper;
	union { /* what the upper knows of the lower, by the upper's driver */
		struct team_port team;
		struct bond_slave bond;
		struct net_bridge_port bridge;
	} port;
	uint32_t order; /* place among lower's uppers: the smaller first, of equals the older */
	bool is_master;
	/* if it is: in upper->adj->slaves, with the sums of this part of them */
	struct seq_node of_master;
	struct slaves_sum sum;
};

struct netdev_adj_lists {
	struct list_head upper, lower;
	struct netdev_adjacent *master; /* of those in upper; NULL: none */
	struct seq slaves; /* those in lower whose master the device is, oldest first */
};

/* Memory for links and lists; both ends of what is free are linked by their first pointers. */
struct netdev_adj_pool {
	struct list_head free_links; /* by of_lower */
	struct list_head free_lists; /* by upper */
	struct netdev_adjacent *links;
	struct netdev_adj_lists *lists;
	uint32_t links_left, lists_left; /* from links and lists on, that never were in use */
};

void netdev_adj_pool_init(struct netdev_adj_pool *pool, struct netdev_adjacent *links,
			  uint32_t links_count, struct netdev_adj_lists *lists,
			  uint32_t lists_count);

/* Each ends in NETDEV_CHANGEUPPER of the lower. Link returns 0, -EBUSY (a loop), -EMLINK (too many
 * upon each other) or -ENOMEM. Differs: who asks knows that they are not linked yet. */
int netdev_upper_dev_link(struct net_device *lower, struct net_device *upper, uint32_t order);
int netdev_master_upper_dev_link(struct net_device *lower, struct net_device *upper);
void netdev_upper_dev_unlink(struct net_device *lower, struct net_device *upper);

/* Whether upper is above dev, however far. */
bool netdev_has_upper_dev(const struct net_device *dev, const struct net_device *upper);
/* Whether dev could be given a receive handler, as a master needs it: 0 or -errno.
 * Models: netdev_rx_handler_register() */
int netdev_rx_handler_check(const struct net_device *dev);

/* NULL: none. */
struct net_device *netdev_master_upper_dev_get(const struct net_device *dev);

/* Gives a device's lists back; it has no links any more. */
void netdev_adj_free(struct net_device *dev);

/* The link of dev to its master; NULL: it has none. */
struct netdev_adjacent *netdev_master_link(const struct net_device *dev);
/* The link of a master to the slave after `at` (NULL: the first), oldest first; NULL at the end. */
struct netdev_adjacent *netdev_next_slave(const struct net_device *master,
					  const struct netdev_adjacent *at);

/* What a master's slaves make together; NULL: it has none.
 * Differs: where the kernel walks over the slaves each time, it is kept up to date. */
const struct slaves_sum *netdev_slaves_sum(const struct net_device *master);
/* The oldest slave that is_some_up is of; NULL: none. */
struct netdev_adjacent *netdev_first_slave_up(const struct net_device *master);
/* Whether a walk over them has the same outcome. */
bool netdev_sums_agree(const struct net_device *master);
/* The slave behind link is not as it was, in what the sums are made of. */
void netdev_slave_changed(struct netdev_adjacent *link);
/* The same of a device, which may have a master. */
void netdev_update_sums(const struct net_device *dev);

/* The same of any device to those below it. */
struct netdev_adjacent *netdev_next_lower(const struct net_device *dev,
					  const struct netdev_adjacent *at);

/* The first link of dev to an upper after `at` (NULL: from the start) whose driver is ops (NULL: any); NULL
 * at the end. The link that is returned may be cut before the next call if `at` is then what
 * netdev_next_upper() returned before it. */
struct netdev_adjacent *netdev_next_upper(const struct net_device *dev,
					  const struct netdev_adjacent *at,
					  const struct net_device_ops *ops);

/* What a device with another address tells those on it whose driver is ops.
 * Models: NETDEV_NOTIFY_PEERS, NETDEV_BONDING_FAILOVER and NETDEV_RESEND_IGMP of vlan and macvlan */
bool netdev_cmd_is_for_uppers(enum netdev_cmd cmd);
void netdev_tell_uppers(const struct net_device *dev, enum netdev_cmd cmd,
			const struct net_device_ops *ops);

/* upper takes on dormant, testing and carrier of lower, an event for each bit that changes.
 * Models: netif_stacked_transfer_operstate() */
void netif_stacked_transfer_operstate(const struct net_device *lower, struct net_device *upper);

#endif
