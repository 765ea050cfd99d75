/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text format: one line per message. What it changed, or with TEXT_WIDE everything: the form of
 * snapshots, whose bytes stay.
 */
#ifndef LWSIM_SIM_FORMATS_TEXT_WRITER_H
#define LWSIM_SIM_FORMATS_TEXT_WRITER_H

#include "sim/run/writer.h"

/* What the text format shows besides the messages. */
enum text_options {
	TEXT_COLOR = 1 << 0,
	TEXT_HEAD = 1 << 1,    /* title, kernel and column headings */
	TEXT_ACTIONS = 1 << 2, /* the statements, and how long after UP RUNNING came */
	TEXT_WIDE = 1 << 3,    /* all flags, jiffy, qdisc, counters, change mask; of any width */
};

struct writer *text_writer_new(FILE *out, const struct run_info *info, unsigned int options);

#endif
