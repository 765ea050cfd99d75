/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Devices come and go: allocation, names and numbers, registration, dismantling.
 * Models: net/core/dev.c */
#include <errno.h>
#include <string.h>

#include "machine.h"

/* A namespace's share in where its devices are found: all have a `lo`, and a number 1. */
static uint32_t net_hash(const struct net *net)
{
	return (uint32_t)(net - init_net(net->machine)) * 2654435769U;
}

static struct net_device **name_bucket(const struct net *net, const char *name)
{
	uint32_t hash = 2166136261U ^ net_hash(net); /* FNV-1a */

	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * 16777619U;
	return &net->machine->name_hash[hash & net->machine->hash_mask];
}

static struct net_device **index_bucket(const struct net *net, int32_t ifindex)
{
	uint32_t hash = (uint32_t)ifindex + net_hash(net);

	return &net->machine->index_hash[hash & net->machine->hash_mask];
}

struct net_device *__dev_get_by_name(const struct net *net, const char *name)
{
	struct net_device *dev = *name_bucket(net, name);

	while (dev && (dev_net(dev) != net || strcmp(dev->name, name) != 0))
		dev = dev->name_next;
	return dev;
}

struct net_device *__dev_get_by_index(const struct net *net, int32_t ifindex)
{
	struct net_device *dev = *index_bucket(net, ifindex);

	while (dev && (dev->ifindex != ifindex || dev_net(dev) != net))
		dev = dev->index_next;
	return dev;
}

struct net_device *dev_get_by_name(const struct machine *m, const char *name)
{
	return __dev_get_by_name(init_net(m), name);
}

struct net_device *dev_get_by_index(const struct machine *m, int32_t ifindex)
{
	return __dev_get_by_index(init_net(m), ifindex);
}

bool dev_valid_name(const char *name)
{
	size_t len = strnlen(name, IFNAMSIZ);

	if (len == 0 || len == IFNAMSIZ)
		return false;
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return false;
	return strpbrk(name, "/: \t\n\v\f\r") == NULL;
}

struct net_device *alloc_netdev(struct machine *m, const char *name,
				const struct net_device_ops *ops)
{
	struct net_device *dev = m->free_devices;

	if (dev)
		m->free_devices = dev->name_next;
	else if (m->devices_used < m->max_devices)
		dev = &m->devices[m->devices_used++];
	else
		return NULL;
	memset(dev, 0, sizeof(*dev));
	strncpy(dev->name, name, IFNAMSIZ - 1);
	dev->machine = m;
	dev->netdev_ops = ops;
	dev->flags = ops->flags;
	dev->features = ops->features;
	dev->vlan_features = ops->vlan_features;
	dev->address = ++m->last_address;
	dev->mtu = ops->mtu ? ops->mtu : 1500;
	dev->tx_queue_len = 1000;
	INIT_LIST_HEAD(&dev->link_watch_list);
	INIT_LIST_HEAD(&dev->dev_list);
	INIT_LIST_HEAD(&dev->close_list);
	INIT_LIST_HEAD(&dev->unreg_list);
	INIT_LIST_HEAD(&dev->work_node);
	return dev;
}

void free_netdev(struct net_device *dev)
{
	/* one that is being dismantled is freed by netdev_run_todo() */
	if (!dev || dev->reg_state == NETREG_UNREGISTERING)
		return;
	netdev_adj_free(dev);
	linkwatch_drop_event(dev); /* of before registration, which failed */
	dev->reg_state = NETREG_UNREGISTERED;
	dev->name_next = dev->machine->free_devices;
	dev->machine->free_devices = dev;
}

static void list_netdevice(struct net_device *dev)
{
	struct net_device **by_name = name_bucket(dev_net(dev), dev->name);
	struct net_device **by_index = index_bucket(dev_net(dev), dev->ifindex);

	list_add_tail(&dev->dev_list, &dev_net(dev)->dev_base_head);
	dev->name_next = *by_name;
	*by_name = dev;
	dev->index_next = *by_index;
	*by_index = dev;
}

