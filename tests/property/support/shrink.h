/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shrinks a sequence that shows a failure. */
#ifndef LWSIM_TESTS_PROPERTY_SHRINK_H
#define LWSIM_TESTS_PROPERTY_SHRINK_H

#include <stdbool.h>

/*
 * Removes those of items [0, count) that the failure does not need: large parts first, then one by one.
 * without(user, first, n) tries without items [first, first + n) of the remaining ones, removes them if
 * it still fails, and returns whether it does. Returns how many remain.
 */
int shrink(int count, bool (*without)(void *user, int first, int n), void *user);

#endif
