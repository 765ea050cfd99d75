// SPDX-License-Identifier: GPL-2.0-or-later
/* A sweep's runs in this process, where leaks are detected; and the first line of a part. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/sweep/sweep_part.h"
#include "sim/sweep/sweep_rows.h"

static char *text_of_runs(const struct options *options, enum sweep_format format, const char *path,
			  enum exit_code *ret_code)
{
	struct sweep sweep;
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	assert_true(sweep_open(&sweep, options, path));
	sweep_rows_head(out, format, &sweep);
	*ret_code = EXIT_GOOD;
	for (uint64_t i = 0; i < sweep.combinations && *ret_code == EXIT_GOOD; i++)
		*ret_code = sweep_run(&sweep, i, sweep_row_writer(format), out, out);
	sweep_close(&sweep);
	fclose(out);
	return text;
}

static void assert_runs(const char *vary, enum sweep_format format, enum exit_code expected_code,
			const char *expected)
{
	struct kernel kernel = kernel_default();
	bool wants_loader = false;
	const char *varies[] = { vary };
	const struct options options = {
		.kernels = &kernel,
		.kernels_count = 1,
		.varies = varies,
		.varies_count = 1,
		.wants_loader = &wants_loader,
	};
	enum exit_code code;
	char *text = text_of_runs(&options, format, "scenarios/microvm.lw", &code);

	assert_string_equal(text, expected);
	assert_int_equal(code, expected_code);
	free(text);
}

static void sweep__rows(void **state)
{
	(void)state;
	assert_runs("open=900ms,2s", SWEEP_CSV, EXIT_GOOD,
		    "run,open,kernel,wait_ms,wait_device,never,notifications,lie_ms,lie_device,"
		    "failed_commands\n"
		    "1,900ms,6.1,114,eth0,0,3,114,eth0,0\n"
		    "2,2s,6.1,0,eth0,0,2,0,,0\n");
	assert_runs("open=900ms", SWEEP_JSONL, EXIT_GOOD,
		    "{\"run\":1,\"params\":{\"open\":\"900ms\"},\"kernel\":\"6.1\",\"wait_ms\":114,"
		    "\"wait_device\":\"eth0\",\"never\":0,\"notifications\":3,\"lie_ms\":114,"
		    "\"lie_device\":\"eth0\",\"failed_commands\":0}\n");
}

static void sweep__values_that_are_wrong(void **state)
{
	(void)state;
	assert_runs(
		"open=1s,1min,2s", SWEEP_CSV, EXIT_USAGE,
		"run,open,kernel,wait_ms,wait_device,never,notifications,lie_ms,lie_device,"
		"failed_commands\n"
		"1,1s,6.1,14,eth0,0,3,14,eth0,0\n"
		"scenarios/microvm.lw:14:1: error: unknown unit 'min', expected one of s, ms, us, j\n"
		"   14 | +$open   setlink eth0 up             # by index, as networkd does\n"
		"      | ^^^^^^\n"
		"scenarios/microvm.lw: note: with --vary open=1min\n");
}

static void sweep__refused_before_anything_is_run(void **state)
{
	bool wants_loader = false;
	const char *varies[] = { "open=1s,1min" };
	const struct options options = { .varies = varies,
					 .varies_count = 1,
					 .wants_loader = &wants_loader };
	struct sweep sweep;

	(void)state;
	assert_false(sweep_open(&sweep, &options, "scenarios/microvm.lw"));
}

static void assert_wait(enum sweep_format format, const char *row, size_t varies_count,
			int64_t expected)
{
	int64_t wait_ns = 0;

	assert_true(sweep_row_wait(format, row, varies_count, &wait_ns));
	assert_int_equal(wait_ns, expected);
}

static void row__wait_is_read_back(void **state)
{
	int64_t wait_ns;

	(void)state;
	assert_wait(SWEEP_CSV, "1,6.1,614,eth0,0,3,614,eth0,0\n", 0, 614000000);
	assert_wait(SWEEP_CSV, "1,\"a\"\"b,c\",\"src:x,base=6.1\",3.333334,d,0,3,0,,0\n", 1,
		    3333334);
	assert_wait(SWEEP_CSV, "1,6.1,,eth0,1,3,614,eth0,0\n", 0, WAIT_NEVER);
	assert_wait(SWEEP_CSV, "1,6.1,,,0,3,614,eth0,0\n", 0, WAIT_NONE);
	assert_wait(SWEEP_JSONL,
		    "{\"run\":1,\"params\":{\"wait_ms\":\"5\",\"never\":\",\\\"wait_ms\\\":7\"},"
		    "\"kernel\":\"6.1\",\"wait_ms\":0.5,\"wait_device\":\"d\",\"never\":0,",
		    2, 500000);
	assert_wait(SWEEP_JSONL,
		    "{\"run\":1,\"params\":{},\"kernel\":\"6.1\",\"wait_ms\":null,"
		    "\"wait_device\":\"d\",\"never\":12,",
		    0, WAIT_NEVER);
	assert_wait(SWEEP_JSONL,
		    "{\"run\":1,\"params\":{},\"kernel\":\"6.1\",\"wait_ms\":null,"
		    "\"wait_device\":null,\"never\":0,",
		    0, WAIT_NONE);
	assert_false(sweep_row_wait(SWEEP_CSV, "1,6.1,614\n", 0, &wait_ns));
	assert_false(sweep_row_wait(SWEEP_CSV, "1,6.1,614x,eth0,0,3\n", 0, &wait_ns));
	assert_false(sweep_row_wait(SWEEP_CSV, "1,6.1,614,eth0,x,3\n", 0, &wait_ns));
	assert_false(sweep_row_wait(SWEEP_CSV, "1,\"6.1,614,eth0,0,3\n", 0, &wait_ns));
	assert_false(sweep_row_wait(SWEEP_JSONL, "{\"run\":1}\n", 0, &wait_ns));
}

static void part__sizes_make_up_the_whole(void **state)
{
	struct sweep_part part = { .kernels = 1 };

	(void)state;
	for (part.combinations = 1; part.combinations < 20; part.combinations++)
		for (part.parts = 1; part.parts < 25; part.parts++) {
			uint64_t all = 0;

			for (part.part = 1; part.part <= part.parts; part.part++)
				all += sweep_part_size(&part);
			assert_int_equal(all, part.combinations);
		}
}

#define OF "{\"file\":\"a.lw\",\"title\":\"\",\"device\":null,\"vary\":[],\"kernel\":[\"6.1\"]}"

static char *texts[] = { "n=1..200/1", "m=a,b" }, *kernels[] = { "5.8", "6.1+urgent-event" };
static const struct swept swept_two = {
	.file = "a \"b\" \\ c.lw",
	.title = "t\x1f\xc3\xa9",
	.device = "n/d0",
	.vary_texts = texts,
	.varies_count = 2,
	.kernels = kernels,
	.kernels_count = 2,
};

static void part__line_is_read_as_written(void **state)
{
	static const enum sweep_format formats[] = { SWEEP_CSV, SWEEP_JSONL };
	static const char *const wrong[] = {
		"",
		"\n",
		"run,kernel\n",
		"# lwsim sweep, part 0/2, combinations 1, kernels 1, sweep 1 of " OF "\n",
		"# lwsim sweep, part 3/2, combinations 1, kernels 1, sweep 1 of " OF "\n",
		"# lwsim sweep, part 1/2, combinations 1, kernels 1, sweep 1 of " OF,
		"# lwsim sweep, part 1/2, combinations 1, kernels 1, sweep 01 of " OF "\n",
		"# lwsim sweep, part 1/2, combinations 1, kernels 1, sweep x of " OF "\n",
		"# lwsim sweep, part 1/1000001, combinations 1, kernels 1, sweep 1 of " OF "\n",
		"# lwsim sweep, part 1/2, combinations 10000001, kernels 1, sweep 1 of " OF "\n",
		"{\"part\":1,\"parts\":2}\n",
		"# lwsim sweep, part 1/2, combinations 1, kernels 1, sweep 1\n",
		"# lwsim sweep, part 1/2, combinations 2, kernels 1, sweep 1 of " OF "\n",
		"# lwsim sweep, part 1/2, combinations 1, kernels 2, sweep 1 of " OF "\n",
		"# lwsim sweep, part 1/2, combinations 1, kernels 1, sweep 1 of " OF "}\n",
		"# lwsim sweep, part 1/2, combinations 1, kernels 1, sweep 1 of {\"file\":\"a\n",
		"# lwsim sweep, part 1/2, combinations 1, kernels 1, sweep 1 of {\"file\":\"\\",
		"# lwsim sweep, part 1/2, combinations 1, kernels 1, sweep 1 of {\"file\":\"a\","
		"\"title\":\"\",\"device\":null,\"vary\":[\"a=1..\"],\"kernel\":[\"6.1\"]}\n",
	};
	struct sweep_part read;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const struct sweep_part part = { formats[i],	   2,	     3, 400, 2,
						 UINT64_C(0x12ab), swept_two };
		char *line = NULL;
		size_t len;
		FILE *out = open_memstream(&line, &len);

		assert_non_null(out);
		sweep_part_write(out, &part);
		fclose(out);
		assert_true(sweep_part_read(line, &read));
		assert_int_equal(read.format, part.format);
		assert_int_equal(read.part, part.part);
		assert_int_equal(read.parts, part.parts);
		assert_int_equal(read.combinations, part.combinations);
		assert_int_equal(read.kernels, part.kernels);
		assert_int_equal(read.number, part.number);
		assert_string_equal(read.swept.file, "a \"b\" \\ c.lw");
		assert_string_equal(read.swept.title, "t\x1f\xc3\xa9");
		assert_string_equal(read.swept.device, "n/d0");
		assert_int_equal(read.swept.varies_count, 2);
		assert_string_equal(read.swept.varies[0].name, "n");
		assert_string_equal(read.swept.vary_texts[1], "m=a,b");
		assert_int_equal(read.swept.combinations, 400);
		assert_int_equal(read.swept.kernels_count, 2);
		assert_string_equal(read.swept.kernels[1], "6.1+urgent-event");
		swept_free(&read.swept);
		free(line);
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(sweep_part_read(wrong[i], &read));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sweep__rows),
		cmocka_unit_test(sweep__values_that_are_wrong),
		cmocka_unit_test(sweep__refused_before_anything_is_run),
		cmocka_unit_test(row__wait_is_read_back),
		cmocka_unit_test(part__sizes_make_up_the_whole),
		cmocka_unit_test(part__line_is_read_as_written),
	};

	return cmocka_run_group_tests_name("sweep", tests, NULL, NULL);
}
