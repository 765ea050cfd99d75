/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The values that `lwsim sweep --vary` gives a parameter. */
#ifndef LWSIM_SIM_SWEEP_VARY_H
#define LWSIM_SIM_SWEEP_VARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/*
 * PARAM=ITEM[,ITEM...], where an ITEM is a value as a `param` line could have it, or
 * FROM..TO/STEP: numbers in the units of the language, of which all or none are in j. FROM is the
 * first value and the last is at most TO; they are written in STEP's unit, so 0s..1s/250ms is
 * 0ms,250ms,500ms,750ms,1000ms.
 */
struct vary {
	char *name;
	struct vary_item *items;
	size_t items_count;
	uint64_t count; /* of values; VARY_COUNT_MAX stands for more, too */
};

#define VARY_COUNT_MAX UINT64_C(1000000000000)

/* False after saying all that is wrong with the text to messages; nothing is to be freed then. */
bool vary_read(const char *text, FILE *messages, struct vary *ret_vary);
void vary_free(struct vary *vary);

/* Longer than any value that can stand in a line, with its NUL. */
#define VARY_VALUE_MAX_BYTES 4097
/* Value `at` of [0..count). */
void vary_value(const struct vary *vary, uint64_t at, char ret_value[VARY_VALUE_MAX_BYTES]);

/* The values of combination `at`, one of each: the last goes through its values first. */
void vary_values(const struct vary *varies, size_t count, uint64_t at,
		 char (*ret_values)[VARY_VALUE_MAX_BYTES]);
/* How many combinations there are; 0: more than max. */
uint64_t vary_combinations(const struct vary *varies, size_t count, uint64_t max);

#endif
