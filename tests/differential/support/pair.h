/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The port and a file, running the same steps side by side. */
#ifndef LWSIM_TESTS_DIFFERENTIAL_PAIR_H
#define LWSIM_TESTS_DIFFERENTIAL_PAIR_H

#include "side.h"

struct pair_config {
	const char *port, *file; /* names of kernels; they outlive the pair */
	uint32_t hz;
	int slots; /* maximum of slots in a sequence, including `lo` */
};

struct pair {
	struct pair_config config;
	struct kernel port_kernel, file_kernel;
	struct side port, file;
	void *port_boot, *file_boot; /* copies of both at boot */
};

/* Creates both machines at boot; false after printing the reason to stderr. */
bool pair_init(struct pair *pair, const struct pair_config *config);
void pair_free(struct pair *pair);

/* Creates another machine with its own copy of the file; false after printing the reason. */
bool pair_load(const struct pair *pair, struct side *ret_side);
void pair_unload(struct side *side);

/* Resets both to boot, to run these steps. */
void pair_boot(struct pair *pair, const struct steps *steps);

/* Runs a step on both; false if they differ. */
bool pair_step(struct pair *pair, int at);

/* Runs all steps from boot: returns the first after which they differ; -1: none. */
int pair_run(struct pair *pair, const struct steps *steps);

#endif
