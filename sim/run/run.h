/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run's options and its result. */
#ifndef LWSIM_SIM_RUN_RUN_H
#define LWSIM_SIM_RUN_RUN_H

#include <stdio.h>

#include "model/machine.h"
#include "sim/language/scenario.h"
#include "sim/run/opinion.h"
#include "sim/run/src_loader.h"
#include "sim/run/trace.h"
#include "sim/run/writer.h"

/*
 * A device's stored operstate: dev->operstate, even where rtnetlink reports DOWN because the device
 * is not running.
 */
struct stored_state {
	int64_t t_ns;
	uint32_t line; /* the scenario's line that caused it; 0: none */
	const char *netns;
	const char *dev;
	size_t place;  /* the device's slot: unique among the devices that exist at the same time */
	bool is_first; /* the first one reported of this device; `before` is the same */
	bool is_gone;  /* the device is deleted; not a change */
	uint8_t before, after;
};

struct run_options {
	struct kernel kernel;
	int64_t until_ns;	/* when to end, overriding the file; -1: as the file says */
	bool is_forced;		/* continue after a failed command */
	bool is_open;		/* the scenario grows: see runner_go_on() */
	const char *lie_device; /* [NETNS/]DEV to measure lies of; NULL: all devices */
	bool judges;		/* evaluate expectations and print failures */
	bool prints_failures;	/* print failed commands even without judges */
	struct writer *writer;	/* gets each record as it is made; may be NULL */
	FILE *messages;		/* diagnostics: failed commands and expectations */
	/* called for each stored operstate; `state` is valid during the call; may be NULL */
	void (*stored_state)(void *user, const struct stored_state *state);
	/* called for each failure that is printed; span and text are valid during the call; may be NULL */
	void (*failed)(void *user, enum severity severity, const struct span *span,
		       const char *text);
	void *user; /* for these two */
	/* the daemons' rules; NULL: `expect AS says` is not evaluated */
	const struct observer_calls *observers;
	const struct src_loader *loader; /* for kernels from a file; NULL: not available */
};

/*
 * A device lies while IFF_RUNNING in its last message is not what it should be: set if and only if
 * the device is up and has carrier. A device reported as DORMANT or TESTING does not lie with
 * carrier.
 */
struct lie {
	int64_t longest_ns; /* 0: there was no lie */
	int64_t running_ns; /* total over all devices: IFF_RUNNING in the last message, but not on the device */
	int64_t not_running_ns;	   /* the reverse */
	char dev[LABEL_MAX_BYTES]; /* the device that lied longest */
};
/* The device of the first failed expectation about a device. */
struct failure {
	char device[LABEL_MAX_BYTES]; /* [NETNS/]DEV, with its name at that time */
	int64_t t_ns;
};

enum run_result {
	RUN_GOOD,
	RUN_FAILED,	 /* an expectation or a command */
	RUN_BROKEN,	 /* an invariant of the model, or a link_watch.c from a file */
	RUN_INTERRUPTED, /* even if something had failed before */
};

#endif
