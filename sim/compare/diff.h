/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What differs between two kernels' runs of one scenario. */
#ifndef LWSIM_SIM_COMPARE_DIFF_H
#define LWSIM_SIM_COMPARE_DIFF_H

#include "sim/compare/runs.h"
#include "sim/compare/summary.h"
#include "sim/language/fold.h"

enum change_kind {
	CHANGE_MOVED, /* the same, at another time */
	CHANGE_APPEARED,
	CHANGE_VANISHED,
	CHANGE_COUNT
};

/* A message, a command's error or the answer to a query; of the runs' traces. */
struct change {
	enum change_kind kind;
	const struct record *before; /* NULL: appeared */
	const struct record *after;  /* NULL: vanished */
};

struct diff {
	struct change *changes; /* in order of time; what is said of d0, d1, ... stands together */
	size_t count;
	size_t counts[CHANGE_COUNT];
};

/* Messages are paired device by device (align.h), errors and answers by themselves. So the order of
 * different devices' messages at one instant does not count. */
void diff_make(const struct trace *before, const struct trace *after, struct diff *ret_diff);
void diff_free(struct diff *diff);

/*
 * The changes, a line each. What d0, d1, ... have in common is one line, and so is what comes
 * again and again; a few lines that come three times or more in turn are told once. When this many
 * lines are full, how many changes there are more.
 */
#define DIFF_LINES_MAX 20
void diff_write(FILE *out, const struct diff *diff);

/* Where the longest wait from IFF_UP to IFF_RUNNING changed most. */
struct wait_change {
	char name[FOLD_NAME_MAX_BYTES]; /* the devices; "": it changed nowhere */
	char before[WAIT_MAX_BYTES], after[WAIT_MAX_BYTES];
};
/* Only of devices that waited on both kernels. One that RUNNING never comes to has waited longest;
 * of equal changes the longer wait counts, then the first name. */
void wait_change_make(const struct compared_run *before, const struct compared_run *after,
		      struct wait_change *ret_change);

#endif
