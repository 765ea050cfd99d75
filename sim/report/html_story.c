/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words beside the picture: the story, the scenario, and links from one to the other. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "../format.h"
#include "../summary.h"
#include "../xalloc.h"
#include "html.h"

#define WAITS "linkwatch waits"
/* Devices in the short answer, of a kernel. */
#define SHORT_MAX 8

uint32_t html_source_lines(const struct report *report)
{
	const struct source *source = report->scenario->source;
	uint32_t lines = 0;

	while (lines < source->lines && lines < SOURCE_LINES_MAX &&
	       source->line_off[lines] < report->scenario->text_end)
		lines++;
	return lines;
}

bool html_link(const struct report *report, size_t kernel, size_t sentence, uint32_t line,
	       FILE *out)
{
	if (sentence < SENTENCES_MAX) /* NO_SENTENCE is not */
		fprintf(out, "href=\"#e%zu-%zu\"", kernel, sentence);
	else if (line && line <= html_source_lines(report))
		fprintf(out, "href=\"#L%" PRIu32 "\"", line);
	else
		return false;
	return true;
}

/* Why RUNNING did not come at once: the last wait that was begun before it came. */
static const struct tale_sentence *reason(const struct tale *tale, int64_t until_ns)
{
	const struct tale_sentence *found = NULL;

	for (size_t i = 0; i < tale->sentences_count; i++) {
		const struct tale_sentence *sentence = &tale->sentences[i];

		if (sentence->t_ns > until_ns)
			break;
		/* one of that instant is what follows from it */
		if (sentence->t_ns < until_ns && strncmp(sentence->text, WAITS, strlen(WAITS)) == 0)
			found = sentence;
	}
	return found;
}

/* When its longest wait was over; the run's end: it was not. */
static int64_t wait_end(const struct tale *tale, const struct device_summary *device)
{
	if (device->up_ns >= 0)
		return tale->end_ns;
	for (size_t i = 0; i < tale->trace->count; i++) {
		const struct record *record = &tale->trace->records[i];
		char label[LABEL_MAX_BYTES];

		if (!record_is_message(record) || record->waited_ns != device->wait_ns)
			continue;
		format_label(record->netns, record->dev, label);
		if (strcmp(label, device->dev) == 0)
			return record->t_ns;
	}
	return tale->end_ns;
}

static void write_wait(const struct report *report, size_t kernel, const char *name,
		       const struct device_summary *device, FILE *out)
{
	const struct tale *tale = report->tales[kernel];
	const struct tale_sentence *why = reason(tale, wait_end(tale, device));
	char wait[FORMAT_MAX_BYTES];

	format_duration(device->wait_ns, wait);
	fputs("<li>", out);
	escape_string(out, name);
	if (!device->wait_ns)
		fputs(" is RUNNING as soon as it is UP", out);
	else if (device->up_ns >= 0)
		fprintf(out, " is UP for the last %s, and not RUNNING", wait);
	else
		fprintf(out, " is UP for %s before it is RUNNING", wait);
	if (device->wait_ns && device->up_ns < 0 && why) {
		fputs(": <a ", out);
		if (html_link(report, kernel, (size_t)(why - tale->sentences), why->line, out)) {
			fputc('>', out);
			escape_string(out, why->text);
			fputs("</a>", out);
		}
	}
	fputs("</li>\n", out);
}

void html_short(const struct report *report, FILE *out)
{
	fputs("<section id=\"short\"><h2>In short</h2>\n", out);
	for (size_t kernel = 0; kernel < report->count; kernel++) {
		const struct tale *tale = report->tales[kernel];
		char kernel_text[KERNEL_NAME_MAX_BYTES], name[FOLD_NAME_MAX_BYTES];
		const struct device_summary *device;
		struct summary summary;
		size_t at = 0, said = 0;

		kernel_name(&tale->kernel, kernel_text);
		fputs("<h3>Linux ", out);
		escape_string(out, kernel_text);
		fputs("</h3>\n<ul>\n", out);
		summary_make(tale->trace, tale->end_ns, &summary);
		while (said < SHORT_MAX && (device = summary_next(&summary, &at, name)) != NULL) {
			if (!device->has_been_up || (!device->has_run && device->up_ns < 0))
				continue;
			write_wait(report, kernel, name, device, out);
			said++;
		}
		fputs(!said		   ? "<li>No device was UP.</li>\n"
		      : at < summary.count ? "<li>The others are in the table below.</li>\n"
					   : "",
		      out);
		fputs("</ul>\n", out);
		summary_free(&summary);
	}
	fputs("</section>\n", out);
}

