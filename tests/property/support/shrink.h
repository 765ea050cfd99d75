/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a sequence that shows a failure to a short one that still does. */
#ifndef LWSIM_TESTS_PROPERTY_SHRINK_H
#define LWSIM_TESTS_PROPERTY_SHRINK_H

#include <stdbool.h>

/*
 * Leaves out of items [0, count) what the failure does not need: large parts first, then one by one.
 * without(user, first, n) tries it without items [first, first + n) of those that are left, leaves them out if it
 * still fails, and says whether it does. Returns how many are left.
 */
int shrink(int count, bool (*without)(void *user, int first, int n), void *user);

#endif
