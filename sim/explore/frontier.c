/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A binary heap, and lists. */
#include "sim/explore/frontier.h"

#include <stdbool.h>
#include <stdlib.h>

#include "sim/base/xalloc.h"

void frontier_free(struct frontier *frontier)
{
	free(frontier->heap);
	free(frontier->later);
	free(frontier->bucket);
}

static bool is_before(const struct waiting *a, const struct waiting *b)
{
	return a->time_j != b->time_j ? a->time_j < b->time_j : a->state < b->state;
}

void frontier_add(struct frontier *frontier, uint32_t time_j, uint32_t state)
{
	struct waiting waiting = { time_j, state };
	size_t at = frontier->heap_count;

	frontier->heap = xgrow(frontier->heap, at, &frontier->heap_capacity, sizeof(waiting));
	frontier->heap_count++;
	for (; at && is_before(&waiting, &frontier->heap[(at - 1) / 2]); at = (at - 1) / 2)
		frontier->heap[at] = frontier->heap[(at - 1) / 2];
	frontier->heap[at] = waiting;
}

struct waiting frontier_pop(struct frontier *frontier)
{
	struct waiting *heap = frontier->heap, first = heap[0], last = heap[--frontier->heap_count];
	size_t count = frontier->heap_count, at = 0;

	for (;;) {
		size_t child = 2 * at + 1;

		if (child >= count)
			break;
		if (child + 1 < count && is_before(&heap[child + 1], &heap[child]))
			child++;
		if (!is_before(&heap[child], &last))
			break;
		heap[at] = heap[child];
		at = child;
	}
	if (count)
		heap[at] = last;
	return first;
}

void frontier_add_later(struct frontier *frontier, uint32_t state)
{
	frontier->later = xgrow(frontier->later, frontier->later_count, &frontier->later_capacity,
				sizeof(uint32_t));
	frontier->later[frontier->later_count++] = state;
}
