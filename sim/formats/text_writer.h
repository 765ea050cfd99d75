/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text format. */
#ifndef LWSIM_SIM_FORMATS_TEXT_WRITER_H
#define LWSIM_SIM_FORMATS_TEXT_WRITER_H

#include "sim/run/writer.h"

/* What the text format shows beside the messages. */
enum text_options {
	TEXT_COLOR = 1 << 0,
	TEXT_HEAD = 1 << 1,    /* title, kernel and column heads */
	TEXT_ACTIONS = 1 << 2, /* the statements, and how long RUNNING came after UP */
};

struct writer *text_writer_new(FILE *out, const struct run_info *info, unsigned int options);

#endif
