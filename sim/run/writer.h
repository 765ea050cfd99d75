/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An output format: takes the records of a run one by one. */
#ifndef LWSIM_SIM_RUN_WRITER_H
#define LWSIM_SIM_RUN_WRITER_H

#include <stdio.h>

#include "model/machine.h"
#include "sim/run/trace.h"

/* What is being written, for a format that says so. */
struct run_info {
	const struct scenario *scenario;
	const struct kernel *kernel;
	const char *device; /* --device: [NETNS/]DEV; NULL: all */
};

struct writer {
	/* a record has come; it is valid during the call */
	void (*record)(struct writer *writer, const struct record *record);
	/* the model has taken a decision; valid during the call, as is the name of the device's namespace. NULL: it is
	 * not asked for */
	void (*trace)(struct writer *writer, const struct machine *m,
		      const struct trace_event *event, const char *netns);
	/* time is about to pass, or the run is over: nothing may be held back */
	void (*flush)(struct writer *writer);
	void (*free)(struct writer *writer);
};

/* A word that --format or --as takes: a format, or an observer, whose words are a format of their own. Tables of these
 * end with a name NULL. */
struct format {
	const char *name;
	const char *help; /* NULL: the name says it */
	/* Writes to out, which the caller owns, until writer->free(); info has to live as long. NULL: the command
	 * writes by itself what it has found out. */
	struct writer *(*writer_new)(FILE *out, const struct run_info *info);
	int id; /* the command's own, then */
};

#endif
