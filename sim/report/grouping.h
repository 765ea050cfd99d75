/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decides which devices share a lane, and which messages share a mark. */
#ifndef LWSIM_SIM_REPORT_GROUPING_H
#define LWSIM_SIM_REPORT_GROUPING_H

#include "sim/language/fold.h"
#include "sim/report/axis.h"

/* Consecutively numbered devices with the same events. */
struct device_row {
	char name[FOLD_NAME_MAX_BYTES];
	const struct timeline_device *device; /* the first one */
	size_t devices;
};

struct device_rows {
	struct device_row *lanes;
	size_t count, capacity;
};

void device_rows_make(struct device_rows *lanes, const struct timeline *timeline);
/*
 * Moves the `most` lanes to show to the front: those that wait longest and have the most messages;
 * they keep their order. Returns their number.
 */
size_t device_rows_choose(struct device_rows *lanes, size_t most);
void device_rows_free(struct device_rows *lanes);

/* Items too near for a mark each: messages[first..last]. */
struct cluster {
	size_t first, last;
	double x, left, right; /* x: position of the first; left, right: extent of the mark */
};

#define MARK_RADIUS 5.

/* Time of item i. */
typedef int64_t (*time_fn)(const void *items, size_t i);
int64_t message_time(const void *messages, size_t i);
int64_t mark_time(const void *marks, size_t i);

/* The cluster that starts at item `first` of count. */
struct cluster cluster_make(const void *items, size_t count, time_fn time, size_t first,
			    const struct axis *axis);
/* Writes how many items it has: "x40", with the sign of multiplication. */
#define CLUSTER_MAX_BYTES 32
void cluster_count(const struct cluster *cluster, char ret_text[CLUSTER_MAX_BYTES]);

#endif
