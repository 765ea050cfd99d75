/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The oracle: a second, independent implementation of the kernel's rules for links, as simple as
 * possible, for property_linkwatch to compare with the model. Plain arrays, no callbacks, and it
 * includes nothing of model/, so that no mistake is shared.
 *
 * oracle.c has the clock, the work queue and the lock; oracle_linkwatch.c the events of devices and
 * their processing; oracle_requests.c userspace's requests and drivers.
 */
#ifndef LWSIM_TESTS_PROPERTY_ORACLE_H
#define LWSIM_TESTS_PROPERTY_ORACLE_H

#include <stdbool.h>
#include <stdint.h>

#include "kernels.h"
#include "message.h"
#include "sequence.h"

/* Not a slot: work items that belong to no device, and need the lock. */
#define LINKWATCH (-1)
#define FILTERS (-2) /* since 7.2: sets a dummy's filters whenever it is opened, or set while up */
#define LOCKING_WORKS 2

/* State of such an item: waits for rtnl; runs once more after that. */
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
	int peer; /* veth: slot, -1 without one */
	bool up, promisc, running, present, carrier, dormant, testing, pending;
	uint32_t oper, mode;
	uint32_t qdisc, sleeping; /* 0 noop, 1 noqueue, 2 pfifo_fast */
	uint32_t up_count, down_count;
	bool has_status, host_up, status_up, listening, missed;
};

/* In the list: a deleted device that is not finished yet, and whose slot has a new device already. */
#define SLOT_GONE SLOTS_MAX
#define LIST_MAX (2 * SLOTS_MAX)

struct oracle {
	struct sequence_config config;
	int64_t now_ns, latency_ns;
	struct oracle_dev devs[SLOTS_MAX + 1];
	int32_t last_ifindex;

	int list[LIST_MAX], list_count; /* the event list: slots, or SLOT_GONE */
	uint64_t nextevent;
	bool urgent;

	bool timer_armed;
	uint64_t timer_at_j;	/* since boot */
	bool timer_fired;	/* ever, and */
	uint64_t timer_fired_j; /* time of the last one */

	struct {
		int who;
		int64_t at_ns;
	} queue[SLOTS_MAX + 1];
	int queue_count;
	bool linkwatch_at_it, others_at_it;	 /* that worker has the CPU */
	struct oracle_work works[LOCKING_WORKS]; /* see oracle_work() */

	bool locked, held;
	int64_t held_until_ns;
	struct {
		int who; /* LINKWATCH, FILTERS or a slot */
		const struct op *op;
	} waiters[WAITERS_MAX];
	int waiters_first, waiters_count;
	int results[OPS_MAX]; /* by op, combined over its slots */
	const struct op *ops;

	uint32_t heard[SLOTS_MAX]; /* HEARD_CHANGE so far, see has_echo */
	struct message log[4096];  /* emptied by its reader */
	int log_count;
};

/* Starts at boot, with only `lo`. The sequence must outlive the oracle. */
void oracle_init(struct oracle *o, const struct sequence *sequence);

/* Lets time pass until to_ns, and runs everything due by then. */
void oracle_advance(struct oracle *o, int64_t to_ns);

/* Runs one of the sequence's ops now, and everything due at once. */
void oracle_do(struct oracle *o, const struct op *op);

/* Whether the fact holds for its kernel. */
bool oracle_has(const struct oracle *o, enum fact fact);

/* The time of its next own action; INT64_MAX: never. */
int64_t oracle_next_ns(const struct oracle *o);

/* Jiffies since boot; and the value without a wrap, 300 s before 2^32 at boot, on 64 bit too. */
uint64_t oracle_jiffy(const struct oracle *o);
uint64_t oracle_long_jiffies(const struct oracle *o);

/* The value truncated to an unsigned long of the machine. */
uint64_t oracle_cut(const struct oracle *o, uint64_t value);

static inline struct oracle_work *oracle_work(struct oracle *o, int who)
{
	return &o->works[-1 - who];
}

/* Work of LINKWATCH, FILTERS or a slot's driver: queues it, without checking whether it is queued;
 * finds its place, -1 if it is not queued; removes a place. */
void oracle_queue(struct oracle *o, int who);
int oracle_queue_find(const struct oracle *o, int who);
void oracle_queue_remove(struct oracle *o, int at);

#endif
