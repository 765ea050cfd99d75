/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Spreads numbered pieces of work over processes and returns their output in order. */
#ifndef LWSIM_SIM_BASE_WORKERS_H
#define LWSIM_SIM_BASE_WORKERS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "sim/base/exit.h"

struct work {
	uint64_t pieces;
	unsigned int processes; /* at most one per piece is started */
	/* In the worker, before its first piece. May be NULL. */
	void (*start)(void *data);
	/*
	 * In the worker: does piece `at`. If it returns EXIT_GOOD, what it wrote to out goes to
	 * take(); otherwise what it wrote to messages goes to stderr, and the work ends.
	 */
	enum exit_code (*piece)(void *data, uint64_t at, FILE *out, FILE *messages);
	/* In the parent, in order of the pieces, whichever finished first. False: stop. */
	bool (*take)(void *data, uint64_t at, const char *text, size_t len);
	/*
	 * In the workers: handles SIGINT and SIGTERM, so that pieces end early by themselves, and
	 * take() has what they wrote. NULL: workers are killed.
	 */
	void (*interrupt)(int number);
	void *data;
	/*
	 * Gets what the workers print to stderr, and why one ended before its work was done. NULL:
	 * stderr.
	 */
	FILE *messages;
};

/*
 * Returns the first code in order that is not EXIT_GOOD, after printing its messages to stderr;
 * EXIT_INTERRUPTED after SIGINT or SIGTERM, unless they are ignored. By then take() has had
 * every earlier piece as a whole, and all workers are gone. Flushes stdout whenever it has to
 * wait. If a worker runs out of memory, this process calls out_of_memory().
 */
enum exit_code workers_run(const struct work *work);

/* Number of CPUs this process may use. */
unsigned int workers_cpus(void);

#endif
