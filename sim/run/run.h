/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run is asked for, and what comes of it. */
#ifndef LWSIM_SIM_RUN_RUN_H
#define LWSIM_SIM_RUN_RUN_H

#include <stdio.h>

#include "model/machine.h"
#include "sim/language/scenario.h"
#include "sim/run/src_loader.h"
#include "sim/run/trace.h"
#include "sim/run/writer.h"

/* A device's stored operstate: dev->operstate, whatever rtnetlink says of a device that is not running. */
struct stored_state {
	int64_t t_ns;
	uint32_t line; /* of the scenario: what caused it; 0: nothing in it */
	const char *netns;
	const char *dev;
	size_t place;  /* by which it is told from others that are there at the same time */
	bool is_first; /* the one that it has when it is seen first; `before` is the same */
	bool is_gone;  /* the device is deleted; no change */
	uint8_t before, after;
};

struct run_options {
	struct kernel kernel;
	int64_t until_ns;	/* end then, whatever the file says; -1: as it says */
	bool is_forced;		/* go on after a command that failed */
	const char *lie_device; /* [NETNS/]DEV: the longest lie is to be its; NULL: any device's */
	bool judges;		/* evaluate expectations, and say what failed */
	bool tells_failures;	/* without that, too, say which command failed */
	struct writer *writer;	/* told of each record as it comes; may be NULL */
	FILE *messages;		/* diagnostics: failed commands and expectations */
	/* told of each stored operstate as it changes; valid during the call; may be NULL */
	void (*stored_state)(void *user, const struct stored_state *state);
	void *user;
	const struct src_loader *loader; /* for a kernel from a file; NULL: there is none */
};

/*
 * A device lies while IFF_RUNNING of its last message is not what it should be: set if the device is
 * up and has carrier, else not. One that was told as DORMANT or TESTING does not lie with carrier.
 */
struct lie {
	int64_t longest_ns;	   /* 0: there was none */
	char dev[LABEL_MAX_BYTES]; /* whose */
};
/* The first expectation about a device that failed. */
struct failure {
	char device[LABEL_MAX_BYTES]; /* [NETNS/]DEV, its name then */
	int64_t t_ns;
};

enum run_result {
	RUN_GOOD,
	RUN_FAILED,	 /* an expectation or a command */
	RUN_BROKEN,	 /* an invariant of the model */
	RUN_INTERRUPTED, /* whatever had failed before */
};

#endif
