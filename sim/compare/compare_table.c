/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints waits and counts, a row for each kernel and device. */
#include "sim/compare/compare_table.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/safe_text.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/compare/summary.h"

#define GAP 2		/* columns between two of the table */
#define PART_COLUMNS 18 /* of a part of a kernel's name that does not fit as a whole */

enum figure {
	FIGURE_WAIT,
	FIGURE_NOTIFICATIONS,
	FIGURE_MOST,
	FIGURE_COUNT
};

static const char *const headings[FIGURE_COUNT] = {
	[FIGURE_WAIT] = "UP to RUNNING",
	[FIGURE_NOTIFICATIONS] = "notifications",
	[FIGURE_MOST] = "most in 1s",
};

struct table {
	FILE *out;
	const struct compared_run *runs;
	struct summary *summaries;
	size_t count;
	unsigned int columns; /* of the screen; 0: no limit */
	bool folds_kernels;
	unsigned int kernel_columns, device_columns, wait_columns;
};

/* Of a part that is too wide: up to a '-' in it, if there is one. */
static size_t cut_len(const char *at, size_t len, unsigned int columns)
{
	size_t fits = text_fit_columns(at, len, columns), cut = fits;

	while (cut && at[cut - 1] != '-')
		cut--;
	return cut ? cut : fits;
}

size_t kernel_part_len(const struct kernel *kernel, const char *at, unsigned int columns)
{
	const char *ends = kernel->source ? "/," : "+";
	size_t len = *at ? 1 + strcspn(at + 1, ends) : 0;

	while (kernel->source && at[len]) {
		size_t more = 1 + strcspn(at + len + 1, ends);

		if (text_columns(at, len + more) > columns)
			break;
		len += more;
	}
	return text_columns(at, len) > columns ? cut_len(at, len, columns) : len;
}

static void at_least(unsigned int *columns, size_t needed)
{
	if (needed > *columns)
		*columns = (unsigned int)needed;
}

static unsigned int columns_of(const char *text)
{
	return text_columns(text, strlen(text));
}

static void measure_rows(struct table *table)
{
	char name[FOLD_NAME_MAX_BYTES], wait[WAIT_MAX_BYTES];
	const struct device_summary *device;

	for (size_t i = 0; i < table->count; i++)
		for (size_t at = 0; (device = summary_next(&table->summaries[i], &at, name));) {
			summary_wait(device, wait);
			at_least(&table->device_columns, columns_of(name));
			at_least(&table->wait_columns, strlen(wait));
		}
}

static unsigned int figures_columns(const struct table *table)
{
	return table->wait_columns + columns_of(headings[FIGURE_NOTIFICATIONS]) +
	       columns_of(headings[FIGURE_MOST]) + 4 * GAP;
}

static void measure_kernels(struct table *table)
{
	char name[KERNEL_NAME_MAX_BYTES];
	size_t len;

	table->kernel_columns = columns_of("kernel");
	for (size_t i = 0; i < table->count; i++) {
		const struct kernel *kernel = &table->runs[i].kernel;

		run_name(&table->runs[i], name);
		if (!table->folds_kernels)
			at_least(&table->kernel_columns, columns_of(name));
		else
			for (const char *at = name;
			     (len = kernel_part_len(kernel, at, PART_COLUMNS)); at += len)
				at_least(&table->kernel_columns, text_columns(at, len));
	}
}

/* Gives way, first with the kernels' names, then with the devices'. */
static void measure(struct table *table)
{
	unsigned int columns = table->columns, figures, room;

	table->device_columns = columns_of("device");
	table->wait_columns = columns_of(headings[FIGURE_WAIT]);
	measure_rows(table);
	figures = figures_columns(table);
	measure_kernels(table);
	if (!columns || table->kernel_columns + table->device_columns + figures <= columns)
		return;
	table->folds_kernels = true;
	measure_kernels(table);
	room = columns - figures - table->kernel_columns;
	if (room < columns_of("device") || room > columns)
		room = columns_of("device");
	if (table->device_columns > room)
		table->device_columns = room;
}

