/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine: one kernel on a virtual clock, in one arena. The way in is calls named as
 * the kernel's; the way out is one table of callbacks. */
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
	/* a RTM_NEWLINK or RTM_DELLINK goes out */
	void (*notify)(void *user, const struct link_message *message);
	/* the kernel's log has a line, as link_watch.c of somebody else's prints it */
	void (*log)(void *user, const char *text);
	/* a decision was taken */
	void (*trace)(void *user, const struct trace_event *event);
	/* an invariant does not hold: `what` says which (static text). Called once. */
	void (*broken)(void *user, const char *what);
	void *user;
};

struct machine_config {
	struct kernel kernel;
	uint32_t hz, long_bits; /* see jiffies_clock_is_valid() */
	bool timers_exact;
	uint32_t max_devices; /* that exist at one time, `lo` of each namespace not counted */
	uint32_t max_nets;    /* namespaces that exist at one time, besides the initial one */
	uint32_t max_waiters; /* that wait for rtnl at one time; 0: 1024 */
	uint32_t max_links;   /* between devices that stand on each other; 0: none can */
	uint32_t max_bonds;
	struct linkwatch_file *linkwatch_file; /* in place of the model's; NULL: none */
};

/*
 * One piece of memory holds the machine and everything in it; pointers inside point into
 * it, so a copy is of use only when put back in the same place (machine_restore()).
 */
struct machine {
	struct jiffies_clock clock;
	struct kernel kernel;
	int64_t now_ns;	       /* virtual time since boot */
	uint64_t since_boot_j; /* the jiffy that now_ns lies in */
	uint64_t jiffies;      /* the kernel's jiffies in it */
	uint32_t cause; /* caller's: who is at work (a line); goes along with what it queues */

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
		*macvlan_hash; /* those that are up, by the device below and their address */
	struct net_device *free_devices; /* by name_next */
	struct netdev_adj_pool adj_pool;
	struct list_head free_bond_works; /* by free */
	const char *extack; /* what the request that failed says itself; NULL: its errno says it */
	uint32_t hash_mask;
	uint32_t devices_used; /* of devices[], ever */
	uint32_t max_devices;  /* with each `lo` */
	uint32_t max_waiters;
	uint64_t last_address; /* of a device that nobody gave one: they count up */
	notifier_fn notifiers[NOTIFIER_BLOCKS_MAX];
	uint32_t notifiers_count;
	uint32_t notifier_depth; /* calls within calls */

	struct machine_callbacks callbacks;
	bool is_broken;
};

/* A machine at boot: jiffy 0, `lo` registered and unheard. NULL: no memory or a config that
 * jiffies_clock_is_valid() refuses. */
struct machine *machine_new(const struct machine_config *config);
void machine_free(struct machine *m); /* free(NULL) is fine */

/* From here on these are called. */
void machine_set_callbacks(struct machine *m, const struct machine_callbacks *callbacks);

/*
 * A copy of everything, to go back to: into and from memory of machine_save_bytes() that the
 * caller owns. It fits only the machine it was made of. Waiters' arg (rtnl_run) must
 * outlive the copy.
 */
size_t machine_save_bytes(const struct machine *m);
void machine_save(const struct machine *m, void *ret_copy);
void machine_restore(struct machine *m, const void *copy);

/*
 * Time. The caller repeats: machine_next_ns(), machine_advance() to it or to what itself
 * has to do before, machine_settle(); then its own calls, each followed by machine_settle().
 *
 * Order at one instant: 1. timers that are due; 2. rtnl given up by rtnl_hold(); 3. who waits
 * for rtnl, then queued work, until nothing is left; 4. the caller's calls.
 */
/* Virtual time of what comes next by itself; INT64_MAX if nothing is pending. */
int64_t machine_next_ns(const struct machine *m);
/* Sets the clock: not back, and not beyond machine_next_ns(). */
void machine_advance(struct machine *m, int64_t now_ns);
/* Does all there is to do at this instant. */
void machine_settle(struct machine *m);

/* The first invariant that does not hold, as static text; NULL: all hold. */
const char *machine_verify(const struct machine *m);

/* Something that must not be: told once by `broken`; the machine then does nothing more
 * by itself. */
void machine_broken(struct machine *m, const char *what);

/* Checks after a step in checking builds (LW_CHECK), nothing otherwise. */
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

/* Says in words why the request that is at work is refused, on kernels that can. */
static inline void NL_SET_ERR_MSG(struct machine *m, const char *text)
{
	if (kernel_has(&m->kernel, KERNEL_EXTACK))
		m->extack = text;
}

#endif
