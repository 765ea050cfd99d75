/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A driver's other bits: dormant, testing, present.
 * Models: include/linux/netdevice.h (netif_dormant_on, netif_testing_on),
 *	   net/core/dev.c (netif_device_detach, netif_device_attach) */
#include <errno.h>

#include "machine.h"

/* Sets or clears a bit and fires an event if that changed it. Differs from carrier in the kernel too: the
 * device need not be registered. */
static void change_state_bit(struct net_device *dev, enum netdev_state_t bit, bool is_set)
{
	unsigned long state = is_set ? dev->state | (1UL << bit) : dev->state & ~(1UL << bit);

	if (state == dev->state)
		return;
	dev->state = state;
	linkwatch_fire_event(dev);
}

void netif_dormant_on(struct net_device *dev)
{
	change_state_bit(dev, __LINK_STATE_DORMANT, true);
}

void netif_dormant_off(struct net_device *dev)
{
	change_state_bit(dev, __LINK_STATE_DORMANT, false);
}

static int change_testing(struct net_device *dev, bool is_on)
{
	if (!kernel_has(&dev->machine->kernel, KERNEL_TESTING))
		return -EOPNOTSUPP;
	change_state_bit(dev, __LINK_STATE_TESTING, is_on);
	return 0;
}

int netif_testing_on(struct net_device *dev)
{
	return change_testing(dev, true);
}

int netif_testing_off(struct net_device *dev)
{
	return change_testing(dev, false);
}

void netif_device_detach(struct net_device *dev)
{
	dev->state &= ~(1UL << __LINK_STATE_PRESENT);
	linkwatch_look_again(dev);
}

void netif_device_attach(struct net_device *dev)
{
	dev->state |= 1UL << __LINK_STATE_PRESENT;
}
