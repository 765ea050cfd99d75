/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The oracle's part that stands for net/core/link_watch.c: events, and what comes of them. */
#ifndef LWSIM_TESTS_PROPERTY_ORACLE_LINKWATCH_H
#define LWSIM_TESTS_PROPERTY_ORACLE_LINKWATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "oracle.h"

/* linkwatch_fire_event() */
void oracle_fire(struct oracle *o, int slot);

/* The work item, once it has the lock. */
void oracle_linkwatch_run(struct oracle *o);

/* A query of the device works its event off. */
void oracle_query(struct oracle *o, int slot);

/* The driver's carrier; a change is counted and fires. */
void oracle_carrier(struct oracle *o, int slot, bool is_on);

/* dev_activate() */
void oracle_activate(struct oracle_dev *d);

/* Logs a message about the device as it is now. */
void oracle_say(struct oracle *o, int slot, enum message_kind kind, uint32_t change);

/* Tells userspace and the notifier chain. Changed flags are told first and heard then; a
 * changed state the other way round. */
void oracle_say_flags(struct oracle *o, int slot, uint32_t flags, uint32_t change);
void oracle_say_state(struct oracle *o, int slot);

#endif
