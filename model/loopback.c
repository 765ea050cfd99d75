/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `lo`: carrier for good, and UNKNOWN until userspace says otherwise.
 * Models: drivers/net/loopback.c */
#include "machine.h"

const struct net_device_ops loopback_netdev_ops = {
	.kind = "loopback",
	.default_qdisc = QDISC_NOQUEUE,
	.flags = IFF_LOOPBACK,
	.is_vlan_challenged = true,
	.is_no_ethernet = true,
};

/* A new machine has room for it, and nobody who could refuse it. */
void loopback_net_init(struct machine *m)
{
	register_netdevice(alloc_netdev(m, "lo", &loopback_netdev_ops));
}
