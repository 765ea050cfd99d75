/* SPDX-License-Identifier: GPL-2.0-or-later */
/* base/path.c of a page, which has no files. */
#include "sim/base/path.h"

#include <stddef.h>

char *real_path(const char *path)
{
	(void)path;
	return NULL;
}

bool is_folder(const char *path)
{
	(void)path;
	return false;
}
