/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tx queue's qdisc, and the carrier.
 * Models: net/sched/sch_generic.c
 * Differs: no packets; so nothing to reset, no watchdog, and dev_deactivate() never waits. */
#include <errno.h>

#include "machine.h"

static void set_tx_qdisc(struct net_device *dev, uint8_t qdisc)
{
	if (dev->qdisc == qdisc)
		return;
	trace_point(dev->machine, TRACE_QDISC, dev, qdisc, dev->qdisc);
	dev->qdisc = qdisc;
	linkwatch_look_again(dev);
}

void dev_init_scheduler(struct net_device *dev)
{
	dev->root_qdisc = QDISC_NOOP;
	dev->qdisc_sleeping = QDISC_NOOP;
	dev->qdisc = QDISC_NOOP;
}

/* A queue without room: pfifo_fast's init fails, and something else is taken, or nothing.
 * Models: attach_default_qdiscs(); attach_one_default_qdisc(), which looked at the length itself, up to 4.2 */
static uint8_t attach_default_qdisc(const struct net_device *dev)
{
	uint8_t qdisc = dev->netdev_ops->default_qdisc;

	if (qdisc != QDISC_PFIFO_FAST || dev->tx_queue_len)
		return qdisc;
	return kernel_has(&dev->machine->kernel, KERNEL_NO_ROOM_NOOP) ? QDISC_NOOP : QDISC_NOQUEUE;
}

void dev_activate(struct net_device *dev)
{
	if (dev->root_qdisc == QDISC_NOOP) {
		dev->qdisc_sleeping = attach_default_qdisc(dev);
		dev->root_qdisc = dev->qdisc_sleeping;
		linkwatch_look_again(dev);
	}
	if (netif_carrier_ok(dev)) /* else it waits for the next carrier on */
		set_tx_qdisc(dev, dev->qdisc_sleeping);
}

void dev_deactivate(struct net_device *dev)
{
	set_tx_qdisc(dev, QDISC_NOOP);
}

void dev_shutdown(struct net_device *dev)
{
	set_tx_qdisc(dev, QDISC_NOOP);
	dev->qdisc_sleeping = QDISC_NOOP;
	dev->root_qdisc = QDISC_NOOP;
}

/* Whether a change of carrier is only a bit yet. */
static bool is_unheard(const struct net_device *dev)
{
	return dev->reg_state == NETREG_UNINITIALIZED &&
	       kernel_has(&dev->machine->kernel, KERNEL_REGISTERED_ONLY);
}

void netif_carrier_on(struct net_device *dev)
{
	if (netif_carrier_ok(dev))
		return;
	if (dev->proto_down && kernel_has(&dev->machine->kernel, KERNEL_PROTO_DOWN_HOLDS))
		return;
	dev->state &= ~(1UL << __LINK_STATE_NOCARRIER);
	dev->link_cause = dev->machine->cause;
	if (is_unheard(dev))
		return;
	dev->carrier_up_count++;
	trace_point(dev->machine, TRACE_CARRIER, dev, 1, 0);
	linkwatch_fire_event(dev);
}

void netif_carrier_off(struct net_device *dev)
{
	if (!netif_carrier_ok(dev))
		return;
	dev->state |= 1UL << __LINK_STATE_NOCARRIER;
	dev->link_cause = dev->machine->cause;
	if (is_unheard(dev))
		return;
	dev->carrier_down_count++;
	trace_point(dev->machine, TRACE_CARRIER, dev, 0, 0);
	linkwatch_fire_event(dev);
}

int netif_carrier_event(struct net_device *dev)
{
	if (!kernel_has(&dev->machine->kernel, KERNEL_CARRIER_EVENT))
		return -EOPNOTSUPP;
	if (is_unheard(dev))
		return 0;
	dev->carrier_up_count++;
	dev->carrier_down_count++;
	linkwatch_fire_event(dev);
	return 0;
}
