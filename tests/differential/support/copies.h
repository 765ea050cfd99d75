/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file's statics go with its machine: when that is copied and put back, beside others, and after unloading. */
#ifndef LWSIM_TESTS_DIFFERENTIAL_COPIES_H
#define LWSIM_TESTS_DIFFERENTIAL_COPIES_H

#include "pair.h"

/* Each returns NULL, or what does not hold, as static text. The steps are ones on which the pair agrees. */

/* Both machines are saved half-way, go on to the end, are restored and do that again: the same comes of it. */
const char *check_restore(struct pair *pair, const struct steps *steps);

/* Another machine with the same object, half a sequence ahead, is not in the way, and does the same. */
const char *check_beside(struct pair *pair, struct side *other, const struct steps *steps);

/* What is unloaded with events pending comes back as new. */
const char *check_reload(struct pair *pair, const struct steps *steps);

#endif