/* A text whose last "line N" leads there. */
static void write_linked(const struct report *report, const struct tale_sentence *sentence,
			 FILE *out)
{
	const char *found = NULL, *end;

	for (const char *at = sentence->text; (at = strstr(at, "line ")) != NULL; at++)
		found = at;
	if (!found || !sentence->line || sentence->line > html_source_lines(report)) {
		escape_string(out, sentence->text);
		return;
	}
	end = found + strlen("line ");
	end += strspn(end, "0123456789");
	escape(out, sentence->text, (size_t)(found - sentence->text));
	fprintf(out, "<a href=\"#L%" PRIu32 "\">", sentence->line);
	escape(out, found, (size_t)(end - found));
	fputs("</a>", out);
	escape_string(out, end);
}

/* The first mark of each sentence; NO_SENTENCE: it has none. */
static size_t *marks_of(const struct report *report, size_t kernel)
{
	const struct picture *picture = report->picture;
	size_t count = report->tales[kernel]->sentences_count;
	size_t *marks = xcalloc(count + 1, sizeof(*marks));

	for (size_t i = 0; i < count; i++)
		marks[i] = NO_SENTENCE;
	for (size_t i = picture->spots_count; i-- > 0;)
		if (picture->spots[i].kernel == kernel && picture->spots[i].sentence < count)
			marks[picture->spots[i].sentence] = i;
	return marks;
}

static void write_kernel_story(const struct report *report, size_t kernel, FILE *out)
{
	const struct tale *tale = report->tales[kernel];
	size_t *marks = marks_of(report, kernel);
	char text[FORMAT_MAX_BYTES];

	fputs("<ol class=\"story\">\n", out);
	for (size_t i = 0; i < tale->sentences_count && i < SENTENCES_MAX; i++) {
		const struct tale_sentence *sentence = &tale->sentences[i];

		format_seconds(sentence->t_ns, text);
		fprintf(out, "<li id=\"e%zu-%zu\"%s><time>%s</time>", kernel, i,
			sentence->is_action ? " class=\"action\"" : "", text);
		write_linked(report, sentence, out);
		if (marks[i] != NO_SENTENCE)
			fprintf(out,
				" <a class=\"mark\" href=\"#m%zu\" aria-label=\"its mark in the picture\">"
				"\xe2\x97\x8f</a>",
				marks[i]);
		fputs("</li>\n", out);
	}
	fputs("</ol>\n", out);
	if (tale->sentences_count > SENTENCES_MAX)
		fprintf(out, "<p>and %zu more: <code>lwsim explain</code> tells all</p>\n",
			tale->sentences_count - SENTENCES_MAX);
	free(marks);
}

void html_story(const struct report *report, FILE *out)
{
	fputs("<section id=\"story\"><h2>What happens, and why</h2>\n", out);
	for (size_t kernel = 0; kernel < report->count; kernel++) {
		char name[KERNEL_NAME_MAX_BYTES];

		kernel_name(&report->tales[kernel]->kernel, name);
		fputs("<h3>Linux ", out);
		escape_string(out, name);
		fputs("</h3>\n", out);
		write_kernel_story(report, kernel, out);
	}
	fputs("</section>\n", out);
}

/* Where a line is told of first, on any kernel: its statement if that is told. */
static bool line_link(const struct report *report, uint32_t line, FILE *out)
{
	for (unsigned int is_any = 0; is_any < 2; is_any++)
		for (size_t kernel = 0; kernel < report->count; kernel++) {
			const struct tale *tale = report->tales[kernel];

			for (size_t i = 0; i < tale->sentences_count && i < SENTENCES_MAX; i++)
				if (tale->sentences[i].line == line &&
				    (is_any || tale->sentences[i].is_action))
					return html_link(report, kernel, i, 0, out);
		}
	return false;
}

void html_source(const struct report *report, FILE *out)
{
	const struct source *source = report->scenario->source;
	uint32_t lines = html_source_lines(report);

	fputs("<section id=\"source\"><h2>", out);
	escape_string(out, source->path);
	fputs("</h2>\n<ol class=\"source\">\n", out);
	for (uint32_t line = 1; line <= lines; line++) {
		uint32_t len;
		const char *text = source_line(source, line, &len);

		fprintf(out, "<li id=\"L%" PRIu32 "\"><a class=\"number\" ", line);
		if (!line_link(report, line, out))
			fputs("aria-hidden=\"true\"", out);
		fprintf(out, ">%" PRIu32 "</a>", line);
		escape(out, text, len);
		fputs("</li>\n", out);
	}
	fputs("</ol>\n", out);
	if (report->scenario->snapshots_count || lines == SOURCE_LINES_MAX)
		fputs("<p>What follows, as snapshots, is left out.</p>\n", out);
	fputs("</section>\n", out);
}
