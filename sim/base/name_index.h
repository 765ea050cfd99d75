/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers by name: a hash table. */
#ifndef LWSIM_SIM_BASE_NAME_INDEX_H
#define LWSIM_SIM_BASE_NAME_INDEX_H

#include <stddef.h>

/* All zero: empty. */
struct name_index {
	struct name_entry *entries; /* private */
};

/* The number stored under the name, to be changed; NULL: none. Valid until name_index_free(). */
size_t *name_index_find(const struct name_index *index, const char *name);
/* The same; a new name, which is copied, is stored with SIZE_MAX. */
size_t *name_index_at(struct name_index *index, const char *name);
void name_index_free(struct name_index *index);

#endif
