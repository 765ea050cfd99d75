/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One of the two machines, and what the steps do on it: as lwsim does what a scenario says. */
#ifndef LWSIM_TESTS_DIFFERENTIAL_SIDE_H
#define LWSIM_TESTS_DIFFERENTIAL_SIDE_H

#include <stdio.h>

#include "model/machine.h"
#include "step.h"

#define WAITERS_MAX 1024 /* commands that wait for rtnl at one time */

/* How one of a step's commands ended. */
struct outcome {
	int at; /* which step */
	int slot;
	int netns; /* that it was in; -1: none that has a name */
	int err;   /* 0 or -errno */
};

/* What is seen of a machine, as far as it is not in the machine; goes along with a copy. */
struct seen {
	struct net *nets[NETNS_MAX + 1]; /* by number; NULL: there is none of this name */
	uint64_t messages;
	uint64_t said;			    /* a hash of all messages, in order */
	uint64_t results;		    /* and of what commands returned */
	struct net_device *devs[SLOTS_MAX]; /* where a slot's device was last */
};

struct side {
	const char *name; /* of the kernel */
	struct machine *m;
	struct linkwatch_file *file; /* NULL: the port */
	const struct steps *steps;
	struct seen seen;
	char names[SLOTS_MAX][IFNAMSIZ];
	char broken[160]; /* the machine is; "": it is not */
	char warned[160]; /* what the kernel would have warned of; "": nothing */
	FILE *tells;	  /* gets each message as text; NULL: nobody wants it */
	/* gets each outcome; NULL: nobody wants it */
	void (*on_outcome)(void *user, const struct outcome *outcome);
	void *user;
};

/* A machine at boot; false: there is no memory for it. The file, if there is one, is the caller's. */
bool side_init(struct side *side, const char *name, const struct kernel *kernel, uint32_t hz,
	       int slots, struct linkwatch_file *file);
void side_free(struct side *side);

/* A copy of all of it to go back to, for side_restore(); the caller frees. */
void *side_save(const struct side *side);
void side_restore(struct side *side, const void *copy);

/* Waits as the step says, does it, and all that is due at once. False: there is no end to it. */
bool side_step(struct side *side, int at);
/* Only time passes. */
bool side_wait(struct side *side, int64_t ns);

/* When the step is to happen if it comes next. */
int64_t side_step_ns(const struct side *side, const struct step *step);

#endif
