/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Link events: limited to one run a second unless urgent; operstate by RFC 2863.
 * Models: net/core/link_watch.c */
#ifndef LWSIM_MODEL_LINK_WATCH_H
#define LWSIM_MODEL_LINK_WATCH_H

#include "netdevice.h"
#include "rtnl.h"

struct machine;

/* Where linkwatch stands; what a file of somebody else's keeps in its own way is NULL or 0. */
struct linkwatch_view {
	const struct list_head *lweventlist;
	const struct delayed_work *work;
	uint64_t nextevent;
	bool is_urgent;
};

/*
 * Another link_watch.c in place of the one here, as that of a kernel tree. It is the caller's, outlives the
 * machine, and serves one machine only, as it has its state to itself. The functions are those of the same
 * name below. Any but bind and look may be NULL: nothing happens then.
 */
struct linkwatch_file {
	/* once, before anything else is called */
	void (*bind)(struct linkwatch_file *file, struct machine *m);
	void (*init_dev)(struct net_device *dev);
	void (*fire_event)(struct net_device *dev);
	void (*forget_dev)(struct net_device *dev);
	void (*run_queue)(struct machine *m);
	void (*look)(const struct linkwatch_file *file, struct linkwatch_view *ret_view);
	/* its state goes along with machine_save() and machine_restore(): so many bytes */
	size_t state_bytes;
	void (*save)(const struct linkwatch_file *file, void *ret_state);
	void (*restore)(struct linkwatch_file *file, const void *state);
};

/* What link_watch.c keeps in static variables. */
struct linkwatch {
	struct linkwatch_file *file; /* NULL: what follows counts */
	struct list_head lweventlist;
	struct seq events;  /* the same once more */
	uint64_t nextevent; /* linkwatch_nextevent, jiffies */
	bool is_urgent;	    /* LW_URGENT */
	struct delayed_work work;
	struct rtnl_waiter waiter; /* of the work, for rtnl */
};

/* Which clause of linkwatch_urgent_event() held. */
enum urgent_clause {
	URGENT_NOT,	    /* none: not urgent */
	URGENT_IFLINK,	    /* ifindex != iflink */
	URGENT_LAG,	    /* port or master of a bond or team */
	URGENT_UP_AND_DOWN, /* change urgent-event: IFF_UP, stored operstate DOWN */
	URGENT_QDISC_OFF,   /* carrier is on and the qdisc is still off */
	URGENT_OTHER,	    /* none of these: a rule of a link_watch.c from a file */
};

void linkwatch_init(struct machine *m, struct linkwatch_file *file);
void linkwatch_init_dev(struct net_device *dev);
enum urgent_clause linkwatch_urgent_event(const struct net_device *dev);
void linkwatch_fire_event(struct net_device *dev);
/* Something has changed that linkwatch_urgent_event() looks at. */
void linkwatch_look_again(struct net_device *dev);
/* dev, whose registration has failed, has no event any more. */
void linkwatch_drop_event(struct net_device *dev);
/* Processes dev's pending event, if any, at once (rtnl held or the device unregistered); since
 * 6.8 it is named linkwatch_sync_dev(). */
void linkwatch_forget_dev(struct net_device *dev);
/* What a query does first, rtnl held: since 6.8 it works the event off. */
void linkwatch_query_dev(struct net_device *dev);
/* A full run, at once; rtnl held. */
void linkwatch_run_queue(struct machine *m);

/* How many devices are on the list; 0 if a file's is not to be seen. */
uint64_t linkwatch_count(const struct machine *m);
/* Whether lweventlist and events have the same devices in the same order. */
bool linkwatch_events_agree(const struct machine *m);

void linkwatch_look(const struct machine *m, struct linkwatch_view *ret_view);

/* What the driver's bits say, before link_mode. Models: default_operstate(). */
uint8_t default_operstate(const struct net_device *dev);
/* Stores what default_operstate() and link_mode give. Models: rfc2863_policy(). */
void rfc2863_policy(struct net_device *dev);

#endif
