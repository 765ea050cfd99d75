/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A count in shared memory. */
#include "sim/explore/processors.h"

#include <stdatomic.h>
#include <stddef.h>
#include <sys/mman.h>

struct processors {
	_Atomic unsigned int free;
};

struct processors *processors_new(unsigned int count)
{
	struct processors *processors = mmap(NULL, sizeof(*processors), PROT_READ | PROT_WRITE,
					     MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (processors == MAP_FAILED)
		return NULL; /* GCOVR_EXCL_LINE: no memory */
	atomic_store(&processors->free, count);
	return processors;
}

void processors_free(struct processors *processors)
{
	if (processors)
		munmap(processors, sizeof(*processors));
}

bool processors_take(struct processors *processors)
{
	unsigned int free = processors ? atomic_load(&processors->free) : 0;

	while (free)
		if (atomic_compare_exchange_weak(&processors->free, &free, free - 1))
			return true;
	return false;
}

void processors_give(struct processors *processors, unsigned int count)
{
	if (processors)
		atomic_fetch_add(&processors->free, count);
}
