/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The daemons' rules: when each of them takes a device for usable. */
#ifndef LWSIM_SIM_OBSERVERS_RULES_H
#define LWSIM_SIM_OBSERVERS_RULES_H

#include "sim/run/opinion.h"

/* Whether a program with this rule would use a device whose last message says this. */
bool observer_is_up(enum observer_id id, uint32_t flags, uint8_t operstate);
/* What it takes for up: "UP RUNNING LOWER_UP". */
const char *observer_rule(enum observer_id id);

/* See struct observer_calls. */
void opinion_message(enum observer_id id, struct opinion *opinion, const struct record *record);
void opinion_pass(enum observer_id id, struct opinion *opinion, int64_t now_ns);
/* Whether it polls, and does not listen. */
bool observer_polls(enum observer_id id);

/* For run_options.observers. */
extern const struct observer_calls observer_calls;

#endif
