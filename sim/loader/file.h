/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A loaded link_watch.c: what load.c, host.c and guard.c share. */
#ifndef LWSIM_SIM_LOADER_FILE_H
#define LWSIM_SIM_LOADER_FILE_H

#include <setjmp.h>

#include "model/kernel-include/lwsim/host.h"

/* What of rtnl the file has at hand. */
enum src_rtnl {
	SRC_RTNL_NONE,	  /* nothing; who calls it may hold the lock */
	SRC_RTNL_GRANTED, /* a work item has been given the lock and has not asked for it yet */
	SRC_RTNL_TAKEN,	  /* the item has */
};

struct src_file {
	struct linkwatch_file base;
	const struct lw_file *entry;
	void *handle;
	char *kernel, *scenario; /* what it is loaded for, for messages */
	char *state;		 /* all of the object's memory that can change */
	struct machine *m;
	enum src_rtnl rtnl;
	bool is_in_work; /* so that it has to have rtnl for what it does with devices */
	/* what the file is in, for who watches over it; NULL: it is not running */
	const char *volatile running;
	unsigned int depth;
	jmp_buf escape; /* out of the outermost call: the kernel would hang or crash in it */
	unsigned int lines_logged; /* in the outermost call */
	bool is_urgent_seen;	   /* it has asked for its work to be run at once */
	/* decisions that are told after those that they come from: a fire's schedule, what is done in a run */
	struct trace_event held_schedule;
	bool is_firing, has_held_schedule;
	bool is_run_untold, is_run_full;
	uint8_t *
		operstates; /* stored ones, by place in machine.devices, as the trace knows them; NULL: no trace */
	char broken_text[160];
};

extern const struct lw_host src_host;

static inline struct src_file *src_file_of(const struct machine *m)
{
	return container_of(m->linkwatch.file, struct src_file, base);
}

/* What linkwatch_file's functions do: they call the file's, and say what could be seen of its decisions. */
void src_init_dev(struct net_device *dev);
void src_fire_event(struct net_device *dev);
void src_forget_dev(struct net_device *dev);
void src_run_queue(struct machine *m);

#endif
