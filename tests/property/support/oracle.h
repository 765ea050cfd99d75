/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The oracle: what the kernel does with links, told a second time and as simply as possible,
 * for property_linkwatch to hold the model against. Plain arrays, no callbacks, and nothing
 * of model/ is included, so that no mistake is shared.
 *
 * oracle.c has the clock, the work queue and the lock; oracle_linkwatch.c the events of
 * devices and what comes of them; oracle_requests.c what userspace and drivers do.
 */
#ifndef LWSIM_TESTS_PROPERTY_ORACLE_H
#define LWSIM_TESTS_PROPERTY_ORACLE_H

#include <stdbool.h>
#include <stdint.h>

#include "kernels.h"
#include "message.h"
#include "sequence.h"

/* In place of a slot: the work items that are no device's, and want the lock. */
#define LINKWATCH (-1)
#define FILTERS                                                                                    \
	(-2) /* since 7.2: sets a dummy's filters, whenever that is opened or set while up */
#define LOCKING_WORKS 2

/* One of those: waits for rtnl; is to run once more after that. */
struct oracle_work {
	bool asleep, again;
};

enum oracle_kind {
	KIND_LO,
	KIND_DUMMY,
	KIND_VETH,
	KIND_VIRTIO
};

struct oracle_dev {
	bool exists;
	enum oracle_kind kind;
	int32_t ifindex;
	int peer; /* veth: slot, -1 while there is none */
	bool up, promisc, running, present, carrier, dormant, testing, pending;
	uint32_t oper, mode;
	uint32_t qdisc, sleeping; /* 0 noop, 1 noqueue, 2 pfifo_fast */
	uint32_t up_count, down_count;
	bool has_status, host_up, status_up, listening, missed;
};

struct oracle {
	struct sequence_config config;
	int64_t now_ns, latency_ns;
	struct oracle_dev devs[SLOTS_MAX];
	int32_t last_ifindex;

	int list[SLOTS_MAX], list_count; /* the event list, of slots */
	uint64_t nextevent;
	bool urgent;

	bool timer_armed;
	uint64_t timer_at_j;	/* since boot */
	bool timer_fired;	/* ever, and */
	uint64_t timer_fired_j; /* when last */

	struct {
		int who;
		int64_t at_ns;
	} queue[SLOTS_MAX + 1];
	int queue_count;
	bool linkwatch_at_it, others_at_it;	 /* whose worker has the CPU */
	struct oracle_work works[LOCKING_WORKS]; /* see oracle_work() */

	bool locked, held;
	int64_t held_until_ns;
	struct {
		int who; /* LINKWATCH, FILTERS or a slot */
		const struct op *op;
	} waiters[WAITERS_MAX];
	int waiters_first, waiters_count;
	int results[OPS_MAX]; /* by op, folded over its slots */
	const struct op *ops;

	uint32_t heard[SLOTS_MAX]; /* HEARD_CHANGE so far, see has_echo */
	struct message log[4096];  /* whoever reads it empties it */
	int log_count;
};

/* At boot, with `lo` alone. The sequence is to outlive the oracle. */
void oracle_init(struct oracle *o, const struct sequence *sequence);

/* Time passes until to_ns, and all happens that is due by then. */
void oracle_advance(struct oracle *o, int64_t to_ns);

/* The op happens now, one of the sequence's, and all that is due at once. */
void oracle_do(struct oracle *o, const struct op *op);

/* Whether its kernel is one of those. */
bool oracle_has(const struct oracle *o, enum fact fact);

/* When something is due next by itself; INT64_MAX: never. */
int64_t oracle_next_ns(const struct oracle *o);

/* Jiffies since boot; and without a wrap, 300 s before 2^32 at boot, on 64 bit too. */
uint64_t oracle_jiffy(const struct oracle *o);
uint64_t oracle_long_jiffies(const struct oracle *o);

/* A value as an unsigned long of the machine holds it. */
uint64_t oracle_cut(const struct oracle *o, uint64_t value);

static inline struct oracle_work *oracle_work(struct oracle *o, int who)
{
	return &o->works[-1 - who];
}

/* Work, of LINKWATCH, FILTERS or of a slot's driver: queued now, without a look at whether it is
 * already; its place, -1 if it is not queued; and taken from a place. */
void oracle_queue(struct oracle *o, int who);
int oracle_queue_find(const struct oracle *o, int who);
void oracle_queue_remove(struct oracle *o, int at);

#endif
