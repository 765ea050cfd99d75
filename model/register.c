/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Devices come and go: allocation, names and numbers, registration, dismantling.
 * Models: net/core/dev.c */
#include <errno.h>
#include <string.h>

#include "machine.h"

static uint32_t name_bucket(const struct machine *m, const char *name)
{
	uint32_t hash = 2166136261U; /* FNV-1a */

	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * 16777619U;
	return hash & m->hash_mask;
}

static uint32_t index_bucket(const struct machine *m, int32_t ifindex)
{
	return (uint32_t)ifindex & m->hash_mask;
}

struct net_device *dev_get_by_name(const struct machine *m, const char *name)
{
	struct net_device *dev = m->name_hash[name_bucket(m, name)];

	while (dev && strcmp(dev->name, name) != 0)
		dev = dev->name_next;
	return dev;
}

struct net_device *dev_get_by_index(const struct machine *m, int32_t ifindex)
{
	struct net_device *dev = m->index_hash[index_bucket(m, ifindex)];

	while (dev && dev->ifindex != ifindex)
		dev = dev->index_next;
	return dev;
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
	else if (m->devices_used <= m->max_devices) /* `lo` comes on top */
		dev = &m->devices[m->devices_used++];
	else
		return NULL;
	memset(dev, 0, sizeof(*dev));
	strncpy(dev->name, name, IFNAMSIZ - 1);
	dev->machine = m;
	dev->netdev_ops = ops;
	dev->flags = ops->flags;
	dev->address = ++m->last_address;
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
	list_del_init(&dev->link_watch_list); /* an event of before registration, which failed */
	dev->reg_state = NETREG_UNREGISTERED;
	dev->name_next = dev->machine->free_devices;
	dev->machine->free_devices = dev;
}

static void list_netdevice(struct net_device *dev)
{
	struct machine *m = dev->machine;
	struct net_device **by_name = &m->name_hash[name_bucket(m, dev->name)];
	struct net_device **by_index = &m->index_hash[index_bucket(m, dev->ifindex)];

	list_add_tail(&dev->dev_list, &m->dev_base_head);
	dev->name_next = *by_name;
	*by_name = dev;
	dev->index_next = *by_index;
	*by_index = dev;
}

static void unlist_netdevice(struct net_device *dev)
{
	struct machine *m = dev->machine;
	struct net_device **at;

	list_del_init(&dev->dev_list);
	at = &m->name_hash[name_bucket(m, dev->name)];
	while (*at != dev)
		at = &(*at)->name_next;
	*at = dev->name_next;
	at = &m->index_hash[index_bucket(m, dev->ifindex)];
	while (*at != dev)
		at = &(*at)->index_next;
	*at = dev->index_next;
}

/* Differs: an ifindex is never reused, nor is one asked for. */
int register_netdevice(struct net_device *dev)
{
	struct machine *m = dev->machine;
	int err;

	if (!dev_valid_name(dev->name))
		return -EINVAL;
	if (dev_get_by_name(m, dev->name))
		return -EEXIST;
	if (dev->netdev_ops->ndo_init) {
		err = dev->netdev_ops->ndo_init(dev);
		if (err)
			return err;
	}
	dev->ifindex = ++m->last_ifindex;
	err = call_netdevice_notifiers(NETDEV_POST_INIT, dev);
	if (err) {
		if (dev->netdev_ops->ndo_uninit)
			dev->netdev_ops->ndo_uninit(dev);
		return err;
	}
	dev->reg_state = NETREG_REGISTERED;
	dev->state |= 1UL << __LINK_STATE_PRESENT;
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
}

void unregister_netdevice_queue(struct net_device *dev, struct list_head *head)
{
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
		netdev_work_cancel(dev);
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
void netdev_run_todo(struct machine *m)
{
	struct list_head *todo = &m->rtnl.todo;

	for (struct list_head *at = todo->next; at != todo; at = at->next) {
		unreg_list_dev(at)->reg_state = NETREG_UNREGISTERED;
		linkwatch_forget_dev(unreg_list_dev(at));
	}
	while (!list_empty(todo)) {
		struct net_device *dev = unreg_list_dev(todo->next);

		list_del_init(&dev->unreg_list);
		free_netdev(dev);
	}
}
