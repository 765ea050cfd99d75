/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copies as differences: a bit for each word of 8 bytes, then the words that differ. */
#include "sim/explore/saves.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/explore/pages.h"

/* Words that are compared at once. */
#define LINE_WORDS 16
#define CHUNK_BYTES ((size_t)1 << 20)
#define LARGE_CHUNK_BYTES ((size_t)8 << 20) /* once there are as many in small ones */

struct saves_chunk {
	struct saves_chunk *next;
	size_t used, capacity;
	_Alignas(uint64_t) unsigned char bytes[];
};

static size_t mask_words(const struct saves_base *base)
{
	return (base->count / 8 + 63) / 64;
}

size_t saves_bytes_max(const struct saves_base *base)
{
	return (mask_words(base) + 1) * 8 + base->count; /* a word more is written than counts */
}

size_t saves_difference(const struct saves_base *base, const unsigned char *copy,
			unsigned char *ret_saved)
{
	size_t words = base->count / 8, masks = mask_words(base);
	const uint64_t *from = (const uint64_t *)(const void *)copy;
	const uint64_t *first = (const uint64_t *)(const void *)base->bytes;
	uint64_t *mask = (uint64_t *)(void *)ret_saved, *at = mask + masks;

	memset(mask, 0, masks * 8);
	for (size_t line = 0; line < words; line += LINE_WORDS) {
		size_t end = line + LINE_WORDS < words ? line + LINE_WORDS : words;

		if (memcmp(from + line, first + line, (end - line) * 8) == 0)
			continue; /* most are the same */
		for (size_t i = line; i < end;
		     i++) { /* without a branch: which differ is a matter of chance */
			bool differs = from[i] != first[i];

			*at = from[i];
			mask[i / 64] |= (uint64_t)differs << (i % 64);
			at += differs;
		}
	}
	return (size_t)((unsigned char *)at - ret_saved);
}

size_t saves_bytes(const struct saves_base *base, const unsigned char *saved)
{
	const uint64_t *mask = (const uint64_t *)(const void *)saved;
	size_t masks = mask_words(base), words = masks;

	for (size_t i = 0; i < masks; i++)
		words += (size_t)__builtin_popcountll(mask[i]);
	return words * 8;
}

void saves_read(const struct saves_base *base, const unsigned char *saved, unsigned char *ret_copy)
{
	size_t masks = mask_words(base);
	const uint64_t *mask = (const uint64_t *)(const void *)saved, *at = mask + masks;
	uint64_t *to = (uint64_t *)(void *)ret_copy;

	memcpy(ret_copy, base->bytes, base->count);
	for (size_t i = 0; i < masks; i++)
		for (uint64_t left = mask[i]; left; left &= left - 1)
			to[i * 64 + (size_t)__builtin_ctzll(left)] = *at++;
}

/* One of those that were cleared, or a new one. */
static struct saves_chunk *chunk_new(struct saves *saves, size_t bytes)
{
	size_t capacity = saves->memory < LARGE_CHUNK_BYTES ? CHUNK_BYTES : LARGE_CHUNK_BYTES;
	struct saves_chunk *chunk = saves->cleared;

	if (chunk && chunk->capacity >= bytes) {
		saves->cleared = chunk->next;
		return chunk;
	}
	if (capacity < bytes)
		capacity = bytes;
	chunk = xmalloc(sizeof(*chunk) + capacity);
	prefer_large_pages(chunk, sizeof(*chunk) + capacity);
	chunk->capacity = capacity;
	saves->memory += capacity;
	return chunk;
}

static unsigned char *room_for(struct saves *saves, size_t bytes)
{
	struct saves_chunk *chunk = saves->chunks;
	unsigned char *saved;

	if (!chunk || chunk->capacity - chunk->used < bytes) {
		chunk = chunk_new(saves, bytes);
		chunk->used = 0;
		chunk->next = saves->chunks;
		saves->chunks = chunk;
	}
	saved = chunk->bytes + chunk->used;
	chunk->used += bytes;
	return saved;
}

const unsigned char *saves_add(struct saves *saves, const unsigned char *saved, size_t bytes)
{
	return memcpy(room_for(saves, bytes), saved, bytes);
}

void saves_clear(struct saves *saves)
{
	while (saves->chunks) {
		struct saves_chunk *chunk = saves->chunks;

		saves->chunks = chunk->next;
		chunk->next = saves->cleared;
		saves->cleared = chunk;
	}
}

void saves_free(struct saves *saves)
{
	saves_clear(saves);
	while (saves->cleared) {
		struct saves_chunk *chunk = saves->cleared;

		saves->cleared = chunk->next;
		free(chunk);
	}
}
