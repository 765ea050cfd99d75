/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A diff: what of it changes link_watch.c is a piece of it, and of that all is taken again. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "sim/base/xalloc.h"
#include "sim/loader/patch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *diff = xstrndup((const char *)data, size), *part, *again;

	part = patch_part(diff, "link_watch.c");
	again = patch_part(part, "link_watch.c");
	if (strcmp(part, again) != 0 || strlen(part) > strlen(diff))
		abort();
	free(again);
	free(part);
	free(diff);
	return 0;
}
