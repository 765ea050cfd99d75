/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints several kernels' runs side by side: equal records at the same time share a line. */
#include "sim/compare/compare.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/color.h"
#include "sim/base/safe_text.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/compare/compare_table.h"
#include "sim/language/fold.h"
#include "sim/language/format.h"
#include "sim/run/trace.h"

#define CELL_MAX_BYTES DESCRIBE_MAX_BYTES
#define TIME_COLUMNS_MIN 12
#define GAP 2 /* before each column */
/* A column's width, if there is room. */
#define COLUMN_COMFORTABLE 22
/* The narrowest that can be read: +setlink-event, LOWERLAYERDOWN. More kernels get letters. */
#define COLUMN_MIN 15
#define LETTERS 26

/* One kernel's position in its trace. */
struct column {
	const struct compared_run *run;
	size_t at;		   /* next record */
	char cell[CELL_MAX_BYTES]; /* text to print next at this time; "": none */
	const char *cell_color;
	size_t cell_records; /* number of records in the cell */
	unsigned int width;
};

struct timeline {
	FILE *out;
	const struct compare_style *style;
	struct column *columns;
	size_t count;
	unsigned int time_columns;
	bool has_letters; /* a letter for each kernel in place of a column */
};

static unsigned int columns_of(const char *text)
{
	return text_columns(text, strlen(text));
}

static const struct record *record_at(const struct column *column)
{
	return column->at < column->run->trace->count ? &column->run->trace->records[column->at]
						      : NULL;
}

/* By RUNNING gained or lost, and errors. */
static const char *color_of(const struct record *record)
{
	uint32_t before = record->has_before ? record->flags_before : 0;

	if (record->kind == RECORD_ERROR)
		return COLOR_RED;
	if (!record_is_message(record) || !((record->flags ^ before) & IFF_RUNNING))
		return "";
	return record->flags & IFF_RUNNING ? COLOR_GREEN : COLOR_RED;
}

/* Folds the next records, if they are equal but for d0, d1, ..., into one cell. */
static void fill_cell(struct column *column, int64_t t_ns)
{
	const struct record *record = record_at(column);
	char text[CELL_MAX_BYTES], name[FOLD_NAME_MAX_BYTES], next[CELL_MAX_BYTES];
	char label[LABEL_MAX_BYTES];
	struct fold fold;

	column->cell[0] = '\0';
	column->cell_records = 0;
	if (!record || record->t_ns != t_ns || record->kind == RECORD_ACTION)
		return;
	column->cell_records = 1;
	column->cell_color = color_of(record);
	if (!record_is_message(record)) {
		snprintf(column->cell, CELL_MAX_BYTES, "%.*s", CELL_MAX_BYTES - 1, record->text);
		return;
	}
	record_describe(record, text);
	format_label(record->netns, record->dev, label);
	fold_start(&fold, label);
	for (size_t i = column->at + 1; i < column->run->trace->count; i++) {
		record = &column->run->trace->records[i];
		if (!record_is_message(record) || record->t_ns != t_ns)
			break;
		record_describe(record, next);
		format_label(record->netns, record->dev, label);
		if (strcmp(next, text) != 0 || !fold_add(&fold, label))
			break;
		column->cell_records++;
	}
	fold_name(&fold, name);
	snprintf(column->cell, CELL_MAX_BYTES, "%.*s %.*s", FOLD_NAME_MAX_BYTES, name,
		 CELL_MAX_BYTES - FOLD_NAME_MAX_BYTES - 2, text);
}

static const struct column *first_with_cell(const struct column *columns, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (columns[i].cell[0])
			return &columns[i];
	return NULL;
}

/* Length of the text's part that is printed in one line, so many columns wide. */
static size_t line_len(const char *text, unsigned int columns)
{
	size_t len = text_fit_columns(text, strlen(text), columns), space = len;

	if (!text[len] || text[len] == ' ')
		return len;
	while (space && text[space] != ' ')
		space--;
	return space ? space : len; /* a word that is wider is broken */
}

/*
 * Writes text[0..len), a line of what the columns' cells say, into those that say it; the others
 * stay blank.
 */
static void write_cells(const struct timeline *timeline, const char *said, const char *text,
			size_t len)
{
	unsigned int blanks = 0;

	for (size_t i = 0; i < timeline->count; i++) {
		const struct column *column = &timeline->columns[i];
		const char *color = color_code(timeline->style->is_colored, column->cell_color);

		if (strcmp(column->cell, said) != 0) {
			blanks += GAP + column->width;
			continue;
		}
		fprintf(timeline->out, "%*s%s", (int)blanks + GAP, "", color);
		text_print(timeline->out, text, len);
		fputs(*color ? COLOR_OFF : "", timeline->out);
		blanks = column->width - text_columns(text, len);
	}
	fputc('\n', timeline->out);
}

static void write_row_of_columns(const struct timeline *timeline, const char *said)
{
	unsigned int width = 0;

	for (size_t i = 0; i < timeline->count; i++)
		if (timeline->columns[i].width > width)
			width = timeline->columns[i].width;
	for (const char *text = said; *text;) {
		size_t len = line_len(text, width);

		if (text != said)
			fprintf(timeline->out, "%*s", (int)timeline->time_columns, "");
		write_cells(timeline, said, text, len);
		text += len;
		text += strspn(text, " ");
	}
}

