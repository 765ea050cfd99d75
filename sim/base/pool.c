/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory for a parsed scenario, freed all at once. */
#include "sim/base/pool.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"

/* The first chunk holds a usual scenario; later ones double in size up to the limit. */
#define CHUNK_FIRST_BYTES 4096U
#define CHUNK_MAX_BYTES (1U << 20)

struct chunk {
	struct chunk *next;
	size_t size, used;
	max_align_t data[];
};

struct pool {
	struct chunk *chunk;
	size_t next_bytes;
};

struct pool *pool_new(void)
{
	struct pool *pool = xmalloc(sizeof(*pool));

	pool->chunk = NULL;
	pool->next_bytes = CHUNK_FIRST_BYTES;
	return pool;
}

/* Frees the chunks that are newer than this one. */
static void chunks_free(struct pool *pool, struct chunk *until)
{
	while (pool->chunk != until) {
		struct chunk *next = pool->chunk->next;

		free(pool->chunk);
		pool->chunk = next;
	}
}

void pool_free(struct pool *pool)
{
	if (!pool)
		return;
	chunks_free(pool, NULL);
	free(pool);
}

static void chunk_add(struct pool *pool, size_t size)
{
	size_t data_bytes = size > pool->next_bytes ? size : pool->next_bytes;
	struct chunk *chunk = xcalloc(1, sizeof(*chunk) + data_bytes);

	chunk->next = pool->chunk;
	chunk->size = data_bytes;
	pool->chunk = chunk;
	if (pool->next_bytes < CHUNK_MAX_BYTES)
		pool->next_bytes *= 2;
}

void *pool_alloc(struct pool *pool, size_t size)
{
	struct chunk *chunk;
	void *memory;

	size = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
	if (!pool->chunk || pool->chunk->size - pool->chunk->used < size)
		chunk_add(pool, size);
	chunk = pool->chunk;
	memory = (char *)chunk->data + chunk->used;
	chunk->used += size;
	return memory;
}

char *pool_strndup(struct pool *pool, const char *text, size_t len)
{
	char *copy = pool_alloc(pool, len + 1);

	if (len)
		memcpy(copy, text, len);
	return copy;
}

void *pool_push(struct pool *pool, void *items, size_t count, size_t item_size)
{
	void *copy;

	/* The array is full when the count reaches a power of two; then it doubles. */
	if (count & (count - 1) || count == 1)
		return items;
	copy = pool_alloc(pool, (count ? 2 * count : 2) * item_size);
	if (count)
		memcpy(copy, items, count * item_size);
	return copy;
}

struct pool_mark pool_mark(const struct pool *pool)
{
	return (struct pool_mark){
		.chunk = pool->chunk,
		.used = pool->chunk ? pool->chunk->used : 0,
	};
}

void pool_release(struct pool *pool, const struct pool_mark *mark)
{
	struct chunk *chunk = mark->chunk;

	chunks_free(pool, chunk);
	if (!chunk)
		return;
	memset((char *)chunk->data + mark->used, 0, chunk->used - mark->used);
	chunk->used = mark->used;
}
