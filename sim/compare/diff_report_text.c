/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes a report on differences as text. */
#include <stdlib.h>
#include <string.h>

#include "sim/base/color.h"
#include "sim/base/safe_text.h"
#include "sim/base/xalloc.h"
#include "sim/compare/diff_parts.h"

static void write_kernels(FILE *out, const struct diff_report *report)
{
	char *kernels = diff_kernels_text(report);

	fprintf(out, "%s%s%s (lwsim %s", color_code(report->is_colored, COLOR_BOLD), kernels,
		color_code(report->is_colored, COLOR_OFF), report->version);
	diff_write_hz(out, report);
	fputs(")\n", out);
	free(kernels);
}

/* Prints a part of a line, on the next one if it does not fit. */
static void write_part(FILE *out, size_t *column, const char *separator, const char *text)
{
	if (*column && *column + strlen(separator) + strlen(text) > DIFF_COLUMNS) {
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

	fprintf(out, "%s%s%s", diff_verdict_of(item), item->skipped ? ", " : "",
		item->skipped ? item->skipped : "");
	diff_write_counts(out, item->figures.counts);
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

void diff_report_write_text(FILE *out, const struct diff_report *report)
{
	bool tells_kernels = diff_is_mixed(report), is_first = true;

	src_abouts_write(out, "", &report->abouts);
	write_kernels(out, report);
	diff_write_verdict(out, report, "");
	for (size_t i = 0; i < report->count; i++) {
		const struct scenario_diff *item = &report->items[i];

		if (!diff_is_shown(item))
			continue;
		fputs(is_first ? "\n" : "", out);
		is_first = false;
		write_item(out, item, tells_kernels, report->is_colored);
		if (diff_shows_lines(report, item))
			diff_write_lines(out, item);
	}
}
