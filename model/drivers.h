/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The drivers: how each handles the carrier of its devices.
 * Models: drivers/net/virtio_net.c, veth.c, dummy.c, loopback.c and others; for tun see tun.h */
#ifndef LWSIM_MODEL_DRIVERS_H
#define LWSIM_MODEL_DRIVERS_H

#include "rtnetlink.h"

extern const struct net_device_ops dummy_netdev_ops, loopback_netdev_ops, veth_netdev_ops,
	virtnet_netdev_ops, vlan_netdev_ops, macvlan_netdev_ops, ipvlan_netdev_ops, team_netdev_ops,
	vrf_netdev_ops, tun_netdev_ops, tap_netdev_ops, bond_netdev_ops, br_netdev_ops;

/* Registers a new namespace's `lo`. Returns 0 or -errno. */
int loopback_net_init(struct net *net);

/* Notifiers of stacked drivers for events of the device below. */
int br_device_event(struct net_device *dev, enum netdev_cmd cmd);
int bond_device_event(struct net_device *dev, enum netdev_cmd cmd);
int vlan_device_event(struct net_device *dev, enum netdev_cmd cmd);
int macvlan_device_event(struct net_device *dev, enum netdev_cmd cmd);
int ipvlan_device_event(struct net_device *dev, enum netdev_cmd cmd);
int team_device_event(struct net_device *dev, enum netdev_cmd cmd);
int vrf_device_event(struct net_device *dev, enum netdev_cmd cmd);

/*
 * Called with rtnl held; releases it, as the driver does, before it sets the carrier.
 * has_status: VIRTIO_NET_F_STATUS is offered; link_up: the link bit in the host's config space.
 * Returns 0 or -errno; rtnl is released in either case.
 */
int virtnet_probe(struct machine *m, const char *name, bool has_status, bool link_up);

/* Config interrupt: the host's link went up or down. -EOPNOTSUPP if dev is not virtio_net. No effect
 * without VIRTIO_NET_F_STATUS. */
int virtnet_config_changed(struct net_device *dev, bool link_up);

#endif
