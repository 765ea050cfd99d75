/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sweep_chart.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

void sweep_chart_wait(FILE *out, int64_t wait_ns)
{
	fprintf(out, "%" PRId64 "\n", wait_ns);
}

void sweep_chart_row(FILE *out, const struct sweep_row *row)
{
	sweep_chart_wait(out, measures_wait(&row->measures));
}

static const struct vary *axis_of(const struct swept *swept)
{
	return &swept->varies[swept->varies_count - 1];
}

bool sweep_chart_can(const struct swept *swept)
{
	uint64_t values = swept->varies_count ? axis_of(swept)->count : 0, curves;

	if (values < 2 || values > CHART_VALUES_MAX) {
		fprintf(stderr,
			"lwsim: error: a chart has 2 to %u values along its axis, which are those of the "
			"last --vary; here there are %" PRIu64 "\n",
			CHART_VALUES_MAX, values);
		return false;
	}
	curves = swept->combinations / values * swept->kernels_count;
	if (curves <= CHART_CURVES_MAX)
		return true;
	fprintf(stderr,
		"lwsim: error: a chart has at most %u curves, one for each kernel and each "
		"combination of the other values; here there are %" PRIu64 "\n",
		CHART_CURVES_MAX, curves);
	return false;
}

/* "5.8", or "5.8, status=on". */
static char *curve_name(const struct swept *swept, uint64_t combination, size_t kernel)
{
	size_t others = swept->varies_count - 1;
	char(*values)[VARY_VALUE_MAX_BYTES] = xcalloc(swept->varies_count, sizeof(*values));
	char *text = xstrdup(swept->kernels[kernel]);

	vary_values(swept->varies, swept->varies_count, combination, values);
	for (size_t i = 0; i < others; i++) {
		char *longer = xasprintf("%s, %s=%s", text, swept->varies[i].name, values[i]);

		free(text);
		text = longer;
	}
	free(values);
	return text;
}

/* If all values are numbers with the same unit, where they stand; else they stand one beside the other. */
static void place_values(struct sweep_chart *chart, const char *param)
{
	char *unit = NULL;

	chart->is_numeric = true;
	for (size_t i = 0; i < chart->values_count; i++) {
		chart->x[i] = strtod(chart->x_texts[i], &unit);
		chart->is_numeric &= unit != chart->x_texts[i] && strlen(unit) <= 3 &&
				     strspn(unit, "0123456789.,") == 0;
		if (i && chart->is_numeric) {
			const char *first = chart->x_texts[0];

			first += strspn(first, "+-0123456789.");
			chart->is_numeric =
				strcmp(first, unit) == 0 && chart->x[i] > chart->x[i - 1];
		}
	}
	for (size_t i = 0; i < chart->values_count && !chart->is_numeric; i++)
		chart->x[i] = (double)i;
	chart->x_name =
		chart->is_numeric && *unit ? xasprintf("%s (%s)", param, unit) : xstrdup(param);
}

/* Takes name and waits over. */
static void add_curve(struct sweep_chart *chart, char *name, int64_t *waits_ns)
{
	size_t bytes = chart->values_count * sizeof(*waits_ns);

	for (size_t i = 0; i < chart->curves_count; i++) {
		struct chart_curve *curve = &chart->curves[i];
		char *names;

		if (memcmp(curve->waits_ns, waits_ns, bytes) != 0)
			continue;
		names = xasprintf("%s; %s", curve->name, name);
		free(curve->name);
		curve->name = names;
		free(name);
		free(waits_ns);
		return;
	}
	chart->curves[chart->curves_count++] =
		(struct chart_curve){ .name = name, .waits_ns = waits_ns };
}

void sweep_chart_make(const struct swept *swept, const char *rows, struct sweep_chart *ret_chart)
{
	const struct vary *axis = axis_of(swept);
	size_t values = (size_t)axis->count, kernels = swept->kernels_count;
	size_t curves = (size_t)(swept->combinations / values) * kernels;
	char value[VARY_VALUE_MAX_BYTES];
	int64_t **waits = xcalloc(curves, sizeof(int64_t *));
	char *end;

	*ret_chart = (struct sweep_chart){
		.title = xstrdup(*swept->title ? swept->title : swept->file),
		.path = swept->file,
		.device = swept->device,
		.x_texts = xcalloc(values, sizeof(char *)),
		.x = xcalloc(values, sizeof(double)),
		.values_count = values,
		.curves = xcalloc(curves, sizeof(struct chart_curve)),
	};
	for (size_t i = 0; i < values; i++) {
		vary_value(axis, i, value);
		ret_chart->x_texts[i] = xstrdup(value);
	}
	place_values(ret_chart, axis->name);
	for (size_t i = 0; i < curves; i++)
		waits[i] = xcalloc(values, sizeof(int64_t));
	for (uint64_t run = 0; run < swept->combinations * kernels; run++, rows = end) {
		uint64_t combination = run / kernels;

		waits[combination / values * kernels + run % kernels][combination % values] =
			strtoll(rows, &end, 10);
	}
	for (size_t i = 0; i < curves; i++)
		add_curve(ret_chart, curve_name(swept, i / kernels * values, i % kernels),
			  waits[i]);
	free(waits);
}

void sweep_chart_free(struct sweep_chart *chart)
{
	for (size_t i = 0; i < chart->values_count; i++)
		free(chart->x_texts[i]);
	for (size_t i = 0; i < chart->curves_count; i++) {
		free(chart->curves[i].name);
		free(chart->curves[i].waits_ns);
	}
	free(chart->curves);
	free(chart->x_texts);
	free(chart->x);
	free(chart->x_name);
	free(chart->title);
}
