/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the functions around link_watch.c were in the sources that lwsim's kernels were recorded with. */
#ifndef LWSIM_SIM_LOADER_RECORDED_H
#define LWSIM_SIM_LOADER_RECORDED_H

#include <stddef.h>
#include <stdint.h>

#define RECORDED_SERIES 4

struct recorded_function {
	const char *path; /* in the tree; functions of a file are adjacent */
	const char *name;
	uint64_t hashes[RECORDED_SERIES]; /* function_hash(); 0: that series has no such function */
};

/* "6.1", and the sources' whole version, "6.1.192". */
extern const char *const recorded_series[RECORDED_SERIES][2];
extern const struct recorded_function recorded_functions[];
extern const size_t recorded_functions_count;

#endif
