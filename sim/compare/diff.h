/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The differences between two kernels' runs of one scenario. */
#ifndef LWSIM_SIM_COMPARE_DIFF_H
#define LWSIM_SIM_COMPARE_DIFF_H

#include "sim/compare/runs.h"
#include "sim/compare/summary.h"
#include "sim/language/fold.h"

enum change_kind {
	CHANGE_MOVED, /* the same record at another time */
	CHANGE_APPEARED,
	CHANGE_VANISHED,
	CHANGE_COUNT
};

/* A changed message, error or answer; the records belong to the runs' traces. */
struct change {
	enum change_kind kind;
	const struct record *before; /* NULL: appeared */
	const struct record *after;  /* NULL: vanished */
};

struct diff {
	struct change *changes; /* ordered by time; equal changes of d0, d1, ... are adjacent */
	size_t count;
	size_t counts[CHANGE_COUNT];
};

/*
 * Pairs messages device by device (align.h), and errors and answers separately, so that the order
 * of different devices' messages at one instant does not matter.
 */
void diff_make(const struct trace *before, const struct trace *after, struct diff *ret_diff);
void diff_free(struct diff *diff);

/*
 * Prints one line per change. Equal changes of d0, d1, ... share a line, and so do repeats. A
 * sequence of lines that occurs three times or more is printed once. After this many lines, prints
 * the number of remaining changes.
 */
#define DIFF_LINES_MAX 20
void diff_write(FILE *out, const struct diff *diff);

/* A change of a device's longest wait from IFF_UP to IFF_RUNNING. */
struct wait_change {
	char name[FOLD_NAME_MAX_BYTES]; /* the devices with the same change; "": no change */
	char before[WAIT_MAX_BYTES], after[WAIT_MAX_BYTES];
	int64_t change_ns; /* how much longer it is; WAIT_CHANGE_NEVER from or to a wait that does not end */
};
#define WAIT_CHANGE_NEVER (INT64_MAX / 2)

/* How the waits of a scenario's devices changed. */
struct wait_changes {
	size_t shorter, longer; /* devices */
	struct wait_change shortened,
		lengthened; /* the largest of each; of equal ones, the first name's */
};

/*
 * Compares devices that were up on both kernels. A device that never gets RUNNING has the longest
 * wait.
 */
void wait_changes_make(const struct compared_run *before, const struct compared_run *after,
		       struct wait_changes *ret_changes);
/* The largest of all; of equally large ones, the longer wait. */
const struct wait_change *wait_changes_largest(const struct wait_changes *changes);

#endif
