/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory for a parsed scenario, freed all at once. */
#ifndef LWSIM_SIM_BASE_POOL_H
#define LWSIM_SIM_BASE_POOL_H

#include <stddef.h>

struct pool;

struct pool *pool_new(void);
void pool_free(struct pool *pool); /* free(NULL) is fine */

/* Zeroed and aligned for any type. */
void *pool_alloc(struct pool *pool, size_t size);
/* A copy of text[0..len), NUL-terminated. */
char *pool_strndup(struct pool *pool, const char *text, size_t len);

/*
 * Makes room for one more item in an array of `count` (items NULL if none). Returns items, or their
 * copy in a larger array. The array must grow only through this function.
 */
void *pool_push(struct pool *pool, void *items, size_t count, size_t item_size);

/* pool_release() frees all that was allocated since that pool_mark(). */
struct pool_mark {
	struct chunk *chunk;
	size_t used;
};
struct pool_mark pool_mark(const struct pool *pool);
void pool_release(struct pool *pool, const struct pool_mark *mark);

#endif
