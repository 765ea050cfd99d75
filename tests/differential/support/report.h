/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reports a sequence on which the two machines differ. */
#ifndef LWSIM_TESTS_DIFFERENTIAL_REPORT_H
#define LWSIM_TESTS_DIFFERENTIAL_REPORT_H

#include "pair.h"

/*
 * Prints the difference on both sides, then searches for the shortest sequence that shows one and
 * writes it to the file `path` as a scenario; path NULL: writes nothing. Prefers a difference in
 * messages, because `lwsim compare` shows those.
 */
void report(struct pair *pair, const struct steps *steps, const char *path);

#endif
