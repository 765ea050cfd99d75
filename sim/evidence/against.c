/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A capture's place beside a run, in words. */
#include "sim/evidence/against.h"

#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/cli/options.h"
#include "sim/compare/diff.h"
#include "sim/language/format.h"

#define TERM_COLUMNS 13

/* Parsed like the time of an `end` statement, as a source of its own. */
static bool read_time(const char *option, const char *text, uint32_t hz, int64_t *ret_ns)
{
	struct scenario *parsed;
	struct source *source;
	struct diags diags;
	char *line;
	bool is_good;

	if (!*text || *text == '+' || strpbrk(text, " \t\r\n#$")) {
		usage_error("--%s: expected a time such as 4s, 400ms or 62j", option);
		return false;
	}
	line = xasprintf("hz %" PRIu32 "\n%s end\n", hz, text);
	source = source_from_text(option, line, strlen(line));
	diags_init(&diags, source);
	parsed = scenario_parse(source, NULL, 0, &diags);
	is_good = parsed && parsed->has_end;
	if (is_good)
		*ret_ns = parsed->end_ns;
	else
		usage_error("--%s %s: %s", option, text,
			    diags.count ? diags.items[0].text : "expected a time");
	diags_free(&diags);
	scenario_free(parsed);
	source_free(source);
	free(line);
	return is_good;
}

bool against_tolerance(const struct options *options, uint32_t hz, int64_t *ret_ns)
{
	if (!hz)
		hz = 250; /* for times in jiffies */
	*ret_ns = NSEC_PER_SEC / hz + BESIDE_SLACK_NS;
	return !options->tolerance || read_time("tolerance", options->tolerance, hz, ret_ns);
}

bool against_place(const struct options *options, const struct evidence *evidence,
		   const struct trace *run, uint32_t hz, struct beside *ret_beside)
{
	struct beside_options place = { .has_offset = options->offset != NULL };
	int64_t begins_ns = 0;

	if (!against_tolerance(options, hz, &place.tolerance_ns))
		return false;
	if (options->offset && !read_time("offset", options->offset, hz, &begins_ns))
		return false;
	if (options->offset && evidence->trace.count)
		place.offset_ns = evidence->trace.records[0].t_ns - begins_ns;
	beside_make(evidence, run, &place, ret_beside);
	return true;
}

__attribute__((format(printf, 4, 5))) static void term(FILE *out, unsigned int columns,
						       const char *label, const char *format, ...)
{
	struct wrap wrap = { .out = out,
			     .columns = columns ? columns : UINT_MAX,
			     .indent = TERM_COLUMNS,
			     .column = 12 };
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	fprintf(out, "%-*s", TERM_COLUMNS, label);
	wrap_words(&wrap, text, strlen(text));
	wrap_end(&wrap);
	free(text);
}

static void write_clocks(FILE *out, const struct beside *beside, unsigned int columns)
{
	const struct evidence *evidence = beside->evidence;
	char there[EVIDENCE_TIME_MAX_BYTES], here[FORMAT_MAX_BYTES], tolerance[FORMAT_MAX_BYTES];
	const struct record *record = &evidence->trace.records[beside->aligned_at];

	if (!evidence->has_times) {
		term(out, columns, "times:", "the capture has none: only the order is compared");
		return;
	}
	format_duration(beside->tolerance_ns, tolerance);
	evidence_time(evidence, beside->aligned_at, there);
	format_seconds(record->t_ns - beside->offset_ns, here);
	if (!beside->is_aligned)
		term(out, columns, "times:",
		     "the capture and the run have no message in common; --offset aligns them");
	else if (!beside->offset_ns)
		term(out, columns, "times:", "as in the capture; tolerance %s", tolerance);
	else
		term(out, columns, "times:", "%s in the capture is %s here; tolerance %s", there,
		     here, tolerance);
}

static void write_unknown(FILE *out, const struct beside *beside, unsigned int columns)
{
	const struct evidence *evidence = beside->evidence;
	char *not_in_run = beside_not_in_run(beside);
	char *not_in_capture = beside_not_in_capture(beside);
	char *passed = capture_passed_text(&evidence->capture);

	if (!evidence->has_counters)
		term(out, columns,
		     "not known:", "how often carrier was lost: the capture has no counters");
	if (evidence->capture.losses)
		term(out, columns, "not known:", "messages that the capture lost, %zu time%s",
		     evidence->capture.losses, evidence->capture.losses == 1 ? "" : "s");
	if (*not_in_run)
		term(out, columns, "not here:", "devices of the capture, with their messages: %s",
		     not_in_run);
	if (*not_in_capture)
		term(out, columns, "not there:", "devices of the run, with their messages: %s",
		     not_in_capture);
	if (evidence->dumped)
		term(out, columns,
		     "passed over:", "%zu answers to dumps, which are no notifications",
		     evidence->dumped);
	if (*passed)
		term(out, columns, "passed over:", "%s", passed);
	free(passed);
	free(not_in_run);
	free(not_in_capture);
}

void against_write_terms(FILE *out, const struct beside *beside, unsigned int columns)
{
	write_clocks(out, beside, columns);
	write_unknown(out, beside, columns);
}

bool against_write_rest(FILE *out, const struct beside *beside, unsigned int columns)
{
	struct wrap wrap = { .out = out, .columns = columns ? columns : UINT_MAX, .indent = 4 };
	struct diff diff;
	char *lines;
	size_t len;
	FILE *text = xmemstream(&lines, &len);
	bool is_something;

	diff_make(&beside->run_part, &beside->captured, &diff);
	diff_write(text, &diff);
	xclose_memstream(text);
	is_something = diff.count || beside->captured.count < beside->evidence->trace.count;
	for (const char *line = lines; *line;) {
		size_t of_line = strcspn(line, "\n");

		fputs("  ", out);
		wrap.column = 2;
		wrap_words(&wrap, line, of_line);
		wrap_end(&wrap);
		line += of_line + (line[of_line] == '\n');
	}
	free(lines);
	diff_free(&diff);
	return is_something;
}
