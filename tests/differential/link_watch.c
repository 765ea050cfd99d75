// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A link_watch.c for tests, written from lwsim's documentation of 6.1: compared with the port where
 * there is no kernel tree. Uses the kernel's interfaces, and lwsim's names for its static variables.
 */
#include <linux/if.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include "dev.h"

#define FULL_RUN_DEVICES 100
#define URGENT_RUN_DEVICES 200

enum lw_bits {
	LW_URGENT,
};

static void linkwatch_event(struct work_struct *work);

static LIST_HEAD(lweventlist);
static DEFINE_SPINLOCK(lock); /* of the list */
static DECLARE_DELAYED_WORK(linkwatch_work, linkwatch_event);
static unsigned long linkwatch_nextevent; /* no full run before */
static unsigned long linkwatch_flags;

static bool has_iflink(const struct net_device *dev)
{
	return dev_get_iflink(dev) != dev->ifindex;
}

static unsigned char state_by_bits(const struct net_device *dev)
{
	unsigned char without_carrier = has_iflink(dev) ? IF_OPER_LOWERLAYERDOWN : IF_OPER_DOWN;
	unsigned char with_carrier = netif_dormant(dev) ? IF_OPER_DORMANT : IF_OPER_UP;

	if (netif_testing(dev))
		return IF_OPER_TESTING;
	return netif_carrier_ok(dev) ? with_carrier : without_carrier;
}

/* The link mode matters only if the bits give a new state, and that is UP. */
static void state_store(struct net_device *dev)
{
	unsigned char state = state_by_bits(dev);
	bool is_up = state == IF_OPER_UP;

	if (dev->operstate == state)
		return;
	if (is_up && dev->link_mode == IF_LINK_MODE_DORMANT)
		state = IF_OPER_DORMANT;
	if (is_up && dev->link_mode == IF_LINK_MODE_TESTING)
		state = IF_OPER_TESTING;
	WRITE_ONCE(dev->operstate, state);
}

void linkwatch_init_dev(struct net_device *dev)
{
	if (state_by_bits(dev) != IF_OPER_UP)
		state_store(dev);
}

static bool is_urgent(struct net_device *dev)
{
	bool is_lag = netif_is_lag_master(dev) || netif_is_lag_port(dev);
	bool comes_up = netif_carrier_ok(dev) && qdisc_tx_changing(dev);

	return netif_running(dev) && (has_iflink(dev) || is_lag || comes_up);
}

/* With or without the lock. */
static void schedule(bool urgently)
{
	unsigned long wait = 0;

	if (test_bit(LW_URGENT, &linkwatch_flags))
		return; /* an urgent run is in progress */
	if (urgently) {
		set_bit(LW_URGENT, &linkwatch_flags);
		mod_delayed_work(system_unbound_wq, &linkwatch_work, 0);
		return;
	}
	/* if the difference is larger, the second is over */
	if (linkwatch_nextevent - jiffies <= HZ)
		wait = linkwatch_nextevent - jiffies;
	queue_delayed_work(system_unbound_wq, &linkwatch_work, wait);
}

void linkwatch_fire_event(struct net_device *dev)
{
	bool urgently = is_urgent(dev);
	unsigned long flags;

	if (test_and_set_bit(__LINK_STATE_LINKWATCH_PENDING, &dev->state)) {
		if (urgently)
			schedule(true);
		return;
	}
	spin_lock_irqsave(&lock, flags);
	list_add_tail(&dev->link_watch_list, &lweventlist);
	spin_unlock_irqrestore(&lock, flags);
	schedule(urgently);
}

/* Removes the event from the list; a later one is queued again. */
static void tell(struct net_device *dev)
{
	clear_bit(__LINK_STATE_LINKWATCH_PENDING, &dev->state);
	state_store(dev);
	if (!(dev->flags & IFF_UP))
		return;
	if (netif_carrier_ok(dev))
		dev_activate(dev);
	else
		dev_deactivate(dev);
	netdev_state_change(dev);
}

void linkwatch_forget_dev(struct net_device *dev)
{
	bool was_on_list;
	unsigned long flags;

	spin_lock_irqsave(&lock, flags);
	was_on_list = !list_empty(&dev->link_watch_list);
	list_del_init(&dev->link_watch_list);
	spin_unlock_irqrestore(&lock, flags);
	if (was_on_list)
		tell(dev);
}

/* Takes the next device of this run off the taken list; devices that have to wait go back on the common
 * list. */
static struct net_device *next_of(struct list_head *taken, bool is_full)
{
	while (!list_empty(taken)) {
		struct net_device *dev =
			list_first_entry(taken, struct net_device, link_watch_list);

		list_del_init(&dev->link_watch_list);
		if (netif_device_present(dev) && (is_full || is_urgent(dev)))
			return dev;
		list_add_tail(&dev->link_watch_list, &lweventlist);
	}
	return NULL;
}

static void run(bool is_full)
{
	int left = is_full ? FULL_RUN_DEVICES : URGENT_RUN_DEVICES;
	struct net_device *dev;
	LIST_HEAD(taken);

	if (is_full)
		linkwatch_nextevent = jiffies + HZ;
	else if (time_after(linkwatch_nextevent, jiffies + HZ))
		linkwatch_nextevent = jiffies;
	clear_bit(LW_URGENT, &linkwatch_flags);

	spin_lock_irq(&lock);
	list_splice_init(&lweventlist, &taken);
	while (left-- > 0 && (dev = next_of(&taken, is_full)) != NULL) {
		spin_unlock_irq(&lock);
		tell(dev);
		spin_lock_irq(&lock);
	}
	list_splice_init(&taken, &lweventlist);
	if (!list_empty(&lweventlist))
		schedule(false);
	spin_unlock_irq(&lock);
}

void linkwatch_run_queue(void)
{
	run(true);
}

static void linkwatch_event(struct work_struct *work)
{
	rtnl_lock();
	run(!time_after(linkwatch_nextevent, jiffies));
	rtnl_unlock();
}
