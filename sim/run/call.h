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
	uint32_t index; /* of the instance in its brace range */
	/* namespaces held open: the command's own, its device's target, the peer's target */
	struct net *net, *target, *peer_target;
	bool has_no_process; /* target or peer_target names a PID that does not exist */
	/* `ip link`: ifindexes from the lookups so far */
	unsigned int asked;
	int32_t ifindex, link, master; /* ifindex: also of the device `ip tuntap` attached to */
	uint32_t flags;		       /* ifconfig: from SIOCGIFFLAGS */
	rtnl_fn next;		       /* while in runner.steps */
	bool waits;		       /* had to wait for rtnl */
	struct batch *batch;	       /* the batch it is a line of; NULL: none */
	/* if it had to wait: called after it has ended and was freed; may be NULL */
	void (*ended)(struct runner *runner, struct batch *batch);
};

static inline struct machine *machine_of(const struct call *call)
{
	return call->runner->machine;
}

/* The device that the statement names, or NULL. */
struct net_device *call_dev(const struct call *call);
/* Runs fn with rtnl held, now or once rtnl is free. */
void call_with_rtnl(struct call *call, rtnl_fn fn);
/*
 * Runs fn in the process's next system call. Queued work runs before it if the kernel schedules
 * that way (before EEVDF) and the process is not a batch.
 */
void call_go_on(struct call *call, rtnl_fn fn);
/* These end the call and free it. */
/* error 0: success; else text is what the command prints. */
void call_end(struct call *call, int error, const char *text);
__attribute__((format(printf, 3, 4))) void call_fail(struct call *call, int error,
						     const char *format, ...);
/* Ends an rtnetlink request: 0 or -errno, printed as ip does. */
void call_answer(struct call *call, int err);
/* Ends a kernel call: 0 or -errno, printed after the call's name. */
void call_return(struct call *call, int err);
/* Records the answer of a query; the call goes on. */
void call_note(struct call *call, const char *text);

/* Opens the namespaces that the command needs. False: the call has failed and ended. */
bool call_opens_nets(struct call *call);
/* For a call that still waits when the run is over; records nothing. */
void call_free(struct call *call);

#endif
