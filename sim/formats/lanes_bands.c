/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Draws one lane: a device's bands, notifications and waits, as rows of characters. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/formats/lanes_chart.h"
#include "sim/language/format.h"
#include "sim/language/names.h"

#define CUT '~'
#define WAIT '-'
#define ABSENT ' '

/* Marks of the state band: UNKNOWN counts as up, the others have their initial. */
const char lane_state_marks[] = {
	[IF_OPER_UNKNOWN] = '-',	[IF_OPER_NOTPRESENT] = 'N', [IF_OPER_DOWN] = LANE_OFF,
	[IF_OPER_LOWERLAYERDOWN] = ':', [IF_OPER_TESTING] = 't',    [IF_OPER_DORMANT] = 'd',
	[IF_OPER_UP] = LANE_ON,
};

unsigned int chart_column_of(const struct chart *chart, int64_t t_ns)
{
	return lanes_axis_column(&chart->axis, t_ns);
}

void chart_write_line(const struct chart *chart, const char *text)
{
	if (strlen(text) > LANES_MAX_COLUMNS)
		fprintf(chart->out, "%.*s...\n", LANES_MAX_COLUMNS - 3, text);
	else
		fprintf(chart->out, "%s\n", text);
}

void chart_write_row(const struct chart *chart, const char *name, row_t row)
{
	size_t len = CHART_COLUMNS;

	while (len && row[len - 1] == ' ')
		len--;
	fprintf(chart->out, "%-*s%.*s\n", GUTTER, name, (int)len, row);
}

void row_clear(row_t row)
{
	memset(row, ' ', CHART_COLUMNS);
	row[CHART_COLUMNS] = '\0';
}

void chart_mark_cuts(const struct chart *chart, row_t row)
{
	for (size_t i = 0; i < chart->axis.count; i++)
		if (chart->axis.is_cut[i])
			row[chart->axis.columns[i] - LANES_AXIS_CUT_COLUMNS / 2] = CUT;
}

bool row_write(row_t row, unsigned int from, unsigned int to, const char *text, bool is_centered)
{
	unsigned int len = (unsigned int)strlen(text), middle = (from + to) / 2, best = to;

	for (unsigned int at = from; at + len <= to; at++) {
		if (memchr(row + at, CUT, len))
			continue;
		if (best == to || (is_centered && abs((int)(at + len / 2) - (int)middle) <
							  abs((int)(best + len / 2) - (int)middle)))
			best = at;
	}
	if (best == to)
		return false;
	memcpy(row + best, text, len);
	return true;
}

/* The column where message i is superseded by the next one, or the chart's end. */
static unsigned int end_column(const struct chart *chart, const struct lane *lane, size_t i)
{
	return i + 1 < lane->count ? chart_column_of(chart, lane->messages[i + 1].t_ns)
				   : chart->width;
}

static char flag_mark(const struct lane_message *message, uint32_t flag)
{
	if (message->is_deleted)
		return ABSENT;
	return message->flags & flag ? LANE_ON : LANE_OFF;
}

static char state_mark(const struct lane_message *message, uint32_t unused)
{
	(void)unused;
	return message->is_deleted ? ABSENT : lane_state_marks[message->operstate];
}

/*
 * Mark for a change and its reversal within one column, or a device created and deleted within it.
 */
static char mark_short(struct chart *chart, char mark)
{
	if (mark == ABSENT) {
		chart->has_come_and_gone = true;
		return 'o';
	}
	chart->has_left = true;
	return 'x';
}

/* Draws one row: mark_of() of each message up to the next one. */
static void draw_band(struct chart *chart, const struct lane *lane, row_t row,
		      char (*mark_of)(const struct lane_message *, uint32_t), uint32_t flag)
{
	char before = ABSENT; /* of this column so far */
	bool was_left = false;

	row_clear(row);
	for (size_t i = 0; i < lane->count; i++) {
		unsigned int from = chart_column_of(chart, lane->messages[i].t_ns);
		unsigned int to = end_column(chart, lane, i);
		char mark = mark_of(&lane->messages[i], flag);

		if (to == from) {
			was_left |= mark != before;
			continue;
		}
		memset(row + from, mark, to - from);
		if (was_left && mark == before)
			row[from] = mark_short(chart, mark);
		was_left = false;
		before = mark;
	}
	chart_mark_cuts(chart, row);
}

/*
 * Writes the operstate's name over messages first to last, which are not deletions. Names never
 * touch the next one.
 */
static void name_state(struct chart *chart, const struct lane *lane, row_t row, size_t first,
		       size_t last)
{
	uint8_t state = lane->messages[first].operstate;
	unsigned int from = chart_column_of(chart, lane->messages[first].t_ns);
	unsigned int to = end_column(chart, lane, last);

	if (to == from)
		return;
	if (isupper((unsigned char)row[to]))
		to--;
	if (!row_write(row, from, to, operstate_name(state), false))
		chart->states |= 1U << state;
}

