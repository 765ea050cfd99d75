/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which kernel behaves: a version is a row of switches, a change is one more switch. */
#ifndef LWSIM_MODEL_KERNEL_H
#define LWSIM_MODEL_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What differs between the kernels that the model knows. Each switch is described
 * (commit, first release, effect) by kernel_switch_info().
 */
enum kernel_switch {
	KERNEL_REGISTERED_ONLY,	      /* a device's carrier fires only once it is registered */
	KERNEL_SETLINK_FLAGS_ERROR,   /* flags that cannot be set are an error */
	KERNEL_EVENTS_FIFO,	      /* devices leave the event list in the order they came */
	KERNEL_NEWLINK_FLAGS,	      /* a device may be made with flags and a number */
	KERNEL_STACKED_URGENT,	      /* ifindex != iflink makes an event urgent */
	KERNEL_TIMER_SLACK,	      /* timers may be late by a 256th */
	KERNEL_MASTERS_BY_NETLINK,    /* bridges, bonds and their ports by rtnetlink */
	KERNEL_TEAM,		      /* team devices */
	KERNEL_STATE_AT_REGISTRATION, /* linkwatch_init_dev() */
	KERNEL_MOD_DELAYED_WORK,      /* what is urgent queues the work anew in any case */
	KERNEL_IFLA_CARRIER,	      /* userspace sets the carrier */
	KERNEL_UPPERS_TOLD,	      /* so is what concerns the device above */
	KERNEL_BOND_NETLINK,	      /* a bond may be made with a mode */
	KERNEL_SETLINK_NOTIFIES,      /* what has no event of its own is told, too */
	KERNEL_IPVLAN,		      /* ipvlan devices */
	KERNEL_VETH_IFLINK,	      /* veth's iflink is the peer */
	KERNEL_IFLA_PROTO_DOWN,	      /* userspace sets protodown */
	KERNEL_VRF,		      /* vrf devices */
	KERNEL_TXQLEN_TOLD,	      /* so is a queue's length, and the qdisc is put on anew */
	KERNEL_TIMER_WHEEL,	      /* timers fire with a bucket of the wheel */
	KERNEL_NEWLINK_MASTER,	      /* a device may be made with a master */
	KERNEL_EXTACK,		      /* a refusal has words */
	KERNEL_NO_ROOM_NOOP,	      /* no qdisc for a queue of no length */
	KERNEL_VIRTNET_OFF_FIRST,     /* virtio_net's carrier is off first, without F_STATUS too */
	KERNEL_ABSENT_SKIPPED,	      /* nothing but the state is done for a detached device */
	KERNEL_LAG_URGENT,	    /* events of ports and masters of bonds and teams are urgent */
	KERNEL_TUN_CARRIER,	    /* userspace sets a tun's carrier */
	KERNEL_MACVLAN_PROTO_DOWN,  /* a macvlan takes protodown */
	KERNEL_VLAN_BRIDGE_BINDING, /* a VLAN may be bound to a bridge's ports */
	KERNEL_RUN_BUDGET,	    /* a run takes on so many devices and no more */
	KERNEL_TESTING,		    /* IF_OPER_TESTING */
	KERNEL_PROTO_DOWN_EXTACK,   /* who takes no protodown says so */
	KERNEL_BOND_INITIAL_STATE,  /* a bond tells of a slave once more when it has been linked */
	KERNEL_CARRIER_EVENT,	    /* netif_carrier_event() exists */
	KERNEL_ABSENT_REQUEUED,	    /* the event of a detached device stays queued */
	KERNEL_IPVLAN_UP,	    /* ipvlan hears NETDEV_UP */
	KERNEL_BOND_FIRST_UP,	    /* a bond's first slave that is up is the best */
	KERNEL_TUN_NO_CARRIER,	    /* TUNSETIFF looks at IFF_NO_CARRIER */
	KERNEL_LOWER_LOOKED_AT,	    /* LOWERLAYERDOWN only if the device below has no carrier */
	KERNEL_NETNS_EXTACK,	    /* who may not move to a namespace is told why */
	KERNEL_BOND_SLAVE_ONCE_LINKED, /* IFF_SLAVE only once it is one */
	KERNEL_RENAME_WHILE_UP,	       /* a device that is up may be renamed */
	KERNEL_EEVDF,		       /* a process goes on before the work that it has queued */
	KERNEL_QUERY_SYNCS,	       /* a query of a link first works its event off */
	KERNEL_IPVLAN_DOWN,	       /* ipvlan hears NETDEV_DOWN too */
	KERNEL_LINKWATCH_UNBOUND,      /* linkwatch runs on system_unbound_wq */
	KERNEL_VIRTNET_FOLLOWS_OPEN,   /* virtio_net's carrier goes with open and stop */
	KERNEL_GONE_UNSTACKED,	       /* an unregistered device has nothing below it */
	KERNEL_TEAM_VLAN_FEATURES,     /* a team without ports leaves VLANs on it all features */
	KERNEL_BOND_FEATURES_COMMON,   /* a bond's features by the function common to masters */
	KERNEL_TEAM_FEATURES_FIRST,    /* a team tells its features before its new port's link */
	KERNEL_BRIDGE_FEATURES_LAST,   /* a bridge tells its features last, and of each port */
	KERNEL_BOND_PEERS_AFTER, /* a bond tells its peers of what its monitor has just seen */
	KERNEL_PROTO_DOWN_HOLDS, /* no carrier while it is protodown */
	KERNEL_VLAN_WORK,	 /* vlan follows its real device from a work item */
	KERNEL_URGENT_EVENT,	 /* change urgent-event */
	KERNEL_SETLINK_EVENT,	 /* change setlink-event */
	KERNEL_IFLINK_OP_URGENT, /* change iflink-op-urgent */
	KERNEL_LIMIT_5MS,	 /* change limit-5ms */
	KERNEL_SWITCH_COUNT
};

