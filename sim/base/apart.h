/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Does a piece of work in a process of its own, so that it cannot take this one with it. */
#ifndef LWSIM_SIM_BASE_APART_H
#define LWSIM_SIM_BASE_APART_H

#include <stddef.h>
#include <stdio.h>

#include "sim/base/exit.h"

struct apart {
	void (*start)(void); /* in the new process, first; may be NULL */
	/* In the new process: what it writes to out is its result. */
	void (*run)(void *data, FILE *out);
	/* In this one, with the whole of that; not called if the process ended before. */
	void (*take)(void *data, const char *text, size_t len);
	void *data;
};

/*
 * EXIT_GOOD: take() was called. EXIT_INTERRUPTED after SIGINT or SIGTERM. Else the process ended
 * before it was done. What it printed to stderr goes to messages, and why it ended.
 */
enum exit_code apart_run(const struct apart *apart, FILE *messages);

#endif
