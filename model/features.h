/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Offload features. They play no part in link state, but a change sends a message, and a master's features
 * depend on its ports.
 * Models: include/linux/netdev_features.h
 * Differs: leaves out features that no modelled device ever gains or loses (VLAN tags, receive checksums,
 * ...); features that always change together are one bit. */
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
	NETIF_F_GSO_SCTP = 1 << 7, /* and the rest of NETIF_F_GSO_SOFTWARE outside ALL_TSO */
	NETIF_F_GSO_ROBUST = 1 << 8,
	NETIF_F_GSO_ENCAP_ALL = 1 << 9,
	NETIF_F_FSO = 1 << 10,

	NETIF_F_GSO_SOFTWARE = NETIF_F_ALL_TSO | NETIF_F_GSO_SCTP,
	/* a master has these if any port has them */
	NETIF_F_ONE_FOR_ALL = NETIF_F_GSO_SOFTWARE | NETIF_F_GSO_ROBUST | NETIF_F_SG |
			      NETIF_F_HIGHDMA | NETIF_F_FRAGLIST,
	/* virtual devices handle these in software */
	NETIF_F_VIRTUAL = NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_GSO_SOFTWARE | NETIF_F_HW_CSUM |
			  NETIF_F_HIGHDMA | NETIF_F_GSO_ENCAP_ALL,
	/* BOND_VLAN_FEATURES, TEAM_VLAN_FEATURES, MASTER_UPPER_DEV_VLAN_FEATURES */
	NETIF_F_MASTER_VLAN = NETIF_F_VIRTUAL | NETIF_F_LRO,
	/* the part of it that no port takes away. Models: netdev_base_features() */
	NETIF_F_MASTER_VLAN_BASE = (NETIF_F_MASTER_VLAN & ~NETIF_F_ONE_FOR_ALL) | NETIF_F_FSO,
	/* features of a bridge */
	NETIF_F_COMMON = NETIF_F_VIRTUAL | NETIF_F_GSO_ROBUST | NETIF_F_FSO,
};

/* Completes the features that the driver has set; called by register_netdevice(). */
void netdev_features_init(struct net_device *dev);

/* Recomputes dev's features. update: NETDEV_FEAT_CHANGE if they changed; change: always. */
void netdev_update_features(struct net_device *dev);
void netdev_change_features(struct net_device *dev);

/* Disables LRO on dev and on all devices below: a forwarding device must not use it. */
void dev_disable_lro(struct net_device *dev);

/* `all` after adding one more port's features. Models: netdev_increment_features() */
netdev_features_t netdev_increment_features(netdev_features_t all, netdev_features_t one,
					    netdev_features_t mask);

/* ndo_fix_features of a bond or team: features follow those of the ports. A bridge calls
 * master_add_port_features() itself, because it never has more than its ports. */
netdev_features_t master_fix_features(struct net_device *dev, netdev_features_t features);
netdev_features_t master_add_port_features(const struct net_device *dev, netdev_features_t features,
					   netdev_features_t mask);

/* The features that a master offers to VLANs on top: those of its ports, or the default without ports. */
void master_compute_vlan_features(struct net_device *dev, netdev_features_t features,
				  netdev_features_t without_ports);
/* The same, followed by netdev_change_features(), on kernels where all masters share this function. */
void netdev_compute_master_upper_features(struct net_device *dev);

#endif
