/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file's static variables belong to its machine: they survive save and restore, other copies, and
 * unloading. */
#ifndef LWSIM_TESTS_DIFFERENTIAL_COPIES_H
#define LWSIM_TESTS_DIFFERENTIAL_COPIES_H

#include "pair.h"

/* Each returns NULL, or the failed condition as static text. The pair agrees on the steps. */

/* Saves both machines half-way, runs on to the end, restores them and repeats that: the result is the
 * same. */
const char *check_restore(struct pair *pair, const struct steps *steps);

/* Another machine with the same object, half a sequence ahead, does not interfere, and gives the same
 * result. */
const char *check_beside(struct pair *pair, struct side *other, const struct steps *steps);

/* A file that is unloaded with events pending starts clean when loaded again. */
const char *check_reload(struct pair *pair, const struct steps *steps);

#endif