/* Prints text[0..len) and blanks up to that many columns. */
static void write_padded(const struct table *table, const char *text, size_t len,
			 unsigned int columns)
{
	unsigned int used = text_columns(text, len);

	text_print(table->out, text, len);
	fprintf(table->out, "%*s", used < columns ? (int)(columns - used) : 0, "");
}

/* The part of a folded name that stands in this row; none: blanks. Moves *at behind it. */
static void write_kernel(const struct table *table, const struct kernel *kernel, const char **at)
{
	size_t len =
		table->folds_kernels ? kernel_part_len(kernel, *at, PART_COLUMNS) : strlen(*at);

	write_padded(table, *at, len, table->kernel_columns);
	if (table->folds_kernels)
		*at += len;
}

/* A device's name that is too long gets a line of its own. */
static void write_device(const struct table *table, const char *name)
{
	struct wrap wrap = {
		.out = table->out,
		.columns = table->columns,
		.indent = table->kernel_columns + GAP,
		.column = table->kernel_columns + GAP,
		.breaks_words = true,
	};

	fprintf(table->out, "%*s", GAP, "");
	if (columns_of(name) <= table->device_columns) {
		write_padded(table, name, strlen(name), table->device_columns);
		return;
	}
	wrap_text(&wrap, name);
	fprintf(table->out, "\n%*s", (int)(wrap.indent + table->device_columns), "");
}

static void write_figures(const struct table *table, const struct device_summary *device)
{
	char wait[WAIT_MAX_BYTES];

	summary_wait(device, wait);
	fprintf(table->out, "%*s%-*s%*s%*zu%*s%*zu\n", GAP, "", (int)table->wait_columns, wait, GAP,
		"", (int)columns_of(headings[FIGURE_NOTIFICATIONS]), device->messages, GAP, "",
		(int)columns_of(headings[FIGURE_MOST]), device->most_in_second);
}

static void write_rows(const struct table *table, size_t i)
{
	char kernel[KERNEL_NAME_MAX_BYTES], name[FOLD_NAME_MAX_BYTES];
	const struct device_summary *device;
	const char *part = kernel;
	bool has_rows = false;

	run_name(&table->runs[i], kernel);
	for (size_t at = 0; (device = summary_next(&table->summaries[i], &at, name));) {
		write_kernel(table, &table->runs[i].kernel, &part);
		write_device(table, name);
		write_figures(table, device);
		has_rows = true;
	}
	while (has_rows && table->folds_kernels && *part) {
		size_t len = kernel_part_len(&table->runs[i].kernel, part, PART_COLUMNS);

		text_print(table->out, part, len);
		fputc('\n', table->out);
		part += len;
	}
}

static void write_headings(const struct table *table)
{
	fprintf(table->out, "\n%-*s%*s%-*s%*s%-*s%*s%s%*s%s\n", (int)table->kernel_columns,
		"kernel", GAP, "", (int)table->device_columns, "device", GAP, "",
		(int)table->wait_columns, headings[FIGURE_WAIT], GAP, "",
		headings[FIGURE_NOTIFICATIONS], GAP, "", headings[FIGURE_MOST]);
}

void compare_table_write(FILE *out, const struct compared_run *runs, size_t count,
			 unsigned int columns)
{
	struct table table = { .out = out, .runs = runs, .count = count, .columns = columns };

	table.summaries = xcalloc(count, sizeof(*table.summaries));
	for (size_t i = 0; i < count; i++)
		summary_make(runs[i].trace, runs[i].end_ns, &table.summaries[i]);
	measure(&table);
	write_headings(&table);
	for (size_t i = 0; i < count; i++)
		write_rows(&table, i);
	for (size_t i = 0; i < count; i++)
		summary_free(&table.summaries[i]);
	free(table.summaries);
}
