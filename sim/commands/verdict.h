/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `lwsim test` finds out, and how it reports it. */
#ifndef LWSIM_SIM_COMMANDS_VERDICT_H
#define LWSIM_SIM_COMMANDS_VERDICT_H

#include <stdio.h>

#include "model/kernel.h"
#include "sim/base/exit.h"

/* A file on one kernel; or a file that is wrong, on none. */
struct verdict {
	char *path;
	char kernel[KERNEL_NAME_MAX_BYTES]; /* "" if there is none */
	enum exit_code code;
	char *messages; /* what is wrong; "" if nothing */
};

struct verdicts {
	struct verdict *items;
	size_t count;
};

/* Takes messages over. */
void verdicts_add(struct verdicts *verdicts, const char *path, const struct kernel *kernel,
		  enum exit_code code, char *messages);
void verdicts_free(struct verdicts *verdicts);
enum exit_code verdicts_code(const struct verdicts *verdicts);

enum verdict_format {
	VERDICT_TEXT, /* a line each, what is wrong, and `N passed, N failed` */
	VERDICT_TAP,  /* TAP 13 */
	VERDICT_JUNIT /* JUnit XML */
};
void verdicts_write(FILE *out, const struct verdicts *verdicts, enum verdict_format format);

#endif
