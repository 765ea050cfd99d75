/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Standard output that ends at the first error, so that what was printed has no hole. */
#ifndef LWSIM_SIM_BASE_STANDARD_OUTPUT_H
#define LWSIM_SIM_BASE_STANDARD_OUTPUT_H

#include <stdbool.h>

/*
 * Makes stdout a stream that drops everything after a write() that failed. To be called before anything is printed.
 * flushes_lines: each line is written at once. A terminal's stays as it is: libraries use its descriptor.
 */
void standard_output_begin(bool flushes_lines);
/* Flushes stdout. Returns 0, or the errno of the first write() that failed. */
int standard_output_end(void);

#endif
