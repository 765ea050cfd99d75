/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of kernels that have their link_watch.c from a file: src:PATH[,base=KERNEL][,patch=DIFF]. */
#ifndef LWSIM_SIM_LANGUAGE_SRC_NAME_H
#define LWSIM_SIM_LANGUAGE_SRC_NAME_H

#include "model/kernel.h"

/* What a name comes to. The strings are allocated; src_name_free() frees them. */
struct src_name {
	char *tree;  /* the tree's root; NULL: PATH is a file, and in no tree */
	char *file;  /* its link_watch.c */
	char *patch; /* NULL: none */
	struct kernel base;
};

/* Where in a name something is wrong, and what (allocated; the caller frees). */
struct src_name_error {
	size_t off, len;
	char *text;
};

bool kernel_is_src(const char *text, size_t len);

/*
 * Reads a name of any kernel: VERSION[+CHANGE...] as kernel_parse(), or src:... Returns 0; -1 with *reterr_error set
 * for a src: name; or what kernel_parse() returns, with *reterr_error's off and len set and no text. Of a src:
 * kernel ret_kernel->source is `text` itself, which has to be NUL-terminated and to live as long as the kernel; the
 * rest is its base.
 */
int kernel_read(const char *text, size_t len, struct kernel *ret_kernel,
		struct src_name_error *reterr_error);

/* The same of a name that kernel_read() has taken, with the file's place. 0, or -1 if the files changed meanwhile. */
int src_name_parse(const char *text, struct src_name *ret_name,
		   struct src_name_error *reterr_error);
void src_name_free(struct src_name *name);

#endif
