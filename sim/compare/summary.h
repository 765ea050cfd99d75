/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run's messages come to: waits and numbers, by device. */
#ifndef LWSIM_SIM_COMPARE_SUMMARY_H
#define LWSIM_SIM_COMPARE_SUMMARY_H

#include <stdio.h>

#include "sim/language/fold.h"
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

#endif