/* "ab.d  text": the letters of the kernels that say it. */
static void write_row_of_letters(const struct timeline *timeline, const char *said)
{
	struct wrap wrap = {
		.out = timeline->out,
		.columns = timeline->style->columns,
		.indent = timeline->time_columns + 2 * GAP + (unsigned int)timeline->count,
		.breaks_words = true,
	};

	wrap.column = wrap.indent;
	fprintf(timeline->out, "%*s", GAP, "");
	for (size_t i = 0; i < timeline->count; i++) {
		bool says = strcmp(timeline->columns[i].cell, said) == 0;

		fputc(says ? 'a' + (int)i : '.', timeline->out);
		if (says)
			wrap.color = color_code(timeline->style->is_colored,
						timeline->columns[i].cell_color);
	}
	fprintf(timeline->out, "%*s", GAP, "");
	wrap_text(&wrap, said);
	wrap_end(&wrap);
}

/* Prints what cells equal to `said` say; the other columns wait for their own line. */
static void write_row(const struct timeline *timeline, const char *said, int64_t t_ns)
{
	char time[FORMAT_MAX_BYTES];

	format_seconds(t_ns, time);
	fprintf(timeline->out, "%*s", (int)timeline->time_columns, time);
	if (timeline->has_letters)
		write_row_of_letters(timeline, said);
	else
		write_row_of_columns(timeline, said);
	for (size_t i = 0; i < timeline->count; i++)
		if (strcmp(timeline->columns[i].cell, said) == 0)
			timeline->columns[i].at += timeline->columns[i].cell_records;
}

/* Prints the records up to the next action or the end of the instant. */
static void write_stretch(const struct timeline *timeline, int64_t t_ns)
{
	const struct column *first;
	char said[CELL_MAX_BYTES];

	for (;;) {
		for (size_t i = 0; i < timeline->count; i++)
			fill_cell(&timeline->columns[i], t_ns);
		first = first_with_cell(timeline->columns, timeline->count);
		if (!first)
			return;
		strcpy(said, first->cell);
		write_row(timeline, said, t_ns);
	}
}

static void write_action_text(const struct timeline *timeline, const struct record *action)
{
	struct wrap wrap = {
		.out = timeline->out,
		.columns = timeline->style->columns ? timeline->style->columns : UINT_MAX,
		.indent = timeline->time_columns + 2 * GAP,
		.column = timeline->time_columns + GAP,
		.color = color_code(timeline->style->is_colored, COLOR_BOLD),
	};
	char *text, time[FORMAT_MAX_BYTES];
	size_t len;
	FILE *out = xmemstream(&text, &len);

	fputs("> ", out);
	record_write_action(out, action);
	xclose_memstream(out);
	format_seconds(action->t_ns, time);
	fprintf(timeline->out, "%*s%*s", (int)timeline->time_columns, time, GAP, "");
	wrap_text(&wrap, text);
	wrap_end(&wrap);
	free(text);
}

/* Prints the action that all columns reach at this instant; runs that have ended are skipped. */
static bool write_action(const struct timeline *timeline, int64_t t_ns)
{
	const struct record *action = NULL;

	for (size_t i = 0; i < timeline->count; i++) {
		const struct record *record = record_at(&timeline->columns[i]);

		if (!record || record->t_ns != t_ns || record->kind != RECORD_ACTION)
			continue;
		if (!action)
			action = record;
		timeline->columns[i].at++;
	}
	if (!action)
		return false;
	write_action_text(timeline, action);
	return true;
}

static bool next_time(const struct column *columns, size_t count, int64_t *ret_ns)
{
	bool has_any = false;

	for (size_t i = 0; i < count; i++) {
		const struct record *record = record_at(&columns[i]);

		if (!record || (has_any && record->t_ns >= *ret_ns))
			continue;
		*ret_ns = record->t_ns;
		has_any = true;
	}
	return has_any;
}

/* The place in a name that its part with this number begins at. */
static const char *name_part(const struct column *column, const char *name, unsigned int part,
			     size_t *ret_len)
{
	const char *at = name;

	for (unsigned int i = 0; i < part; i++)
		at += kernel_part_len(&column->run->kernel, at, column->width);
	*ret_len = kernel_part_len(&column->run->kernel, at, column->width);
	return at;
}

/* Splits names into parts, one per line, to keep columns narrow. */
static void write_names(const struct timeline *timeline)
{
	bool has_part = true;

	for (unsigned int part = 0; has_part; part++) {
		unsigned int blanks = 0;

		has_part = false;
		for (size_t i = 0; i < timeline->count; i++) {
			const struct column *column = &timeline->columns[i];
			char name[KERNEL_NAME_MAX_BYTES];
			const char *text;
			size_t len;

			run_name(column->run, name);
			text = name_part(column, name, part, &len);
			if (!len) {
				blanks += GAP + column->width;
				continue;
			}
			if (!has_part)
				fprintf(timeline->out, "%*s", (int)timeline->time_columns,
					part ? "" : "seconds");
			fprintf(timeline->out, "%*s", (int)blanks + GAP, "");
			text_print(timeline->out, text, len);
			blanks = column->width - text_columns(text, len);
			has_part = true;
		}
		if (has_part)
			fputc('\n', timeline->out);
	}
}

