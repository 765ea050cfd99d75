/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The states that wait for a visit. */
#ifndef LWSIM_SIM_EXPLORE_FRONTIER_H
#define LWSIM_SIM_EXPLORE_FRONTIER_H

#include <stddef.h>
#include <stdint.h>

struct waiting {
	uint32_t time_j, state;
};

struct frontier {
	struct waiting *heap; /* those with this many actions: the earliest first, then by number */
	uint32_t *later;      /* with one more */
	uint32_t *bucket;     /* those of the heap that are next: of the same time, in order */
	size_t heap_count, heap_capacity, later_count, later_capacity, bucket_count,
		bucket_capacity;
};

void frontier_free(struct frontier *frontier);
void frontier_add(struct frontier *frontier, uint32_t time_j, uint32_t state);
void frontier_add_later(struct frontier *frontier, uint32_t state);
/* Takes the first of the heap, which is not empty. */
struct waiting frontier_pop(struct frontier *frontier);

#endif
