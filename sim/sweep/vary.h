/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The values that `lwsim sweep --vary` gives to a parameter. */
#ifndef LWSIM_SIM_SWEEP_VARY_H
#define LWSIM_SIM_SWEEP_VARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/*
 * PARAM=ITEM[,ITEM...]. An ITEM is a value as in a `param` line, or FROM..TO/STEP: numbers in the
 * language's units, all in j or none. The values start at FROM and end at or below TO. They are
 * written in STEP's unit: 0s..1s/250ms is 0ms,250ms,500ms,750ms,1000ms.
 */
struct vary {
	char *name;
	struct vary_item *items;
	size_t items_count;
	uint64_t count; /* number of values; VARY_COUNT_MAX: that many or more */
};

#define VARY_COUNT_MAX UINT64_C(1000000000000)

/* False after writing all errors to messages; then nothing is to be freed. */
bool vary_read(const char *text, FILE *messages, struct vary *ret_vary);
void vary_free(struct vary *vary);

/* Longer than any value that fits in a line, with its NUL. */
#define VARY_VALUE_MAX_BYTES 4097
/* Value number `at`, from 0. */
void vary_value(const struct vary *vary, uint64_t at, char ret_value[VARY_VALUE_MAX_BYTES]);

/* The values of combination `at`, one per parameter; the last parameter varies fastest. */
void vary_values(const struct vary *varies, size_t count, uint64_t at,
		 char (*ret_values)[VARY_VALUE_MAX_BYTES]);
/* The number of combinations; 0: more than max. */
uint64_t vary_combinations(const struct vary *varies, size_t count, uint64_t max);

#endif
