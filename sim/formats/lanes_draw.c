/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Draws lanes: identical devices folded, actions above, time axis and legend below. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/utf8.h"
#include "sim/base/xalloc.h"
#include "sim/formats/lanes_chart.h"
#include "sim/language/fold.h"
#include "sim/language/format.h"
#include "sim/language/names.h"

#define LANES_MAX 10
#define NOTES_MAX 40
#define LABEL_ROWS 3
#define AGAIN '"'

__attribute__((format(printf, 2, 3))) static void write_cut(const struct chart *chart,
							    const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	chart_write_line(chart, text);
	free(text);
}

static void draw_lanes(struct chart *chart)
{
	struct lane_group *groups;
	size_t devices = 0, count;
	char name[FOLD_NAME_MAX_BYTES];

	count = lanes_group(chart->lanes, LANES_MAX, &groups);
	for (size_t i = 0; i < count; i++) {
		fold_name(&groups[i].fold, name);
		lane_draw(chart, groups[i].lane, name);
		devices += groups[i].devices;
	}
	free(groups);
	devices = chart->lanes->lanes_count - devices;
	if (devices)
		fprintf(chart->out,
			"and %zu more device%s; those with the most notifications are shown\n",
			devices, devices == 1 ? "" : "s");
}

/*
 * The instants that get a column: legend lines, messages, and the last iteration of repeats. Other
 * iterations are drawn in the column of their time.
 */
static int compare_times(const void *a, const void *b)
{
	int64_t a_ns = *(const int64_t *)a, b_ns = *(const int64_t *)b;

	return a_ns < b_ns ? -1 : a_ns > b_ns;
}

static size_t collect_times(const struct lanes *lanes, int64_t **ret_times_ns)
{
	size_t count = lanes->notes_count + 1, unique = 0, at = 0;
	int64_t *times_ns;

	for (size_t i = 0; i < lanes->lanes_count; i++)
		count += lanes->lanes[i]->count;
	times_ns = xcalloc(count, sizeof(times_ns[0]));
	for (size_t i = 0; i < lanes->notes_count; i++)
		times_ns[at++] = lanes->notes[i].t_ns;
	for (size_t i = 0; i < lanes->lanes_count; i++)
		for (size_t k = 0; k < lanes->lanes[i]->count; k++)
			times_ns[at++] = lanes->lanes[i]->messages[k].t_ns;
	if (lanes->agains_count)
		times_ns[at++] = lanes->agains_ns[lanes->agains_count - 1];
	qsort(times_ns, at, sizeof(times_ns[0]), compare_times);
	for (size_t i = 0; i < at; i++)
		if (!unique || times_ns[unique - 1] != times_ns[i])
			times_ns[unique++] = times_ns[i];
	*ret_times_ns = times_ns;
	return unique;
}

/* Labels above or below a row of columns; each goes to the first row with room. */
struct labels {
	row_t rows[LABEL_ROWS];
	unsigned int used; /* number of rows in use */
};

static void labels_clear(struct labels *labels)
{
	for (unsigned int i = 0; i < LABEL_ROWS; i++)
		row_clear(labels->rows[i]);
	labels->used = 0;
}

static bool labels_add(struct labels *labels, unsigned int column, const char *text)
{
	unsigned int len = (unsigned int)strlen(text);
	unsigned int from = column + len > CHART_COLUMNS ? CHART_COLUMNS - len : column;
	unsigned int before = from ? 1 : 0, behind = from + len < CHART_COLUMNS ? 1 : 0;

	for (unsigned int i = 0; i < LABEL_ROWS; i++) {
		char *at = labels->rows[i] + from;

		if (strspn(at - before, " ") < before + len + behind)
			continue;
		memcpy(at, text, len);
		if (i >= labels->used)
			labels->used = i + 1;
		return true;
	}
	return false;
}

