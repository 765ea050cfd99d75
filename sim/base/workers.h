/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Spreads numbered pieces of work over processes; what they write comes back in order. */
#ifndef LWSIM_SIM_BASE_WORKERS_H
#define LWSIM_SIM_BASE_WORKERS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "sim/base/exit.h"

struct work {
	uint64_t pieces;
	unsigned int processes; /* more than pieces are not started */
	/* In a process of its own: before its first piece. May be NULL. */
	void (*start)(void *data);
	/* There: does piece `at`. What it writes to out is taken if it returns EXIT_GOOD; what it
	 * writes to messages if it does not, and then the work ends. */
	enum exit_code (*piece)(void *data, uint64_t at, FILE *out, FILE *messages);
	/* Here, piece by piece in order, whichever was done first. False: no more is wanted. */
	bool (*take)(void *data, uint64_t at, const char *text, size_t len);
	void *data;
};

/*
 * Returns the first code in order that is not EXIT_GOOD, after its messages have gone to stderr;
 * EXIT_INTERRUPTED after SIGINT or SIGTERM, unless they are ignored. take() has been called for all
 * pieces before, each as a whole, and no process is left. stdout is flushed whenever it has to wait.
 */
enum exit_code workers_run(const struct work *work);

/* CPUs that this process may use. */
unsigned int workers_cpus(void);

#endif
