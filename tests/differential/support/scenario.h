/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes steps as a scenario. */
#ifndef LWSIM_TESTS_DIFFERENTIAL_SCENARIO_H
#define LWSIM_TESTS_DIFFERENTIAL_SCENARIO_H

#include <stdio.h>

#include "pair.h"

/* Writes the steps as input for lwsim. Steps without effect because a device was missing are left out;
 * a command that fails on the port is written with the expected error. */
void scenario_write(FILE *out, struct pair *pair, const struct steps *steps);

#endif
