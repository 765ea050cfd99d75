/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of kernels with a link_watch.c from a file: src:PATH[,base=KERNEL][,patch=DIFF]. */
#ifndef LWSIM_SIM_LANGUAGE_SRC_NAME_H
#define LWSIM_SIM_LANGUAGE_SRC_NAME_H

#include "model/kernel.h"

/* A parsed name. src_name_free() frees the strings. */
struct src_name {
	char *tree;  /* root of the tree; NULL: the file is not in one */
	char *file;  /* the link_watch.c */
	char *patch; /* NULL: none */
	struct kernel base;
	bool has_base; /* named, not taken from the tree's Makefile */
};

/* Position and text of an error in a name (allocated; the caller frees). */
struct src_name_error {
	size_t off, len;
	char *text;
};

bool kernel_is_src(const char *text, size_t len);

/*
 * Parses any kernel's name: VERSION[+CHANGE...], or src:... Returns 0 with no text in *reterr_error,
 * or -1 with all of it set. For a src: kernel, ret_kernel->source is `text` itself, which must be
 * NUL-terminated and outlive the kernel; the other fields are its base's.
 */
int kernel_read(const char *text, size_t len, struct kernel *ret_kernel,
		struct src_name_error *reterr_error);

/*
 * Parses a name that kernel_read() has accepted, and returns its files. -1 if the files have
 * changed since.
 */
int src_name_parse(const char *text, struct src_name *ret_name,
		   struct src_name_error *reterr_error);
void src_name_free(struct src_name *name);

#endif
