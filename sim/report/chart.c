/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Draws curves over an axis: the wait from UP to RUNNING against a parameter. */
#include "sim/report/chart.h"

#include <math.h>
#include <stdlib.h>

#include "sim/base/xalloc.h"
#include "sim/report/axis.h"
#include "sim/sweep/sweep_chart.h"

#define WIDTH 860.
#define LEFT 76.
#define RIGHT 30.
#define PLOT_HEIGHT 300.
#define EMPTY_HEIGHT 70. /* of a chart without waits */
#define NEVER_ABOVE 22.
#define LEGEND_ROW 20.
#define LABEL_SIZE 12.
/* Up to this many values get a mark each. */
#define MARKS_MAX 25
/* Lines closer than this overlap. */
#define NEAR 3.

static const enum ink curve_inks[CHART_CURVES_MAX] = { INK_WAIT,    INK_ADMIN, INK_UP,
						       INK_UNKNOWN, INK_ARROW, INK_CARRIER,
						       INK_TESTING, INK_MUTED };

struct plot {
	struct picture *picture;
	const struct sweep_chart *chart;
	double top;    /* y of the largest wait */
	double height; /* from top to the axis */
	double max_ms; /* the wait at the top; 0: no run has a wait */
	double min_x, max_x;
	bool has_never; /* has a row above for waits that last to the end */
};

static double x_of(const struct plot *plot, double value)
{
	return LEFT + (value - plot->min_x) / (plot->max_x - plot->min_x) * (WIDTH - LEFT - RIGHT);
}

static double y_of(const struct plot *plot, int64_t wait_ns)
{
	if (wait_ns == WAIT_NEVER)
		return plot->top - NEVER_ABOVE;
	return plot->top + plot->height * (1. - (double)wait_ns / 1e6 / plot->max_ms);
}

/* Distance between labels, such that at most `most` fit into span. */
static double step_of(double span, int most)
{
	return axis_round_step(span / most);
}

static void label(const struct plot *plot, double x, double y, const char *text, double align)
{
	double width = text_width(text, LABEL_SIZE, false);

	picture_text(plot->picture, x - width * align, y, width + 1., LABEL_SIZE, INK_TEXT, text);
}

static void draw_y_axis(const struct plot *plot)
{
	double step = plot->max_ms > 0. ? step_of(plot->max_ms, 6) : 0.;

	for (int i = 0; step > 0. && step * i <= plot->max_ms * 1.0001; i++) {
		double y = plot->top + plot->height * (1. - step * i / plot->max_ms);
		char *text = xasprintf("%g ms", step * i);

		picture_line(plot->picture, LEFT, y, WIDTH - LEFT - RIGHT, 0., INK_GRID);
		label(plot, LEFT - 8., y + 4., text, 1.);
		free(text);
	}
	if (!plot->has_never)
		return;
	picture_line(plot->picture, LEFT, plot->top - NEVER_ABOVE, WIDTH - LEFT - RIGHT, 0.,
		     INK_GRID)
		->is_dashed = true;
	label(plot, LEFT - 8., plot->top - 18., "never", 1.);
}

static void draw_tick(const struct plot *plot, double value, const char *text)
{
	double x = x_of(plot, value), bottom = plot->top + plot->height;

	picture_line(plot->picture, x, bottom, 0., 5., INK_TEXT);
	label(plot, x, bottom + 19., text, .5);
}

static double x_step(const struct plot *plot)
{
	double step = step_of(plot->max_x - plot->min_x, 8);

	return plot->chart->is_whole && step < 1. ? 1. : step;
}

static void draw_x_axis(const struct plot *plot)
{
	const struct sweep_chart *chart = plot->chart;
	double bottom = plot->top + plot->height;
	double step = x_step(plot);
	int64_t first = (int64_t)(plot->min_x / step);

	picture_line(plot->picture, LEFT, bottom, WIDTH - LEFT - RIGHT, 0., INK_TEXT);
	label(plot, LEFT + (WIDTH - LEFT - RIGHT) / 2., bottom + 40., chart->x_name, .5);
	for (int64_t i = first; chart->is_numeric && step * (double)i <= plot->max_x * 1.0001;
	     i++) {
		char *text = xasprintf("%g", step * (double)i);

		if (step * (double)i >= plot->min_x)
			draw_tick(plot, step * (double)i, text);
		free(text);
	}
	for (size_t i = 0; i < chart->values_count && !chart->is_numeric; i++) {
		char *text = text_fit(chart->x_texts[i], 90., LABEL_SIZE, false);

		if (step <= 1. || i % (size_t)step == 0)
			draw_tick(plot, chart->x[i], text);
		free(text);
	}
}

