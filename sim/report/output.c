/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes the output file: completely or not at all, unless it is not a regular file. */
#include "sim/report/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/whole_file.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"

report_fn output_format(const char *path)
{
	static const struct {
		const char *ending;
		report_fn write;
	} formats[] = {
		{ ".html", html_write },
		{ ".svg", svg_write },
		{ ".png", png_write },
		{ ".pdf", pdf_write },
	};
	size_t len = strlen(path);

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		size_t ending_len = strlen(formats[i].ending);

		if (len > ending_len && strcmp(path + len - ending_len, formats[i].ending) == 0)
			return formats[i].write;
	}
	return NULL;
}

bool output_is_known(const char *path)
{
	if (path && output_format(path))
		return true;
	wrap_message(stderr,
		     "lwsim: error: %s%sexpected -o FILE.html, FILE.svg, FILE.png or FILE.pdf",
		     path ? path : "", path ? ": unknown format, " : "");
	return false;
}

/* Draws into memory. Returns 0 or an errno; the caller frees the text. */
static int draw(report_fn format, const struct report *report, char **ret_text, size_t *ret_len)
{
	FILE *out = xmemstream(ret_text, ret_len);
	int error = format(report, out) ? 0 : errno;

	xclose_memstream(out);
	return error;
}

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

static int write_to(const char *path, const char *text, size_t len)
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

bool output_write(const char *path, report_fn format, const struct report *report)
{
	char *text;
	size_t len;
	int error = draw(format, report, &text, &len);

	if (!error)
		error = write_to(path, text, len);
	free(text);
	if (error)
		fprintf(stderr, "lwsim: error: %s: cannot be written: %s\n", path, strerror(error));
	return !error;
}
