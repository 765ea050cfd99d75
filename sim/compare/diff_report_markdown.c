/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes a report on differences as Markdown. */
#include <stdlib.h>
#include <string.h>

#include "sim/base/safe_text.h"
#include "sim/base/xalloc.h"
#include "sim/compare/diff_parts.h"

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
	fprintf(out, " | %s%s%s", diff_verdict_of(item), item->skipped ? ", " : "",
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
	bool tells_kernels = diff_is_mixed(report), is_first = true;

	for (size_t i = 0; i < report->count; i++) {
		if (!diff_is_shown(&report->items[i]))
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
	diff_write_lines(out, item);
}

/* A list of what was compiled, and what differs and was not run. */
static void write_about(FILE *out, const struct src_abouts *abouts)
{
	char *text, *line, *rest;
	size_t len;
	FILE *lines = xmemstream(&text, &len);

	src_abouts_write(lines, "", abouts);
	xclose_memstream(lines);
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		fputs("- ", out);
		write_markdown(out, line);
		fputc('\n', out);
	}
	fputs(*text ? "\n" : "", out);
	free(text);
}

/* Figures and differences are in indented blocks, where nothing needs escaping. */
void diff_report_write_markdown(FILE *out, const struct diff_report *report)
{
	char *kernels = diff_kernels_text(report);

	fputs("## lwsim diff: ", out);
	write_markdown(out, kernels);
	free(kernels);
	fputs("\n\n", out);
	write_about(out, &report->abouts);
	fprintf(out, "lwsim %s", report->version);
	diff_write_hz(out, report);
	fputs("\n\n", out);
	diff_write_verdict(out, report, "    ");
	write_table(out, report);
	for (size_t i = 0; i < report->count; i++)
		if (diff_is_shown(&report->items[i]) && !report->items[i].skipped &&
		    diff_shows_lines(report, &report->items[i]) && *report->items[i].lines)
			write_section(out, &report->items[i]);
}
