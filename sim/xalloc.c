/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory or the end of the program. */
#include "xalloc.h"

#include <stdlib.h>
#include <string.h>

#include "pool.h"

void *xcalloc(size_t count, size_t bytes)
{
	return memset(xreallocarray(NULL, count, bytes), 0, count * bytes);
}

void *xreallocarray(void *old, size_t count, size_t bytes)
{
	return xrealloc(old, count * bytes);
}

char *xstrndup(const char *text, size_t len)
{
	char *copy = xmalloc(len + 1);

	memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}
