/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call from the page: a scenario, its kernels and its settings; and the JSON of the answer. */
#ifndef LWSIM_SIM_PLAYGROUND_REQUEST_H
#define LWSIM_SIM_PLAYGROUND_REQUEST_H

#include "sim/language/scenario.h"

struct request {
	struct source *source;
	struct scenario *scenario; /* NULL: there were errors */
	struct kernel *kernels;
	size_t kernels_count;
	struct param_setting *settings;
	size_t settings_count;
	char *settings_text; /* private */
};

/* The file's name in messages and pictures. */
void request_name_file(const char *name);

/*
 * Parses, and begins the answer: "{" with its diagnostics. False after an error: then the answer has
 * only its "}" to come. kernels NULL: none are needed. The caller calls request_close() either way.
 */
bool request_open(const char *text, const char *kernels, const char *settings,
		  struct request *ret_request, FILE *out);
/* The same for a function that takes one kernel: "" is the file's own. */
bool request_open_one(const char *text, const char *kernel, const char *settings,
		      struct request *ret_request, FILE *out);
void request_close(struct request *request);

/* Starts the next answer; the text of the last one is gone. */
FILE *answer_begin(void);
/* Ends it, with "}". */
const char *answer_end(FILE *out);

/* Writes ,"NAME":"TEXT". */
void answer_string(FILE *out, const char *name, const char *text);
/* Writes ,"NAME":true or false. */
void answer_flag(FILE *out, const char *name, bool is_set);
/* Writes ,"NAME":["KERNEL",...]. */
void answer_kernels(FILE *out, const char *name, const struct kernel *kernels, size_t count);
/* Writes "printed":TEXT,"diagnostics":[...] of all. */
void answer_diagnostics(FILE *out, const struct diags *diags);
/* Writes {"severity",...} of one diagnostic; span NULL: none. */
void answer_diagnostic(FILE *out, const struct source *source, enum severity severity,
		       const struct span *span, const char *text);

#endif
