/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Network namespaces come and go.
 * Models: net/core/net_namespace.c; default_device_ops of net/core/dev.c
 * Differs: there is no other pernet operation than that of `lo` and that of the devices; a grace period of
 * RCU takes no time. */
#include "net_namespace.h"

#include <string.h>

#include "machine.h"

struct net *init_net(const struct machine *m)
{
	return &m->net_namespaces.nets[0];
}

struct net *dev_net(const struct net_device *dev)
{
	return &dev->machine->net_namespaces.nets[dev->nd_net];
}

void dev_net_set(struct net_device *dev, struct net *net)
{
	dev->nd_net = (uint32_t)(net - dev->machine->net_namespaces.nets);
}

struct net *net_peek(const struct machine *m)
{
	const struct net_namespaces *all = &m->net_namespaces;

	if (!list_empty(&all->free))
		return container_of(all->free.next, struct net, entry);
	return all->used <= all->max_nets ? &all->nets[all->used] : NULL;
}

struct net *copy_net_ns(struct machine *m)
{
	struct net_namespaces *all = &m->net_namespaces;
	struct net *net = net_peek(m);

	if (!net)
		return NULL;
	if (net == &all->nets[all->used])
		all->used++;
	else
		list_del_init(&net->entry);
	net->machine = m;
	INIT_LIST_HEAD(&net->dev_base_head);
	INIT_LIST_HEAD(&net->entry);
	net->ifindex = 0;
	net->count = 1;
	if (loopback_net_init(net)) {
		list_add(&net->entry, &m->net_namespaces.free);
		return NULL;
	}
	return net;
}

void get_net(struct net *net)
{
	net->count++;
}

void put_net(struct net *net)
{
	struct net_namespaces *all = &net->machine->net_namespaces;

	if (--net->count)
		return;
	list_add(&net->entry, &all->cleanup);
	queue_work(net->machine, WQ_NETNS, &all->work);
}

struct net *net_next(const struct machine *m, const struct net *net)
{
	const struct net_namespaces *all = &m->net_namespaces;
	uint32_t i = net ? (uint32_t)(net - all->nets) + 1 : 0;

	/* one that is free has not even a `lo` */
	while (i < all->used && list_empty(&all->nets[i].dev_base_head))
		i++;
	return i < all->used ? &all->nets[i] : NULL;
}

/* "dev" and the number: at most 13 bytes. */
static void number_name(int32_t number, char ret_name[IFNAMSIZ])
{
	int32_t scale = 1;
	char *end = stpcpy(ret_name, "dev");

	while (number / scale >= 10)
		scale *= 10;
	for (; scale; scale /= 10)
		*end++ = (char)('0' + number / scale % 10);
	*end = '\0';
}

/* Goes to the initial namespace: by its number if its name is taken there, or by the first that is free. */
static void push_to_init_net(struct net_device *dev)
{
	struct net *to = init_net(dev->machine);
	char name[IFNAMSIZ];

	number_name(dev->ifindex, name);
	for (int32_t i = 0; __dev_get_by_name(to, name); i++)
		number_name(i, name);
	dev_change_net_namespace(dev, to, name, 0);
}

/* What RTM_NEWLINK has not made outlives its namespace. */
static void default_device_exit_net(struct net *net)
{
	struct list_head *at, *next;

	for (at = net->dev_base_head.next; at != &net->dev_base_head; at = next) {
		struct net_device *dev = container_of(at, struct net_device, dev_list);

		next = at->next;
		if (!dev->netdev_ops->is_netns_local && !dev->netdev_ops->dellink)
			push_to_init_net(dev);
	}
}

static void delete_devices(struct net *net, struct list_head *dev_kill_list)
{
	struct list_head *at;

	for (at = net->dev_base_head.prev; at != &net->dev_base_head; at = at->prev) {
		struct net_device *dev = container_of(at, struct net_device, dev_list);

		if (dev->netdev_ops->dellink)
			dev->netdev_ops->dellink(dev, dev_kill_list);
		else
			unregister_netdevice_queue(dev, dev_kill_list);
	}
}

/* Models: default_device_exit_batch() */
static void cleanup_net_locked(struct machine *m, void *arg, uint64_t n)
{
	struct net_namespaces *all = &m->net_namespaces;
	struct list_head *exiting = &all->exiting, *at, dev_kill_list;

	(void)arg;
	(void)n;
	INIT_LIST_HEAD(&dev_kill_list);
	for (at = exiting->next; at != exiting; at = at->next)
		default_device_exit_net(container_of(at, struct net, entry));
	for (at = exiting->next; at != exiting; at = at->next)
		delete_devices(container_of(at, struct net, entry), &dev_kill_list);
	unregister_netdevice_many(&dev_kill_list);
	rtnl_unlock(m);
	list_splice_init(exiting, &all->free);
	if (all->waiter.slept)
		work_finished(m, &all->work);
}

static bool cleanup_net(struct machine *m, struct work_struct *work)
{
	(void)work;
	list_splice_init(&m->net_namespaces.cleanup, &m->net_namespaces.exiting);
	return rtnl_run_waiter(m, &m->net_namespaces.waiter);
}

void net_namespaces_init(struct machine *m, struct net *nets, uint32_t max_nets)
{
	struct net_namespaces *all = &m->net_namespaces;

	all->nets = nets;
	all->max_nets = max_nets;
	INIT_LIST_HEAD(&all->free);
	INIT_LIST_HEAD(&all->cleanup);
	INIT_LIST_HEAD(&all->exiting);
	work_init(&all->work, cleanup_net);
	INIT_LIST_HEAD(&all->waiter.entry);
	all->waiter.fn = cleanup_net_locked;
	copy_net_ns(m);
}
