/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Link events: at most one run a second unless urgent; operstate by RFC 2863.
 * Models: net/core/link_watch.c */
#ifndef LWSIM_MODEL_LINK_WATCH_H
#define LWSIM_MODEL_LINK_WATCH_H

#include "netdevice.h"
#include "rtnl.h"

struct machine;

/* linkwatch's state, for display. What a link_watch.c from a file does not expose is NULL or 0. */
struct linkwatch_view {
	const struct list_head *lweventlist;
	const struct delayed_work *work;
	uint64_t nextevent;
	bool is_urgent;
};

/*
 * A link_watch.c that replaces the model's, such as that of a kernel tree. The caller owns it; it outlives
 * the machine and serves only one, because it has its own state. The functions match those of the same name
 * below. All but bind and look may be NULL: then nothing happens.
 */
struct linkwatch_file {
	/* called once, before anything else */
	void (*bind)(struct linkwatch_file *file, struct machine *m);
	void (*init_dev)(struct net_device *dev);
	void (*fire_event)(struct net_device *dev);
	void (*forget_dev)(struct net_device *dev);
	void (*run_queue)(struct machine *m);
	void (*look)(const struct linkwatch_file *file, struct linkwatch_view *ret_view);
	/* size of its state, which machine_save() and machine_restore() include */
	size_t state_bytes;
	void (*save)(const struct linkwatch_file *file, void *ret_state);
	void (*restore)(struct linkwatch_file *file, const void *state);
	/* writes state_bytes: its state, without what canonical_machine() has of it: see canonical.h */
	void (*canonical)(const struct linkwatch_file *file, void *ret_state);
};

/* The static variables of link_watch.c. */
struct linkwatch {
	struct linkwatch_file *file; /* NULL: the fields below are in use */
	struct list_head lweventlist;
	struct seq events;  /* the same devices, as a tree */
	uint64_t nextevent; /* linkwatch_nextevent, jiffies */
	bool is_urgent;	    /* LW_URGENT */
	struct delayed_work work;
	struct rtnl_waiter waiter; /* for the work to wait for rtnl */
};

/* Which clause of linkwatch_urgent_event() held. */
enum urgent_clause {
	URGENT_NOT,	    /* none: not urgent */
	URGENT_IFLINK,	    /* ifindex != iflink */
	URGENT_LAG,	    /* port or master of a bond or team */
	URGENT_UP_AND_DOWN, /* change urgent-event: IFF_UP, stored operstate DOWN */
	URGENT_QDISC_OFF,   /* carrier is on and the qdisc is still off */
	URGENT_OTHER,	    /* none of these: another rule of a link_watch.c from a file */
	URGENT_UNSEEN, /* of a file: an urgent run was scheduled already, so the file need not do anything */
};

void linkwatch_init(struct machine *m, struct linkwatch_file *file);
void linkwatch_init_dev(struct net_device *dev);
enum urgent_clause linkwatch_urgent_event(const struct net_device *dev);
void linkwatch_fire_event(struct net_device *dev);
/* Something that linkwatch_urgent_event() depends on has changed. */
void linkwatch_look_again(struct net_device *dev);
/* Drops the event of dev, whose registration failed. */
void linkwatch_drop_event(struct net_device *dev);
/* Processes dev's pending event, if any, at once (rtnl held or the device unregistered). Named
 * linkwatch_sync_dev() since 6.8. */
void linkwatch_forget_dev(struct net_device *dev);
/* Called first by a query, with rtnl held: since 6.8 it processes a pending event. */
void linkwatch_query_dev(struct net_device *dev);
/* A full run, now; rtnl held. */
void linkwatch_run_queue(struct machine *m);

/* Number of devices on the list; 0 if the list of a file cannot be read. */
uint64_t linkwatch_count(const struct machine *m);
/* Whether lweventlist and events have the same devices in the same order. */
bool linkwatch_events_agree(const struct machine *m);

void linkwatch_look(const struct machine *m, struct linkwatch_view *ret_view);

/* The state by the device's bits, before link_mode. Models: default_operstate(). */
uint8_t default_operstate(const struct net_device *dev);
/* Stores the state that follows from default_operstate() and link_mode. Models: rfc2863_policy(). */
void rfc2863_policy(struct net_device *dev);

#endif
