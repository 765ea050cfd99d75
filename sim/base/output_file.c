/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes the output file: completely or not at all, unless it is not a regular file. */
#include "sim/base/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/whole_file.h"
#include "sim/base/xalloc.h"

/* Writes into a device or FIFO, which must not be replaced; a partial write cannot be undone. */
static int write_into(const char *path, const char *text, size_t len)
{
	int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC), error = 0;

	if (fd < 0)
		return errno;
	while (len && !error) {
		ssize_t written = write(fd, text, len);

		if (written > 0) {
			text += written;
			len -= (size_t)written;
		} else if (written < 0 && errno != EINTR) {
			error = errno;
		}
	}
	return close(fd) != 0 && !error ? errno : error;
}

/* Follows symbolic links, of which the last may lead to no file yet; the caller frees. */
static char *end_of_links(const char *path)
{
	char *at = xstrdup(path), to[PATH_MAX];

	for (;;) {
		ssize_t len = readlink(at, to, sizeof(to) - 1);
		char *slash = strrchr(at, '/'), *link = at;

		if (len < 0)
			return at;
		to[len] = '\0';
		if (*to == '/' || !slash)
			at = xstrdup(to);
		else
			at = xasprintf("%.*s/%s", (int)(slash - link), link, to);
		free(link);
	}
}

int output_file_write(const char *path, const char *text, size_t len)
{
	struct stat status;
	char *target;
	int error;

	if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
		return S_ISDIR(status.st_mode) ? EISDIR : write_into(path, text, len);
	if (stat(path, &status) != 0 && errno != ENOENT)
		return errno;	     /* for example a circle of links */
	target = end_of_links(path); /* a link is kept */
	error = whole_file_write(target, text, len, NULL);
	free(target);
	return error;
}
