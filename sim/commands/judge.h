/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `lwsim test` finds out, and how it tells. */
#ifndef LWSIM_SIM_COMMANDS_JUDGE_H
#define LWSIM_SIM_COMMANDS_JUDGE_H

#include "sim/cli/cli.h"

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

/* text: a line each, what is wrong, and `N passed, N failed`; TAP 13; JUnit XML. */
void verdicts_write(FILE *out, const struct verdicts *verdicts, enum format format);

/*
 * Snapshots: how a run's messages stand in the file, and a comparison with what stands there.
 * The caller frees the text.
 */
char *snapshot_text(const struct scenario *scenario, const struct kernel *kernel,
		    const struct trace *trace);
/* The one of that kernel; NULL: there is none. */
const struct snapshot *snapshot_find(const struct scenario *scenario, const struct kernel *kernel);
/* False after a diagnostic at the first line that differs. One that lacks while others are
 * there is a difference too. */
bool snapshot_compare(const struct scenario *scenario, const struct kernel *kernel,
		      const char *text, FILE *messages);
/* Writes the file anew with these snapshots in place of those that it has: all of it or nothing.
 * False after saying why not. */
bool snapshots_write(const struct scenario *scenario, const struct kernel *kernels,
		     char *const *texts, size_t count, FILE *messages);

#endif
