/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A command under way: what the rooms of actions share. */
#ifndef LWSIM_SIM_RUN_CALL_H
#define LWSIM_SIM_RUN_CALL_H

#include "sim/run/runner_private.h"

struct call {
	struct list_head entry; /* in runner.calls */
	struct runner *runner;
	const struct stmt *stmt;
	char dev[IFNAMSIZ];
	uint32_t index; /* of the instance */
	/* namespaces that it holds: where it is carried out, where its device and its peer go to */
	struct net *net, *target, *peer_target;
	bool has_no_process; /* whose namespace one of these is */
	/* `ip link`: what RTM_GETLINK said of the names asked for so far */
	unsigned int asked;
	int32_t ifindex, link, master; /* ifindex: of `ip tuntap` too, once it has the device */
	uint32_t flags;		       /* ifconfig: what SIOCGIFFLAGS said */
	rtnl_fn next;		       /* while in runner.steps */
	bool waits;		       /* has had to wait for rtnl */
	struct batch *batch;	       /* goes on when this has ended; NULL: none */
};

static inline struct machine *machine_of(const struct call *call)
{
	return call->runner->machine;
}

/* actions.c */

/* The device that the statement names; NULL: there is none. */
struct net_device *call_dev(const struct call *call);
/* Goes on in fn once rtnl is had, now or later. */
void call_with_rtnl(struct call *call, rtnl_fn fn);
/* The process has left the kernel and comes back for fn: queued work runs before, if the kernel
 * has it so and the process is no batch. */
void call_go_on(struct call *call, rtnl_fn fn);
/* These end the call; it is freed. */
/* Well if error is 0, else with what the command prints. */
void call_end(struct call *call, int error, const char *text);
__attribute__((format(printf, 3, 4))) void call_fail(struct call *call, int error,
						     const char *format, ...);
/* rtnetlink's answer, 0 or -errno, in ip's words. */
void call_answer(struct call *call, int err);
/* How a kernel word ended, 0 or -errno. */
void call_return(struct call *call, int err);
/* What a query answers; the call goes on. */
void call_note(struct call *call, const char *text);

/* actions_ip.c: what is done with rtnl, and what begins without it */

void setlink_locked(struct machine *m, void *arg, uint64_t n);
void getlink_locked(struct machine *m, void *arg, uint64_t n);
/* ip first asks for the numbers of names, one RTM_GETLINK each, then sends its request. */
void ip_link_go_on(struct call *call);
/* ifconfig reads the flags first, without rtnl, and sends back 16 bits of them. */
void ifconfig_start(struct call *call);

/* actions_netns.c */

/* Opens the namespaces that the command needs; false: it has failed, and ended. */
bool call_opens_nets(struct call *call);
void call_closes_nets(struct call *call);
void ip_netns_start(struct call *call);

/* actions_tun.c: what is done with rtnl; arg is the call. */
void tuntap_locked(struct machine *m, void *arg, uint64_t n);
void tunsetiff_locked(struct machine *m, void *arg, uint64_t n);
/* TUNSETCARRIER, TUNSETPERSIST, close() */
void tun_descriptor_locked(struct machine *m, void *arg, uint64_t n);

#endif
