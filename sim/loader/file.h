/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A loaded link_watch.c; shared by load.c, host.c and guard.c. */
#ifndef LWSIM_SIM_LOADER_FILE_H
#define LWSIM_SIM_LOADER_FILE_H

#include <setjmp.h>

#include "model/kernel-include/lwsim/host.h"

/* The file's hold on rtnl. */
enum src_rtnl {
	SRC_RTNL_NONE,	  /* none; its caller may hold it */
	SRC_RTNL_GRANTED, /* its work item runs with the lock, but has not called rtnl_lock() yet */
	SRC_RTNL_TAKEN,	  /* it has called rtnl_lock() */
};

struct src_file {
	struct linkwatch_file base;
	const struct lw_file *entry;
	void *handle;
	int copy;		 /* descriptor of a file of its own in memory; -1: none */
	char *kernel, *scenario; /* what it was loaded for; for messages */
	char *state;		 /* all writable memory of the object */
	struct machine *m;
	enum src_rtnl rtnl;
	bool is_in_work; /* in its work item: needs rtnl for calls that change devices */
	/* the function that runs, read by guard.c's signal handlers; NULL: not running */
	const char *volatile running;
	unsigned int depth;
	jmp_buf escape; /* leaves the outermost call where the kernel would hang or crash */
	unsigned int lines_logged; /* during the outermost call */
	bool is_urgent_seen;	   /* it has asked to run its work now */
	/*
	 * decisions reported after the one that causes them: a fire's schedule, and what happens in
	 * a run
	 */
	struct trace_event held_schedule;
	bool is_firing, has_held_schedule;
	bool is_run_untold, is_run_full;
	uint8_t *operstates; /* as last reported, indexed like machine.devices; NULL: no trace */
	char broken_text[160];
};

extern const struct lw_host src_host;

static inline struct src_file *src_file_of(const struct machine *m)
{
	return container_of(m->linkwatch.file, struct src_file, base);
}

/*
 * The functions of linkwatch_file: they call the file's, and report the decisions that can be
 * observed.
 */
void src_init_dev(struct net_device *dev);
void src_fire_event(struct net_device *dev);
void src_forget_dev(struct net_device *dev);
void src_run_queue(struct machine *m);

#endif
