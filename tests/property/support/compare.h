/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compares a run's messages and state with the expected ones; differences go to model_run_wrong(). */
#ifndef LWSIM_TESTS_PROPERTY_COMPARE_H
#define LWSIM_TESTS_PROPERTY_COMPARE_H

#include <stddef.h>

#include "message.h"
#include "model_run.h"
#include "oracle.h"

/* Compares two logs: `whose` names the source of the expected one. */
void compare_messages(struct model_run *run, const char *whose, const struct message *expected,
		      size_t expected_count, const struct message *got, size_t got_count);

/* Compares everything visible: the oracle's log with the run's from log_before on, each device, the
 * event list, the work item and its timer, the results of ops. */
void compare_all(struct model_run *run, const struct oracle *o, size_t log_before);

#endif
