/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `lwsim sweep`: the combinations of a scenario's parameters, on several kernels. */
#ifndef LWSIM_SIM_SWEEP_SWEEP_H
#define LWSIM_SIM_SWEEP_SWEEP_H

#include "sim/cli/command.h"
#include "sim/cli/scenario_load.h"
#include "sim/compare/summary.h"
#include "sim/sweep/vary.h"

#define SWEEP_COMBINATIONS_MAX UINT64_C(10000000)
#define SWEEP_PARTS_MAX UINT64_C(1000000)

enum sweep_format {
	SWEEP_CSV,
	SWEEP_JSONL
};

/* What is swept. Combinations count from 0, the last --vary goes through its values first. Runs count
 * from 1: a combination's come one after the other, in the order of the kernels. */
struct sweep {
	const struct options *options;
	struct vary *varies;
	size_t varies_count;
	uint64_t combinations;
	struct loaded base;    /* the file, with the first combination's values */
	struct scenario *last; /* the same file with the last one's */
	const struct kernel *kernels;
	size_t kernels_count;
};

/* False after saying what is wrong, or where another program has to do it (see scenario_load()). The first
 * combination and the last have been parsed then, and the kernels' files have been compiled. */
bool sweep_open(struct sweep *sweep, const struct options *options, const char *path);
void sweep_close(struct sweep *sweep);

/* One run's row. */
struct sweep_row {
	uint64_t run;
	const struct vary *varies;
	size_t varies_count;
	char (*values)[VARY_VALUE_MAX_BYTES];
	char kernel[KERNEL_NAME_MAX_BYTES];
	struct measures measures;
};

/* Does a combination on all kernels. EXIT_GOOD, or what is wrong has gone to messages. */
enum exit_code sweep_run(const struct sweep *sweep, uint64_t combination,
			 void (*write_row)(FILE *out, const struct sweep_row *row), FILE *out,
			 FILE *messages);

/* Of all that decides on the rows: two sweeps with the same number are parts of one. */
uint64_t sweep_number(const struct sweep *sweep);

#endif
