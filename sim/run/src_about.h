/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What of a kernel with a link_watch.c from a file is compiled, and what lwsim runs in place of the rest. */
#ifndef LWSIM_SIM_RUN_SRC_ABOUT_H
#define LWSIM_SIM_RUN_SRC_ABOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "model/kernel.h"

/* A function that decides on link state and is not what lwsim's kernel was recorded with. */
struct src_difference {
	const char *path;     /* in the tree */
	const char *function; /* NULL: all that a patch changes in a file that is not there */
	const char *change;   /* the base's change that stands for it; NULL: nothing does */
	bool is_patched;      /* by patch= */
};

struct src_about {
	char *compiled; /* "net/core/link_watch.c of TREE" */
	char *patch;	/* its path, hash and subject; NULL: none */
	char *rest;	/* "lwsim's 6.1" */
	char *not_compared; /* why some of the tree's other functions were not looked at; NULL: all were */
	struct src_difference *differences;
	size_t differences_count;
};

/* Whether runs show what the tree would do: each difference has a change that stands for it. */
bool src_about_is_known(const struct src_about *about);

/*
 * Calls `line` with each line that a reader of a result needs, without its end: first the functions that differ and were
 * not run, then what was compiled.
 */
void src_about_lines(const struct src_about *about, void (*line)(void *data, const char *text),
		     void *data);

/* For outputs with little room: the kernel that stands for the rest, as "6.1"; "" if the kernel has no file. */
void src_rest_name(const struct kernel *kernel, char ret_name[KERNEL_NAME_MAX_BYTES]);

struct src_loader;

/*
 * Prints these lines, each after `prefix`, for those of the kernels that have a file, each once. They must have been
 * prepared.
 */
void src_about_write(FILE *out, const char *prefix, const struct src_loader *loader,
		     const struct kernel *kernels, size_t count);

#endif
