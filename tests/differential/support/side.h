/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One of the two machines. Runs steps on it in the way lwsim runs statements. */
#ifndef LWSIM_TESTS_DIFFERENTIAL_SIDE_H
#define LWSIM_TESTS_DIFFERENTIAL_SIDE_H

#include <stdio.h>

#include "model/machine.h"
#include "step.h"

#define WAITERS_MAX 1024 /* commands that wait for rtnl at one time */

/* The result of one of a step's commands. */
struct outcome {
	int at; /* index of the step */
	int slot;
	int netns; /* its namespace; -1: one without a name */
	int err;   /* 0 or -errno */
};

/* What was observed of a machine, outside of it; saved with a copy. */
struct seen {
	struct net *nets[NETNS_MAX + 1]; /* by number; NULL: no namespace with this name */
	uint64_t messages;
	uint64_t said;			    /* hash of all messages, in order */
	uint64_t results;		    /* hash of all results */
	struct net_device *devs[SLOTS_MAX]; /* the last known device of each slot */
};

struct side {
	const char *name; /* name of the kernel */
	struct machine *m;
	struct linkwatch_file *file; /* NULL: the port */
	const struct steps *steps;
	struct seen seen;
	char names[SLOTS_MAX][IFNAMSIZ];
	char broken[160]; /* the broken invariant; "": none */
	char warned[160]; /* the kernel's warning; "": none */
	FILE *tells;	  /* gets each message as text; NULL: not needed */
	/* gets each outcome; NULL: not needed */
	void (*on_outcome)(void *user, const struct outcome *outcome);
	void *user;
};

/* Creates a machine at boot; false: no memory. The caller owns the file, if any. */
bool side_init(struct side *side, const char *name, const struct kernel *kernel, uint32_t hz,
	       int slots, struct linkwatch_file *file);
void side_free(struct side *side);

/* A complete copy for side_restore(); the caller frees. */
void *side_save(const struct side *side);
void side_restore(struct side *side, const void *copy);

/* Waits as the step says, runs it, and everything that is due at once. False: it does not come to rest. */
bool side_step(struct side *side, int at);
/* Only lets time pass. */
bool side_wait(struct side *side, int64_t ns);

/* The time of the step if it comes next. */
int64_t side_step_ns(const struct side *side, const struct step *step);

#endif
