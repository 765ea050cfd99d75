/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes the report as one self-contained page without JavaScript. */
#include "sim/report/html.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/report/layout.h"

static void write_spot(const struct report *report, size_t number, FILE *out)
{
	const struct picture *picture = report->picture;
	const struct spot *spot = &picture->spots[number];

	fprintf(out, "<a class=\"spot %s %s\" id=\"m%zu\" ",
		spot->x < picture->width / 2. ? "east" : "west",
		spot->y < picture->height * .55 ? "south" : "north", number);
	if (!html_link(report, spot->kernel, spot->sentence, spot->line, out))
		fputs("href=\"#story\"", out);
	fprintf(out, " style=\"left:%.2f%%;top:%.2f%%;width:%.2f%%;height:%.2f%%\" aria-label=\"",
		100. * spot->x / picture->width, 100. * spot->y / picture->height,
		100. * spot->w / picture->width, 100. * spot->h / picture->height);
	escape_string(out, spot->text);
	fputs("\"><span class=\"tip\">", out);
	escape_string(out, spot->text);
	fputs("</span></a>\n", out);
}

void html_picture(const struct report *report, FILE *out)
{
	const struct picture *picture = report->picture;

	fprintf(out,
		"<figure id=\"picture\"><p class=\"sideways\">The picture is wider than the "
		"window: it scrolls sideways.</p><div class=\"scroll\">"
		"<div class=\"sheet%s\" style=\"min-width:%.0fpx;max-width:%.0fpx\">\n",
		/* on paper, a drawing that fits on a page is not split */
		picture->height < picture->width ? " page" : "", html_picture_least(picture),
		picture->width * 1.25);
	svg_element(picture, false, out);
	for (size_t i = 0; i < picture->spots_count; i++)
		write_spot(report, i, out);
	fputs("</div></div></figure>\n", out);
}

static void write_kernel_rows(const struct timeline *timeline, FILE *out)
{
	char kernel[KERNEL_NAME_MAX_BYTES], name[FOLD_NAME_MAX_BYTES], wait[WAIT_MAX_BYTES],
		lie[FORMAT_MAX_BYTES];
	const struct device_summary *device;
	struct summary summary;
	size_t at = 0, from = 0;
	const char *liar;

	kernel_name(&timeline->kernel, kernel);
	summary_make(timeline->trace, timeline->end_ns, &summary);
	for (; (device = summary_next(&summary, &at, name)) != NULL; from = at) {
		liar = html_lie(timeline, &summary, from, at, lie);
		summary_wait(device, wait);
		fputs("<tr><td>", out);
		escape_string(out, kernel);
		fputs("</td><td>", out);
		escape_string(out, name);
		fprintf(out, "</td><td class=\"count\">%s</td><td class=\"count\">%s", wait, lie);
		if (liar && at - from > 1) {
			fputs(", ", out);
			escape_string(out, liar);
		}
		fprintf(out, "</td><td class=\"count\">%zu</td><td class=\"count\">%zu</td></tr>\n",
			device->messages, device->most_in_second);
	}
	summary_free(&summary);
}

static void write_numbers(const struct report *report, FILE *out)
{
	fputs("<section id=\"numbers\"><h2>Numbers</h2>\n<div class=\"wide\"><table>\n"
	      "<thead><tr><th>kernel</th><th>device</th><th class=\"count\">UP to RUNNING</th>"
	      "<th class=\"count\">stale RUNNING</th>"
	      "<th class=\"count\">messages</th><th class=\"count\">most messages in a second</th></tr>"
	      "</thead>\n<tbody>\n",
	      out);
	for (size_t i = 0; i < report->count; i++)
		write_kernel_rows(report->timelines[i], out);
	fputs("</tbody></table></div></section>\n", out);
}

static void write_daemons(const struct report *report, FILE *out)
{
	if (!report->opinions)
		return;
	fputs("<section id=\"daemons\"><h2>Daemons</h2>\n"
	      "<p>Usable: up and with carrier, unless DORMANT or TESTING. Late: the longest time "
	      "that a daemon said down of a usable device; wrong: that it said up of one that was "
	      "not usable.</p>\n<div class=\"wide\"><pre>",
	      out);
	escape_string(out, report->opinions);
	fputs("</pre></div></section>\n", out);
}

void html_head(const struct picture *picture, FILE *out)
{
	/* whatever text the page shows, it can neither load nor run anything */
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	      "style-src 'unsafe-inline'\">\n"
	      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
	      out);
	escape_string(out, picture->title);
	fputs("</title>\n", out);
	html_style(picture, out);
	fputs("</head>\n<body>\n", out);
}

/* Writes what was compiled for kernels with a file, and what differs and was not run. */
static void write_about(const struct report *report, FILE *out)
{
	for (size_t i = 0; i < report->count; i++)
		for (const char *line = report->timelines[i]->about; line && *line;) {
			char *text = xstrndup(line, strcspn(line, "\n"));

			fputs("<p class=\"about\">", out);
			escape_string(out, text);
			fputs("</p>\n", out);
			line += strlen(text) + 1;
			free(text);
		}
}

bool html_write(const struct report *report, FILE *out)
{
	char *about;

	html_head(report->picture, out);
	fputs("<header><h1>", out);
	escape_string(out, report->picture->title);
	fputs("</h1>\n<p class=\"about\">", out);
	about = layout_about(report->scenario);
	escape_string(out, about);
	free(about);
	fputs(": simulated by lwsim, not measured</p>\n", out);
	write_about(report, out);
	html_verdict(report, out);
	fputs("</header>\n<main>\n", out);
	html_picture(report, out);
	write_numbers(report, out);
	write_daemons(report, out);
	html_intro(report, out);
	html_short(report, out);
	html_primer(report, out);
	fputs("<div class=\"columns\">\n", out);
	html_story(report, out);
	html_source(report, out);
	fputs("</div>\n", out);
	fputs("</main>\n</body>\n</html>\n", out);
	return true;
}
