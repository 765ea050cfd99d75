/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a program in the initial namespace that listens to RTNLGRP_LINK gets: only that namespace's
 * messages, which name other namespaces by numbers of its own.
 */
#ifndef LWSIM_SIM_RUN_LISTENER_H
#define LWSIM_SIM_RUN_LISTENER_H

#include "sim/run/trace.h"

/* Zeroed at the start. */
struct listener {
	char **netns; /* by number */
	size_t count, capacity;
	size_t left_out; /* messages of other namespaces */
};

/* Whether it gets the record: a message, and of the initial namespace. Counts those left out. */
bool listener_hears(struct listener *listener, const struct record *record);
/* The number of a namespace: the next one at its first use, as the kernel gives them. */
int32_t listener_nsid(struct listener *listener, const char *netns);
/* Says on standard error how many messages were left out, if any. */
void listener_end(struct listener *listener);

#endif
