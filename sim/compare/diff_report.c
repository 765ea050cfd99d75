/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes a report on differences as text and as Markdown. */
#include "sim/compare/diff_report.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/exit.h"
#include "sim/base/safe_text.h"
#include "sim/base/xalloc.h"

static const char *const change_names[CHANGE_COUNT] = {
	[CHANGE_MOVED] = "moved",
	[CHANGE_APPEARED] = "appeared",
	[CHANGE_VANISHED] = "vanished",
};

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
}

enum exit_code diff_report_code(const struct diff_report *report)
{
	enum exit_code code = EXIT_GOOD;

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

static void write_total(FILE *out, const struct diff_report *report)
{
	size_t counts[CHANGE_COUNT] = { 0 }, same = 0, differ = 0, skipped = 0, others;

	for (size_t i = 0; i < report->count; i++) {
		skipped += report->items[i].skipped != NULL;
		same += report->items[i].code == EXIT_GOOD && !report->items[i].skipped;
		differ += report->items[i].code == EXIT_FAILED;
		for (unsigned int kind = 0; kind < CHANGE_COUNT; kind++)
			counts[kind] += report->items[i].counts[kind];
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

static void write_changes(FILE *out, const struct scenario_diff *item, const char *indent)
{
	write_indented(out, item->lines, indent);
	if (*item->wait.name)
		fprintf(out, "%sUP to RUNNING of %s: %s -> %s\n", indent, item->wait.name,
			item->wait.before, item->wait.after);
}

static void write_text(FILE *out, const struct diff_report *report)
{
	bool tells_kernels = is_mixed(report);
	char *kernels = kernels_text(report);

	fprintf(out, "%s\n\n", kernels);
	free(kernels);
	for (size_t i = 0; i < report->count; i++) {
		const struct scenario_diff *item = &report->items[i];

		text_print(out, item->name, strlen(item->name));
		if (tells_kernels && *item->before)
			fprintf(out, " [%s -> %s]", item->before, item->after);
		fprintf(out, ": %s%s%s", verdict_of(item), item->skipped ? ", " : "",
			item->skipped ? item->skipped : "");
		write_counts(out, item->counts);
		fputc('\n', out);
		if (item->code == EXIT_FAILED && *item->title)
			fprintf(out, "  %s\n", item->title);
		write_changes(out, item, "    ");
	}
	if (report->count)
		fputc('\n', out);
	write_total(out, report);
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
		fprintf(out, " | %zu", item->counts[kind]);
	fputs(" |", out);
	if (*item->wait.name) {
		fputc(' ', out);
		write_markdown(out, item->wait.name);
		fprintf(out, ": %s -> %s", item->wait.before, item->wait.after);
	}
	fputs(" |\n", out);
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
	write_changes(out, item, "    ");
}

/* Differences are in indented blocks, where nothing needs escaping. */
static void write_markdown_report(FILE *out, const struct diff_report *report)
{
	bool tells_kernels = is_mixed(report);
	char *kernels = kernels_text(report);

	fputs("## lwsim diff: ", out);
	write_markdown(out, kernels);
	free(kernels);
	fprintf(out,
		"\n\n| Scenario |%s Verdict | Moved | Appeared | Vanished | UP to RUNNING |\n"
		"|---|%s---|---:|---:|---:|---|\n",
		tells_kernels ? " Kernels |" : "", tells_kernels ? "---|" : "");
	for (size_t i = 0; i < report->count; i++)
		write_row(out, &report->items[i], tells_kernels);
	fputc('\n', out);
	write_total(out, report);
	for (size_t i = 0; i < report->count; i++)
		if (report->items[i].code == EXIT_FAILED || report->items[i].is_lost)
			write_section(out, &report->items[i]);
}

void diff_report_write(FILE *out, const struct diff_report *report, enum diff_format format)
{
	if (format == DIFF_MARKDOWN)
		write_markdown_report(out, report);
	else
		write_text(out, report);
}