/* Numbers the legend's lines; lines in the same column share a number. */
static void number_notes(const struct chart *chart, unsigned int *ret_numbers)
{
	const struct lanes *lanes = chart->lanes;
	unsigned int number = 0, column = UINT32_MAX;

	for (size_t i = 0; i < lanes->notes_count; i++) {
		unsigned int at = chart_column_of(chart, lanes->notes[i].t_ns);

		ret_numbers[i] = at == column ? number : ++number;
		column = at;
	}
}

static void draw_actions(const struct chart *chart, const unsigned int *numbers)
{
	const struct lanes *lanes = chart->lanes;
	struct labels labels;
	char number[16];

	labels_clear(&labels);
	for (size_t i = 0; i < lanes->notes_count; i++) {
		if (i && numbers[i] == numbers[i - 1])
			continue;
		sprintf(number, "%u", numbers[i]);
		labels_add(&labels, chart_column_of(chart, lanes->notes[i].t_ns), number);
	}
	for (size_t i = 0; i < lanes->agains_count; i++) {
		char *at = &labels.rows[0][chart_column_of(chart, lanes->agains_ns[i])];

		if (*at == ' ')
			*at = AGAIN;
	}
	for (unsigned int i = labels.used; i-- > 1;)
		chart_write_row(chart, "", labels.rows[i]);
	chart_mark_cuts(chart, labels.rows[0]);
	chart_write_row(chart, "actions", labels.rows[0]);
}

/* Decimals needed to write all instants exactly, at most 6. */
static unsigned int digits_of(const struct lanes_axis *axis)
{
	unsigned int digits = 0;
	char time[FORMAT_MAX_BYTES];

	for (size_t i = 0; i < axis->count; i++) {
		unsigned int needed = 6;

		format_seconds(axis->times_ns[i], time);
		while (needed && time[strlen(time) - 1 - (6 - needed)] == '0')
			needed--;
		digits = needed > digits ? needed : digits;
	}
	return digits;
}

static void draw_axis(struct chart *chart)
{
	const struct lanes_axis *axis = &chart->axis;
	unsigned int digits = digits_of(axis);
	struct labels labels;
	row_t line;

	labels_clear(&labels);
	row_clear(line);
	memset(line, '-', chart->width);
	for (size_t i = 0; i < axis->count; i++) {
		unsigned int column = axis->columns[i];
		char time[FORMAT_MAX_BYTES];

		if (i && column == axis->columns[i - 1])
			continue;
		format_seconds(axis->times_ns[i], time);
		time[strlen(time) - 6 - !digits + digits] = '\0';
		line[column] = '|';
		if (!labels_add(&labels, column, time)) {
			line[column] = '+';
			chart->has_unwritten = true;
		}
	}
	chart_mark_cuts(chart, line);
	chart_write_row(chart, "", line);
	for (unsigned int i = 0; i < labels.used; i++)
		chart_write_row(chart, i ? "" : "seconds", labels.rows[i]);
}

static void draw_notes(const struct chart *chart, const unsigned int *numbers)
{
	const struct lanes *lanes = chart->lanes;
	size_t drawn = lanes->notes_count < NOTES_MAX ? lanes->notes_count : NOTES_MAX;
	unsigned int before = 0;

	if (drawn)
		fputc('\n', chart->out);
	for (size_t i = 0; i < drawn; i++) {
		char number[16] = "", time[FORMAT_MAX_BYTES];

		if (numbers[i] != before)
			sprintf(number, "%u", numbers[i]);
		before = numbers[i];
		format_seconds(lanes->notes[i].t_ns, time);
		if (lanes->notes[i].times > 1)
			write_cut(chart, "%3s %10s  %s  (%zu times)", number, time,
				  lanes->notes[i].text, lanes->notes[i].times);
		else
			write_cut(chart, "%3s %10s  %s", number, time, lanes->notes[i].text);
	}
	if (drawn < lanes->notes_count)
		fprintf(chart->out, "and %zu more lines\n", lanes->notes_count - drawn);
}

/* Prints the key to the characters, wrapped to the width. */
struct key {
	FILE *out;
	unsigned int column;
};

