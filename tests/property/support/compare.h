/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a run of the model says and is what it should; what differs goes to model_run_wrong(). */
#ifndef LWSIM_TESTS_PROPERTY_COMPARE_H
#define LWSIM_TESTS_PROPERTY_COMPARE_H

#include <stddef.h>

#include "message.h"
#include "model_run.h"
#include "oracle.h"

/* Two logs, of which `whose` has the expected one and the run has got the other. */
void compare_messages(struct model_run *run, const char *whose, const struct message *expected,
		      size_t expected_count, const struct message *got, size_t got_count);

/* All that can be seen: the oracle's log with the run's from log_before on, each device, the
 * event list, the work item and its timer, what ops returned. */
void compare_all(struct model_run *run, const struct oracle *o, size_t log_before);

#endif