static void unlist_netdevice(struct net_device *dev)
{
	struct net_device **at;

	list_del_init(&dev->dev_list);
	at = name_bucket(dev_net(dev), dev->name);
	while (*at != dev)
		at = &(*at)->name_next;
	*at = dev->name_next;
	at = index_bucket(dev_net(dev), dev->ifindex);
	while (*at != dev)
		at = &(*at)->index_next;
	*at = dev->index_next;
}

/* Under its new name it is the last of those with the same hash, as any new one. */
void netdev_rename(struct net_device *dev, const char *new_name)
{
	struct net_device **at = name_bucket(dev_net(dev), dev->name);

	while (*at != dev)
		at = &(*at)->name_next;
	*at = dev->name_next;
	strncpy(dev->name, new_name, IFNAMSIZ - 1);
	at = name_bucket(dev_net(dev), dev->name);
	dev->name_next = *at;
	*at = dev;
}

/* Differs: it does not begin anew at 1 after 2^31 devices. */
static int32_t dev_new_index(struct net *net)
{
	while (__dev_get_by_index(net, ++net->ifindex))
		;
	return net->ifindex;
}

/* ifindex 0: any number. */
int register_netdevice(struct net_device *dev)
{
	struct net *net = dev_net(dev);
	int err;

	if (!dev_valid_name(dev->name))
		return -EINVAL;
	if (__dev_get_by_name(net, dev->name))
		return -EEXIST;
	if (dev->netdev_ops->ndo_init) {
		err = dev->netdev_ops->ndo_init(dev);
		if (err)
			return err;
	}
	err = -EBUSY;
	if (!dev->ifindex)
		dev->ifindex = dev_new_index(net);
	else if (__dev_get_by_index(net, dev->ifindex))
		goto err_uninit;
	err = call_netdevice_notifiers(NETDEV_POST_INIT, dev);
	if (err)
		goto err_uninit;
	netdev_features_init(dev);
	dev->reg_state = NETREG_REGISTERED;
	dev->state |= 1UL << __LINK_STATE_PRESENT;
	linkwatch_look_again(dev);
	linkwatch_init_dev(dev);
	dev_init_scheduler(dev);
	list_netdevice(dev);
	err = call_netdevice_notifiers(NETDEV_REGISTER, dev);
	if (err) {
		unregister_netdevice(dev);
		return err;
	}
	if (dev->rtnl_link_state == RTNL_LINK_INITIALIZED)
		rtmsg_ifinfo(dev, ~0U);
	return 0;

err_uninit:
	if (dev->netdev_ops->ndo_uninit)
		dev->netdev_ops->ndo_uninit(dev);
	return err;
}

/* One that is on it already goes to the end. */
void unregister_netdevice_queue(struct net_device *dev, struct list_head *head)
{
	list_del_init(&dev->unreg_list);
	list_add_tail(&dev->unreg_list, head);
}

static struct net_device *unreg_list_dev(struct list_head *node)
{
	return container_of(node, struct net_device, unreg_list);
}

/* A group goes step by step: all are closed, all leave the lists, then each is taken apart. */
void unregister_netdevice_many(struct list_head *head)
{
	struct list_head *at, close_head;

	INIT_LIST_HEAD(&close_head);
	for (at = head->next; at != head; at = at->next)
		list_add_tail(&unreg_list_dev(at)->close_list, &close_head);
	dev_close_many(&close_head, true);

	for (at = head->next; at != head; at = at->next) {
		unlist_netdevice(unreg_list_dev(at));
		unreg_list_dev(at)->reg_state = NETREG_UNREGISTERING;
	}
	for (at = head->next; at != head; at = at->next) {
		struct net_device *dev = unreg_list_dev(at);
		struct link_message dellink;

		dev_shutdown(dev);
		netdev_work_cancel(dev, UINT16_MAX);
		call_netdevice_notifiers(NETDEV_UNREGISTER, dev);
		rtmsg_ifinfo_build_dellink(dev, &dellink);
		if (dev->netdev_ops->ndo_uninit)
			dev->netdev_ops->ndo_uninit(dev);
		if (dev->rtnl_link_state == RTNL_LINK_INITIALIZED)
			rtmsg_ifinfo_send(&dellink);
	}
	while (!list_empty(head)) {
		struct list_head *node = head->next;

		list_del_init(node);
		list_add_tail(node, &unreg_list_dev(node)->machine->rtnl.todo);
	}
}

