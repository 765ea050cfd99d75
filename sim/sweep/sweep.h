/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `lwsim sweep`: runs all combinations of a scenario's parameters on several kernels. */
#ifndef LWSIM_SIM_SWEEP_SWEEP_H
#define LWSIM_SIM_SWEEP_SWEEP_H

#include "sim/cli/command.h"
#include "sim/cli/scenario_load.h"
#include "sim/compare/summary.h"
#include "sim/observers/tracker.h"
#include "sim/sweep/vary.h"

#define SWEEP_COMBINATIONS_MAX UINT64_C(10000000)
#define SWEEP_PARTS_MAX UINT64_C(1000000)

enum sweep_format {
	SWEEP_CSV,
	SWEEP_JSONL
};

/*
 * A sweep. Combinations count from 0; the last --vary varies fastest. Runs count from 1: those of a
 * combination are consecutive, in the order of the kernels.
 */
struct sweep {
	const struct options *options;
	struct vary *varies;
	size_t varies_count;
	uint64_t combinations;
	struct loaded base;    /* the file with the values of combination 0 */
	struct scenario *last; /* the file with the values of the last combination */
	const struct kernel *kernels;
	size_t kernels_count;
	enum exit_code code; /* if sweep_open() has failed */
};

/*
 * False after printing an error, or if another program has to run it (see scenario_load()). On
 * success the first and last combination have been parsed, and kernels from files compiled.
 */
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
	const char *observer; /* --as; NULL: not given */
	struct observer_measures observed;
};

/* Runs a combination on all kernels. If not EXIT_GOOD, the error is in messages. */
enum exit_code sweep_run(const struct sweep *sweep, uint64_t combination,
			 void (*write_row)(FILE *out, const struct sweep_row *row), FILE *out,
			 FILE *messages);

/* Writes a run's values and kernel: "open=10ms on 5.8". */
void sweep_say_run(const struct sweep *sweep, uint64_t run, FILE *out);

/* A hash of everything that determines the rows: equal numbers mean parts of the same sweep. */
uint64_t sweep_number(const struct sweep *sweep);

#endif
