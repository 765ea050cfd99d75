/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes the chart as a page. */
#include "sim/language/format.h"
#include "sim/report/chart.h"
#include "sim/report/html.h"
#include "sim/sweep/sweep_chart.h"

static void write_wait(FILE *out, const struct sweep_chart *chart, const struct chart_curve *curve,
		       size_t at)
{
	char wait[FORMAT_MAX_BYTES];

	format_duration(curve->waits_ns[at], wait);
	fprintf(out, "<td class=\"count\">%s</td><td>", wait);
	escape_string(out, chart->x_texts[at]);
	fputs("</td>", out);
}

static void write_curve(FILE *out, const struct sweep_chart *chart, const struct chart_curve *curve)
{
	size_t least = 0, most = 0, never = 0, waits = 0;

	for (size_t i = 0; i < chart->values_count; i++) {
		never += curve->waits_ns[i] == WAIT_NEVER;
		if (curve->waits_ns[i] < 0)
			continue;
		if (!waits++)
			least = most = i;
		if (curve->waits_ns[i] < curve->waits_ns[least])
			least = i;
		if (curve->waits_ns[i] > curve->waits_ns[most])
			most = i;
	}
	fputs("<tr><td>", out);
	escape_string(out, curve->name);
	fputs("</td>", out);
	if (waits) {
		write_wait(out, chart, curve, most);
		write_wait(out, chart, curve, least);
	} else {
		fputs("<td></td><td></td><td></td><td></td>", out);
	}
	fprintf(out, "<td class=\"count\">%zu</td></tr>\n", never);
}

bool html_chart_write(const struct report *report, FILE *out)
{
	const struct sweep_chart *chart = report->chart;

	html_head(report->picture, out);
	fputs("<header><h1>", out);
	escape_string(out, chart->title);
	fputs("</h1>\n<p class=\"about\">", out);
	escape_string(out, chart->path);
	fputs(", as <code>lwsim sweep</code> runs it</p></header>\n<main>\n", out);
	html_picture(report, out);
	fputs("<section id=\"numbers\"><h2>Numbers</h2>\n<div class=\"wide\"><table>\n"
	      "<thead><tr><th>curve</th><th class=\"count\">longest</th><th>first at</th>"
	      "<th class=\"count\">shortest</th><th>first at</th><th class=\"count\">never RUNNING</th>"
	      "</tr></thead>\n<tbody>\n",
	      out);
	for (size_t i = 0; i < chart->curves_count; i++)
		write_curve(out, chart, &chart->curves[i]);
	fputs("</tbody></table></div></section>\n</main>\n</body>\n</html>\n", out);
	return true;
}
