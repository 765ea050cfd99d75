/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a device can be told to do for its packets. That has no part in link state, but a change of it is a
 * message, and a master's features are those of its ports.
 * Models: include/linux/netdev_features.h
 * Differs: no features that no modelled device ever gains or loses (VLAN tags, checksums on the way in, ...);
 * those that come and go together are one bit. */
#ifndef LWSIM_MODEL_FEATURES_H
#define LWSIM_MODEL_FEATURES_H

#include <stdint.h>

struct net_device;

typedef uint16_t netdev_features_t;

enum {
	NETIF_F_SG = 1 << 0,
	NETIF_F_HW_CSUM = 1 << 1,
	NETIF_F_HIGHDMA = 1 << 2,
	NETIF_F_FRAGLIST = 1 << 3,
	NETIF_F_GSO = 1 << 4,
	NETIF_F_LRO = 1 << 5,
	NETIF_F_ALL_TSO = 1 << 6,
	NETIF_F_GSO_SCTP = 1 << 7, /* and what else is NETIF_F_GSO_SOFTWARE, less ALL_TSO */
	NETIF_F_GSO_ROBUST = 1 << 8,
	NETIF_F_GSO_ENCAP_ALL = 1 << 9,
	NETIF_F_FSO = 1 << 10,

	NETIF_F_GSO_SOFTWARE = NETIF_F_ALL_TSO | NETIF_F_GSO_SCTP,
	/* one port is enough for the master to have it; without one it has not */
	NETIF_F_ONE_FOR_ALL = NETIF_F_GSO_SOFTWARE | NETIF_F_GSO_ROBUST | NETIF_F_SG |
			      NETIF_F_HIGHDMA | NETIF_F_FRAGLIST,
	/* what virtual devices do for themselves, so that it need not be in hardware */
	NETIF_F_VIRTUAL = NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_GSO_SOFTWARE | NETIF_F_HW_CSUM |
			  NETIF_F_HIGHDMA | NETIF_F_GSO_ENCAP_ALL,
	/* BOND_VLAN_FEATURES, TEAM_VLAN_FEATURES, MASTER_UPPER_DEV_VLAN_FEATURES */
	NETIF_F_MASTER_VLAN = NETIF_F_VIRTUAL | NETIF_F_LRO,
	/* what of that no port takes away. Models: netdev_base_features() */
	NETIF_F_MASTER_VLAN_BASE = (NETIF_F_MASTER_VLAN & ~NETIF_F_ONE_FOR_ALL) | NETIF_F_FSO,
	/* of a bridge */
	NETIF_F_COMMON = NETIF_F_VIRTUAL | NETIF_F_GSO_ROBUST | NETIF_F_FSO,
};

/* What register_netdevice() makes of the features that the driver has set. */
void netdev_features_init(struct net_device *dev);

/* Computes dev's features anew; update: NETDEV_FEAT_CHANGE if they have changed, change: in any case. */
void netdev_update_features(struct net_device *dev);
void netdev_change_features(struct net_device *dev);

/* Takes LRO from dev and from all below it, as who forwards packets cannot have it. */
void dev_disable_lro(struct net_device *dev);

/* `all` with another port's features. Models: netdev_increment_features() */
netdev_features_t netdev_increment_features(netdev_features_t all, netdev_features_t one,
					    netdev_features_t mask);

/* What a bond or team makes of its features (ndo_fix_features): those of its ports. A bridge, which has no
 * more than they have, goes on from where master_fix_features() does. */
netdev_features_t master_fix_features(struct net_device *dev, netdev_features_t features);
netdev_features_t master_add_port_features(const struct net_device *dev, netdev_features_t features,
					   netdev_features_t mask);

/* What a master passes on to VLANs on it: `features` with those of its ports, or what it has without ports. */
void master_compute_vlan_features(struct net_device *dev, netdev_features_t features,
				  netdev_features_t without_ports);
/* The same and netdev_change_features(), as masters do it since they all do it alike. */
void netdev_compute_master_upper_features(struct net_device *dev);

#endif
