/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The state of an open run between two of its parts, to go back to. */
#ifndef LWSIM_SIM_RUN_SAVED_RUN_H
#define LWSIM_SIM_RUN_SAVED_RUN_H

#include "sim/run/runner.h"

struct saved_run;

/*
 * NULL: this cannot be saved, as a command waits or link_watch.c is from a file. The statements that
 * have been run must outlive it.
 */
struct saved_run *saved_run_new(const struct runner *runner);
void saved_run_free(struct saved_run *saved); /* free(NULL) is fine */
/* Only for the runner that it was made of. */
void saved_run_restore(const struct saved_run *saved, struct runner *runner);

#endif
