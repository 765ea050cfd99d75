/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records of bytes, each kept once and known by a number. */
#ifndef LWSIM_SIM_EXPLORE_RECORDS_H
#define LWSIM_SIM_EXPLORE_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of the hash table. The tag says where to look first, and spares most looks at a record that is another. */
struct record_slot {
	uint32_t number; /* of the record, + 1; 0: empty */
	uint32_t tag;	 /* of the record's hash */
};

struct records {
	unsigned char *bytes; /* of all records, one after the other */
	size_t used, capacity;
	size_t record_bytes; /* 0: each has its own size */
	size_t *offsets;     /* record_bytes 0: where each begins; one more at the end */
	size_t offsets_capacity;
	uint32_t count;
	struct record_slot *slots;
	size_t slots_count;
};

/* record_bytes 0: records of any size. */
void records_init(struct records *records, size_t record_bytes);
void records_free(struct records *records);

/*
 * The number of a record, which is added if it is new. guess: the number that it probably has, which saves looking
 * for it; RECORD_NONE: no guess.
 */
#define RECORD_NONE UINT32_MAX
uint32_t records_add(struct records *records, uint32_t guess, const unsigned char *record,
		     size_t bytes, bool *ret_is_new);

/*
 * The same without a guess, for many records at once: what is asked for first is there when it is needed. records_seek()
 * asks for the record's slot, records_near() for the record that the slot is probably of; it returns its number, or
 * RECORD_NONE if there is none.
 */
uint64_t records_hash(const unsigned char *record, size_t bytes);
void records_seek(const struct records *records, uint64_t hash);
uint32_t records_near(const struct records *records, uint64_t hash);
uint32_t records_add_hashed(struct records *records, uint64_t hash, const unsigned char *record,
			    size_t bytes, bool *ret_is_new);

/* Valid until the next record is added. */
const unsigned char *records_at(const struct records *records, uint32_t number, size_t *ret_bytes);
/* Bytes of memory in use. */
size_t records_memory(const struct records *records);

#endif
