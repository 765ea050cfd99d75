/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Describes what was compiled for a kernel with a link_watch.c from a file, what lwsim runs in
 * place of the rest, and how far results hold. */
#ifndef LWSIM_SIM_RUN_SRC_ABOUT_H
#define LWSIM_SIM_RUN_SRC_ABOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "model/kernel.h"

/* A function that decides link state and differs from the kernel that lwsim was recorded with. */
struct src_difference {
	const char *path;     /* in the tree */
	const char *function; /* NULL: the whole file, which is not there */
	const char *change;   /* the base's change that corresponds to it; NULL: none */
	bool is_missing;      /* not in the tree */
	bool is_patched;      /* by patch= */
};

struct src_about {
	char *compiled;	      /* "net/core/link_watch.c of TREE" */
	char *patch;	      /* its path, hash and subject; NULL: none */
	char *rest;	      /* "lwsim's 6.1" */
	const char *recorded; /* the sources compared with, "6.1.192"; NULL: not compared */
	char *not_compared;   /* why the rest was not compared; NULL: it was */
	struct src_difference *differences;
	size_t differences_count;
	size_t alike; /* functions that do not differ */
};

/* How far results on a kernel hold. The later, the less. */
enum src_extent {
	SRC_TREE,     /* for the whole tree: each difference has a corresponding change */
	SRC_FILE,     /* for link_watch.c: the rest was not compared */
	SRC_NOT_KNOWN /* the tree has functions that were not run, or lacks some */
};
enum src_extent src_about_extent(const struct src_about *about);

/* What a result must say: "" for SRC_TREE. The functions were named before. */
const char *src_extent_text(enum src_extent extent);

/* The same in a line that names a function: "not known: do_setlink() (...) differs and was not
 * run". NULL for SRC_TREE. The caller frees. */
char *src_about_caveat(const struct src_about *about);

/* "do_setlink() (net/core/rtnetlink.c)", or a file's path. The caller frees. */
char *src_difference_name(const struct src_difference *difference);

/* For outputs with little room: the kernel that runs in place of the rest, such as "6.1"; "" if
 * the kernel has no file. */
void src_rest_name(const struct kernel *kernel, char ret_name[KERNEL_NAME_MAX_BYTES]);

struct src_loader;

/* Of kernels with a file, each once. All zero: none. */
struct src_abouts {
	const struct src_about **items;
	size_t count;
};

/* Does nothing for a kernel without a file. The kernel must have been prepared. */
void src_abouts_add(struct src_abouts *abouts, const struct src_loader *loader,
		    const struct kernel *kernel);
void src_abouts_free(struct src_abouts *abouts);
/* Of the worst kernel. */
enum src_extent src_abouts_extent(const struct src_abouts *abouts);

/*
 * Prints, after `prefix`, the lines that a reader of a result needs: first the functions that
 * differ and were not run, then what was compiled.
 */
void src_abouts_write(FILE *out, const char *prefix, const struct src_abouts *abouts);

/* The same for these kernels, and "not known" if results are; for results without a conclusion. */
void src_about_write(FILE *out, const char *prefix, const struct src_loader *loader,
		     const struct kernel *kernels, size_t count);

#endif
