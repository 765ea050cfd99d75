// SPDX-License-Identifier: GPL-2.0-or-later
/* Each format on a file that accepts no more data: errno is that of the write, whatever cleanup
 * follows. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "sim/report/chart.h"
#include "sim/sweep/sweep_chart.h"

static ssize_t write_fails(void *cookie, const char *bytes, size_t len)
{
	(void)cookie;
	(void)bytes;
	(void)len;
	errno = ENOSPC;
	return 0;
}

static void assert_tells_why(report_fn format)
{
	double x[] = { 0., 1. };
	char *x_texts[] = { "0", "1" };
	int64_t waits[] = { 0, 1000000 };
	struct chart_curve curve = { .name = "6.1", .waits_ns = waits };
	const struct sweep_chart chart = {
		.title = "t",
		.path = "t.lw",
		.x_name = "n",
		.x_texts = x_texts,
		.x = x,
		.is_numeric = true,
		.values_count = 2,
		.curves = &curve,
		.curves_count = 1,
	};
	struct picture picture;
	const struct report report = { .picture = &picture, .chart = &chart };
	const cookie_io_functions_t functions = { .write = write_fails };
	FILE *out = fopencookie(NULL, "w", functions);
	bool is_good;

	assert_non_null(out);
	chart_layout(&picture, &chart);
	errno = 0;
	is_good = format(&report, out);
	if (is_good && fflush(out) == 0)
		is_good = !ferror(out);
	else
		is_good = false;
	assert_int_equal(errno, ENOSPC);
	assert_false(is_good);
	fclose(out);
	picture_free(&picture);
}

static void output__png_tells_why_it_cannot_be_written(void **state)
{
	(void)state;
	assert_tells_why(png_write);
}

static void output__pdf_tells_why_it_cannot_be_written(void **state)
{
	(void)state;
	assert_tells_why(pdf_write);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(output__png_tells_why_it_cannot_be_written),
		cmocka_unit_test(output__pdf_tells_why_it_cannot_be_written),
	};

	return cmocka_run_group_tests_name("output", tests, NULL, NULL);
}
