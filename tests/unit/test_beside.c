/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A capture beside a run: the offset between their clocks, the tolerance, and what is left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/jiffies.h"
#include "sim/compare/align.h"
#include "sim/evidence/beside.h"

#define MS INT64_C(1000000)
#define EPOCH (INT64_C(1700000000) * NSEC_PER_SEC)

/* A message of one of two devices, UP or DOWN. */
struct said {
	int64_t ms;
	int32_t device;
	bool is_up;
};

static uint32_t flags_of(const struct said *said)
{
	return said->is_up ? IFF_UP | IFF_RUNNING | IFF_LOWER_UP : IFF_UP;
}

static void capture_of(const struct said *said, size_t count, bool has_times,
		       struct evidence *ret_evidence)
{
	struct capture capture = { .count = 0 };

	for (size_t i = 0; i < count; i++) {
		struct captured captured = { .has_time = has_times,
					     .t_ns = EPOCH + said[i].ms * MS,
					     .line = (uint32_t)i + 1 };

		captured.message = (struct rtnl_link_message){
			.ifindex = said[i].device,
			.flags = flags_of(&said[i]),
			.has = LINK_HAS_NAME | LINK_HAS_OPERSTATE,
			.operstate = said[i].is_up ? IF_OPER_UP : IF_OPER_DOWN,
		};
		snprintf(captured.message.name, IFNAMSIZ, "d%d", said[i].device);
		capture_add(&capture, &captured);
	}
	evidence_make("capture", &capture, ret_evidence);
}

static void run_of(const struct said *said, size_t count, struct trace *ret_trace)
{
	trace_init(ret_trace);
	for (size_t i = 0; i < count; i++) {
		struct record record = { .kind = RECORD_NEWLINK,
					 .t_ns = said[i].ms * MS,
					 .netns = "",
					 .flags = flags_of(&said[i]),
					 .operstate = said[i].is_up ? IF_OPER_UP : IF_OPER_DOWN,
					 .has_before = i >= 2,
					 .flags_before = IFF_UP | IFF_RUNNING };

		snprintf(record.dev, IFNAMSIZ, "d%d", said[i].device);
		trace_add(ret_trace, &record);
	}
}

static const struct said in_run[] = {
	{ 100, 1, false },  { 100, 2, false },	{ 200, 1, true },  { 200, 2, true },
	{ 5000, 1, false }, { 6000, 2, false }, { 9000, 1, true }, { 9000, 2, true },
};
static const struct said in_capture[] = {
	{ 0, 1, false },   { 1004, 2, false }, { 4000, 1, true },
	{ 4100, 2, true }, { 4200, 3, true },
};

static void beside_of(struct evidence *evidence, struct trace *run, bool has_times,
		      struct beside *ret_beside)
{
	const struct beside_options options = { .tolerance_ns = 14 * MS };

	capture_of(in_capture, 5, has_times, evidence);
	run_of(in_run, 8, run);
	beside_make(evidence, run, &options, ret_beside);
}

static void all_free(struct evidence *evidence, struct trace *run, struct beside *beside)
{
	beside_free(beside);
	trace_free(run);
	evidence_free(evidence);
}

static void test_offset(void **state)
{
	struct evidence evidence;
	struct beside beside;
	struct trace run;

	(void)state;
	beside_of(&evidence, &run, true, &beside);
	assert_true(beside.is_aligned);
	assert_int_equal(beside.offset_ns, EPOCH - 5000 * MS);
	assert_int_equal(beside.aligned_at, 0);
	/* what the run sends before the capture begins is not compared */
	assert_int_equal(beside.run_part.count, 4);
	/* nor a device that it does not have */
	assert_int_equal(beside.captured.count, 4);
	all_free(&evidence, &run, &beside);
}

static void test_tolerance(void **state)
{
	struct evidence evidence;
	struct beside beside;
	struct trace run;

	(void)state;
	beside_of(&evidence, &run, true, &beside);
	assert_true(beside_is_same(&beside, 1)); /* 4 ms late: it has the run's time */
	assert_int_equal(beside_apart_ns(&beside, 1), 4 * MS);
	assert_int_equal(beside.captured.records[1].t_ns, 6000 * MS);
	assert_false(beside_is_same(&beside, 3)); /* 100 ms late: it moved */
	assert_int_equal(beside.captured_partner[3], 3);
	assert_int_equal(beside.captured.records[3].t_ns, 9100 * MS);
	all_free(&evidence, &run, &beside);
}

/* The first message's state before it is the run's. */
static void test_before(void **state)
{
	struct evidence evidence;
	struct beside beside;
	struct trace run;

	(void)state;
	beside_of(&evidence, &run, true, &beside);
	assert_false(evidence.trace.records[0].has_before);
	assert_true(beside.captured.records[0].has_before);
	assert_int_equal(beside.captured.records[0].flags_before, IFF_UP | IFF_RUNNING);
	all_free(&evidence, &run, &beside);
}

static void test_no_times(void **state)
{
	struct evidence evidence;
	struct beside beside;
	struct trace run;

	(void)state;
	beside_of(&evidence, &run, false, &beside);
	assert_false(evidence.has_times);
	assert_int_equal(beside.run_part.count, 8);
	for (size_t i = 0; i < beside.captured.count; i++)
		assert_int_not_equal(beside.captured_partner[i], ALIGN_NONE);
	all_free(&evidence, &run, &beside);
}

static void test_devices(void **state)
{
	struct evidence evidence;
	struct beside beside;
	struct trace run;
	char *text;

	(void)state;
	beside_of(&evidence, &run, true, &beside);
	text = beside_not_in_run(&beside);
	assert_string_equal(text, "d3 (1)");
	free(text);
	text = beside_not_in_capture(&beside);
	assert_string_equal(text, "");
	free(text);
	all_free(&evidence, &run, &beside);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_offset),	cmocka_unit_test(test_tolerance),
		cmocka_unit_test(test_before),	cmocka_unit_test(test_no_times),
		cmocka_unit_test(test_devices),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
