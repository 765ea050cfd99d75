/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Collects diagnostics and prints them with the source line and carets. */
#ifndef LWSIM_SIM_LANGUAGE_DIAG_H
#define LWSIM_SIM_LANGUAGE_DIAG_H

#include <stdio.h>

#include "sim/language/source.h"

enum severity {
	SEVERITY_ERROR,
	SEVERITY_WARNING,
	SEVERITY_NOTE,
	SEVERITY_FAIL, /* a failed expectation */
};

/* "error", "warning", ... */
const char *severity_name(enum severity severity);

/* Errors beyond this many are counted but not kept. */
#define DIAG_MAX_ERRORS 20U
/* Parsing stops after this many. */
#define DIAG_STOP_ERRORS 1000U

/* For diag_add(): no position in the file. */
#define SPAN_NONE ((struct span){ .off = UINT32_MAX })

struct diag {
	enum severity severity;
	bool has_span;
	struct span span;
	char *text;
};

struct diags {
	const struct source *source;
	struct diag *items;
	size_t count, capacity;
	unsigned int errors; /* all errors, kept or not */
	/* set when parsing stops at DIAG_STOP_ERRORS. stopped_at: the first line not read; 0:
	 * all were read, but not all checked */
	bool is_stopped;
	uint32_t stopped_at;
};

void diags_init(struct diags *diags, const struct source *source);
void diags_free(struct diags *diags);

__attribute__((format(printf, 4, 5))) void diag_add(struct diags *diags, enum severity severity,
						    struct span span, const char *format, ...);

/*
 * Prints all in the order of the file (those without a span last):
 *
 *   PATH:LINE:COL: error: text
 *       9 | the line, tabs copied, a long one cut to a window with "..."
 *         |     ^^^^ under the span (at least one caret)
 *
 * and the number of errors that were not kept, if any. Text that is too long for WRAP_COLUMNS, the
 * path not counted, continues on the next line, indented.
 */
void diags_print(const struct diags *diags, FILE *out);

/* Prints one diagnostic at once; without a span (NULL): "SEVERITY: text". */
__attribute__((format(printf, 5, 6))) void diag_print(FILE *out, const struct source *source,
						      enum severity severity,
						      const struct span *span, const char *format,
						      ...);

#endif
