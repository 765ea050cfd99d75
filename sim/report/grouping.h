/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which devices share a lane, and which messages a mark. */
#ifndef LWSIM_SIM_REPORT_GROUPING_H
#define LWSIM_SIM_REPORT_GROUPING_H

#include "sim/language/fold.h"
#include "sim/report/axis.h"

/* Devices whose names count up and to which the same happens. */
struct lane {
	char name[FOLD_NAME_MAX_BYTES];
	const struct timeline_device *device; /* the first */
	size_t devices;
};

struct lanes {
	struct lane *lanes;
	size_t count, capacity;
};

void lanes_make(struct lanes *lanes, const struct timeline *timeline);
/* Moves those to the front that are shown if there is room for so many: who waits longest, and of whom most is told;
 * in their order. Returns how many. */
size_t lanes_choose(struct lanes *lanes, size_t most);
void lanes_free(struct lanes *lanes);

/* Things too near to each other for a mark each, as messages[first..last]. */
struct cluster {
	size_t first, last;
	double x, left, right; /* of the first; what the mark takes up */
};

#define MARK_RADIUS 5.

/* When the i-th of them is. */
typedef int64_t (*time_fn)(const void *items, size_t i);
int64_t message_time(const void *messages, size_t i);
int64_t mark_time(const void *marks, size_t i);

/* The cluster that begins with the first-th of count. */
struct cluster cluster_make(const void *items, size_t count, time_fn time, size_t first,
			    const struct axis *axis);
/* "x40" of a cluster of more than one. */
#define CLUSTER_MAX_BYTES 32
void cluster_count(const struct cluster *cluster, char ret_text[CLUSTER_MAX_BYTES]);

#endif
