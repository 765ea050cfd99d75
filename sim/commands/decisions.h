/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which of linkwatch's decisions the scenarios take, on a kernel that lwsim models. */
#ifndef LWSIM_SIM_COMMANDS_DECISIONS_H
#define LWSIM_SIM_COMMANDS_DECISIONS_H

#include "sim/run/writer.h"

struct decisions;

/* Copies the kernel. */
struct decisions *decisions_new(const struct kernel *kernel);
void decisions_free(struct decisions *decisions); /* free(NULL) is fine */

/* For the next run, of this scenario; to be freed by writer->free() before the decisions. */
struct writer *decisions_writer_new(struct decisions *decisions, const char *scenario);

/* How many are taken, those that are not, and those that only one scenario takes. */
void decisions_write(FILE *out, const struct decisions *decisions);

#endif