/*
 * Names each state at its start where there is room. Goes backwards, so that a name sees the next.
 */
static void draw_states(struct chart *chart, const struct lane *lane, row_t row)
{
	size_t first;

	draw_band(chart, lane, row, state_mark, 0);
	for (size_t end = lane->count; end; end = first) {
		const struct lane_message *last = &lane->messages[end - 1];

		first = end - 1;
		while (first && state_mark(&lane->messages[first - 1], 0) == state_mark(last, 0))
			first--;
		if (!last->is_deleted)
			name_state(chart, lane, row, first, end - 1);
	}
}

/* Draws an arrow over [from, to); false if it is too short for both ends. */
static bool draw_arrow(const struct chart *chart, row_t row, unsigned int from, unsigned int to)
{
	if (to <= from)
		return false;
	memset(row + from, WAIT, to - from);
	chart_mark_cuts(chart, row);
	if (to - from < 3)
		return false;
	row[from] = '<';
	row[to - 1] = '>';
	return true;
}

/* Draws the wait between UP and this message, which brought RUNNING. */
static void draw_wait(struct chart *chart, const char *name, row_t row,
		      const struct lane_message *message)
{
	unsigned int from = chart_column_of(chart, message->t_ns - message->waited_ns);
	unsigned int to = chart_column_of(chart, message->t_ns);
	char waited[FORMAT_MAX_BYTES], spaced[FORMAT_MAX_BYTES + 2], when[FORMAT_MAX_BYTES];

	format_duration(message->waited_ns, waited);
	sprintf(spaced, " %s ", waited);
	if (draw_arrow(chart, row, from, to) && (row_write(row, from + 2, to - 2, spaced, true) ||
						 row_write(row, from + 1, to - 1, waited, true)))
		return;
	format_seconds(message->t_ns, when);
	if (chart->untold_count < UNTOLD_MAX)
		chart->untold[chart->untold_count] =
			xasprintf("  %s: RUNNING at %s, %s after UP", name, when, waited);
	chart->untold_count++;
}

/* Draws a wait without RUNNING, from UP to DOWN or the end. */
static void draw_no_running(const struct chart *chart, row_t row, unsigned int from,
			    unsigned int to)
{
	if (draw_arrow(chart, row, from, to) &&
	    !row_write(row, from + 2, to - 2, " no RUNNING ", true))
		row_write(row, from + 1, to - 1, "no RUNNING", true);
}

static void draw_running(struct chart *chart, const struct lane *lane, const char *name, row_t row)
{
	bool waits = false;
	unsigned int up = 0;

	draw_band(chart, lane, row, flag_mark, IFF_RUNNING);
	for (size_t i = 0; i < lane->count; i++) {
		const struct lane_message *message = &lane->messages[i];
		bool is_up = message->flags & IFF_UP && !message->is_deleted;
		bool was_up = i && lane->messages[i - 1].flags & IFF_UP &&
			      !lane->messages[i - 1].is_deleted;

		if (waits && !is_up)
			draw_no_running(chart, row, up, chart_column_of(chart, message->t_ns));
		if (waits && message->waited_ns > 0)
			draw_wait(chart, name, row, message);
		if (is_up && !was_up)
			up = chart_column_of(chart, message->t_ns);
		waits = is_up && !(message->flags & IFF_RUNNING) && (waits || !was_up);
	}
	if (waits)
		draw_no_running(chart, row, up, chart->width);
}

static void draw_notifications(struct chart *chart, const struct lane *lane, row_t row)
{
	row_clear(row);
	chart_mark_cuts(chart, row);
	for (size_t i = 0; i < lane->count;) {
		unsigned int column = chart_column_of(chart, lane->messages[i].t_ns), count = 0;

		for (; i < lane->count && chart_column_of(chart, lane->messages[i].t_ns) == column;
		     i++)
			count++;
		row[column] = count == 1 ? '*' : count < 10 ? (char)('0' + count) : '#';
		if (count > chart->most)
			chart->most = count;
	}
}

void lane_draw(struct chart *chart, const struct lane *lane, const char *name)
{
	row_t row;

	if (strlen(name) >= GUTTER)
		chart_write_line(chart, name);
	draw_notifications(chart, lane, row);
	chart_write_row(chart, strlen(name) < GUTTER ? name : "", row);
	draw_band(chart, lane, row, flag_mark, IFF_UP);
	chart_write_row(chart, "  UP", row);
	draw_band(chart, lane, row, flag_mark, IFF_LOWER_UP);
	chart_write_row(chart, "  LOWER_UP", row);
	draw_running(chart, lane, name, row);
	chart_write_row(chart, "  RUNNING", row);
	draw_states(chart, lane, row);
	chart_write_row(chart, "  operstate", row);
}