/*
 * Whether the curve continues from one value to the next. Values that are not numeric have nothing
 * in between.
 */
static bool is_joined(const struct sweep_chart *chart, const struct chart_curve *curve, size_t at)
{
	int64_t here = curve->waits_ns[at], next;

	if (!chart->is_numeric || at + 1 >= chart->values_count)
		return false;
	next = curve->waits_ns[at + 1];
	return here != WAIT_NONE && next != WAIT_NONE &&
	       (here == WAIT_NEVER) == (next == WAIT_NEVER);
}

/* How many curves drawn later overlap this one at a value. */
static unsigned int curves_over(const struct plot *plot, size_t curve, size_t at)
{
	const struct chart_curve *curves = plot->chart->curves;
	int64_t wait_ns = curves[curve].waits_ns[at];
	unsigned int count = 0;

	for (size_t i = curve + 1; i < plot->chart->curves_count; i++) {
		int64_t over_ns = curves[i].waits_ns[at];

		count += over_ns != WAIT_NONE &&
			 fabs(y_of(plot, wait_ns) - y_of(plot, over_ns)) < NEAR;
	}
	return count;
}

/* Curves below others are wider, so that both their edges are visible. */
static double width_of(const struct plot *plot, size_t curve, size_t at)
{
	unsigned int over = curves_over(plot, curve, at);
	unsigned int over_next = curves_over(plot, curve, at + 1);

	return 2. + 3. * (over < over_next ? over : over_next);
}

/* Whether the curve has no bend at a value. */
static bool is_straight(const struct plot *plot, const struct chart_curve *curve, size_t at)
{
	const double *x = plot->chart->x;
	double y = y_of(plot, curve->waits_ns[at]);
	double before = y - y_of(plot, curve->waits_ns[at - 1]);
	double after = y_of(plot, curve->waits_ns[at + 1]) - y;

	return fabs(before * (x[at + 1] - x[at]) - after * (x[at] - x[at - 1])) <
	       1e-9 * (x[at + 1] - x[at - 1]);
}

/*
 * Draws the line from a value on in one piece, because joints would be visible. Returns the value
 * where it ends.
 */
static size_t draw_line(const struct plot *plot, size_t number, size_t from)
{
	const struct sweep_chart *chart = plot->chart;
	const struct chart_curve *curve = &chart->curves[number];
	double x = x_of(plot, chart->x[from]), y = y_of(plot, curve->waits_ns[from]);
	double width = width_of(plot, number, from);
	size_t to = from + 1;

	while (is_joined(chart, curve, to) && is_straight(plot, curve, to) &&
	       width_of(plot, number, to) == width)
		to++;
	picture_line(plot->picture, x, y, x_of(plot, chart->x[to]) - x,
		     y_of(plot, curve->waits_ns[to]) - y, curve_inks[number])
		->line_width = width;
	return to;
}

static void draw_curve(const struct plot *plot, size_t number)
{
	const struct sweep_chart *chart = plot->chart;
	const struct chart_curve *curve = &chart->curves[number];
	bool has_marks = chart->values_count <= MARKS_MAX;

	for (size_t i = 0; i < chart->values_count;)
		i = is_joined(chart, curve, i) ? draw_line(plot, number, i) : i + 1;
	for (size_t i = 0; i < chart->values_count; i++) {
		bool is_alone =
			!is_joined(chart, curve, i) && !(i && is_joined(chart, curve, i - 1));

		if (curve->waits_ns[i] != WAIT_NONE && (is_alone || has_marks))
			picture_circle(plot->picture, x_of(plot, chart->x[i]),
				       y_of(plot, curve->waits_ns[i]),
				       3. + 2. * curves_over(plot, number, i), curve_inks[number],
				       INK_NONE);
	}
}

