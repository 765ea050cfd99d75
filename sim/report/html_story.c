/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes the text beside the picture: the story, the scenario, and links between them. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/report/html.h"

bool html_has_line(const struct report *report, uint32_t line)
{
	const struct source *source = report->scenario->source;

	return line && line <= source->lines && line <= SOURCE_LINES_MAX &&
	       source->line_off[line - 1] < report->scenario->text_end;
}

bool html_link(const struct report *report, size_t kernel, size_t sentence, uint32_t line,
	       FILE *out)
{
	if (sentence < SENTENCES_MAX) /* false for NO_SENTENCE */
		fprintf(out, "href=\"#e%zu-%zu\"", report->timelines[kernel]->same_story, sentence);
	else if (html_has_line(report, line))
		fprintf(out, "href=\"#L%" PRIu32 "\"", line);
	else
		return false;
	return true;
}

/* Writes a sentence with its line number as a link. */
static void write_linked(const struct report *report, const struct story_sentence *sentence,
			 FILE *out)
{
	bool is_there = html_has_line(report, sentence->line);

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

struct mention {
	size_t kernel, sentence;
};

/* The first mention of each line on any kernel, preferably its statement; the caller frees. */
static struct mention *mentions_of(const struct report *report)
{
	struct mention *mentions = xcalloc(SOURCE_LINES_MAX + 1, sizeof(*mentions));

	for (uint32_t line = 0; line <= SOURCE_LINES_MAX; line++)
		mentions[line].sentence = NO_SENTENCE;
	for (unsigned int is_any = 0; is_any < 2; is_any++)
		for (size_t kernel = 0; kernel < report->count; kernel++) {
			const struct timeline *timeline = report->timelines[kernel];

			for (size_t i = 0; i < timeline->sentences_count && i < SENTENCES_MAX;
			     i++) {
				const struct story_sentence *sentence = &timeline->sentences[i];

				if (html_has_line(report, sentence->line) &&
				    mentions[sentence->line].sentence == NO_SENTENCE &&
				    (is_any || sentence->kind == STORY_ACTION))
					mentions[sentence->line] = (struct mention){ kernel, i };
			}
		}
	return mentions;
}

void html_source(const struct report *report, FILE *out)
{
	const struct source *source = report->scenario->source;
	struct mention *mentions = mentions_of(report);
	uint32_t line = 1;

	fputs("<section id=\"source\"><h2>", out);
	escape_string(out, source->path);
	fputs("</h2>\n<ol class=\"source\">\n", out);
	for (; html_has_line(report, line); line++) {
		uint32_t len;
		const char *text = source_line(source, line, &len);

		fprintf(out, "<li id=\"L%" PRIu32 "\"><a class=\"number\" ", line);
		if (!html_link(report, mentions[line].kernel, mentions[line].sentence, 0, out))
			fputs("aria-hidden=\"true\"", out);
		fprintf(out, ">%" PRIu32 "</a>", line);
		escape(out, text, len);
		fputs("</li>\n", out);
	}
	fputs("</ol>\n", out);
	if (report->scenario->snapshots_count || line > SOURCE_LINES_MAX)
		fputs("<p>The recorded traces that follow in the file are left out.</p>\n", out);
	fputs("</section>\n", out);
	free(mentions);
}
