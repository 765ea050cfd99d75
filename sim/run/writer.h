/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An output format: takes the records of a run one by one. A new format is one new file. */
#ifndef LWSIM_SIM_RUN_WRITER_H
#define LWSIM_SIM_RUN_WRITER_H

#include <stdio.h>

#include "model/machine.h"
#include "sim/run/trace.h"

/* What is being written, for a format that says so. */
struct run_info {
	const struct scenario *scenario;
	const struct kernel *kernel;
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

/* What the text format shows beside the messages. */
enum text_options {
	TEXT_COLOR = 1 << 0,
	TEXT_HEAD = 1 << 1,    /* title, kernel and column heads */
	TEXT_ACTIONS = 1 << 2, /* the statements, and how long RUNNING came after UP */
};

/* Each writes to out, which the caller owns, until writer->free(). */
struct writer *text_writer_new(FILE *out, const struct run_info *info, unsigned int options);
struct writer *jsonl_writer_new(FILE *out, const struct run_info *info);
/* Devices as lanes of ASCII bands over a time axis, for a mail; all of it is written by writer->free(). */
struct writer *lanes_writer_new(FILE *out, const struct run_info *info);
/* What systemd-networkd logs. */
struct writer *networkd_writer_new(FILE *out);
/* When a DHCP client that waits for IFF_RUNNING would send its first DISCOVER. */
struct writer *dhcp_writer_new(FILE *out);

#endif
