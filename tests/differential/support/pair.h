/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The port and a file, side by side through the same steps. */
#ifndef LWSIM_TESTS_DIFFERENTIAL_PAIR_H
#define LWSIM_TESTS_DIFFERENTIAL_PAIR_H

#include "side.h"

struct pair_config {
	const char *port, *file; /* kernels by name; they outlive the pair */
	uint32_t hz;
	int slots; /* most that a sequence has, `lo` included */
};

struct pair {
	struct pair_config config;
	struct kernel port_kernel, file_kernel;
	struct side port, file;
	void *port_boot, *file_boot; /* copies of both at boot */
};

/* Both machines at boot; false after saying why not to stderr. */
bool pair_init(struct pair *pair, const struct pair_config *config);
void pair_free(struct pair *pair);

/* Another machine with a copy of the file of its own. False after saying why not. */
bool pair_load(const struct pair *pair, struct side *ret_side);
void pair_unload(struct side *side);

/* Both are at boot again, with these steps before them. */
void pair_boot(struct pair *pair, const struct steps *steps);

/* Does a step on both; false: they differ. */
bool pair_step(struct pair *pair, int at);

/* From boot through all steps: the first after which they differ; -1: none. */
int pair_run(struct pair *pair, const struct steps *steps);

#endif
