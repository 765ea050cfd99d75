/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file given as a part of a sweep: alone, and twice; and the chart of its rows. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "fuzz.h"
#include "sim/sweep/merge.h"
#include "sim/sweep/sweep_chart.h"

static bool draw_nothing(const struct sweep_chart *chart, const char *path)
{
	(void)path;
	return chart != NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct drawing drawing = { .chart = draw_nothing };
	char path[] = "/tmp/fuzz_part.XXXXXX";
	char *const paths[] = { path, path };
	int fd = mkstemp(path);
	FILE *out = fopen("/dev/null", "w");

	if (fd < 0 || !out)
		abort();
	if (write(fd, data, size) != (ssize_t)size)
		abort();
	close(fd);
	merge_files(paths, 1, out);
	merge_files(paths, 2, out);
	merge_chart(paths, 1, &drawing, "x.svg");
	fclose(out);
	unlink(path);
	return 0;
}
