/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The values of --format, by command. */
#include "sim/commands/formats.h"

#include "sim/base/wrap.h"
#include "sim/commands/verdict.h"
#include "sim/compare/diff_report.h"
#include "sim/formats/ip_writer.h"
#include "sim/formats/jsonl_writer.h"
#include "sim/formats/lanes_writer.h"
#include "sim/formats/text_writer.h"
#include "sim/story/story.h"
#include "sim/sweep/sweep.h"

static struct writer *text_new(FILE *out, const struct run_info *info)
{
	return text_writer_new(out, info,
			       TEXT_HEAD | TEXT_ACTIONS | (info->is_colored ? TEXT_COLOR : 0) |
				       (info->is_wide ? TEXT_WIDE : 0));
}

static struct writer *explain_new(FILE *out, const struct run_info *info)
{
	const struct story_style style = {
		.columns = info->is_wide ? 0 : wrap_terminal_columns(),
		.is_colored = info->is_colored,
	};

	story_write_head(out, info, &style);
	return story_writer_new_styled(out, info->device, &style);
}

const struct format run_formats[] = {
	{ .name = "text", .writer_new = text_new },
	{ .name = "jsonl", .writer_new = jsonl_writer_new, .is_data = true },
	{ .name = "lanes", .writer_new = lanes_writer_new },
	{ .name = "ip", .writer_new = ip_writer_new, .is_data = true },
	{ .name = "rtmon", .is_data = true, .is_binary = true },
	{ .name = "pcap", .is_data = true, .is_binary = true },
	{ .name = NULL },
};

/* Their ids are of enum recording_format. */
const struct format record_formats[] = {
	{ .name = "rtmon", .id = 0, .is_data = true, .is_binary = true },
	{ .name = "pcap", .id = 1, .is_data = true, .is_binary = true },
	{ .name = "jsonl", .id = 2, .is_data = true },
	{ .name = NULL },
};

const struct format repl_formats[] = {
	{ .name = "text" },
	{ .name = "jsonl", .is_data = true },
	{ .name = NULL },
};

const struct format diff_formats[] = {
	{ .name = "text", .id = DIFF_TEXT },
	{ .name = "markdown", .id = DIFF_MARKDOWN },
	{ .name = NULL },
};

const struct format test_formats[] = {
	{ .name = "text", .id = VERDICT_TEXT },
	{ .name = "tap", .id = VERDICT_TAP },
	{ .name = "junit", .id = VERDICT_JUNIT },
	{ .name = NULL },
};

const struct format sweep_formats[] = {
	{ .name = "csv", .id = SWEEP_CSV },
	{ .name = "jsonl", .id = SWEEP_JSONL },
	{ .name = NULL },
};

const struct format story_format = { .name = "story", .writer_new = explain_new };
