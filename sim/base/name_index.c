/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers by name, in a hash table of uthash. */
#include "sim/base/name_index.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"

#define uthash_malloc(bytes) xmalloc(bytes)
#include <uthash.h>

struct name_entry {
	UT_hash_handle hh;
	size_t number;
	char name[];
};

size_t *name_index_find(const struct name_index *index, const char *name)
{
	struct name_entry *entry;

	HASH_FIND_STR(index->entries, name, entry);
	return entry ? &entry->number : NULL;
}

size_t *name_index_at(struct name_index *index, const char *name)
{
	size_t *number = name_index_find(index, name), bytes = strlen(name) + 1;
	struct name_entry *entry;

	if (number)
		return number;
	entry = xmalloc(sizeof(*entry) + bytes);
	entry->number = SIZE_MAX;
	memcpy(entry->name, name, bytes);
	HASH_ADD_STR(index->entries, name, entry);
	return &entry->number;
}

void name_index_free(struct name_index *index)
{
	struct name_entry *entry, *next;

	HASH_ITER(hh, index->entries, entry, next)
	{
		HASH_DEL(index->entries, entry);
		free(entry);
	}
}
