/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lets time pass on a machine. */
#ifndef LWSIM_TESTS_PROPERTY_RUN_TO_H
#define LWSIM_TESTS_PROPERTY_RUN_TO_H

#include <stdbool.h>
#include <stdint.h>

#include "model/machine.h"

/* All happens that is due by to_ns, and the clock stands there. False: there was no end to it. */
bool machine_run_to(struct machine *m, int64_t to_ns);

#endif
