/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Collects the waits of a sweep as curves. */
#include "sim/sweep/sweep_chart.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"

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
		wrap_message(
			stderr,
			"lwsim: error: a chart has 2 to %u values along its axis, which are those "
			"of the last --vary; here there are %" PRIu64,
			CHART_VALUES_MAX, values);
		return false;
	}
	curves = swept->combinations / values * swept->kernels_count;
	if (curves <= CHART_CURVES_MAX)
		return true;
	wrap_message(stderr,
		     "lwsim: error: a chart has at most %u curves, one for each kernel and each "
		     "combination of the other values; here there are %" PRIu64,
		     CHART_CURVES_MAX, curves);
	return false;
}

/* Places numeric values with a common unit by size, other values at equal distances. */
static void place_values(struct sweep_chart *chart, const char *param)
{
	char *unit = NULL;

	chart->is_numeric = true;
	chart->is_whole = true;
	for (size_t i = 0; i < chart->values_count; i++) {
		chart->x[i] = strtod(chart->x_texts[i], &unit);
		chart->is_numeric &= unit != chart->x_texts[i] && strlen(unit) <= 3 &&
				     strspn(unit, "0123456789.,") == 0;
		chart->is_whole &= !*unit && !strchr(chart->x_texts[i], '.');
		if (i && chart->is_numeric) {
			const char *first = chart->x_texts[0];

			first += strspn(first, "+-0123456789.");
			chart->is_numeric =
				strcmp(first, unit) == 0 && chart->x[i] > chart->x[i - 1];
		}
	}
	chart->is_whole &= chart->is_numeric;
	for (size_t i = 0; i < chart->values_count && !chart->is_numeric; i++)
		chart->x[i] = (double)i;
	chart->x_name =
		chart->is_numeric && *unit ? xasprintf("%s (%s)", param, unit) : xstrdup(param);
}

/* Equal curves of one kernel, with the combinations of the other values. */
struct equals {
	const struct swept *swept;
	const char *kernel;
	uint64_t combinations[CHART_CURVES_MAX];
	size_t count;
};

/* Frees text; the caller frees the result. */
static char *joined(char *text, const char *between, const char *more)
{
	char *longer = text ? xasprintf("%s%s%s", text, between, more) : xstrdup(more);

	free(text);
	return longer;
}

static void value_of(const struct equals *equals, size_t at, size_t vary,
		     char ret_value[VARY_VALUE_MAX_BYTES])
{
	const struct swept *swept = equals->swept;
	uint64_t number = equals->combinations[at];

	for (size_t i = swept->varies_count; i-- > vary + 1;)
		number /= swept->varies[i].count;
	vary_value(&swept->varies[vary], number % swept->varies[vary].count, ret_value);
}

/* "1,2": the distinct values of [from..to). */
static char *values_of(const struct equals *equals, size_t from, size_t to, size_t vary,
		       size_t *ret_count)
{
	char value[VARY_VALUE_MAX_BYTES], before[VARY_VALUE_MAX_BYTES];
	char *text = NULL;

	*ret_count = 0;
	for (size_t i = from; i < to; i++) {
		bool is_new = true;

		value_of(equals, i, vary, value);
		for (size_t j = from; j < i && is_new; j++) {
			value_of(equals, j, vary, before);
			is_new = strcmp(value, before) != 0;
		}
		if (!is_new)
			continue;
		text = joined(text, ",", value);
		++*ret_count;
	}
	return text;
}

/* "5.8, n=1,2, m=on": a name for [from..to); ret_count: number of curves that the name denotes. */
static char *name_of(const struct equals *equals, size_t from, size_t to, size_t *ret_count)
{
	char *name = xstrdup(equals->kernel);

	*ret_count = 1;
	for (size_t vary = 0; vary + 1 < equals->swept->varies_count; vary++) {
		size_t count;
		char *values = values_of(equals, from, to, vary, &count);

		name = joined(name, ", ", equals->swept->varies[vary].name);
		name = joined(name, "=", values);
		free(values);
		*ret_count *= count;
	}
	return name;
}

/* One name if it denotes exactly these curves, else one for each. */
static char *names_of(const struct equals *equals)
{
	size_t count;
	char *names = name_of(equals, 0, equals->count, &count);

	if (count == equals->count)
		return names;
	free(names);
	names = NULL;
	for (size_t i = 0; i < equals->count; i++) {
		char *name = name_of(equals, i, i + 1, &count);

		names = joined(names, "; ", name);
		free(name);
	}
	return names;
}

/* Makes one curve of `first` and all later equal ones; takes their waits and sets them to NULL. */
static void add_curve(struct sweep_chart *chart, const struct swept *swept, int64_t **waits,
		      size_t curves, size_t first)
{
	size_t bytes = chart->values_count * sizeof(int64_t), kernels = swept->kernels_count;
	struct chart_curve *curve = &chart->curves[chart->curves_count++];
	bool is_same[CHART_CURVES_MAX] = { false };

	curve->waits_ns = waits[first];
	for (size_t i = first; i < curves; i++)
		is_same[i] = waits[i] && memcmp(waits[i], curve->waits_ns, bytes) == 0;
	for (size_t kernel = 0; kernel < kernels; kernel++) {
		struct equals equals = { .swept = swept, .kernel = swept->kernels[kernel] };

		for (size_t i = kernel; i < curves; i += kernels)
			if (is_same[i])
				equals.combinations[equals.count++] =
					i / kernels * chart->values_count;
		if (equals.count) {
			char *names = names_of(&equals);

			curve->name = joined(curve->name, "; ", names);
			free(names);
		}
	}
	for (size_t i = first; i < curves; i++)
		if (is_same[i]) {
			if (i > first)
				free(waits[i]);
			waits[i] = NULL;
		}
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
		if (waits[i])
			add_curve(ret_chart, swept, waits, curves, i);
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
