/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes a report on differences as text and as Markdown. */
#include "sim/compare/diff_report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/color.h"
#include "sim/base/exit.h"
#include "sim/base/safe_text.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/compare/diff_verdict.h"

static const char *const change_names[CHANGE_COUNT] = {
	[CHANGE_MOVED] = "moved",
	[CHANGE_APPEARED] = "appeared",
	[CHANGE_VANISHED] = "vanished",
};

void diff_report_init(struct diff_report *report, const char *version)
{
	memset(report, 0, sizeof(*report));
	report->version = version;
	report->about = xstrdup("");
}

struct scenario_diff *diff_report_add(struct diff_report *report, const char *name)
{
	struct scenario_diff *item;

	report->items = xreallocarray(report->items, report->count + 1, sizeof(report->items[0]));
	item = &report->items[report->count++];
	memset(item, 0, sizeof(*item));
	item->name = xstrdup(name);
	item->title = xstrdup("");
	item->lines = xstrdup("");
	item->code = EXIT_USAGE;
	return item;
}

void diff_report_free(struct diff_report *report)
{
	for (size_t i = 0; i < report->count; i++) {
		free(report->items[i].name);
		free(report->items[i].title);
		free(report->items[i].lines);
	}
	free(report->items);
	free(report->about);
}

enum exit_code diff_report_code(const struct diff_report *report)
{
	enum exit_code code = report->is_not_known ? EXIT_FAILED : EXIT_GOOD;

	for (size_t i = 0; i < report->count; i++)
		code = exit_worse(code, report->items[i].code);
	return code;
}

/* The first scenario whose kernels are known, or NULL. */
static const struct scenario_diff *first_with_kernels(const struct diff_report *report)
{
	for (size_t i = 0; i < report->count; i++)
		if (*report->items[i].before)
			return &report->items[i];
	return NULL;
}

/* Whether the scenarios were compared on different kernels. */
static bool is_mixed(const struct diff_report *report)
{
	const struct scenario_diff *first = first_with_kernels(report);

	for (size_t i = 0; i < report->count; i++)
		if (*report->items[i].before &&
		    (strcmp(report->items[i].before, first->before) != 0 ||
		     strcmp(report->items[i].after, first->after) != 0))
			return true;
	return false;
}

/* The caller frees. */
static char *kernels_text(const struct diff_report *report)
{
	const struct scenario_diff *first = first_with_kernels(report);

	if (is_mixed(report))
		return xasprintf("the first -> the last kernel of each file");
	if (first)
		return xasprintf("%s -> %s", first->before, first->after);
	return xasprintf("nothing compared");
}

static const char *verdict_of(const struct scenario_diff *item)
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

/* ": 1 moved, 2 appeared"; "" if nothing changed. */
static void write_counts(FILE *out, const size_t counts[CHANGE_COUNT])
{
	const char *separator = ": ";

	for (unsigned int kind = 0; kind < CHANGE_COUNT; kind++) {
		if (!counts[kind])
			continue;
		fprintf(out, "%s%zu %s", separator, counts[kind], change_names[kind]);
		separator = ", ";
	}
}

#define COLUMNS 80
#define MAIL_COLUMNS 76 /* with room for quotes */

static bool is_shown(const struct scenario_diff *item)
{
	return item->code != EXIT_GOOD || item->skipped;
}

