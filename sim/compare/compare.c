/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints several kernels' runs side by side: equal records at the same time share a line. */
#include "sim/compare/compare.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/compare/summary.h"
#include "sim/language/fold.h"
#include "sim/language/format.h"
#include "sim/run/trace.h"

#define CELL_MAX_BYTES DESCRIBE_MAX_BYTES
#define COLUMN_MIN 22

/* One kernel's position in its trace. */
struct column {
	const struct compared_run *run;
	size_t at;		   /* next record */
	char cell[CELL_MAX_BYTES]; /* text to print next at this time; "": none */
	size_t cell_records;	   /* number of records in the cell */
	size_t width;
};

static const struct record *record_at(const struct column *column)
{
	return column->at < column->run->trace->count ? &column->run->trace->records[column->at]
						      : NULL;
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

/* Prints a line with the cells that equal `said`; the other columns wait for their own line. */
static void write_row(FILE *out, struct column *columns, size_t count, const char *said,
		      int64_t t_ns)
{
	char time[FORMAT_MAX_BYTES];
	size_t blanks = 0;

	format_seconds(t_ns, time);
	fprintf(out, "%12s", time);
	for (size_t i = 0; i < count; i++) {
		bool says = strcmp(columns[i].cell, said) == 0;

		if (says) {
			fprintf(out, "%*s  %s", (int)blanks, "", said);
			blanks = columns[i].width - strlen(said);
			columns[i].at += columns[i].cell_records;
		} else {
			blanks += columns[i].width + 2;
		}
	}
	fputc('\n', out);
}

/* Prints the records up to the next action or the end of the instant. */
static void write_stretch(FILE *out, struct column *columns, size_t count, int64_t t_ns)
{
	const struct column *first;
	char said[CELL_MAX_BYTES];

	for (;;) {
		for (size_t i = 0; i < count; i++)
			fill_cell(&columns[i], t_ns);
		first = first_with_cell(columns, count);
		if (!first)
			return;
		strcpy(said, first->cell);
		write_row(out, columns, count, said, t_ns);
	}
}

/* Prints the action that all columns reach at this instant; runs that have ended are skipped. */
static bool write_action(FILE *out, struct column *columns, size_t count, int64_t t_ns)
{
	const struct record *action = NULL;
	char time[FORMAT_MAX_BYTES];

	for (size_t i = 0; i < count; i++) {
		const struct record *record = record_at(&columns[i]);

		if (!record || record->t_ns != t_ns || record->kind != RECORD_ACTION)
			continue;
		if (!action)
			action = record;
		columns[i].at++;
	}
	if (!action)
		return false;
	format_seconds(t_ns, time);
	fprintf(out, "%12s  > ", time);
	record_write_action(out, action);
	fputc('\n', out);
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

/* How much of a name fits in one line: up to the next '+', or of a path as much as fits. */
static size_t name_part_len(const char *at, bool is_path)
{
	size_t len = *at ? 1 + strcspn(at + 1, is_path ? "/," : "+") : 0;

	while (is_path && at[len]) {
		size_t more = 1 + strcspn(at + len + 1, "/,");

		if (len + more > COLUMN_MIN)
			break;
		len += more;
	}
	return len;
}

/* Splits a name into parts, one per line, to keep columns narrow. */
static const char *name_part(const struct kernel *kernel, const char *name, unsigned int part,
			     size_t *ret_len)
{
	const char *at = name;

	for (unsigned int i = 0; i < part; i++)
		at += name_part_len(at, kernel->source != NULL);
	*ret_len = name_part_len(at, kernel->source != NULL);
	return at;
}

static void write_head(FILE *out, const struct column *columns, size_t count)
{
	bool has_part = true;

	for (unsigned int part = 0; has_part; part++) {
		size_t blanks = 0;

		has_part = false;
		for (size_t i = 0; i < count; i++) {
			char name[KERNEL_NAME_MAX_BYTES];
			const char *text;
			size_t len;

			kernel_name(&columns[i].run->kernel, name);
			text = name_part(&columns[i].run->kernel, name, part, &len);
			if (len) {
				fprintf(out, "%s%*s  %.*s",
					has_part ? ""
					: part	 ? "            "
						 : "     seconds",
					(int)blanks, "", (int)len, text);
				blanks = columns[i].width - len;
				has_part = true;
			} else {
				blanks += columns[i].width + 2;
			}
		}
		if (has_part)
			fputc('\n', out);
	}
}

static void measure(struct column *column)
{
	const struct trace *trace = column->run->trace;

	char name[KERNEL_NAME_MAX_BYTES];
	size_t len;

	kernel_name(&column->run->kernel, name);
	column->width = COLUMN_MIN;
	for (const char *at = name; (len = name_part_len(at, column->run->kernel.source != NULL));
	     at += len)
		if (len > column->width)
			column->width = len;
	for (column->at = 0; column->at < trace->count;) {
		fill_cell(column, trace->records[column->at].t_ns);
		if (strlen(column->cell) > column->width)
			column->width = strlen(column->cell);
		column->at += column->cell_records ? column->cell_records : 1;
	}
	column->at = 0;
}

static void write_timeline(FILE *out, const struct compared_run *runs, size_t count)
{
	struct column *columns = xcalloc(count, sizeof(*columns));
	int64_t t_ns = 0;

	for (size_t i = 0; i < count; i++) {
		columns[i].run = &runs[i];
		measure(&columns[i]);
	}
	write_head(out, columns, count);
	while (next_time(columns, count, &t_ns))
		do
			write_stretch(out, columns, count, t_ns);
		while (write_action(out, columns, count, t_ns));
	free(columns);
}

static void write_kernel_rows(FILE *out, const struct compared_run *run, int kernel_width)
{
	char kernel[KERNEL_NAME_MAX_BYTES], name[FOLD_NAME_MAX_BYTES], wait[WAIT_MAX_BYTES];
	const struct device_summary *device;
	struct summary summary;
	size_t at = 0;

	summary_make(run->trace, run->end_ns, &summary);
	kernel_name(&run->kernel, kernel);
	while ((device = summary_next(&summary, &at, name)) != NULL) {
		summary_wait(device, wait);
		fprintf(out, "%-*s  %-12s  %-18s  %13zu  %17zu\n", kernel_width, kernel, name, wait,
			device->messages, device->most_in_second);
	}
	summary_free(&summary);
}

void compare_write(FILE *out, const struct scenario *scenario, const struct compared_run *runs,
		   size_t count)
{
	int kernel_width = (int)strlen("kernel");

	fprintf(out, "%s%sHZ=%" PRIu32 "\n", scenario->title, *scenario->title ? ", " : "",
		scenario->hz);
	write_timeline(out, runs, count);
	for (size_t i = 0; i < count; i++) {
		char name[KERNEL_NAME_MAX_BYTES];

		kernel_name(&runs[i].kernel, name);
		if ((int)strlen(name) > kernel_width)
			kernel_width = (int)strlen(name);
	}
	fprintf(out, "\n%-*s  %-12s  %-18s  %13s  %17s\n", kernel_width, "kernel", "device",
		"UP to RUNNING", "notifications", "most in a second");
	for (size_t i = 0; i < count; i++)
		write_kernel_rows(out, &runs[i], kernel_width);
}
