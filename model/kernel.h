/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which kernel is simulated: a version is a row of switches, a change is one more switch. */
#ifndef LWSIM_MODEL_KERNEL_H
#define LWSIM_MODEL_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Behaviours that differ between the kernels that the model knows. kernel_switch_info() describes each one
 * (commit, first release, effect).
 */
enum kernel_switch {
	KERNEL_REGISTERED_ONLY,	      /* carrier fires events only of a registered device */
	KERNEL_SETLINK_FLAGS_ERROR,   /* a flag that cannot be set is an error */
	KERNEL_EVENTS_FIFO,	      /* devices leave the event list in the order they came */
	KERNEL_NEWLINK_FLAGS,	      /* a device may be created with flags and a number */
	KERNEL_STACKED_URGENT,	      /* ifindex != iflink makes an event urgent */
	KERNEL_TIMER_SLACK,	      /* a timer may be late by 1/256 of its delay */
	KERNEL_MASTERS_BY_NETLINK,    /* bridges, bonds and their ports by rtnetlink */
	KERNEL_TEAM,		      /* team devices */
	KERNEL_STATE_AT_REGISTRATION, /* linkwatch_init_dev() */
	KERNEL_MOD_DELAYED_WORK,      /* an urgent event always reschedules the work to run now */
	KERNEL_IFLA_CARRIER,	      /* userspace sets the carrier */
	KERNEL_UPPERS_TOLD,	      /* a message when a device's upper changes */
	KERNEL_BOND_NETLINK,	      /* a bond may be created with a mode */
	KERNEL_SETLINK_NOTIFIES,      /* setlink sends a message for attributes without an event */
	KERNEL_IPVLAN,		      /* ipvlan devices */
	KERNEL_VETH_IFLINK,	      /* veth's iflink is the peer */
	KERNEL_IFLA_PROTO_DOWN,	      /* userspace sets protodown */
	KERNEL_VRF,		      /* vrf devices */
	KERNEL_TXQLEN_TOLD,	   /* a new queue length sends a message and reattaches the qdisc */
	KERNEL_TIMER_WHEEL,	   /* timers fire with their bucket of the wheel */
	KERNEL_NEWLINK_MASTER,	   /* a device may be created with a master */
	KERNEL_EXTACK,		   /* errors carry a text */
	KERNEL_NO_ROOM_NOOP,	   /* noop qdisc for a queue of length 0 */
	KERNEL_VIRTNET_OFF_FIRST,  /* virtio_net's carrier starts off even without F_STATUS */
	KERNEL_ABSENT_SKIPPED,	   /* for a detached device only the state is processed */
	KERNEL_LAG_URGENT,	   /* events of ports and masters of bonds and teams are urgent */
	KERNEL_TUN_CARRIER,	   /* userspace sets a tun's carrier */
	KERNEL_MACVLAN_PROTO_DOWN, /* a macvlan takes protodown */
	KERNEL_VLAN_BRIDGE_BINDING,    /* a VLAN may be bound to the ports of a bridge */
	KERNEL_RUN_BUDGET,	       /* a run processes a limited number of devices */
	KERNEL_TESTING,		       /* IF_OPER_TESTING */
	KERNEL_PROTO_DOWN_EXTACK,      /* refusing protodown comes with a text */
	KERNEL_BOND_INITIAL_STATE,     /* a bond reports a slave's state again once it is linked */
	KERNEL_CARRIER_EVENT,	       /* netif_carrier_event() exists */
	KERNEL_ABSENT_REQUEUED,	       /* the event of a detached device stays queued */
	KERNEL_IPVLAN_UP,	       /* ipvlan handles NETDEV_UP */
	KERNEL_BOND_FIRST_UP,	       /* the first slave whose link is up is the best one */
	KERNEL_TUN_NO_CARRIER,	       /* TUNSETIFF honours IFF_NO_CARRIER */
	KERNEL_LOWER_LOOKED_AT,	       /* LOWERLAYERDOWN only if the device below has no carrier */
	KERNEL_NETNS_EXTACK,	       /* refusing a move to a namespace comes with a text */
	KERNEL_BOND_SLAVE_ONCE_LINKED, /* IFF_SLAVE is set only once the slave is linked */
	KERNEL_RENAME_WHILE_UP,	       /* a device that is up may be renamed */
	KERNEL_EEVDF,		       /* a process continues before the work that it has queued */
	KERNEL_QUERY_SYNCS,	       /* a query of a link processes its pending event first */
	KERNEL_IPVLAN_DOWN,	       /* ipvlan handles NETDEV_DOWN too */
	KERNEL_LINKWATCH_UNBOUND,      /* linkwatch runs on system_unbound_wq */
	KERNEL_VIRTNET_FOLLOWS_OPEN,   /* virtio_net's carrier follows open and stop */
	KERNEL_GONE_UNSTACKED,	       /* an unregistered device has no device below */
	KERNEL_TEAM_VLAN_FEATURES,     /* a team without ports offers all features to VLANs on it */
	KERNEL_BOND_FEATURES_COMMON,   /* a bond uses the masters' common function for features */
	KERNEL_TEAM_FEATURES_FIRST,    /* a team reports its features before its new port's link */
	KERNEL_BRIDGE_FEATURES_LAST,   /* a bridge reports its features last, and for each port */
	KERNEL_BOND_PEERS_AFTER, /* a bond notifies its peers of what its monitor has just seen */
	KERNEL_PROTO_DOWN_HOLDS, /* no carrier while it is protodown */
	KERNEL_VLAN_WORK,	 /* VLANs follow the real device from a work item */
	KERNEL_URGENT_EVENT,	 /* change urgent-event */
	KERNEL_SETLINK_EVENT,	 /* change setlink-event */
	KERNEL_IFLINK_OP_URGENT, /* change iflink-op-urgent */
	KERNEL_LIMIT_5MS,	 /* change limit-5ms */
	KERNEL_OPEN_SYNCS,	 /* change open-syncs */
	KERNEL_SWITCH_COUNT
};

