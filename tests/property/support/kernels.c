/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Facts and versions. */
#include "kernels.h"

enum row {
	V2_6_24,
	V3_7,
	V4_19,
	V5_4,
	V5_8,
	V5_10,
	V5_15,
	V6_1,
	V6_2,
	V6_8,
	V6_12,
	V6_16,
	V6_18,
	V7_2,
};

static const char *const names[KERNELS_COUNT] = {
	[V2_6_24] = "2.6.24", [V3_7] = "3.7",	[V4_19] = "4.19", [V5_4] = "5.4", [V5_8] = "5.8",
	[V5_10] = "5.10",     [V5_15] = "5.15", [V6_1] = "6.1",	  [V6_2] = "6.2", [V6_8] = "6.8",
	[V6_12] = "6.12",     [V6_16] = "6.16", [V6_18] = "6.18", [V7_2] = "7.2",
};

/* The first that has it. */
static const enum row since[FACT_COUNT] = {
	[LIST_IS_QUEUE] = V3_7,	       [STACKED_URGENT] = V3_7,	     [URGENT_QUEUES_ANEW] = V3_7,
	[NEWLINK_TAKES_FLAGS] = V3_7,  [SETLINK_MINDS_FLAGS] = V3_7, [MODE_IS_TOLD] = V4_19,
	[TIMERS_HAVE_SLACK] = V3_7,    [TIMERS_BY_BUCKET] = V4_19,   [USER_SETS_CARRIER] = V4_19,
	[VETH_IS_STACKED] = V4_19,     [VIRTIO_OFF_FIRST] = V4_19,   [ABSENT_UNTOLD] = V5_4,
	[RUN_HAS_BUDGET] = V5_4,       [TESTING_KNOWN] = V5_8,	     [ABSENT_WAITS] = V5_10,
	[CARRIER_EVENT_KNOWN] = V5_15, [LOWER_DECIDES] = V6_2,	     [QUERY_WORKS_OFF] = V6_8,
	[VIRTIO_FOLLOWS_OPEN] = V6_12, [WORKER_KEEPS_CPU] = V6_12,   [FILTERS_BY_WORK] = V7_2,
};

const char *kernel_row_name(int row)
{
	return names[row];
}

bool kernel_row_has(int row, enum fact fact)
{
	if (fact == ABSENT_WAITS && row == V5_4)
		return true; /* a stable series still, unlike 5.8 */
	return row >= (int)since[fact];
}
