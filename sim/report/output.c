/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes the output file: completely or not at all, unless it is not a regular file. */
#include "sim/report/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/path.h"
#include "sim/base/whole_file.h"
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
	fprintf(stderr, "lwsim: error: %s%sexpected -o FILE.html, FILE.svg, FILE.png or FILE.pdf\n",
		path ? path : "", path ? ": a format that is not known, " : "");
	return false;
}

/*
 * Writes the report to out and closes it. Returns 0 or the errno of the first failure, because
 * later ones are its consequences.
 */
static int write_and_close(FILE *out, report_fn format, const struct report *report)
{
	int error = 0;

	if (!format(report, out) || ferror(out))
		error = errno;
	if (fflush(out) != 0 && !error)
		error = errno;
	if (fclose(out) != 0 && !error)
		error = errno;
	return error;
}

/* Writes into a device or FIFO, which must not be replaced; a partial write cannot be undone. */
static int write_into(const char *path, report_fn format, const struct report *report)
{
	int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
	FILE *out = fd < 0 ? NULL : fdopen(fd, "w");

	return out ? write_and_close(out, format, report) : errno;
}

static int write_whole(const char *path, report_fn format, const struct report *report)
{
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);
	int error = write_and_close(out, format, report);

	if (!error)
		error = whole_file_write(path, text, len, NULL);
	free(text);
	return error;
}

static int write_to(const char *path, report_fn format, const struct report *report)
{
	struct stat status;

	if (stat(path, &status) != 0 || S_ISREG(status.st_mode))
		return write_whole(path, format, report);
	return S_ISDIR(status.st_mode) ? EISDIR : write_into(path, format, report);
}

/* Creates an empty target for a dangling link, so that the link can be kept. */
static int link_fill(const char *path, bool *ret_is_new)
{
	struct stat status;
	int fd;

	*ret_is_new = false;
	if (lstat(path, &status) != 0 || !S_ISLNK(status.st_mode) || stat(path, &status) == 0)
		return 0;
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0)
		return errno;
	close(fd);
	*ret_is_new = true;
	return 0;
}

bool output_write(const char *path, report_fn format, const struct report *report)
{
	bool is_new;
	int error = link_fill(path, &is_new);
	char *real = real_path(path); /* keep a link; replace its target */
	const char *target = real ? real : path;

	if (!error)
		error = write_to(target, format, report);
	if (error && is_new)
		unlink(target);
	free(real);
	if (error)
		fprintf(stderr, "lwsim: error: %s: cannot be written: %s\n", path, strerror(error));
	return !error;
}
