/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the text and the Markdown of a report on differences share. */
#include "sim/compare/diff_parts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/color.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/compare/diff_verdict.h"

static const char *const change_names[CHANGE_COUNT] = {
	[CHANGE_MOVED] = "moved",
	[CHANGE_APPEARED] = "appeared",
	[CHANGE_VANISHED] = "vanished",
};

/* The first scenario whose kernels are known, or NULL. */
static const struct scenario_diff *first_with_kernels(const struct diff_report *report)
{
	for (size_t i = 0; i < report->count; i++)
		if (*report->items[i].before)
			return &report->items[i];
	return NULL;
}

bool diff_is_mixed(const struct diff_report *report)
{
	const struct scenario_diff *first = first_with_kernels(report);

	for (size_t i = 0; i < report->count; i++)
		if (*report->items[i].before &&
		    (strcmp(report->items[i].before, first->before) != 0 ||
		     strcmp(report->items[i].after, first->after) != 0))
			return true;
	return false;
}

char *diff_kernels_text(const struct diff_report *report)
{
	const struct scenario_diff *first = first_with_kernels(report);

	if (diff_is_mixed(report))
		return xasprintf("the first -> the last kernel of each file");
	if (first)
		return xasprintf("%s -> %s", first->before, first->after);
	return xasprintf("nothing compared");
}

const char *diff_verdict_of(const struct scenario_diff *item)
{
	if (item->skipped)
		return "skipped";
	if (item->is_lost)
		return "link_watch.c crashed or looped";
	switch (item->code) {
	case EXIT_GOOD:
		return "same";
	case EXIT_FAILED:
		return "differs";
	case EXIT_BROKEN:
		return "an invariant of the model broke";
	case EXIT_INTERRUPTED:
		return "interrupted";
	case EXIT_USAGE:
	case EXIT_OPEN:
	case EXIT_UNTESTABLE:
		break;
	}
	return "not compared";
}

void diff_write_counts(FILE *out, const size_t counts[CHANGE_COUNT])
{
	const char *separator = ": ";

	for (unsigned int kind = 0; kind < CHANGE_COUNT; kind++) {
		if (!counts[kind])
			continue;
		fprintf(out, "%s%zu %s", separator, counts[kind], change_names[kind]);
		separator = ", ";
	}
}

#define MAIL_COLUMNS 76 /* with room for quotes */

bool diff_is_shown(const struct scenario_diff *item)
{
	return item->code != EXIT_GOOD || item->skipped;
}

static void write_total(FILE *out, const struct diff_report *report,
			const struct diff_totals *totals)
{
	struct wrap wrap = { .out = out, .columns = report->columns, .indent = 8 };
	char *text;
	size_t len;
	FILE *line = xmemstream(&text, &len);

	fprintf(line, "%zu scenario%s: %zu same, ", report->count, report->count == 1 ? "" : "s",
		totals->same);
	if (totals->skipped)
		fprintf(line, "%zu skipped, ", totals->skipped);
	if (totals->others)
		fprintf(line, "%zu not compared, ", totals->others);
	fprintf(line, "%zu differ%s", totals->differ, totals->differ == 1 ? "s" : "");
	diff_write_counts(line, totals->counts);
	xclose_memstream(line);
	wrap_words(&wrap, text, len);
	wrap_end(&wrap);
	free(text);
}

static void write_indented(FILE *out, const char *lines, const char *indent)
{
	while (*lines) {
		size_t len = strcspn(lines, "\n");

		fprintf(out, "%s%.*s\n", indent, (int)len, lines);
		lines += len + (lines[len] == '\n');
	}
}

/* A scenario's differences, wrapped; the message of one that was lost stays as it is. */
void diff_write_lines(FILE *out, const struct scenario_diff *item)
{
	struct wrap wrap = { .out = out, .columns = DIFF_COLUMNS, .indent = 8 };

	if (item->is_lost) {
		write_indented(out, item->lines, "    ");
		return;
	}
	for (const char *line = item->lines; *line;) {
		size_t len = strcspn(line, "\n");

		fputs("    ", out);
		wrap.column = 4;
		wrap_words(&wrap, line, len);
		wrap_end(&wrap);
		line += len + (line[len] == '\n');
	}
}

/* The next larger HZ of any scenario; 0: there is none. */
static uint32_t next_hz(const struct diff_report *report, uint32_t last)
{
	uint32_t next = 0;

	for (size_t i = 0; i < report->count; i++)
		if (report->items[i].hz > last && (!next || report->items[i].hz < next))
			next = report->items[i].hz;
	return next;
}

void diff_write_hz(FILE *out, const struct diff_report *report)
{
	const char *separator = ", HZ=";
	uint32_t last = 0, next;

	for (; (next = next_hz(report, last)) != 0; last = next) {
		fprintf(out, "%s%" PRIu32, separator, next);
		separator = ", ";
	}
}

void diff_write_verdict(FILE *out, const struct diff_report *report, const char *figures_indent)
{
	struct diff_totals totals;
	char *conclusion, *figures;
	size_t len;
	bool is_not_known = src_abouts_extent(&report->abouts) == SRC_NOT_KNOWN;
	struct wrap wrap = {
		.out = out,
		.columns = MAIL_COLUMNS,
		.color = color_code(report->is_colored && is_not_known, COLOR_RED),
	};
	FILE *lines = xmemstream(&figures, &len);

	diff_totals_make(report, &totals);
	conclusion = diff_conclusion(report, &totals);
	wrap_words(&wrap, conclusion, strlen(conclusion));
	wrap_end(&wrap);
	fputc('\n', out);
	if (totals.differ)
		diff_figures_write(lines, report, &totals);
	fputs(is_not_known ? "as far as it was run:\n" : "", lines);
	write_total(lines, report, &totals);
	xclose_memstream(lines);
	write_indented(out, figures, figures_indent);
	free(figures);
	free(conclusion);
}

/* A report on one scenario has nothing to be short for. */
bool diff_shows_lines(const struct diff_report *report, const struct scenario_diff *item)
{
	return report->is_verbose || report->count == 1 || item->is_lost;
}
