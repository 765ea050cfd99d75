/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lets time pass on a machine. */
#ifndef LWSIM_TESTS_PROPERTY_RUN_TO_H
#define LWSIM_TESTS_PROPERTY_RUN_TO_H

#include <stdbool.h>
#include <stdint.h>

#include "model/machine.h"

/* Runs everything due by to_ns, and stops the clock there. False: it did not come to rest. */
bool machine_run_to(struct machine *m, int64_t to_ns);

#endif
