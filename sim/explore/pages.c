/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Advice to the kernel about memory. */
#include "sim/explore/pages.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#define LARGE_BYTES ((size_t)4 << 20)

void prefer_large_pages(void *memory, size_t bytes)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	uintptr_t first = ((uintptr_t)memory + page - 1) / page * page;
	uintptr_t end = ((uintptr_t)memory + bytes) / page * page;

	if (end > first && end - first >= LARGE_BYTES)
		madvise((void *)first, end - first, MADV_HUGEPAGE);
}
