/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes the output file: completely or not at all, unless it is not a regular file. */
#include "sim/report/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/output_file.h"
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

bool output_write(const char *path, report_fn format, const struct report *report)
{
	char *text;
	size_t len;
	int error = draw(format, report, &text, &len);

	if (!error)
		error = output_file_write(path, text, len);
	free(text);
	if (error)
		fprintf(stderr, "lwsim: error: %s: cannot be written: %s\n", path, strerror(error));
	return !error;
}
