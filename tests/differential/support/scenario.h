/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steps as a scenario. */
#ifndef LWSIM_TESTS_DIFFERENTIAL_SCENARIO_H
#define LWSIM_TESTS_DIFFERENTIAL_SCENARIO_H

#include <stdio.h>

#include "pair.h"

/* What lwsim would have to be given for the same. Steps that came to nothing for want of a device are left out; an
 * error that a command gets on the port is what it is expected to get. */
void scenario_write(FILE *out, struct pair *pair, const struct steps *steps);

#endif
