/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The verdicts of `lwsim test` and their output. */
#ifndef LWSIM_SIM_COMMANDS_VERDICT_H
#define LWSIM_SIM_COMMANDS_VERDICT_H

#include <stdio.h>

#include "model/kernel.h"
#include "sim/base/exit.h"
#include "sim/run/src_loader.h"

/* The result of a file on one kernel, or on none if the file is wrong. */
struct verdict {
	char *path;
	char kernel[KERNEL_NAME_MAX_BYTES]; /* "" if none */
	enum exit_code code;
	char *messages; /* errors; "" if none */
};

struct verdicts {
	struct verdict *items;
	size_t count;
	struct src_abouts abouts; /* of kernels with a link_watch.c from a file */
};

/*
 * To be called for each kernel that was prepared. Adds a verdict on a tree with functions that were
 * not run.
 */
void verdicts_add_kernel(struct verdicts *verdicts, const struct src_loader *loader,
			 const struct kernel *kernel);

/* Takes ownership of messages. */
void verdicts_add(struct verdicts *verdicts, const char *path, const struct kernel *kernel,
		  enum exit_code code, char *messages);
void verdicts_free(struct verdicts *verdicts);
enum exit_code verdicts_code(const struct verdicts *verdicts);

enum verdict_format {
	VERDICT_TEXT, /* one line each, the errors, and `N passed, N failed` */
	VERDICT_TAP,  /* TAP 13 */
	VERDICT_JUNIT /* JUnit XML */
};
/* Only VERDICT_TEXT has colours. */
void verdicts_write(FILE *out, const struct verdicts *verdicts, enum verdict_format format,
		    bool is_colored);

#endif
