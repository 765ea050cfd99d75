/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes the text beside the picture: the story, the scenario, and links between them. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/report/html.h"

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
	if (sentence < SENTENCES_MAX) /* false for NO_SENTENCE */
		fprintf(out, "href=\"#e%zu-%zu\"", report->timelines[kernel]->same_story, sentence);
	else if (line && line <= html_source_lines(report))
		fprintf(out, "href=\"#L%" PRIu32 "\"", line);
	else
		return false;
	return true;
}

/* Writes a sentence with its line number as a link. */
static void write_linked(const struct report *report, const struct story_sentence *sentence,
			 FILE *out)
{
	bool is_there = sentence->line && sentence->line <= html_source_lines(report);

	escape_string(out, sentence->text);
	if (!sentence->function && !sentence->line)
		return;
	fputs(" <span class=\"place\">(", out);
	if (sentence->function) {
		escape_string(out, sentence->function);
		fputs(", ", out);
	}
	if (is_there)
		fprintf(out, "<a href=\"#L%" PRIu32 "\">", sentence->line);
	fprintf(out, "line %" PRIu32 "%s%s)</span>", sentence->line, is_there ? "</a>" : "",
		sentence->is_derived ? ", derived" : "");
}

/* The first mark of each sentence; NO_SENTENCE: none. */
static size_t *marks_of(const struct report *report, size_t kernel)
{
	const struct picture *picture = report->picture;
	size_t count = report->timelines[kernel]->sentences_count;
	size_t *marks = xcalloc(count + 1, sizeof(*marks));

	for (size_t i = 0; i < count; i++)
		marks[i] = NO_SENTENCE;
	for (size_t i = picture->spots_count; i-- > 0;)
		if (picture->spots[i].kernel == kernel && picture->spots[i].sentence < count)
			marks[picture->spots[i].sentence] = i;
	return marks;
}

/* Highlights statements, and sets off the first sentence of an instant that begins with none. */
static const char *sentence_class(const struct timeline *timeline, size_t at)
{
	const struct story_sentence *sentence = &timeline->sentences[at];

	if (sentence->kind == STORY_ACTION)
		return " class=\"action\"";
	return at && timeline->sentences[at - 1].t_ns != sentence->t_ns ? " class=\"later\"" : "";
}

static void write_kernel_story(const struct report *report, size_t kernel, FILE *out)
{
	const struct timeline *timeline = report->timelines[kernel];
	size_t *marks = marks_of(report, kernel);
	char text[FORMAT_MAX_BYTES];

	fputs("<ol class=\"story\">\n", out);
	for (size_t i = 0; i < timeline->sentences_count && i < SENTENCES_MAX; i++) {
		const struct story_sentence *sentence = &timeline->sentences[i];

		format_seconds(sentence->t_ns, text);
		fprintf(out, "<li id=\"e%zu-%zu\"%s><time>%s</time>", kernel, i,
			sentence_class(timeline, i), text);
		write_linked(report, sentence, out);
		if (marks[i] != NO_SENTENCE)
			fprintf(out,
				" <a class=\"mark\" href=\"#m%zu\" title=\"its mark in the picture\" "
				"aria-label=\"its mark in the picture\">\xe2\x86\x91</a>",
				marks[i]);
		fputs("</li>\n", out);
	}
	fputs("</ol>\n", out);
	if (timeline->sentences_count > SENTENCES_MAX)
		fprintf(out, "<p>and %zu more: <code>lwsim explain</code> prints all</p>\n",
			timeline->sentences_count - SENTENCES_MAX);
	free(marks);
}

void html_kernel(const struct report *report, size_t kernel, FILE *out)
{
	char name[KERNEL_NAME_MAX_BYTES];

	kernel_name(&report->timelines[kernel]->kernel, name);
	fputs("<h3>Linux ", out);
	escape_string(out, name);
	fputs("</h3>\n", out);
}

bool html_same_story(const struct report *report, size_t kernel, FILE *out)
{
	const struct timeline *timeline = report->timelines[kernel];
	const struct timeline_marks *events = &timeline->events;
	char name[KERNEL_NAME_MAX_BYTES], last[FORMAT_MAX_BYTES];

	if (timeline->same_story == kernel)
		return false;
	kernel_name(&report->timelines[timeline->same_story]->kernel, name);
	fputs("<p>The same as on ", out);
	escape_string(out, name);
	fputs(", in every sentence and at the same times.", out);
	if (events->count && kernel_has(&timeline->kernel, KERNEL_URGENT_EVENT) &&
	    !kernel_has(&report->timelines[timeline->same_story]->kernel, KERNEL_URGENT_EVENT)) {
		format_moment(events->items[events->count - 1].t_ns, last);
		fprintf(out,
			" Whether an event is urgent is decided when it is fired; the last one is fired at "
			"%s s, and +urgent-event makes none urgent.",
			last);
	}
	fputs("</p>\n", out);
	return true;
}

void html_story(const struct report *report, FILE *out)
{
	fputs("<section id=\"story\"><h2>What happens, and why</h2>\n", out);
	for (size_t kernel = 0; kernel < report->count; kernel++) {
		html_kernel(report, kernel, out);
		if (!html_same_story(report, kernel, out))
			write_kernel_story(report, kernel, out);
	}
	fputs("</section>\n", out);
}

/* Links a line to its first mention on any kernel, preferably its statement. */
static bool line_link(const struct report *report, uint32_t line, FILE *out)
{
	for (unsigned int is_any = 0; is_any < 2; is_any++)
		for (size_t kernel = 0; kernel < report->count; kernel++) {
			const struct timeline *timeline = report->timelines[kernel];

			for (size_t i = 0; i < timeline->sentences_count && i < SENTENCES_MAX; i++)
				if (timeline->sentences[i].line == line &&
				    (is_any || timeline->sentences[i].kind == STORY_ACTION))
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
		fputs("<p>The recorded traces that follow in the file are left out.</p>\n", out);
	fputs("</section>\n", out);
}
