/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine: one kernel on a virtual clock, in one arena. Callers use functions named as in the kernel;
 * the model reports through one table of callbacks. */
#ifndef LWSIM_MODEL_MACHINE_H
#define LWSIM_MODEL_MACHINE_H

#include <stddef.h>

#include "drivers.h"
#include "jiffies.h"
#include "kernel.h"
#include "link_watch.h"
#include "net_namespace.h"
#include "netdev_work.h"
#include "netdevice.h"
#include "rtnetlink.h"
#include "rtnl.h"
#include "stack.h"
#include "timer.h"
#include "tracepoint.h"
#include "workqueue.h"

/*
 * What the model reports. A callback may read the machine, not change it. Each may be NULL.
 */
struct machine_callbacks {
	/* a RTM_NEWLINK or RTM_DELLINK is sent */
	void (*notify)(void *user, const struct link_message *message);
	/* a line for the kernel log, as printed by a link_watch.c from a file */
	void (*log)(void *user, const char *text);
	/* a decision was made */
	void (*trace)(void *user, const struct trace_event *event);
	/* An invariant is broken: `what` names it (static text). Called once. */
	void (*broken)(void *user, const char *what);
	void *user;
};

struct machine_config {
	struct kernel kernel;
	uint32_t hz, long_bits; /* see jiffies_clock_is_valid() */
	bool timers_exact;
	uint32_t max_devices; /* at one time, not counting the `lo` of each namespace */
	uint32_t max_nets;    /* at one time, besides the initial one */
	uint32_t max_waiters; /* waiting for rtnl at one time; 0: 1024 */
	uint32_t max_links;   /* links between stacked devices; 0: no stacking */
	uint32_t max_bonds;
	struct linkwatch_file *linkwatch_file; /* in place of the model's; NULL: none */
};

/*
 * One allocation holds the machine and everything in it. Pointers inside point into it, so a copy is usable
 * only when restored to the same address (machine_restore()).
 */
struct machine {
	struct jiffies_clock clock;
	struct kernel kernel;
	int64_t now_ns;	       /* virtual time since boot */
	uint64_t since_boot_j; /* the jiffy that contains now_ns */
	uint64_t jiffies;      /* the value of the kernel's jiffies in that jiffy */
	uint32_t cause; /* set by the caller: the line at work; inherited by everything it queues */

	struct timer_base timers;
	struct workqueue_struct workqueues[WQ_COUNT];
	uint64_t work_seq;
	enum worker worker; /* who has the CPU */
	int64_t worker_latency_ns;
	struct rtnl rtnl;
	struct linkwatch linkwatch;
	struct netdev_work netdev_work;

	struct net_namespaces net_namespaces;
	struct net_device *devices; /* max_devices */
	struct net_device **name_hash, **index_hash;
	struct net_device *
		*macvlan_hash; /* macvlans that are up, by the device below and their address */
	struct net_device *free_devices; /* by name_next */
	struct netdev_adj_pool adj_pool;
	struct list_head free_bond_works; /* by free */
	const char *extack; /* error text of the request that failed; NULL: only its errno */
	uint32_t hash_mask;
	uint32_t devices_used; /* high-water mark of devices[] */
	uint32_t max_devices;  /* including each `lo` */
	uint32_t max_waiters;
	uint64_t last_address; /* last one given to a device created without: they count up */
	notifier_fn notifiers[NOTIFIER_BLOCKS_MAX];
	uint32_t notifiers_count;
	uint32_t notifier_depth; /* nested calls */

	struct machine_callbacks callbacks;
	bool is_broken;
};

/* A machine at boot: jiffy 0, `lo` registered before anyone listens. NULL: no memory, or a config that
 * jiffies_clock_is_valid() refuses. */
struct machine *machine_new(const struct machine_config *config);
void machine_free(struct machine *m); /* free(NULL) is fine */

/* Reports through these from now on. */
void machine_set_callbacks(struct machine *m, const struct machine_callbacks *callbacks);

/*
 * A copy of everything, to return to. The caller owns its memory of machine_save_bytes(). It fits only the
 * machine it was made from. Waiters' arg (rtnl_run) must outlive the copy.
 */
size_t machine_save_bytes(const struct machine *m);
void machine_save(const struct machine *m, void *ret_copy);
void machine_restore(struct machine *m, const void *copy);

/*
 * Time. The caller repeats: machine_next_ns(), machine_advance() to that time or to its own next action,
 * machine_settle(); then its own calls, each followed by machine_settle().
 *
 * Order at one instant: 1. timers that are due; 2. rtnl released by rtnl_hold(); 3. waiters for rtnl, then
 * queued work, until nothing is left; 4. the caller's calls.
 */
/* Virtual time of the machine's next action; INT64_MAX if nothing is pending. */
int64_t machine_next_ns(const struct machine *m);
/* Sets the clock: never back, and never beyond machine_next_ns(). */
void machine_advance(struct machine *m, int64_t now_ns);
/* Runs everything that is due at this instant. */
void machine_settle(struct machine *m);

/* The first broken invariant, as static text; NULL: all hold. */
const char *machine_verify(const struct machine *m);

/* Reports a broken invariant once through `broken`; afterwards the machine does nothing more by itself. */
void machine_broken(struct machine *m, const char *what);

/* Checks the invariants after a step in checking builds (LW_CHECK); otherwise does nothing. */
static inline void machine_check(struct machine *m)
{
#ifdef LW_CHECK
	const char *what = machine_verify(m);

	if (what)
		machine_broken(m, what);
#else
	(void)m;
#endif
}

static inline void trace_point(struct machine *m, enum trace_point point,
			       const struct net_device *dev, uint64_t a, uint64_t b)
{
	struct trace_event event;

	if (!m->callbacks.trace)
		return;
	event.point = point;
	event.dev = dev;
	event.a = a;
	event.b = b;
	event.cause = m->cause;
	event.is_derived = false;
	m->callbacks.trace(m->callbacks.user, &event);
}

/* Sets the error text of the current request, on kernels that have extack. */
static inline void NL_SET_ERR_MSG(struct machine *m, const char *text)
{
	if (kernel_has(&m->kernel, KERNEL_EXTACK))
		m->extack = text;
}

#endif
