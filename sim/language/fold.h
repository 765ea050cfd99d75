/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Folds what is said of d0, d1, d2, ... in the same words into one line about d{0..2}. */
#ifndef LWSIM_SIM_LANGUAGE_FOLD_H
#define LWSIM_SIM_LANGUAGE_FOLD_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/language/scenario.h"

#define FOLD_NAME_MAX_BYTES (LABEL_MAX_BYTES + 32)

/* One device, or several whose names count up. */
struct fold {
	char base[LABEL_MAX_BYTES]; /* the name without its number; all of it if it has none */
	bool has_number;
	uint32_t first, last;
};

void fold_start(struct fold *fold, const char *name);
/* Takes name in if it is the next one; false and no change if it is not. */
bool fold_add(struct fold *fold, const char *name);
/* An order of names in which those that can be folded follow each other: d9 before d10. */
int fold_compare(const char *a, const char *b);
/* "eth0", or "d{0..249}". */
void fold_name(const struct fold *fold, char ret_name[FOLD_NAME_MAX_BYTES]);

#endif
