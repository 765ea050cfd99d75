/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the library share. */
#ifndef LWSIM_SIM_LIBRARY_LIBRARY_PRIVATE_H
#define LWSIM_SIM_LIBRARY_LIBRARY_PRIVATE_H

#include "model/machine.h"
#include "sim/library/lw.h"
#include "sim/rtnetlink/link_message.h"
#include "sim/rtnetlink/serve.h"

/* Beyond this, times are more than the clock can count. */
#define LATEST_NS (INT64_MAX / 4)

struct lw_machine {
	struct machine *m;
	struct list_head sockets;
	struct net **netns; /* max_netns + 1, by number; NULL: free. The initial one is [0] */
	int32_t *netnsids;  /* [of][in], by place in net_namespaces.nets[]; -1: not mentioned yet */
	int32_t *last_netnsid; /* by place */
	uint32_t max_netns, max_queued;
	int in_netns; /* lw_netns_enter() */
	uint32_t last_portid;
	const char *broken; /* the broken invariant; NULL: none */
	char error[LW_ERROR_BYTES];
};

struct datagram {
	struct list_head entry;
	int64_t time_ns;
	size_t len;
	_Alignas(uint32_t) uint8_t bytes[];
};

struct lw_socket {
	struct list_head entry; /* in lw_machine.sockets */
	struct lw_machine *machine;
	uint32_t groups;
	struct rtnl_socket rtnl;
	struct list_head queue;
	uint32_t queued;
	size_t at;	   /* how much of the first datagram lw_recv_link() has read */
	bool is_congested; /* something was lost; all is, until the queue is empty */
	bool is_lost;	   /* and the reader does not know yet */
	int fd;		   /* the kernel's end of lw_socket_fd(); -1: none */
};

/* The namespace that calls are made in. */
struct net *lw_net(const struct lw_machine *machine);
/* The namespace with that number; NULL: none. */
struct net *lw_net_of(const struct lw_machine *machine, int64_t netns);
struct net_device *lw_device(const struct lw_machine *machine, const char *name);

/* Keeps a text, and returns err. */
__attribute__((format(printf, 3, 4))) int lw_fail(struct lw_machine *machine, int err,
						  const char *format, ...);
/* -ENODEV, in the words of `ip`. */
int lw_no_device(struct lw_machine *machine, const char *name);

/* Something that needs rtnl: returns 0 or -errno, and does not release it. */
typedef int (*lw_locked_fn)(struct lw_machine *machine, void *arg);
/* Calls fn with rtnl held, once it is free. */
int lw_locked(struct lw_machine *machine, lw_locked_fn fn, void *arg);
/* The same with a function that releases rtnl itself. */
int lw_locked_releases(struct lw_machine *machine, lw_locked_fn fn, void *arg);

/* Ends a call: runs what is due now, and keeps the text of err, which it returns. */
int lw_finish(struct lw_machine *machine, int err);

/* Advances by one thing that is due, at most to at_ns. False: at_ns has come. */
bool lw_step(struct lw_machine *machine, int64_t at_ns);

/* A message as lw.h has it; the time is not filled in. */
void lw_link_of_message(const struct rtnl_link_message *message, struct lw_link *ret_link);
/* What lw_link_get() says of a device. */
void lw_link_of_device(const struct net_device *dev, struct lw_link *ret_link);

/* The model's callback: every socket of the group gets the message. */
void lw_sockets_hear(void *user, const struct link_message *message);
/* Room for a datagram at the end of the queue; NULL: it is lost. user: the struct lw_socket */
void *lw_queue_add(void *user, size_t len);
/* The last datagram of the queue is only that long. */
void lw_queue_cut(void *user, size_t len);
/* Takes the first datagram from the queue. */
void lw_queue_drop(struct lw_socket *socket);
/* Moves datagrams to the descriptor, to all descriptors, and requests from all of them. */
void lw_queue_pass_on(struct lw_socket *socket);
void lw_sockets_pass_on(struct lw_machine *machine);
void lw_sockets_serve(struct lw_machine *machine);

#endif