void unregister_netdevice(struct net_device *dev)
{
	struct list_head list_kill;

	INIT_LIST_HEAD(&list_kill);
	unregister_netdevice_queue(dev, &list_kill);
	unregister_netdevice_many(&list_kill);
}

/*
 * Differs: nobody holds a reference, so there is no waiting for one to be dropped, and
 * netdev_wait_allrefs_any() never has to call linkwatch_run_queue().
 */
bool netdev_run_todo(struct machine *m)
{
	struct list_head *todo = &m->rtnl.todo;

	if (list_empty(todo))
		return false;
	for (struct list_head *at = todo->next; at != todo; at = at->next) {
		unreg_list_dev(at)->reg_state = NETREG_UNREGISTERED;
		linkwatch_forget_dev(unreg_list_dev(at));
	}
	while (!list_empty(todo)) {
		struct net_device *dev = unreg_list_dev(todo->next);

		list_del_init(&dev->unreg_list);
		free_netdev(dev);
	}
	return true;
}

/* dev has another number, which may be the iflink of others. */
static void ifindex_changed(struct net_device *dev)
{
	struct netdev_adjacent *at = NULL;

	linkwatch_look_again(dev);
	if (dev->netdev_ops == &veth_netdev_ops && dev->priv.veth.peer)
		linkwatch_look_again(dev->priv.veth.peer);
	while ((at = netdev_next_upper(dev, at, NULL)) != NULL)
		linkwatch_look_again(at->upper);
}

/* A small unregister and register: those that stand on dev stay, and so do its operstate, its carrier and
 * what it stands on. */
static void change_net_namespace(struct net_device *dev, struct net *net, const char *new_name,
				 int32_t new_ifindex)
{
	struct link_message dellink;

	dev_close(dev);
	unlist_netdevice(dev);
	dev_shutdown(dev);
	call_netdevice_notifiers(NETDEV_UNREGISTER,
				 dev); /* its reg_state says that it only moves */
	if (!new_ifindex)
		new_ifindex =
			__dev_get_by_index(net, dev->ifindex) ? dev_new_index(net) : dev->ifindex;
	rtmsg_ifinfo_build_dellink(dev, &dellink);
	rtmsg_ifinfo_send(&dellink);

	dev_net_set(dev, net);
	dev->ifindex = new_ifindex;
	ifindex_changed(dev);
	memmove(dev->name, new_name, strlen(new_name) + 1);
	list_netdevice(dev);
	call_netdevice_notifiers(NETDEV_REGISTER, dev);
	rtmsg_ifinfo(dev, ~0U);
}

static int refuse_move(const struct net_device *dev, int err, const char *why)
{
	if (kernel_has(&dev->machine->kernel, KERNEL_NETNS_EXTACK))
		dev->machine->extack = why;
	return err;
}

/* Models: __dev_change_net_namespace()
 * Differs: the other name is a whole one, no pattern; that an ifindex is taken is said by the errno
 * alone. */
int dev_change_net_namespace(struct net_device *dev, struct net *net, const char *other_name,
			     int32_t new_ifindex)
{
	const char *new_name = dev->name;

	if (dev->netdev_ops->is_netns_local)
		return refuse_move(dev, -EINVAL, "The interface netns is immutable");
	if (dev_net(dev) == net)
		return 0;
	if (__dev_get_by_name(net, new_name)) {
		if (!other_name || __dev_get_by_name(net, other_name))
			return refuse_move(
				dev, -EEXIST,
				"An interface with the same name exists in the target netns");
		new_name = other_name;
	}
	if (new_ifindex && __dev_get_by_index(net, new_ifindex))
		return -EBUSY;
	change_net_namespace(dev, net, new_name, new_ifindex);
	return 0;
}
