/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The file: whole, or as it was. */
#include "output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../xalloc.h"

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

/* A new file's permissions are the umask's; one that is there keeps its own. */
static mode_t mode_of(const char *path)
{
	struct stat status;
	mode_t mask;

	if (stat(path, &status) == 0)
		return status.st_mode & 07777;
	mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

bool output_write(const char *path, report_fn format, const struct report *report)
{
	char *real_path = realpath(path, NULL); /* a link stays, and leads to the new file */
	const char *target = real_path ? real_path : path;
	char *new_path = xasprintf("%s.XXXXXX", target);
	int fd = mkstemp(new_path);
	FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
	bool is_good = out != NULL;

	if (is_good) {
		is_good = format(report, out);
		is_good = fchmod(fd, mode_of(target)) == 0 && is_good;
		is_good = fflush(out) == 0 && !ferror(out) && is_good;
		is_good = fclose(out) == 0 && is_good;
		is_good = is_good && rename(new_path, target) == 0;
	}
	if (!is_good) {
		fprintf(stderr, "lwsim: error: %s: cannot be written: %s\n", path, strerror(errno));
		if (fd >= 0)
			unlink(new_path);
	}
	free(new_path);
	free(real_path);
	return is_good;
}
