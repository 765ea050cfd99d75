/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory that lives as long as a parsed scenario and is given back at once. */
#ifndef LWSIM_SIM_BASE_POOL_H
#define LWSIM_SIM_BASE_POOL_H

#include <stddef.h>

struct pool;

struct pool *pool_new(void);
void pool_free(struct pool *pool); /* free(NULL) is fine */

/* Zeroed and aligned for any type. */
void *pool_alloc(struct pool *pool, size_t size);
/* text[0..len) and a NUL. */
char *pool_strndup(struct pool *pool, const char *text, size_t len);

/*
 * Room for item number `count` behind the `count` that are in items (NULL if none): returns
 * items, or their copy in a larger place. For arrays that grow only through this.
 */
void *pool_push(struct pool *pool, void *items, size_t count, size_t item_size);

#endif
