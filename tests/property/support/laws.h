/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Laws that need no oracle; violations go to model_run_wrong(). */
#ifndef LWSIM_TESTS_PROPERTY_LAWS_H
#define LWSIM_TESTS_PROPERTY_LAWS_H

#include <stddef.h>

#include "model_run.h"

/* A second passes between two full runs. To be passed to model_run_start(); user is the run. */
void law_full_runs(void *user, const struct trace_event *event);

/* Every device has fired, and for 2 s nothing has changed: the stored state is a function of the
 * driver's bits and the mode. To be called after op steady_at. */
void law_steady(struct model_run *run);

/* Carrier came back after its loss was processed: the message is sent in the same jiffy. To be called
 * after op prompt_at; log_before is the log's length before it. */
void law_prompt(struct model_run *run, int slot, size_t log_before);

#endif
