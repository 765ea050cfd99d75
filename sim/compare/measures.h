/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a whole run comes to in a few numbers. */
#ifndef LWSIM_SIM_COMPARE_MEASURES_H
#define LWSIM_SIM_COMPARE_MEASURES_H

#include "sim/run/runner.h"

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