#define KERNEL_SWITCH(which) (UINT64_C(1) << (which))

struct kernel {
	uint64_t switches; /* KERNEL_SWITCH() of each that is on */
	uint8_t version;   /* row, an index for kernel_version_info() */
	/* The full name of a kernel whose link_watch.c comes from a file, or NULL. The caller owns it,
	 * finds the file and passes it to the machine. */
	const char *source;
};

struct kernel_switch_info {
	const char *name;    /* for a change, the name after '+'; otherwise a short title */
	const char *commit;  /* hash and title, or where a change was posted */
	const char *release; /* first release that has it; NULL: never merged */
	const char *effect;  /* the visible effect */
	bool is_change;	     /* may be written +NAME */
};

struct kernel_version_info {
	const char *name;    /* "6.1" */
	const char *package; /* the source tree that the row describes */
	uint64_t switches;
};

/* Features of a scenario that some rows do not model, or not reliably. */
enum kernel_use {
	KERNEL_USE_TEAM = 1U << 0,
	KERNEL_USE_BOND = 1U << 1,
	KERNEL_USE_BRIDGE = 1U << 2,
	KERNEL_USE_VIRTNET_STATUS = 1U << 3,
	KERNEL_USE_DELETE = 1U << 4,
	KERNEL_USE_MTU = 1U << 5,
	KERNEL_USE_TXQLEN = 1U << 6,
	KERNEL_USE_WORDS = 1U << 7, /* an error with a text */
};

/* Something that is not modelled on some rows. */
struct kernel_gap {
	const char *first, *last; /* oldest and newest row; NULL: no limit on that side */
	const char *text;	  /* what the kernel does */
	unsigned int uses; /* enum kernel_use: affects scenarios with any of these; 0: not known */
};

/* Longest name that kernel_name() writes, with its NUL. */
#define KERNEL_NAME_MAX_BYTES 256

/* Rows and switches, in the order to show them; NULL past the last. */
const struct kernel_version_info *kernel_version_info(unsigned int row);
const struct kernel_switch_info *kernel_switch_info(unsigned int kernel_switch);

/* The next thing that is not modelled on a row; *at starts at 0. NULL: no more. */
const struct kernel_gap *kernel_next_gap(unsigned int row, unsigned int *at);

/* The kernel for scenarios that name none: 6.1, which is compared with a real one at every change. */
struct kernel kernel_default(void);

static inline bool kernel_has(const struct kernel *kernel, enum kernel_switch which)
{
	return kernel->switches & KERNEL_SWITCH(which);
}

/*
 * Reads VERSION[+CHANGE...] from text[0..len). Returns 0 and sets *ret_kernel, or
 *   -ENOENT           no such version; *reterr_off/len: where
 *   -EINVAL           no such change, or one twice; *reterr_off/len: where
 */
int kernel_parse(const char *text, size_t len, struct kernel *ret_kernel, size_t *reterr_off,
		 size_t *reterr_len);

/* Writes the canonical name ("6.1+urgent-event+setlink-event"), NUL-terminated. */
void kernel_name(const struct kernel *kernel, char ret_name[KERNEL_NAME_MAX_BYTES]);

/* The next change that a kernel has; *at starts at 0. NULL: no more. */
const struct kernel_switch_info *kernel_next_change(const struct kernel *kernel, unsigned int *at);

bool kernel_equal(const struct kernel *a, const struct kernel *b);

#endif
