/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One running command; shared by actions*.c. */
#ifndef LWSIM_SIM_RUN_CALL_H
#define LWSIM_SIM_RUN_CALL_H

#include "sim/run/run_state.h"

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
	struct batch *batch;	       /* whose line it is; NULL: of none */
	/* if it had to wait: called once it has ended and is freed; may be NULL */
	void (*ended)(struct runner *runner, struct batch *batch);
};

static inline struct machine *machine_of(const struct call *call)
{
	return call->runner->machine;
}

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

/* Opens the namespaces that the command needs; false: it has failed, and ended. */
bool call_opens_nets(struct call *call);
/* One that still waits when the run is over: it ends without a word. */
void call_free(struct call *call);

#endif
