/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Standard output that stops at the first error, so that the output has no gaps. */
#include "sim/base/standard_output.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "sim/base/xalloc.h"

/* A process has one standard output. */
static int first_error;
static char buffer[BUFSIZ]; /* stdio itself would drop text if there were no memory for it */

static ssize_t write_or_drop(void *data, const char *bytes, size_t len)
{
	size_t done = 0;

	(void)data;
	while (!first_error && done < len) {
		ssize_t written = write(STDOUT_FILENO, bytes + done, len - done);

		if (written > 0)
			done += (size_t)written;
		else if (written < 0 && errno != EINTR)
			first_error = errno;
	}
	if (first_error)
		errno = first_error;
	return (ssize_t)done;
}

void standard_output_begin(bool flushes_lines)
{
#ifdef __GLIBC__ /* other C libraries have no stdout that can be another stream */
	const cookie_io_functions_t functions = { .write = write_or_drop };
	FILE *out;
#endif

	if (isatty(STDOUT_FILENO))
		return;
#ifdef __GLIBC__
	out = fopencookie(NULL, "w", functions);
	if (!out)
		out_of_memory(); /* GCOVR_EXCL_LINE: no memory */
	setvbuf(out, buffer, flushes_lines ? _IOLBF : _IOFBF, sizeof(buffer));
	stdout = out;
#else
	(void)write_or_drop;
	setvbuf(stdout, buffer, flushes_lines ? _IOLBF : _IOFBF, sizeof(buffer));
#endif
}

int standard_output_end(void)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	return first_error ? first_error : errno;
}
