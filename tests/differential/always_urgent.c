// SPDX-License-Identifier: GPL-2.0-or-later
/* A link_watch.c for tests, without rate limit and urgency: each event runs linkwatch at once. */
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include "dev.h"

enum lw_bits {
	LW_URGENT = 0,
};

static unsigned long linkwatch_flags;
static unsigned long linkwatch_nextevent;

static void linkwatch_event(struct work_struct *work);
static DECLARE_DELAYED_WORK(linkwatch_work, linkwatch_event);

static LIST_HEAD(lweventlist);
static DEFINE_SPINLOCK(lweventlist_lock);

static unsigned char operstate_of(const struct net_device *dev)
{
	if (netif_testing(dev))
		return IF_OPER_TESTING;
	if (!netif_carrier_ok(dev))
		return dev_get_iflink(dev) == dev->ifindex ? IF_OPER_DOWN : IF_OPER_LOWERLAYERDOWN;
	return netif_dormant(dev) ? IF_OPER_DORMANT : IF_OPER_UP;
}

void linkwatch_init_dev(struct net_device *dev)
{
	if (!netif_carrier_ok(dev))
		WRITE_ONCE(dev->operstate, operstate_of(dev));
}

static void tell(struct net_device *dev)
{
	clear_bit(__LINK_STATE_LINKWATCH_PENDING, &dev->state);
	WRITE_ONCE(dev->operstate, operstate_of(dev));
	if (!(dev->flags & IFF_UP))
		return;
	if (netif_carrier_ok(dev))
		dev_activate(dev);
	else
		dev_deactivate(dev);
	netdev_state_change(dev);
}

static struct net_device *take_first(void)
{
	struct net_device *dev;

	spin_lock_irq(&lweventlist_lock);
	dev = list_first_entry_or_null(&lweventlist, struct net_device, link_watch_list);
	if (dev)
		list_del_init(&dev->link_watch_list);
	spin_unlock_irq(&lweventlist_lock);
	return dev;
}

void linkwatch_run_queue(void)
{
	struct net_device *dev;

	clear_bit(LW_URGENT, &linkwatch_flags);
	linkwatch_nextevent = jiffies + HZ;
	while ((dev = take_first()) != NULL)
		tell(dev);
}

static void linkwatch_event(struct work_struct *work)
{
	rtnl_lock();
	linkwatch_run_queue();
	rtnl_unlock();
}

void linkwatch_forget_dev(struct net_device *dev)
{
	if (list_empty(&dev->link_watch_list))
		return;
	list_del_init(&dev->link_watch_list);
	tell(dev);
}

void linkwatch_fire_event(struct net_device *dev)
{
	unsigned long flags;

	if (test_and_set_bit(__LINK_STATE_LINKWATCH_PENDING, &dev->state))
		return;
	spin_lock_irqsave(&lweventlist_lock, flags);
	list_add_tail(&dev->link_watch_list, &lweventlist);
	spin_unlock_irqrestore(&lweventlist_lock, flags);
	set_bit(LW_URGENT, &linkwatch_flags);
	mod_delayed_work(system_unbound_wq, &linkwatch_work, 0);
}
EXPORT_SYMBOL(linkwatch_fire_event);
