/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The oracle's net/core/link_watch.c: events, and their processing. */
#ifndef LWSIM_TESTS_PROPERTY_ORACLE_LINKWATCH_H
#define LWSIM_TESTS_PROPERTY_ORACLE_LINKWATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "oracle.h"

/* linkwatch_fire_event() */
void oracle_fire(struct oracle *o, int slot);

/* The work item, once it has the lock. */
void oracle_linkwatch_run(struct oracle *o);

/* A query processes the device's event. */
/* The device's own pending event, now. */
void oracle_work_off(struct oracle *o, int slot);
void oracle_query(struct oracle *o, int slot);

/* Sets the driver's carrier; a change is counted and fires an event. */
void oracle_carrier(struct oracle *o, int slot, bool is_on);

/* dev_activate() */
void oracle_activate(struct oracle_dev *d);

/* Logs a message about the device as it is now. */
void oracle_say(struct oracle *o, int slot, enum message_kind kind, uint32_t change);

/* Sends a message and calls the notifier chain. For changed flags the message is first; for a changed
 * state the notifiers are. */
void oracle_say_flags(struct oracle *o, int slot, uint32_t flags, uint32_t change);
void oracle_say_state(struct oracle *o, int slot);

#endif
