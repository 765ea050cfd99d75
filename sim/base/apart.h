/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a piece of work in a separate process, so that it cannot crash this one. */
#ifndef LWSIM_SIM_BASE_APART_H
#define LWSIM_SIM_BASE_APART_H

#include <stddef.h>
#include <stdio.h>

#include "sim/base/exit.h"

struct apart {
	void (*start)(void); /* in the new process, first; may be NULL */
	/* In the new process: what it writes to out is its result. */
	void (*run)(void *data, FILE *out);
	/* In this process, with the complete result; not called if the other process ended
	 * before. */
	void (*take)(void *data, const char *text, size_t len);
	void *data;
};

/*
 * EXIT_GOOD: take() was called. EXIT_INTERRUPTED after SIGINT or SIGTERM. Otherwise the process
 * ended before it was done: its stderr and the reason go to messages.
 */
enum exit_code apart_run(const struct apart *apart, FILE *messages);

#endif
