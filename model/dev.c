/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opening, closing and flags of a device; the notifier chain.
 * Models: net/core/dev.c */
#include <errno.h>

#include "machine.h"

/* Limit on notifiers that call notifiers: more than any stack of devices needs. */
#define NOTIFIER_DEPTH_MAX 64

int dev_get_iflink(const struct net_device *dev)
{
	if (dev->netdev_ops->ndo_get_iflink)
		return dev->netdev_ops->ndo_get_iflink(dev);
	return dev->ifindex;
}

uint32_t dev_get_flags(const struct net_device *dev)
{
	uint32_t flags = (dev->flags & ~(uint32_t)(IFF_PROMISC | IFF_ALLMULTI | IFF_RUNNING |
						   IFF_LOWER_UP | IFF_DORMANT)) |
			 (dev->gflags & (uint32_t)(IFF_PROMISC | IFF_ALLMULTI));

	if (!netif_running(dev))
		return flags;
	if (netif_oper_up(dev))
		flags |= IFF_RUNNING;
	if (netif_carrier_ok(dev))
		flags |= IFF_LOWER_UP;
	if (netif_dormant(dev))
		flags |= IFF_DORMANT;
	return flags;
}

/* Differs: sends no events for devices that already exist. */
int register_netdevice_notifier(struct machine *m, notifier_fn fn)
{
	if (m->notifiers_count == NOTIFIER_BLOCKS_MAX)
		return -ENOSPC;
	m->notifiers[m->notifiers_count++] = fn;
	return 0;
}

int call_netdevice_notifiers(enum netdev_cmd cmd, struct net_device *dev)
{
	struct machine *m = dev->machine;
	int err = 0;

	trace_point(m, TRACE_NOTIFIER, dev, cmd, 0);
	if (m->notifier_depth == NOTIFIER_DEPTH_MAX) {
		machine_broken(m, "notifiers call each other without end");
		return -ELOOP;
	}
	m->notifier_depth++;
	for (uint32_t i = 0; i < m->notifiers_count && !err; i++)
		err = m->notifiers[i](dev, cmd);
	m->notifier_depth--;
	return err;
}

void netdev_state_change(struct net_device *dev)
{
	if (!(dev->flags & IFF_UP))
		return;
	call_netdevice_notifiers(NETDEV_CHANGE, dev);
	rtmsg_ifinfo(dev, 0);
}

static int __dev_open(struct net_device *dev)
{
	int err;

	if (!netif_device_present(dev))
		return -ENODEV;
	err = call_netdevice_notifiers(NETDEV_PRE_UP, dev);
	if (err)
		return err;
	dev->state |= 1UL << __LINK_STATE_START;
	linkwatch_look_again(dev);
	if (dev->netdev_ops->ndo_open)
		err = dev->netdev_ops->ndo_open(dev);
	if (err) {
		dev->state &= ~(1UL << __LINK_STATE_START);
		return err;
	}
	if (kernel_has(&dev->machine->kernel, KERNEL_OPEN_SYNCS))
		linkwatch_forget_dev(dev); /* not IFF_UP yet: no message */
	dev->flags |= IFF_UP;
	linkwatch_look_again(dev);
	dev->link_cause = dev->machine->cause;
	dev_set_rx_mode(dev);
	dev_activate(dev);
	return 0;
}

int dev_open(struct net_device *dev)
{
	int err;

	if (dev->flags & IFF_UP)
		return 0;
	err = __dev_open(dev);
	if (err)
		return err;
	rtmsg_ifinfo(dev, IFF_UP | IFF_RUNNING);
	call_netdevice_notifiers(NETDEV_UP, dev);
	return 0;
}

static struct net_device *close_list_dev(struct list_head *node)
{
	return container_of(node, struct net_device, close_list);
}

/* Closes a group step by step: notifies all, deactivates every qdisc, then stops every device. */
static void __dev_close_many(struct list_head *head)
{
	struct list_head *at;

	for (at = head->next; at != head; at = at->next) {
		call_netdevice_notifiers(NETDEV_GOING_DOWN, close_list_dev(at));
		close_list_dev(at)->state &= ~(1UL << __LINK_STATE_START);
		linkwatch_look_again(close_list_dev(at));
	}
	for (at = head->next; at != head; at = at->next)
		dev_deactivate(close_list_dev(at));
	for (at = head->next; at != head; at = at->next) {
		struct net_device *dev = close_list_dev(at);

		if (dev->netdev_ops->ndo_stop)
			dev->netdev_ops->ndo_stop(dev);
		dev->flags &= ~(uint32_t)IFF_UP;
		dev->link_cause = dev->machine->cause;
	}
}

void dev_close_many(struct list_head *head, bool unlink)
{
	struct list_head *at, *next;

	for (at = head->next; at != head; at = next) {
		next = at->next;
		if (!(close_list_dev(at)->flags & IFF_UP))
			list_del_init(at);
	}
	__dev_close_many(head);
	for (at = head->next; at != head; at = next) {
		struct net_device *dev = close_list_dev(at);

		next = at->next;
		rtmsg_ifinfo(dev, IFF_UP | IFF_RUNNING);
		call_netdevice_notifiers(NETDEV_DOWN, dev);
		if (unlink)
			list_del_init(&dev->close_list);
	}
}

