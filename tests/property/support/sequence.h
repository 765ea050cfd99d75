/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The input of both machines: a random sequence of operations, the same for the oracle and the model,
 * determined by its seed alone. Includes nothing of model/: see oracle.h. */
#ifndef LWSIM_TESTS_PROPERTY_SEQUENCE_H
#define LWSIM_TESTS_PROPERTY_SEQUENCE_H

#include <stdbool.h>
#include <stdint.h>

#define OPS_MAX 128
#define SLOTS_MAX 300	 /* devices by the number in their name; slot 0 is `lo` */
#define WAITERS_MAX 8192 /* waiting for rtnl */

enum op_kind {
	OP_NOTHING, /* only time passes */
	/* drivers: need no lock */
	OP_CARRIER_ON,
	OP_CARRIER_OFF,
	OP_CARRIER_EVENT,
	OP_DORMANT_ON,
	OP_DORMANT_OFF,
	OP_TESTING_ON,
	OP_TESTING_OFF,
	OP_DETACH,
	OP_ATTACH,
	OP_FIRE,
	OP_CONFIG_UP,
	OP_CONFIG_DOWN,
	OP_LATENCY, /* duration_ns */
	/* with rtnl */
	OP_SETLINK, /* flags, carrier, operstate, mode */
	OP_IFCONFIG_UP,
	OP_IFCONFIG_DOWN,
	OP_DEV_OPEN,
	OP_DEV_CLOSE,
	OP_ADD_DUMMY, /* flags, operstate, mode */
	OP_ADD_VETH,  /* the same; the peer is slot + 1 */
	OP_PROBE,     /* has_status, link_up */
	OP_DELETE,
	OP_QUERY,
	OP_RTNL_HOLD, /* duration_ns */
	OP_KIND_COUNT
};

enum op_flags {
	FLAGS_KEEP,
	FLAGS_UP,
	FLAGS_DOWN,
	FLAGS_PROMISC,
	FLAGS_NO_PROMISC
};

struct op {
	int64_t wait_ns;     /* before the op */
	bool to_jiffy;	     /* wait_ns counts from the start of the next jiffy, not from now */
	bool only_when_idle; /* wait only if nothing at all is pending */
	enum op_kind kind;
	int slot, count; /* applies to slots [slot, slot + count), one after the other */
	enum op_flags flags;
	int carrier, operstate, mode; /* -1: not requested */
	bool has_status, link_up;
	int64_t duration_ns;
};

static inline bool op_needs_rtnl(const struct op *op)
{
	return op->kind >= OP_SETLINK;
}

/* The kernel that runs the sequence. */
struct sequence_config {
	uint32_t hz, bits;
	bool timers_exact;
	int row; /* see kernels.h; below, the changes */
	bool has_urgent_event, has_setlink_event, has_iflink_op_urgent, has_limit_5ms,
		has_open_syncs;
	bool has_echo; /* a listener fires events on some NETDEV_CHANGE */
};

struct sequence {
	uint64_t seed;
	struct sequence_config config;
	bool is_crowd;
	bool has_user_writes; /* of operstate, or of a mode after creation */
	struct op ops[OPS_MAX];
	int count;
	int steady_at; /* op after which operstate must follow from the bits and the mode */
	int prompt_at; /* op whose message must be sent at once */
	int pinned;    /* ops at the end that belong to these two */
};

#define SEQUENCE_KERNEL_MAX_BYTES 128

/* The kernel's name in lwsim. */
void sequence_kernel_name(const struct sequence_config *config,
			  char ret_name[SEQUENCE_KERNEL_MAX_BYTES]);

/* The sequence of this seed. */
void sequence_make(struct sequence *sequence, uint64_t seed);

/* Removes ops [first, first + count), none of which is pinned. */
void sequence_remove(struct sequence *sequence, int first, int count);

#endif
