/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Network namespaces: each has its own devices, names and numbers; all share one linkwatch.
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
	struct list_head entry;		/* in free or cleanup */
	int32_t ifindex;		/* the last one assigned */
	uint32_t count;			/* references: names, commands in progress */
};

/* All namespaces of a machine. */
struct net_namespaces {
	struct net *nets;	  /* [0] is the initial one */
	uint32_t max_nets;	  /* not counting the initial one */
	uint32_t used;		  /* high-water mark of nets[] */
	struct list_head free;	  /* by entry */
	struct list_head cleanup; /* without references; the latest first */
	struct list_head exiting; /* being processed by the work */
	struct work_struct work;  /* net_cleanup_work */
	struct rtnl_waiter waiter;
};

void net_namespaces_init(struct machine *m, struct net *nets, uint32_t max_nets);

struct net *init_net(const struct machine *m);
struct net *dev_net(const struct net_device *dev);
void dev_net_set(struct net_device *dev, struct net *net);

/* A new namespace with a `lo` and one reference; rtnl held. NULL: machine_config.max_nets exist.
 * Models: copy_net_ns() */
struct net *copy_net_ns(struct machine *m);
/* The namespace that copy_net_ns() would return; NULL: none. */
struct net *net_peek(const struct machine *m);
void get_net(struct net *net);
/* Drops a reference. After the last, work deletes the devices or moves them to the initial namespace. */
void put_net(struct net *net);

/* The namespace after net, or the first if net is NULL; NULL at the end. */
struct net *net_next(const struct machine *m, const struct net *net);

#endif
