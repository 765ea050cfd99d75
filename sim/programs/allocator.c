/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The allocator of the helper programs, for all of their libraries: when there is no memory, it ends the program. Without
 * memory fontconfig crashes, loops, or picks another font; ncurses and libedit crash; dlopen() has other words for it.
 * None of them calls aligned_alloc() or its relatives.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>

#include "sim/base/xalloc.h"

#define EXPORTED __attribute__((visibility("default")))

/* The function that this one replaces. */
static void *next(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

static void *memory_check(void *memory)
{
	if (!memory && errno == ENOMEM)
		out_of_memory(); /* GCOVR_EXCL_LINE: no memory */
	return memory;
}

EXPORTED void *malloc(size_t bytes)
{
	static void *(*replaced)(size_t);

	if (!replaced)
		replaced = (void *(*)(size_t))next("malloc");
	return memory_check(replaced(bytes));
}

EXPORTED void *calloc(size_t count, size_t bytes)
{
	static void *(*replaced)(size_t, size_t);

	if (!replaced)
		replaced = (void *(*)(size_t, size_t))next("calloc");
	return memory_check(replaced(count, bytes));
}

EXPORTED void *realloc(void *old, size_t bytes)
{
	static void *(*replaced)(void *, size_t);
	void *memory;

	if (!replaced)
		replaced = (void *(*)(void *, size_t))next("realloc");
	memory = replaced(old, bytes);
	return bytes ? memory_check(memory) : memory;
}
