/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stacked devices.
 * Models: net/core/dev.c */
#include "stack.h"

#include <errno.h>
#include <string.h>

#include "machine.h"

#define MAX_NEST_DEV 8

void netdev_adj_pool_init(struct netdev_adj_pool *pool, struct netdev_adjacent *links,
			  uint32_t links_count, struct netdev_adj_lists *lists,
			  uint32_t lists_count)
{
	INIT_LIST_HEAD(&pool->free_links);
	INIT_LIST_HEAD(&pool->free_lists);
	pool->links = links;
	pool->links_left = links_count;
	pool->lists = lists;
	pool->lists_left = lists_count;
}

/* NULL: no room. */
static struct netdev_adjacent *take_link(struct netdev_adj_pool *pool)
{
	struct list_head *free_link = pool->free_links.next;

	if (!list_empty(&pool->free_links)) {
		list_del_init(free_link);
		return container_of(free_link, struct netdev_adjacent, of_lower);
	}
	if (!pool->links_left)
		return NULL;
	pool->links_left--;
	return pool->links++;
}

static bool take_lists(struct net_device *dev)
{
	struct netdev_adj_pool *pool = &dev->machine->adj_pool;

	if (dev->adj)
		return true;
	if (!list_empty(&pool->free_lists)) {
		dev->adj = container_of(pool->free_lists.next, struct netdev_adj_lists, upper);
		list_del_init(&dev->adj->upper);
	} else if (pool->lists_left) {
		pool->lists_left--;
		dev->adj = pool->lists++;
		INIT_LIST_HEAD(&dev->adj->upper);
	} else {
		return false;
	}
	INIT_LIST_HEAD(&dev->adj->lower);
	dev->adj->master = NULL;
	seq_init(&dev->adj->slaves);
	return true;
}

void netdev_adj_free(struct net_device *dev)
{
	if (!dev->adj)
		return;
	list_add(&dev->adj->upper, &dev->machine->adj_pool.free_lists);
	dev->adj = NULL;
}

/* The place for a link of that order among the lower's uppers: before this node. */
static struct list_head *place_of(struct net_device *lower, uint32_t order)
{
	struct list_head *head = &lower->adj->upper, *at = head;

	while (at->prev != head &&
	       container_of(at->prev, struct netdev_adjacent, of_lower)->order > order)
		at = at->prev;
	return at;
}

static struct netdev_adjacent *slave_of(const struct seq_node *node)
{
	return container_of(node, struct netdev_adjacent, of_master);
}

static bool is_slave_up(const struct netdev_adjacent *link)
{
	const struct net_device_ops *master = link->upper->netdev_ops;

	if (master == &br_netdev_ops)
		return link->port.bridge.is_forwarding;
	if (master == &bond_netdev_ops)
		return link->port.bond.is_link_up;
	return master == &team_netdev_ops && link->port.team.linkup;
}

static struct slaves_sum sum_of_one(const struct netdev_adjacent *link)
{
	const struct net_device *dev = link->lower;

	return (struct slaves_sum){
		.least_address = dev->address,
		.least_mtu = dev->mtu,
		.some_features = dev->features,
		.all_features = dev->features,
		.some_vlan_features = dev->vlan_features,
		.all_vlan_features = dev->vlan_features,
		.is_some_up = is_slave_up(link),
	};
}

static void sum_add(struct slaves_sum *sum, const struct slaves_sum *more)
{
	if (more->least_address < sum->least_address)
		sum->least_address = more->least_address;
	if (more->least_mtu < sum->least_mtu)
		sum->least_mtu = more->least_mtu;
	sum->some_features |= more->some_features;
	sum->all_features &= more->all_features;
	sum->some_vlan_features |= more->some_vlan_features;
	sum->all_vlan_features &= more->all_vlan_features;
	sum->is_some_up |= more->is_some_up;
}

static void slaves_sum(struct seq_node *node)
{
	struct netdev_adjacent *link = slave_of(node);

	link->sum = sum_of_one(link);
	if (node->left)
		sum_add(&link->sum, &slave_of(node->left)->sum);
	if (node->right)
		sum_add(&link->sum, &slave_of(node->right)->sum);
}

const struct slaves_sum *netdev_slaves_sum(const struct net_device *master)
{
	const struct seq_node *root = master->adj ? seq_root(&master->adj->slaves) : NULL;

	return root ? &slave_of(root)->sum : NULL;
}