void dev_close(struct net_device *dev)
{
	struct list_head single;

	INIT_LIST_HEAD(&single);
	list_add(&dev->close_list, &single);
	dev_close_many(&single, true);
}

static void __dev_close(struct net_device *dev)
{
	struct list_head single;

	INIT_LIST_HEAD(&single);
	list_add(&dev->close_list, &single);
	__dev_close_many(&single);
	list_del_init(&dev->close_list);
}

static void __dev_set_promiscuity(struct net_device *dev, int inc)
{
	uint32_t old_flags = dev->flags;

	dev->promiscuity = (uint16_t)(dev->promiscuity + inc);
	if (dev->promiscuity)
		dev->flags |= IFF_PROMISC;
	else
		dev->flags &= ~(uint32_t)IFF_PROMISC;
	if (dev->flags != old_flags && dev->netdev_ops->ndo_change_rx_flags)
		dev->netdev_ops->ndo_change_rx_flags(dev);
}

void dev_set_promiscuity(struct net_device *dev, int inc)
{
	uint32_t old_flags = dev->flags;

	__dev_set_promiscuity(dev, inc);
	__dev_notify_flags(dev, old_flags, IFF_PROMISC);
}

/* Differs: IFF_ALLMULTI is not counted; its changes are not reported, only userspace's requests are. */
int __dev_change_flags(struct net_device *dev, uint32_t flags)
{
	const uint32_t settable = IFF_DEBUG | IFF_NOTRAILERS | IFF_NOARP | IFF_DYNAMIC |
				  IFF_MULTICAST | IFF_PORTSEL | IFF_AUTOMEDIA;
	const uint32_t kept = IFF_UP | IFF_VOLATILE | IFF_PROMISC | IFF_ALLMULTI;
	uint32_t old_flags = dev->flags;
	int err = 0;

	dev->flags = (flags & settable) | (old_flags & kept);
	dev_set_rx_mode(dev);
	if ((old_flags ^ flags) & IFF_UP) {
		if (old_flags & IFF_UP)
			__dev_close(dev);
		else
			err = __dev_open(dev);
	}
	if ((flags ^ dev->gflags) & IFF_PROMISC) {
		dev->gflags ^= IFF_PROMISC;
		__dev_set_promiscuity(dev, flags & IFF_PROMISC ? 1 : -1);
	}
	dev->gflags = (uint16_t)((dev->gflags & IFF_PROMISC) | (flags & IFF_ALLMULTI));
	dev->flags = (dev->flags & ~(uint32_t)IFF_ALLMULTI) | (flags & IFF_ALLMULTI);
	return err;
}

void __dev_notify_flags(struct net_device *dev, uint32_t old_flags, uint32_t gchanges)
{
	const uint32_t quiet = IFF_UP | IFF_PROMISC | IFF_ALLMULTI | IFF_VOLATILE;
	uint32_t changes = dev->flags ^ old_flags;

	if (gchanges)
		rtmsg_ifinfo(dev, gchanges);
	if (changes & IFF_UP)
		call_netdevice_notifiers(dev->flags & IFF_UP ? NETDEV_UP : NETDEV_DOWN, dev);
	if ((dev->flags & IFF_UP) && (changes & ~quiet))
		call_netdevice_notifiers(NETDEV_CHANGE, dev);
}

int dev_change_flags(struct net_device *dev, uint32_t flags)
{
	uint32_t old_flags = dev->flags, old_gflags = dev->gflags;
	int err = __dev_change_flags(dev, flags);

	if (err)
		return err;
	__dev_notify_flags(dev, old_flags, (old_flags ^ dev->flags) | (old_gflags ^ dev->gflags));
	return 0;
}

/* An ipvlan always has the address of the device below; a tun has none. */
bool dev_takes_mac_address(const struct net_device *dev)
{
	return dev->netdev_ops != &ipvlan_netdev_ops && dev->netdev_ops != &tun_netdev_ops;
}

int dev_set_mac_address(struct net_device *dev, uint64_t address)
{
	int err = 0;

	if (!dev_takes_mac_address(dev))
		return -EOPNOTSUPP;
	if (!netif_device_present(dev))
		return -ENODEV;
	if (dev->netdev_ops->ndo_set_mac_address)
		err = dev->netdev_ops->ndo_set_mac_address(dev, address);
	else
		dev->address = address;
	if (err)
		return err;
	netdev_update_sums(dev);
	dev->is_address_set = true;
	call_netdevice_notifiers(NETDEV_CHANGEADDR, dev);
	return 0;
}

int dev_change_carrier(struct net_device *dev, bool new_carrier)
{
	if (!dev->netdev_ops->ndo_change_carrier)
		return -EOPNOTSUPP;
	if (!netif_device_present(dev))
		return -ENODEV;
	return dev->netdev_ops->ndo_change_carrier(dev, new_carrier);
}
