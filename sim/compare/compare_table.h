/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table below a comparison: waits and counts, by kernel and device. */
#ifndef LWSIM_SIM_COMPARE_COMPARE_TABLE_H
#define LWSIM_SIM_COMPARE_COMPARE_TABLE_H

#include <stdio.h>

#include "sim/compare/runs.h"

/*
 * Length in bytes of the part of a kernel's name that stands in one line of `columns`: up to the
 * next '+', of a path as much as fits. 0: nothing is left at that place.
 */
size_t kernel_part_len(const struct kernel *kernel, const char *at, unsigned int columns);

/* columns 0: no limit; else long names are folded. */
void compare_table_write(FILE *out, const struct compared_run *runs, size_t count,
			 unsigned int columns);

#endif
