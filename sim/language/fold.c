/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Folds consecutively numbered names into one. */
#include "sim/language/fold.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The number at the end of name; NULL if there is none that can be continued. */
static const char *number_of(const char *name)
{
	const char *end = name + strlen(name), *at = end;

	while (at > name && at[-1] >= '0' && at[-1] <= '9')
		at--;
	if (at == end || at == name || end - at > 9 || (*at == '0' && end - at > 1))
		return NULL;
	return at;
}

void fold_start(struct fold *fold, const char *name)
{
	const char *number = number_of(name);
	size_t len = number ? (size_t)(number - name) : strlen(name);

	memcpy(fold->base, name, len);
	fold->base[len] = '\0';
	fold->has_number = number != NULL;
	fold->first = number ? (uint32_t)strtoul(number, NULL, 10) : 0;
	fold->last = fold->first;
}

bool fold_add(struct fold *fold, const char *name)
{
	struct fold next;

	fold_start(&next, name);
	if (!fold->has_number || !next.has_number || strcmp(fold->base, next.base) != 0 ||
	    next.first != fold->last + 1)
		return false;
	fold->last = next.first;
	return true;
}

int fold_compare(const char *a, const char *b)
{
	struct fold fold_a, fold_b;
	int order;

	fold_start(&fold_a, a);
	fold_start(&fold_b, b);
	order = strcmp(fold_a.base, fold_b.base);
	if (order)
		return order;
	if (fold_a.has_number != fold_b.has_number)
		return fold_b.has_number ? -1 : 1;
	return fold_a.first < fold_b.first ? -1 : fold_a.first > fold_b.first;
}

void fold_name(const struct fold *fold, char ret_name[FOLD_NAME_MAX_BYTES])
{
	if (!fold->has_number)
		strcpy(ret_name, fold->base);
	else if (fold->first == fold->last)
		snprintf(ret_name, FOLD_NAME_MAX_BYTES, "%s%" PRIu32, fold->base, fold->first);
	else
		snprintf(ret_name, FOLD_NAME_MAX_BYTES, "%s{%" PRIu32 "..%" PRIu32 "}", fold->base,
			 fold->first, fold->last);
}
