/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which kernel does what, for the oracle: told apart from model/kernel_table.c, as a fact and the
 * version that brought it. */
#ifndef LWSIM_TESTS_PROPERTY_KERNELS_H
#define LWSIM_TESTS_PROPERTY_KERNELS_H

#include <stdbool.h>

enum fact {
	LIST_IS_QUEUE,	/* not a stack */
	STACKED_URGENT, /* ifindex != iflink */
	URGENT_QUEUES_ANEW,
	NEWLINK_TAKES_FLAGS,
	SETLINK_MINDS_FLAGS, /* that cannot be set */
	TIMERS_HAVE_SLACK,
	TIMERS_BY_BUCKET, /* and no slack */
	MODE_IS_TOLD,
	USER_SETS_CARRIER,
	VETH_IS_STACKED,
	VIRTIO_OFF_FIRST, /* without F_STATUS, too */
	ABSENT_UNTOLD,	  /* a detached device's event */
	ABSENT_WAITS,	  /* the same, put back instead */
	RUN_HAS_BUDGET,
	TESTING_KNOWN,
	CARRIER_EVENT_KNOWN,
	LOWER_DECIDES, /* its carrier, on DOWN or LOWERLAYERDOWN */
	QUERY_WORKS_OFF,
	VIRTIO_FOLLOWS_OPEN,
	WORKER_KEEPS_CPU, /* linkwatch has one, all others another */
	FILTERS_BY_WORK,
	FACT_COUNT
};

#define KERNELS_COUNT 14

/* Of row 0 to KERNELS_COUNT - 1, oldest first. */
const char *kernel_row_name(int row);
bool kernel_row_has(int row, enum fact fact);

#endif