static void write_total(FILE *out, const struct diff_report *report)
{
	size_t counts[CHANGE_COUNT] = { 0 }, same = 0, differ = 0, skipped = 0, others;

	for (size_t i = 0; i < report->count; i++) {
		skipped += report->items[i].skipped != NULL;
		same += report->items[i].code == EXIT_GOOD && !report->items[i].skipped;
		differ += report->items[i].code == EXIT_FAILED;
		for (unsigned int kind = 0; kind < CHANGE_COUNT; kind++)
			counts[kind] += report->items[i].figures.counts[kind];
	}
	others = report->count - same - differ - skipped;
	fprintf(out, "%zu scenario%s: %zu same, ", report->count, report->count == 1 ? "" : "s",
		same);
	if (skipped)
		fprintf(out, "%zu skipped, ", skipped);
	if (others)
		fprintf(out, "%zu not compared, ", others);
	fprintf(out, "%zu differ%s", differ, differ == 1 ? "s" : "");
	write_counts(out, counts);
	fputc('\n', out);
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
static void write_lines(FILE *out, const struct scenario_diff *item)
{
	struct wrap wrap = { .out = out, .columns = COLUMNS, .indent = 8 };

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

/* ", HZ=250", or ", HZ=100, 250" if scenarios differ in it. */
static void write_hz(FILE *out, const struct diff_report *report)
{
	const char *separator = ", HZ=";
	uint32_t last = 0, next;

	for (; (next = next_hz(report, last)) != 0; last = next) {
		fprintf(out, "%s%" PRIu32, separator, next);
		separator = ", ";
	}
}

static bool has_differences(const struct diff_report *report)
{
	for (size_t i = 0; i < report->count; i++)
		if (report->items[i].code == EXIT_FAILED)
			return true;
	return false;
}

/* The conclusion, and the figures behind it. */
static void write_verdict(FILE *out, const struct diff_report *report, const char *figures_indent)
{
	struct wrap wrap = {
		.out = out,
		.columns = MAIL_COLUMNS,
		.color = color_code(report->is_colored && report->is_not_known, COLOR_RED),
	};
	char *conclusion = diff_conclusion(report), *figures;
	size_t len;
	FILE *lines = xmemstream(&figures, &len);

	wrap_words(&wrap, conclusion, strlen(conclusion));
	wrap_end(&wrap);
	fputc('\n', out);
	if (has_differences(report))
		diff_figures_write(lines, report);
	fputs(report->is_not_known ? "as far as it was run:\n" : "", lines);
	write_total(lines, report);
	xclose_memstream(lines);
	write_indented(out, figures, figures_indent);
	free(figures);
	free(conclusion);
}

static void write_kernels(FILE *out, const struct diff_report *report)
{
	char *kernels = kernels_text(report);

	fprintf(out, "%s%s%s (lwsim %s", color_code(report->is_colored, COLOR_BOLD), kernels,
		color_code(report->is_colored, COLOR_OFF), report->version);
	write_hz(out, report);
	fputs(")\n", out);
	free(kernels);
}

/* Prints a part of a line, on the next one if it does not fit. */
static void write_part(FILE *out, size_t *column, const char *separator, const char *text)
{
	if (*column && *column + strlen(separator) + strlen(text) > COLUMNS) {
		fputs("\n    ", out);
		*column = 4;
		separator = "";
	}
	fprintf(out, "%s%s", separator, text);
	*column += strlen(separator) + strlen(text);
}

static char *item_name(const struct scenario_diff *item, bool tells_kernels)
{
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	text_print(out, item->name, strlen(item->name));
	if (tells_kernels && *item->before)
		fprintf(out, " [%s -> %s]", item->before, item->after);
	fputc(':', out);
	xclose_memstream(out);
	return text;
}

static char *item_verdict(const struct scenario_diff *item)
{
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	fprintf(out, "%s%s%s", verdict_of(item), item->skipped ? ", " : "",
		item->skipped ? item->skipped : "");
	write_counts(out, item->figures.counts);
	xclose_memstream(out);
	return text;
}

static void write_item(FILE *out, const struct scenario_diff *item, bool tells_kernels,
		       bool is_colored)
{
	const struct wait_change *wait = wait_changes_largest(&item->figures.waits);
	char *name = item_name(item, tells_kernels), *verdict = item_verdict(item), *change;
	bool is_bad = is_colored && item->code > EXIT_FAILED;
	size_t column = 0;

	fputs(color_code(is_bad, COLOR_RED), out);
	write_part(out, &column, "", name);
	write_part(out, &column, " ", verdict);
	if (*wait->name) {
		change = xasprintf("UP to RUNNING of %s: %s -> %s", wait->name, wait->before,
				   wait->after);
		write_part(out, &column, "; ", change);
		free(change);
	}
	fprintf(out, "%s\n", color_code(is_bad, COLOR_OFF));
	free(name);
	free(verdict);
}

/* A report on one scenario has nothing to be short for. */
static bool shows_lines(const struct diff_report *report, const struct scenario_diff *item)
{
	return report->is_verbose || report->count == 1 || item->is_lost;
}

static void write_text(FILE *out, const struct diff_report *report)
{
	bool tells_kernels = is_mixed(report), is_first = true;

	fputs(report->about, out);
	write_kernels(out, report);
	write_verdict(out, report, "");
	for (size_t i = 0; i < report->count; i++) {
		const struct scenario_diff *item = &report->items[i];

		if (!is_shown(item))
			continue;
		fputs(is_first ? "\n" : "", out);
		is_first = false;
		write_item(out, item, tells_kernels, report->is_colored);
		if (shows_lines(report, item))
			write_lines(out, item);
	}
}

/* Escapes text for Markdown, tables included. */
static void write_markdown(FILE *out, const char *text)
{
	size_t len = strlen(text);
	char *safe;
	FILE *memory = xmemstream(&safe, &len);

	text_print(memory, text, strlen(text));
	xclose_memstream(memory);
	for (const char *at = safe; *at; at++)
		fprintf(out, "%s%c", strchr("\\`*<[|", *at) ? "\\" : "", *at);
	free(safe);
}

static void write_row(FILE *out, const struct scenario_diff *item, bool tells_kernels)
{
	const struct wait_change *wait = wait_changes_largest(&item->figures.waits);

	fputs("| ", out);
	write_markdown(out, item->name);
	if (tells_kernels) {
		fputs(" | ", out);
		write_markdown(out, item->before);
		fputs(*item->before ? " -> " : "", out);
		write_markdown(out, item->after);
	}
	fprintf(out, " | %s%s%s", verdict_of(item), item->skipped ? ", " : "",
		item->skipped ? item->skipped : "");
	for (unsigned int kind = 0; kind < CHANGE_COUNT; kind++)
		fprintf(out, " | %zu", item->figures.counts[kind]);
	fputs(" |", out);
	if (*wait->name) {
		fputc(' ', out);
		write_markdown(out, wait->name);
		fprintf(out, ": %s -> %s", wait->before, wait->after);
	}
	fputs(" |\n", out);
}

static void write_table(FILE *out, const struct diff_report *report)
{
	bool tells_kernels = is_mixed(report), is_first = true;

	for (size_t i = 0; i < report->count; i++) {
		if (!is_shown(&report->items[i]))
			continue;
		if (is_first)
			fprintf(out,
				"\n| Scenario |%s Verdict | Moved | Appeared | Vanished | UP to RUNNING |\n"
				"|---|%s---|---:|---:|---:|---|\n",
				tells_kernels ? " Kernels |" : "", tells_kernels ? "---|" : "");
		is_first = false;
		write_row(out, &report->items[i], tells_kernels);
	}
}

static void write_section(FILE *out, const struct scenario_diff *item)
{
	fputs("\n### ", out);
	write_markdown(out, item->name);
	fputs("\n\n", out);
	if (*item->title) {
		write_markdown(out, item->title);
		fputs("\n\n", out);
	}
	write_lines(out, item);
}

/* A line break of its own after each line, as Markdown joins lines. */
static void write_about_markdown(FILE *out, const char *about)
{
	while (*about) {
		size_t len = strcspn(about, "\n");
		char *line = xstrndup(about, len);

		write_markdown(out, line);
		about += len + (about[len] == '\n');
		fputs(*about ? "\\\n" : "\n\n", out);
		free(line);
	}
}

/* Figures and differences are in indented blocks, where nothing needs escaping. */
static void write_markdown_report(FILE *out, const struct diff_report *report)
{
	char *kernels = kernels_text(report);

	write_about_markdown(out, report->about);
	fputs("## lwsim diff: ", out);
	write_markdown(out, kernels);
	free(kernels);
	fprintf(out, "\n\nlwsim %s", report->version);
	write_hz(out, report);
	fputs("\n\n", out);
	write_verdict(out, report, "    ");
	write_table(out, report);
	for (size_t i = 0; i < report->count; i++)
		if (is_shown(&report->items[i]) && !report->items[i].skipped &&
		    shows_lines(report, &report->items[i]) && *report->items[i].lines)
			write_section(out, &report->items[i]);
}

void diff_report_write(FILE *out, const struct diff_report *report, enum diff_format format)
{
	if (format == DIFF_MARKDOWN)
		write_markdown_report(out, report);
	else
		write_text(out, report);
}
