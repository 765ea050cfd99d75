/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run's messages come to: waits and numbers, by device. */
#ifndef LWSIM_SIM_COMPARE_SUMMARY_H
#define LWSIM_SIM_COMPARE_SUMMARY_H

#include <stdio.h>

#include "sim/language/fold.h"
#include "sim/run/runner.h"
#include "sim/run/trace.h"

struct device_summary {
	char dev[LABEL_MAX_BYTES]; /* as format_label() has it */
	bool has_been_up;
	bool has_run;	 /* RUNNING has come at least once after UP, or with it */
	int64_t wait_ns; /* longest from IFF_UP to IFF_RUNNING; of one that still waits: to the end */
	int64_t up_ns;	 /* private: since when it waits, -1: it does not */
	size_t messages;
	size_t most_in_second; /* messages in any second */
	int64_t *times;	       /* private, for that: when each message came */
	size_t times_capacity, oldest;
};

struct summary {
	struct device_summary *devices; /* in order of their first message */
	size_t count;
};

/* end_ns: when the run ended. */
void summary_make(const struct trace *trace, int64_t end_ns, struct summary *ret_summary);
void summary_free(struct summary *summary);

/* "614ms", "never (3.6s)" if it did not come, "-" if it was not waited for. */
#define WAIT_MAX_BYTES 64
void summary_wait(const struct device_summary *device, char ret_text[WAIT_MAX_BYTES]);

/* The devices from *at on that come to the same and whose names count up: the first of them, and a name for all.
 * NULL: there are no more. */
const struct device_summary *summary_next(const struct summary *summary, size_t *at,
					  char ret_name[FOLD_NAME_MAX_BYTES]);

/* A whole run in a few numbers. */
struct measures {
	size_t never; /* devices that have been up and never RUNNING, or that still wait for it */
	/* The longest of any device from UP to RUNNING. Without a wait_dev none has been up; if never is not 0
	 * there is no such time, and wait_dev is the first of those devices. */
	int64_t wait_ns;
	char wait_dev[LABEL_MAX_BYTES];
	size_t notifications;
	struct lie lie;
	unsigned int failed_commands;
};

/* Instead of a time where there is none. */
enum {
	WAIT_NEVER = -1, /* a device has waited to the end */
	WAIT_NONE = -2,	 /* none has been up */
};
/* The wait of the whole run as one number, ns or one of these. */
int64_t measures_wait(const struct measures *measures);

/* Of a run that is over. device: [NETNS/]DEV, whose they are, but for the lie, which the runner has, and the commands;
 * NULL: of all. */
void measures_take(const struct runner *runner, const char *device, struct measures *ret_measures);

#endif
