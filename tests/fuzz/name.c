/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kernel's name, such as src:PATH[,base=KERNEL][,patch=DIFF]; errors must point into it. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "sim/base/xalloc.h"
#include "sim/language/src_name.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size), name[KERNEL_NAME_MAX_BYTES];
	struct src_name_error error = { .text = NULL };
	struct src_name parts;
	struct kernel kernel;
	size_t len = strlen(text);

	if (kernel_read(text, len, &kernel, &error) < 0) {
		if (error.off > len || error.len > len - error.off)
			abort();
	} else {
		kernel_name(&kernel, name);
		if (kernel.source && src_name_parse(text, &parts, &error) == 0)
			src_name_free(&parts);
	}
	free(error.text);
	free(text);
	return 0;
}
