/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The interface of an output format: gets the records of a run one by one. */
#ifndef LWSIM_SIM_RUN_WRITER_H
#define LWSIM_SIM_RUN_WRITER_H

#include <stdio.h>

#include "model/machine.h"
#include "sim/run/trace.h"

/* The run that is written, for formats that print it. */
struct run_info {
	const struct scenario *scenario;
	const struct kernel *kernel;
	const char *device; /* --device: [NETNS/]DEV; NULL: all */
	bool is_wide;	    /* --wide: everything, one line each; otherwise what fits on a screen */
	bool is_colored;
	enum observer_id observer; /* --as; OBSERVER_COUNT: not one of them */
};

struct writer {
	/* called for each record; it is valid during the call */
	void (*record)(struct writer *writer, const struct record *record);
	/*
	 * called for each decision of the model; the event and the namespace's name are valid
	 * during the call. NULL: not needed
	 */
	void (*trace)(struct writer *writer, const struct machine *m,
		      const struct trace_event *event, const char *netns);
	/* called before time passes and at the end of the run: write everything buffered */
	void (*flush)(struct writer *writer);
	void (*free)(struct writer *writer);
};

/*
 * A value of --format or --as: a format, or an observer, which prints in a format of its own.
 * Tables of these end with a NULL name.
 */
struct format {
	const char *name;
	const char *help; /* NULL: the name is enough */
	/*
	 * Writes to out, which the caller owns, until writer->free(); info must live as long. NULL:
	 * the command writes its result itself.
	 */
	struct writer *(*writer_new)(FILE *out, const struct run_info *info);
	int id;	      /* then: the command's own id; of an observer: its enum observer_id */
	bool is_data; /* for programs: no extra lines before or between */
	/* bytes, not for a terminal; the row of lwsim-wire has writer_new: see struct parts */
	bool is_binary;
};

#endif
