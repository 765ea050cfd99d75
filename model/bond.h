/* SPDX-License-Identifier: GPL-2.0-or-later */
/* State of a bond and of its slaves. */
#ifndef LWSIM_MODEL_BOND_H
#define LWSIM_MODEL_BOND_H

#include <stdbool.h>
#include <stdint.h>

#include "workqueue.h"

struct net_device;
struct bond_work;

/* The kernel's numbers. */
enum bond_mode {
	BOND_MODE_ROUNDROBIN = 0,
	BOND_MODE_ACTIVEBACKUP = 1,
	BOND_MODE_XOR = 2,
};

struct bond_slave {
	bool is_link_up;       /* BOND_LINK_UP, else BOND_LINK_DOWN */
	bool is_link_changed;  /* link_new_state is the other one */
	bool is_backup;	       /* BOND_STATE_BACKUP */
	uint64_t perm_address; /* from before it joined; restored when it leaves, as the MTU */
	uint32_t orig_mtu;
};

struct bonding {
	struct bond_work *work; /* NULL: not registered */
	struct net_device *curr_active_slave;
	uint32_t miimon; /* ms; 0: slaves' carrier is not polled */
	uint8_t mode;	 /* enum bond_mode */
	uint8_t send_peer_notif;
	bool is_fail_over_mac; /* BOND_FOM_ACTIVE: it has its active slave's address */
	bool notifier_ctx;     /* busy with a slave's feature change */
};

/* The pending work of one bond. Allocated apart from the device because few devices are bonds. */
struct bond_work {
	struct list_head free; /* in machine.free_bond_works while unused */
	struct net_device *dev;
	struct delayed_work mii, mcast, notify;
};

#endif