/* Says why there is nothing to draw. */
static void draw_emptiness(const struct plot *plot)
{
	const char *device = plot->chart->device;
	double middle = LEFT + (WIDTH - LEFT - RIGHT) / 2., y = plot->top + 30.;
	char *text;

	if (plot->max_ms > 0.)
		return;
	if (plot->has_never)
		text = xasprintf("No run has a wait to draw: once up, %s never becomes RUNNING",
				 device ? device : "a device");
	else
		text = xasprintf("No run has a wait to draw: %s %s up",
				 device ? device : "no device", device ? "is never" : "is ever");
	label(plot, middle, y, text, .5);
	free(text);
	if (plot->has_never && !device)
		label(plot, middle, y + LEGEND_ROW,
		      "--device DEV draws the wait of one device alone", .5);
}

static void draw_legend(const struct plot *plot, double y)
{
	for (size_t i = 0; i < plot->chart->curves_count; i++) {
		struct shape *line =
			picture_line(plot->picture, LEFT, y - 4., 24., 0., curve_inks[i]);

		line->line_width = 3.;
		picture_text(plot->picture, LEFT + 34., y, WIDTH - LEFT - RIGHT - 34., LABEL_SIZE,
			     INK_TEXT, plot->chart->curves[i].name);
		y += LEGEND_ROW;
	}
}

static void measure(struct plot *plot)
{
	const struct sweep_chart *chart = plot->chart;
	double max_ms = -1., step;

	for (size_t i = 0; i < chart->curves_count; i++)
		for (size_t j = 0; j < chart->values_count; j++) {
			int64_t wait_ns = chart->curves[i].waits_ns[j];

			plot->has_never |= wait_ns == WAIT_NEVER;
			if (wait_ns >= 0 && (double)wait_ns / 1e6 > max_ms)
				max_ms = (double)wait_ns / 1e6;
		}
	plot->height = max_ms < 0. ? EMPTY_HEIGHT : PLOT_HEIGHT;
	if (max_ms == 0.)
		max_ms = 1.; /* all waits are 0: the curve is on the axis */
	step = max_ms > 0. ? step_of(max_ms, 6) : 0.;
	while (plot->max_ms < max_ms)
		plot->max_ms += step;
	plot->min_x = chart->x[0];
	plot->max_x = chart->x[chart->values_count - 1];
}

void chart_layout(struct picture *picture, const struct sweep_chart *chart)
{
	struct plot plot = { .picture = picture, .chart = chart };
	double legend = LEGEND_ROW * (double)chart->curves_count;
	char *about = xasprintf("the longest wait of %s from UP to RUNNING, as userspace sees it",
				chart->device ? chart->device : "a device");

	measure(&plot);
	plot.top = 74. + legend + (plot.has_never ? 34. : 12.);
	*picture = (struct picture){ .width = WIDTH, .height = plot.top + plot.height + 56. };
	picture->title = xasprintf("%s: UP to RUNNING against %s", chart->title, chart->x_name);
	picture_rect(picture, 0., 0., WIDTH, picture->height, INK_PAPER, INK_NONE);
	picture_bold(picture, 16., 28., WIDTH - 32., 17., INK_TEXT, chart->title);
	picture_text(picture, 16., 48., WIDTH - 32., 12., INK_MUTED, about);
	free(about);
	draw_legend(&plot, 76.);
	draw_y_axis(&plot);
	draw_x_axis(&plot);
	for (size_t i = 0; i < chart->curves_count; i++)
		draw_curve(&plot, i);
	draw_emptiness(&plot);
}

static bool draw(const struct sweep_chart *chart, const char *path)
{
	struct picture picture;
	const struct report report = { .picture = &picture, .chart = chart };
	report_fn format = output_format(path);
	bool is_good;

	chart_layout(&picture, chart);
	is_good = output_write(path, format == html_write ? html_chart_write : format, &report);
	picture_free(&picture);
	return is_good;
}

const struct drawing drawing = { .knows = output_is_known, .chart = draw };
