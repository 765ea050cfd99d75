/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads a command's scenario, and what its options say of it. */
#ifndef LWSIM_SIM_CLI_SCENARIO_LOAD_H
#define LWSIM_SIM_CLI_SCENARIO_LOAD_H

#include "sim/cli/command.h"

/* A scenario with the file it was read from. */
struct loaded {
	struct source *source;
	struct scenario *scenario;
	bool is_read; /* the file could be read, whatever is wrong with it */
};

/* Reads and parses; false after saying what is wrong to messages, or after setting *options->wants_loader. */
bool scenario_load(const char *path, const struct options *options, FILE *messages,
		   struct loaded *ret_loaded);
void loaded_free(struct loaded *loaded);

/* --until, which may count in the scenario's jiffies; false after saying that it is no time.
 * -1 if it was not given. */
bool until_ns(const struct options *options, const struct scenario *scenario, int64_t *ret_ns);

/* The kernel of the command line, else the file's. */
const struct kernel *show_kernel(const struct options *options, const struct scenario *scenario);
/* The kernels of the command line; else of the file's `compare` line; else its one. Returns how many. */
size_t runs_kernels(const struct scenario *scenario, const struct options *options,
		    const struct kernel **ret_kernels);

#endif
