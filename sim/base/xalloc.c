/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Allocation that exits when memory runs out. */
#include "sim/base/xalloc.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *memory_check(void *memory)
{
	if (!memory) {						/* GCOVR_EXCL_LINE: no memory */
		fputs("lwsim: error: out of memory\n", stderr); /* GCOVR_EXCL_LINE: no memory */
		exit(2);					/* GCOVR_EXCL_LINE: no memory */
	}
	return memory;
}

void *xmalloc(size_t bytes)
{
	return xreallocarray(NULL, 1, bytes);
}

void *xcalloc(size_t count, size_t bytes)
{
	return memory_check(calloc(count ? count : 1, bytes));
}

void *xreallocarray(void *old, size_t count, size_t bytes)
{
	return memory_check(reallocarray(old, count ? count : 1, bytes ? bytes : 1));
}

char *xstrndup(const char *text, size_t len)
{
	char *copy = xmalloc(len + 1);

	memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

void *xgrow(void *items, size_t count, size_t *capacity, size_t bytes)
{
	if (count < *capacity)
		return items;
	*capacity = 2 * *capacity + 8;
	return xreallocarray(items, *capacity, bytes);
}

char *xstrdup(const char *text)
{
	return xstrndup(text, strlen(text));
}

char *xvasprintf(const char *format, va_list args)
{
	char *text;

	return memory_check(vasprintf(&text, format, args) < 0 ? NULL : text);
}

char *xasprintf(const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	return text;
}

FILE *xmemstream(char **ret_text, size_t *ret_len)
{
	return memory_check(open_memstream(ret_text, ret_len));
}

void xclose_memstream(FILE *out)
{
	bool is_good = !ferror(out);

	is_good &= fclose(out) == 0; /* it may need memory even now */
	if (!is_good)
		memory_check(NULL); /* GCOVR_EXCL_LINE: no memory */
}
