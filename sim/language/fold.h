/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Folds equal lines about d0, d1, d2, ... into one about d{0..2}. */
#ifndef LWSIM_SIM_LANGUAGE_FOLD_H
#define LWSIM_SIM_LANGUAGE_FOLD_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/language/scenario.h"

#define FOLD_NAME_MAX_BYTES (LABEL_MAX_BYTES + 32)

/* One device, or several with consecutive numbers. */
struct fold {
	char base[LABEL_MAX_BYTES]; /* the name without its number, if it has one */
	bool has_number;
	uint32_t first, last;
};

void fold_start(struct fold *fold, const char *name);
/* Adds name if it has the next number; false, with no change, if not. */
bool fold_add(struct fold *fold, const char *name);
/* Orders names so that those that fold are adjacent: d9 before d10. */
int fold_compare(const char *a, const char *b);
/* "eth0", or "d{0..249}". */
void fold_name(const struct fold *fold, char ret_name[FOLD_NAME_MAX_BYTES]);

#endif
