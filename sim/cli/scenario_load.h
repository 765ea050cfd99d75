/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads a command's scenario and applies its options. */
#ifndef LWSIM_SIM_CLI_SCENARIO_LOAD_H
#define LWSIM_SIM_CLI_SCENARIO_LOAD_H

#include "sim/cli/command.h"

/* A scenario and the file it was read from. */
struct loaded {
	struct source *source;
	struct scenario *scenario;
	bool is_read; /* the file could be read, even if it is wrong */
};

/*
 * Reads and parses. False after printing the errors to messages, or after setting
 * *options->wants_loader.
 */
bool scenario_load(const char *path, const struct options *options, FILE *messages,
		   struct loaded *ret_loaded);
void loaded_free(struct loaded *loaded);

/*
 * --until, perhaps in the scenario's jiffies; -1 if not given. False if it is not a time, after
 * printing an error.
 */
bool until_ns(const struct options *options, const struct scenario *scenario, int64_t *ret_ns);

/* The command line's kernel, else the file's. */
const struct kernel *run_kernel(const struct options *options, const struct scenario *scenario);
/*
 * The command line's kernels, else the file's `compare` line, else its single kernel. Returns the
 * count.
 */
size_t runs_kernels(const struct scenario *scenario, const struct options *options,
		    const struct kernel **ret_kernels);

#endif
