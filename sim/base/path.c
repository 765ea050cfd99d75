/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Resolves and compares paths. */
#include "sim/base/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sim/base/xalloc.h"

char *real_path(const char *path)
{
	char *real = realpath(path, NULL);

	if (!real && errno == ENOMEM)
		out_of_memory(); /* GCOVR_EXCL_LINE: no memory */
	return real;
}

bool is_folder(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool is_same_file(const char *path, const char *other)
{
	struct stat status, other_status;

	return strcmp(path, "-") != 0 && stat(path, &status) == 0 &&
	       stat(other, &other_status) == 0 && S_ISREG(status.st_mode) &&
	       status.st_dev == other_status.st_dev && status.st_ino == other_status.st_ino;
}