__attribute__((format(printf, 2, 3))) static void key_add(struct key *key, const char *format, ...)
{
	unsigned int len;
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	len = (unsigned int)strlen(text);
	if (key->column + 3 + len > LANES_MAX_COLUMNS) {
		fputc('\n', key->out);
		key->column = 0;
	}
	fprintf(key->out, "%*s%s", key->column ? 3 : 2, "", text);
	key->column += len + (key->column ? 3 : 2);
	free(text);
}

static void draw_key(const struct chart *chart)
{
	struct key key = { .out = chart->out };
	char column[FORMAT_MAX_BYTES];

	fputc('\n', chart->out);
	if (chart->axis.count > 1) {
		format_duration(chart->axis.column_ns, column);
		key_add(&key, "a column: %s%s", chart->axis.is_even ? "" : "about ", column);
	}
	if (chart->axis.cuts)
		key_add(&key, "~ time left out");
	if (chart->lanes->lanes_count)
		key_add(&key, "= yes   . no   * notification");
	if (chart->most > 1)
		key_add(&key, chart->most > 9 ? "2..9 so many, # more" : "2..9 so many");
	if (chart->lanes->agains_count)
		key_add(&key, "%c repeated", AGAIN);
	if (chart->has_left)
		key_add(&key, "x changed and changed back");
	if (chart->has_come_and_gone)
		key_add(&key, "o created and deleted");
	if (chart->has_unwritten)
		key_add(&key, "+ a time not shown");
	for (uint8_t state = 0; state <= IF_OPER_UP; state++)
		if (chart->states & 1U << state)
			key_add(&key, "%c %s", lane_state_marks[state], operstate_name(state));
	fputc('\n', chart->out);
}

static void draw_head(const struct chart *chart)
{
	const struct scenario *scenario = chart->info->scenario;
	char kernel[KERNEL_NAME_MAX_BYTES];
	char *title = ascii_of(scenario->title, strlen(scenario->title));
	size_t len = strlen(title);

	kernel_name(chart->info->kernel, kernel);
	if (len && len + strlen(kernel) + strlen(", on , HZ=1000") > LANES_MAX_COLUMNS) {
		chart_write_line(chart, title);
		len = 0;
	}
	write_cut(chart, "%.*s%son %s, HZ=%" PRIu32, (int)len, title, len ? ", " : "", kernel,
		  scenario->hz);
	free(title);
	fputc('\n', chart->out);
}

/* Prints and frees the waits that did not fit. */
static void draw_untold(const struct chart *chart)
{
	if (chart->untold_count)
		fputc('\n', chart->out);
	for (size_t i = 0; i < chart->untold_count && i < UNTOLD_MAX; i++) {
		chart_write_line(chart, chart->untold[i]);
		free(chart->untold[i]);
	}
	if (chart->untold_count > UNTOLD_MAX)
		fprintf(chart->out, "and %zu more\n", chart->untold_count - UNTOLD_MAX);
}

static void draw_body(struct chart *chart)
{
	unsigned int *numbers = xcalloc(chart->lanes->notes_count + 1, sizeof(numbers[0]));

	number_notes(chart, numbers);
	draw_actions(chart, numbers);
	draw_lanes(chart);
	draw_axis(chart);
	draw_notes(chart, numbers);
	draw_untold(chart);
	draw_key(chart);
	free(numbers);
}

void lanes_draw(FILE *out, const struct run_info *info, struct lanes *lanes)
{
	struct chart chart = { .out = out, .info = info, .lanes = lanes };
	int64_t *times_ns;
	size_t count = collect_times(lanes, &times_ns);

	lanes_axis_make(times_ns, count, AXIS_COLUMNS, &chart.axis);
	chart.width = chart.axis.width + TAIL;
	draw_head(&chart);
	if (count)
		draw_body(&chart);
	else
		fputs("nothing happens\n", out);
	lanes_axis_free(&chart.axis);
	free(times_ns);
}
