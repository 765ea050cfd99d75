/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Network namespaces: devices, names and numbers of their own; linkwatch is one for all of them.
 * Models: include/net/net_namespace.h, net/core/net_namespace.c */
#ifndef LWSIM_MODEL_NET_NAMESPACE_H
#define LWSIM_MODEL_NET_NAMESPACE_H

#include <stdint.h>

#include "list.h"
#include "rtnl.h"
#include "workqueue.h"

struct machine;
struct net_device;

/* Differs: it has no name; userspace's /run/netns gives it one. */
struct net {
	struct machine *machine;
	struct list_head dev_base_head; /* registered devices, oldest first */
	struct list_head entry;		/* of those that are free, or are being cleaned up */
	int32_t ifindex;		/* the last number given out */
	uint32_t count;			/* who holds it: names, commands under way */
};

/* What a machine knows of its namespaces. */
struct net_namespaces {
	struct net *nets;	  /* [0] is the initial one */
	uint32_t max_nets;	  /* the initial one not counted */
	uint32_t used;		  /* of nets[], ever */
	struct list_head free;	  /* by entry */
	struct list_head cleanup; /* nobody holds them any more; the last to come is the first */
	struct list_head exiting; /* the work has taken them on */
	struct work_struct work;  /* net_cleanup_work */
	struct rtnl_waiter waiter;
};

void net_namespaces_init(struct machine *m, struct net *nets, uint32_t max_nets);

struct net *init_net(const struct machine *m);
struct net *dev_net(const struct net_device *dev);
void dev_net_set(struct net_device *dev, struct net *net);

/* A new one with a `lo`, held once; with rtnl held. NULL: machine_config.max_nets exist.
 * Models: copy_net_ns() */
struct net *copy_net_ns(struct machine *m);
/* The one that copy_net_ns() would return; NULL: none. */
struct net *net_peek(const struct machine *m);
void get_net(struct net *net);
/* Nobody holds it any more: work deletes what is in it, or moves it to the initial namespace. */
void put_net(struct net *net);

/* The first or next namespace that exists, net NULL or the one before; NULL at the end. */
struct net *net_next(const struct machine *m, const struct net *net);

#endif
