/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the project's data files. */
#include "sim/base/data_dir.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/base/xalloc.h"

/* CMake defines both, for this file only: an installed program may be moved with its prefix. */
#ifndef LWSIM_BUILD_DIR
#define LWSIM_BUILD_DIR NULL
#define LWSIM_SOURCE_DIR NULL
#endif

#define LIBEXEC "/libexec/lwsim"

static bool is_below(const char *path, const char *dir)
{
	size_t len = dir ? strlen(dir) : 0;

	return len && strncmp(path, dir, len) == 0 && path[len] == '/';
}

/* Length of the path without its last part; 0 for an entry of the root. */
static size_t parent_len(const char *path, size_t len)
{
	const char *slash = memrchr(path, '/', len);

	return slash ? (size_t)(slash - path) : 0;
}

char *data_path_of(const char *program, const char *build_dir, const char *source_dir,
		   const char *name)
{
	size_t len = parent_len(program, strlen(program));

	if (is_below(program, build_dir))
		return xasprintf("%s/%s", source_dir, name);
	if (len >= strlen(LIBEXEC) &&
	    memcmp(program + len - strlen(LIBEXEC), LIBEXEC, strlen(LIBEXEC)) == 0)
		len -= strlen(LIBEXEC);
	else
		len = parent_len(program, len);
	return xasprintf("%.*s/share/lwsim/%s", (int)len, program, name);
}

char *data_path(const char *name)
{
	const char *dir = getenv("LWSIM_DATA_DIR");
	char program[PATH_MAX];
	ssize_t len;

	if (dir && *dir)
		return xasprintf("%s/%s", dir, name);
	len = readlink("/proc/self/exe", program, sizeof(program) - 1);
	program[len > 0 ? len : 0] = '\0';
	return data_path_of(program, LWSIM_BUILD_DIR, LWSIM_SOURCE_DIR, name);
}
