/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is told of a sequence on which the two differ. */
#ifndef LWSIM_TESTS_DIFFERENTIAL_REPORT_H
#define LWSIM_TESTS_DIFFERENTIAL_REPORT_H

#include "pair.h"

/*
 * Prints what differs, on both sides, then looks for the shortest sequence that shows a difference and writes it to
 * the file `path` as a scenario; path NULL: nothing is written. One whose messages differ is preferred, as
 * `lwsim compare` then shows it.
 */
void report(struct pair *pair, const struct steps *steps, const char *path);

#endif