static void write_letters(const struct timeline *timeline)
{
	for (size_t i = 0; i < timeline->count; i++) {
		char name[KERNEL_NAME_MAX_BYTES];

		run_name(timeline->columns[i].run, name);
		fprintf(timeline->out, "%c = %s\n", 'a' + (int)i, name);
	}
	fprintf(timeline->out, "%*s%*s", (int)timeline->time_columns, "seconds", GAP, "");
	for (size_t i = 0; i < timeline->count; i++)
		fputc('a' + (int)i, timeline->out);
	fputc('\n', timeline->out);
}

/* The width at which neither a cell nor a name has to be folded. */
static void measure(struct column *column)
{
	const struct trace *trace = column->run->trace;
	char name[KERNEL_NAME_MAX_BYTES];
	size_t len;

	run_name(column->run, name);
	column->width = COLUMN_COMFORTABLE;
	for (const char *at = name;
	     (len = kernel_part_len(&column->run->kernel, at,
				    column->run->kernel.source ? COLUMN_COMFORTABLE : UINT_MAX));
	     at += len)
		if (text_columns(at, len) > column->width)
			column->width = text_columns(at, len);
	for (column->at = 0; column->at < trace->count;) {
		fill_cell(column, trace->records[column->at].t_ns);
		if (columns_of(column->cell) > column->width)
			column->width = columns_of(column->cell);
		column->at += column->cell_records ? column->cell_records : 1;
	}
	column->at = 0;
}

static unsigned int time_columns(const struct compared_run *runs, size_t count)
{
	unsigned int columns = TIME_COLUMNS_MIN;
	char time[FORMAT_MAX_BYTES];

	for (size_t i = 0; i < count; i++) {
		const struct trace *trace = runs[i].trace;

		if (!trace->count)
			continue;
		format_seconds(trace->records[trace->count - 1].t_ns, time);
		if (strlen(time) > columns)
			columns = (unsigned int)strlen(time);
	}
	return columns;
}

static unsigned int width_of(const struct timeline *timeline, unsigned int most)
{
	unsigned int width = timeline->time_columns;

	for (size_t i = 0; i < timeline->count; i++)
		width += GAP +
			 (timeline->columns[i].width < most ? timeline->columns[i].width : most);
	return width;
}

/* Narrows the widest columns until all fit; where they cannot, kernels get letters. */
static void fit(struct timeline *timeline)
{
	unsigned int columns = timeline->style->columns, most = columns;

	if (!columns || width_of(timeline, UINT_MAX) <= columns)
		return;
	timeline->has_letters = width_of(timeline, COLUMN_MIN) > columns;
	while (!timeline->has_letters && width_of(timeline, most) > columns)
		most--;
	for (size_t i = 0; i < timeline->count; i++)
		if (timeline->columns[i].width > most)
			timeline->columns[i].width = most;
}

static void write_timeline(FILE *out, const struct compared_run *runs, size_t count,
			   const struct compare_style *style)
{
	struct timeline timeline = {
		.out = out,
		.style = style,
		.count = count,
		.time_columns = time_columns(runs, count),
	};
	int64_t t_ns = 0;

	timeline.columns = xcalloc(count, sizeof(*timeline.columns));
	for (size_t i = 0; i < count; i++) {
		timeline.columns[i].run = &runs[i];
		measure(&timeline.columns[i]);
	}
	fit(&timeline);
	if (timeline.has_letters)
		write_letters(&timeline);
	else
		write_names(&timeline);
	while (next_time(timeline.columns, count, &t_ns))
		do
			write_stretch(&timeline, t_ns);
		while (write_action(&timeline, t_ns));
	free(timeline.columns);
}

/* As many kernels at a time as there are letters for, if need be. */
static size_t at_a_time(size_t count, const struct compare_style *style)
{
	return style->columns && count > LETTERS ? LETTERS : count;
}

void compare_write(FILE *out, const struct scenario *scenario, const struct compared_run *runs,
		   size_t count, const struct compare_style *style)
{
	struct wrap wrap = {
		.out = out,
		.columns = style->columns ? style->columns : UINT_MAX,
		.indent = 4,
		.color = color_code(style->is_colored, COLOR_BOLD),
		.breaks_words = true,
	};
	size_t part = at_a_time(count, style);
	char *title = xasprintf("%s%sHZ=%" PRIu32, scenario->title, *scenario->title ? ", " : "",
				scenario->hz);

	wrap_text(&wrap, title);
	wrap_end(&wrap);
	free(title);
	for (size_t from = 0; from < count; from += part)
		write_timeline(out, &runs[from], count - from < part ? count - from : part, style);
	compare_table_write(out, runs, count, style->columns);
}
