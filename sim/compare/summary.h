/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Summarizes a run's messages: waits and counts, by device. */
#ifndef LWSIM_SIM_COMPARE_SUMMARY_H
#define LWSIM_SIM_COMPARE_SUMMARY_H

#include <stdio.h>

#include "sim/language/fold.h"
#include "sim/run/runner.h"
#include "sim/run/trace.h"

struct device_summary {
	char dev[LABEL_MAX_BYTES]; /* from format_label() */
	bool has_been_up;
	bool has_run;	 /* RUNNING came with or after UP at least once */
	int64_t wait_ns; /* longest from IFF_UP to IFF_RUNNING; if it still waits, to the end */
	int64_t up_ns;	 /* private: since when it waits; -1: it does not */
	size_t messages;
	size_t most_in_second; /* the most messages in any one second */
	int64_t *times;	       /* private, for that: times of the messages */
	size_t times_capacity, oldest;
};

struct summary {
	struct device_summary *devices; /* ordered by first message */
	size_t count;
};

/* end_ns: when the run ended. */
void summary_make(const struct trace *trace, int64_t end_ns, struct summary *ret_summary);
void summary_free(struct summary *summary);

/* "614ms"; "not yet (3.6s)" if it still waits; "never" if it did not come; "-" if never up. */
#define WAIT_MAX_BYTES 64
void summary_wait(const struct device_summary *device, char ret_text[WAIT_MAX_BYTES]);

/*
 * The next devices from *at on that have the same figures and consecutive numbers: returns the
 * first one, and a name for all. NULL: no more.
 */
const struct device_summary *summary_next(const struct summary *summary, size_t *at,
					  char ret_name[FOLD_NAME_MAX_BYTES]);

/* A run in a few numbers. */
struct measures {
	size_t never; /* devices that never got RUNNING after UP, or still wait for it */
	/*
	 * The longest time of any device from UP to RUNNING. wait_dev "": none was up. If never is
	 * not 0, there is no such time, and wait_dev is the first of those devices.
	 */
	int64_t wait_ns;
	char wait_dev[LABEL_MAX_BYTES];
	size_t notifications;
	struct lie lie;
	unsigned int failed_commands;
};

/* In place of a time. */
enum {
	WAIT_NEVER = -1, /* a device waited to the end */
	WAIT_NONE = -2,	 /* no device was up */
};
/* The wait of the whole run as one number: ns, or one of the above. */
int64_t measures_wait(const struct measures *measures);

/*
 * To be called after the run. device ([NETNS/]DEV) limits the figures to one device, except the
 * lie, which the runner measures, and the commands; NULL: all devices.
 */
void measures_take(const struct runner *runner, const char *device, struct measures *ret_measures);

#endif