struct netdev_adjacent *netdev_first_slave_up(const struct net_device *master)
{
	const struct seq_node *node = master->adj ? seq_root(&master->adj->slaves) : NULL;

	if (!node || !slave_of(node)->sum.is_some_up)
		return NULL;
	for (;;) {
		if (node->left && slave_of(node->left)->sum.is_some_up)
			node = node->left;
		else if (is_slave_up(slave_of(node)))
			return slave_of(node);
		else
			node = node->right;
	}
}

void netdev_slave_changed(struct netdev_adjacent *link)
{
	seq_changed(&link->of_master, slaves_sum);
}

void netdev_update_sums(const struct net_device *dev)
{
	if (dev->adj && dev->adj->master)
		netdev_slave_changed(dev->adj->master);
}

static uint32_t max(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* Number of devices in the tallest stack from dev upwards, dev included. */
static uint32_t upper_level(const struct net_device *dev)
{
	uint32_t level = 0;

	if (!dev->adj)
		return 1;
	for (struct list_head *at = dev->adj->upper.next; at != &dev->adj->upper; at = at->next)
		level = max(level,
			    upper_level(container_of(at, struct netdev_adjacent, of_lower)->upper));
	return level + 1;
}

static uint32_t lower_level(const struct net_device *dev)
{
	uint32_t level = 0;

	if (!dev->adj)
		return 1;
	for (struct list_head *at = dev->adj->lower.next; at != &dev->adj->lower; at = at->next)
		level = max(level,
			    lower_level(container_of(at, struct netdev_adjacent, of_upper)->lower));
	return level + 1;
}

static int dev_link(struct net_device *lower, struct net_device *upper, uint32_t order,
		    bool is_master)
{
	struct netdev_adjacent *link;

	if (lower == upper || netdev_has_upper_dev(upper, lower))
		return -EBUSY;
	if (lower_level(lower) + upper_level(upper) > MAX_NEST_DEV)
		return -EMLINK;
	if (!take_lists(lower) || !take_lists(upper))
		return -ENOMEM;
	link = take_link(&lower->machine->adj_pool);
	if (!link)
		return -ENOMEM;
	link->lower = lower;
	link->upper = upper;
	link->order = order;
	link->is_master = is_master;
	memset(&link->port, 0, sizeof(link->port));
	list_add_tail(&link->of_lower, place_of(lower, order));
	list_add_tail(&link->of_upper, &upper->adj->lower);
	if (is_master) {
		lower->adj->master = link;
		seq_add_last(&upper->adj->slaves, &link->of_master, slaves_sum);
	}
	call_netdevice_notifiers(NETDEV_CHANGEUPPER, lower);
	return 0;
}

int netdev_upper_dev_link(struct net_device *lower, struct net_device *upper, uint32_t order)
{
	return dev_link(lower, upper, order, false);
}

int netdev_master_upper_dev_link(struct net_device *lower, struct net_device *upper)
{
	return dev_link(lower, upper, 0, true);
}

/* Searches the upper's list, because a device has few lowers but may have many uppers. */
static struct netdev_adjacent *link_find(const struct net_device *lower,
					 const struct net_device *upper)
{
	struct netdev_adjacent *at = lower->adj->master;

	if (at && at->upper == upper)
		return at;
	at = netdev_next_lower(upper, NULL);
	while (at->lower != lower)
		at = netdev_next_lower(upper, at);
	return at;
}

void netdev_upper_dev_unlink(struct net_device *lower, struct net_device *upper)
{
	struct netdev_adjacent *link = link_find(lower, upper);

	if (link->is_master) {
		lower->adj->master = NULL;
		seq_del(&link->of_master, slaves_sum);
	}
	list_del_init(&link->of_lower);
	list_del_init(&link->of_upper);
	list_add(&link->of_lower, &lower->machine->adj_pool.free_links);
	call_netdevice_notifiers(NETDEV_CHANGEUPPER, lower);
}

bool netdev_has_upper_dev(const struct net_device *dev, const struct net_device *upper)
{
	if (!dev->adj)
		return false;
	for (struct list_head *at = dev->adj->upper.next; at != &dev->adj->upper; at = at->next) {
		struct netdev_adjacent *link = container_of(at, struct netdev_adjacent, of_lower);

		if (link->upper == upper || netdev_has_upper_dev(link->upper, upper))
			return true;
	}
	return false;
}

int netdev_rx_handler_check(const struct net_device *dev)
{
	const struct net_device *master = netdev_master_upper_dev_get(dev);

	/* a VRF registers no handler: it sees packets later */
	if ((master && master->netdev_ops != &vrf_netdev_ops) ||
	    netdev_next_upper(dev, NULL, &macvlan_netdev_ops) ||
	    netdev_next_upper(dev, NULL, &ipvlan_netdev_ops))
		return -EBUSY;
	return dev->netdev_ops->has_no_rx_handler ? -EINVAL : 0;
}

struct netdev_adjacent *netdev_next_upper(const struct net_device *dev,
					  const struct netdev_adjacent *at,
					  const struct net_device_ops *ops)
{
	struct list_head *node;

	if (!dev->adj)
		return NULL;
	for (node = at ? at->of_lower.next : dev->adj->upper.next; node != &dev->adj->upper;
	     node = node->next) {
		struct netdev_adjacent *link = container_of(node, struct netdev_adjacent, of_lower);

		if (!ops || link->upper->netdev_ops == ops)
			return link;
	}
	return NULL;
}

struct netdev_adjacent *netdev_master_link(const struct net_device *dev)
{
	return dev->adj ? dev->adj->master : NULL;
}

struct net_device *netdev_master_upper_dev_get(const struct net_device *dev)
{
	struct netdev_adjacent *link = netdev_master_link(dev);

	return link ? link->upper : NULL;
}

struct netdev_adjacent *netdev_next_lower(const struct net_device *dev,
					  const struct netdev_adjacent *at)
{
	struct list_head *node;

	if (!dev->adj)
		return NULL;
	node = at ? at->of_upper.next : dev->adj->lower.next;
	return node == &dev->adj->lower ? NULL
					: container_of(node, struct netdev_adjacent, of_upper);
}

struct netdev_adjacent *netdev_next_slave(const struct net_device *master,
					  const struct netdev_adjacent *at)
{
	struct netdev_adjacent *link = netdev_next_lower(master, at);

	while (link && !link->is_master)
		link = netdev_next_lower(master, link);
	return link;
}

static bool sums_equal(const struct slaves_sum *a, const struct slaves_sum *b)
{
	return a->least_address == b->least_address && a->least_mtu == b->least_mtu &&
	       a->some_features == b->some_features && a->all_features == b->all_features &&
	       a->some_vlan_features == b->some_vlan_features &&
	       a->all_vlan_features == b->all_vlan_features && a->is_some_up == b->is_some_up;
}

bool netdev_sums_agree(const struct net_device *master)
{
	const struct slaves_sum *sum = netdev_slaves_sum(master);
	struct netdev_adjacent *at = netdev_next_slave(master, NULL), *first_up = NULL;
	struct slaves_sum walked;

	if (!at || !sum)
		return !at && !sum;
	walked = sum_of_one(at);
	for (; at; at = netdev_next_slave(master, at)) {
		const struct slaves_sum one = sum_of_one(at);

		sum_add(&walked, &one);
		if (one.is_some_up && !first_up)
			first_up = at;
	}
	return sums_equal(sum, &walked) && netdev_first_slave_up(master) == first_up;
}

bool netdev_cmd_is_for_uppers(enum netdev_cmd cmd)
{
	return cmd == NETDEV_NOTIFY_PEERS || cmd == NETDEV_BONDING_FAILOVER ||
	       cmd == NETDEV_RESEND_IGMP;
}

void netdev_tell_uppers(const struct net_device *dev, enum netdev_cmd cmd,
			const struct net_device_ops *ops)
{
	struct netdev_adjacent *at = NULL;

	while ((at = netdev_next_upper(dev, at, ops)) != NULL)
		call_netdevice_notifiers(cmd, at->upper);
}

void netif_stacked_transfer_operstate(const struct net_device *lower, struct net_device *upper)
{
	if (lower->operstate == IF_OPER_DORMANT)
		netif_dormant_on(upper);
	else
		netif_dormant_off(upper);
	if (lower->operstate == IF_OPER_TESTING)
		netif_testing_on(upper);
	else
		netif_testing_off(upper);
	if (netif_carrier_ok(lower))
		netif_carrier_on(upper);
	else
		netif_carrier_off(upper);
}