#define KERNEL_SWITCH(which) (UINT64_C(1) << (which))

struct kernel {
	uint64_t switches; /* KERNEL_SWITCH() of each that it has */
	uint8_t version;   /* row, an index for kernel_version_info() */
	/* NULL, or the whole name of one that has its link_watch.c from elsewhere, by which it is told from others: who
	 * runs it finds that file and gives it to the machine. The caller's. */
	const char *source;
};

struct kernel_switch_info {
	const char *name;    /* as written after '+' for a change; a word for people otherwise */
	const char *commit;  /* hash and title, or where a change was posted */
	const char *release; /* first release that has it; NULL: never merged */
	const char *effect;  /* what an observer sees change */
	bool is_change;	     /* may be written +NAME */
};

struct kernel_version_info {
	const char *name;    /* "6.1" */
	const char *package; /* the tree whose behaviour the row states */
	uint64_t switches;
};

/* What a scenario may use of which a row has not, or not sure, what its kernel has. */
enum kernel_use {
	KERNEL_USE_TEAM = 1U << 0,
	KERNEL_USE_BOND = 1U << 1,
	KERNEL_USE_BRIDGE = 1U << 2,
	KERNEL_USE_VIRTNET_STATUS = 1U << 3,
	KERNEL_USE_DELETE = 1U << 4,
	KERNEL_USE_MTU = 1U << 5,
	KERNEL_USE_TXQLEN = 1U << 6,
	KERNEL_USE_WORDS = 1U << 7, /* a refusal that has some */
};

/* Something that is not modelled of some rows. */
struct kernel_gap {
	const char *first, *last; /* rows, the oldest and the newest; NULL: no end on that side */
	const char *text;	  /* what the kernel does */
	unsigned int uses; /* enum kernel_use: whoever uses these meets with it; 0: not known */
};

/* Longest name that kernel_name() writes, with its NUL. */
#define KERNEL_NAME_MAX_BYTES 256

/* Rows and switches, in the order in which people should see them; NULL past the last. */
const struct kernel_version_info *kernel_version_info(unsigned int row);
const struct kernel_switch_info *kernel_switch_info(unsigned int kernel_switch);

/* What is not modelled of a row, from *at on, which begins at 0; NULL: there is no more. */
const struct kernel_gap *kernel_next_gap(unsigned int row, unsigned int *at);

/* The kernel that is used where a scenario names none: 6.1, which is held against a real one with
 * every change. */
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

/* The changes that a kernel has, from *at on, which begins at 0; NULL: there are no more. */
const struct kernel_switch_info *kernel_next_change(const struct kernel *kernel, unsigned int *at);

bool kernel_equal(const struct kernel *a, const struct kernel *b);

#endif
