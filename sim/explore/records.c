/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records of bytes, each kept once: an open hash table over one growing array. */
#include "sim/explore/records.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "sim/base/xalloc.h"
#include "sim/explore/pages.h"

#define SLOTS_MIN 1024U

void records_init(struct records *records, size_t record_bytes)
{
	*records = (struct records){ .record_bytes = record_bytes, .slots_count = SLOTS_MIN };
	records->slots = xcalloc(records->slots_count, sizeof(records->slots[0]));
}

void records_free(struct records *records)
{
	free(records->bytes);
	free(records->offsets);
	free(records->slots);
}

const unsigned char *records_at(const struct records *records, uint32_t number, size_t *ret_bytes)
{
	if (records->record_bytes) {
		*ret_bytes = records->record_bytes;
		return records->bytes + number * records->record_bytes;
	}
	*ret_bytes = records->offsets[number + 1] - records->offsets[number];
	return records->bytes + records->offsets[number];
}

static uint32_t tag_of(uint64_t hash)
{
	return (uint32_t)hash;
}

static void slots_double(struct records *records)
{
	const struct record_slot *old = records->slots;
	const size_t old_count = records->slots_count, mask = 2 * old_count - 1;
	struct record_slot *slots = xcalloc(2 * old_count, sizeof(slots[0]));

	prefer_large_pages(slots, 2 * old_count * sizeof(slots[0]));
	for (size_t i = 0; i < old_count; i++) {
		size_t slot = old[i].tag & mask;

		if (!old[i].number)
			continue;
		while (slots[slot].number)
			slot = (slot + 1) & mask;
		slots[slot] = old[i];
	}
	free(records->slots);
	records->slots = slots;
	records->slots_count = 2 * old_count;
}

static void append(struct records *records, const unsigned char *record, size_t bytes)
{
	if (records->used + bytes > records->capacity) {
		records->capacity = 2 * records->capacity + bytes + 4096;
		records->bytes = xreallocarray(records->bytes, records->capacity, 1);
		prefer_large_pages(records->bytes, records->capacity);
	}
	memcpy(records->bytes + records->used, record, bytes);
	if (!records->record_bytes) {
		records->offsets = xgrow(records->offsets, records->count + 1,
					 &records->offsets_capacity, sizeof(records->offsets[0]));
		records->offsets[records->count] = records->used;
		records->offsets[records->count + 1] = records->used + bytes;
	}
	records->used += bytes;
	records->count++;
}

static bool is_record(const struct records *records, uint32_t number, const unsigned char *record,
		      size_t bytes)
{
	size_t known_bytes;
	const unsigned char *known = records_at(records, number, &known_bytes);

	return known_bytes == bytes && memcmp(known, record, bytes) == 0;
}

uint64_t records_hash(const unsigned char *record, size_t bytes)
{
	return XXH3_64bits(record, bytes);
}

void records_seek(const struct records *records, uint64_t hash)
{
	__builtin_prefetch(&records->slots[tag_of(hash) & (records->slots_count - 1)]);
}

uint32_t records_near(const struct records *records, uint64_t hash)
{
	const size_t mask = records->slots_count - 1;
	size_t slot = tag_of(hash) & mask;

	while (records->slots[slot].number && records->slots[slot].tag != tag_of(hash))
		slot = (slot + 1) & mask;
	if (!records->slots[slot].number)
		return RECORD_NONE;
	if (records->record_bytes)
		__builtin_prefetch(records->bytes +
				   (records->slots[slot].number - 1) * records->record_bytes);
	return records->slots[slot].number - 1;
}

uint32_t records_add_hashed(struct records *records, uint64_t hash, const unsigned char *record,
			    size_t bytes, bool *ret_is_new)
{
	const size_t mask = records->slots_count - 1;
	size_t slot = tag_of(hash) & mask;

	*ret_is_new = false;
	for (; records->slots[slot].number; slot = (slot + 1) & mask) {
		const struct record_slot *known = &records->slots[slot];

		if (known->tag == tag_of(hash) &&
		    is_record(records, known->number - 1, record, bytes))
			return known->number - 1;
	}
	*ret_is_new = true;
	append(records, record, bytes);
	records->slots[slot] = (struct record_slot){ records->count, tag_of(hash) };
	if (records->count > records->slots_count / 8 * 5)
		slots_double(records);
	return records->count - 1;
}

uint32_t records_add(struct records *records, uint32_t guess, const unsigned char *record,
		     size_t bytes, bool *ret_is_new)
{
	*ret_is_new = false;
	if (guess != RECORD_NONE && is_record(records, guess, record, bytes))
		return guess;
	return records_add_hashed(records, records_hash(record, bytes), record, bytes, ret_is_new);
}

size_t records_memory(const struct records *records)
{
	return records->capacity + records->slots_count * sizeof(records->slots[0]) +
	       records->offsets_capacity * sizeof(records->offsets[0]);
}
