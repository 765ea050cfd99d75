/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Splits a lesson into its parts, by how its comments begin. */
#include "sim/commands/lesson.h"

#include <inttypes.h>
#include <string.h>

#include "sim/base/safe_text.h"
#include "sim/base/wrap.h"
#include "sim/language/diag.h"

static const char *const marks[LESSON_PART_COUNT] = {
	[LESSON_PARAGRAPH] = "#",
	[LESSON_SCENARIO] = "",
	[LESSON_QUESTION] = "#?",
	[LESSON_ANSWER] = "#!",
};

static const char *const part_names[LESSON_PART_COUNT] = {
	[LESSON_PARAGRAPH] = "comment at its beginning",
	[LESSON_SCENARIO] = "scenario",
	[LESSON_QUESTION] = "question: lines that begin with `#? `",
	[LESSON_ANSWER] = "answer: lines that begin with `#! `",
};

static bool begins(const char *text, uint32_t len, const char *with)
{
	return len >= strlen(with) && memcmp(text, with, strlen(with)) == 0;
}

/* The part that a line belongs to; a part never resumes after a later one. */
static enum lesson_part part_of(const char *text, uint32_t len, enum lesson_part before)
{
	if (begins(text, len, "-- "))
		return LESSON_PART_COUNT;
	if (begins(text, len, marks[LESSON_QUESTION]))
		return LESSON_QUESTION;
	if (begins(text, len, marks[LESSON_ANSWER]))
		return LESSON_ANSWER;
	if (before == LESSON_PARAGRAPH && !begins(text, len, marks[LESSON_PARAGRAPH]))
		return LESSON_SCENARIO;
	return before;
}

bool lesson_read(const struct source *source, FILE *messages, struct lesson *ret_lesson)
{
	enum lesson_part part = LESSON_PARAGRAPH;
	bool is_whole = true;

	memset(ret_lesson, 0, sizeof(*ret_lesson));
	ret_lesson->source = source;
	for (uint32_t line = 1; line <= source->lines; line++) {
		uint32_t len;
		const char *text = source_line(source, line, &len);
		struct lesson_lines *lines;

		part = part_of(text, len, part);
		if (part == LESSON_PART_COUNT)
			break;
		if (!len) /* blank: between parts, or in the scenario */
			continue;
		lines = &ret_lesson->parts[part];
		if (!lines->first)
			lines->first = line;
		lines->last = line;
	}
	for (unsigned int i = 0; i < LESSON_PART_COUNT; i++) {
		if (ret_lesson->parts[i].first)
			continue;
		diag_print(messages, NULL, SEVERITY_ERROR, NULL, "%s: a lesson has a %s",
			   source->path, part_names[i]);
		is_whole = false;
	}
	return is_whole;
}

/* A comment's text without its mark and the space after it. */
static const char *comment_text(const struct lesson *lesson, uint32_t line, enum lesson_part part,
				uint32_t *ret_len)
{
	uint32_t len, from = 0;
	const char *text = source_line(lesson->source, line, &len);

	if (begins(text, len, marks[part]))
		from = (uint32_t)strlen(marks[part]);
	if (from < len && text[from] == ' ')
		from++;
	*ret_len = len - from;
	return text + from;
}

/* An empty line ends a paragraph. */
static void fill_comment(FILE *out, const struct lesson *lesson, enum lesson_part part,
			 unsigned int columns)
{
	const struct lesson_lines *lines = &lesson->parts[part];
	struct wrap wrap = { .out = out, .columns = columns };

	for (uint32_t line = lines->first; line <= lines->last; line++) {
		uint32_t len;
		const char *text = comment_text(lesson, line, part, &len);

		wrap_words(&wrap, text, len);
		if (len)
			continue;
		wrap_end(&wrap);
		fputc('\n', out);
	}
	wrap_end(&wrap);
}

static void print_comment(FILE *out, const struct lesson *lesson, enum lesson_part part,
			  unsigned int columns)
{
	const struct lesson_lines *lines = &lesson->parts[part];
	uint32_t len, longest = 0;

	for (uint32_t line = lines->first; line <= lines->last; line++) {
		comment_text(lesson, line, part, &len);
		longest = len > longest ? len : longest;
	}
	if (columns && longest > columns) {
		fill_comment(out, lesson, part, columns);
		return;
	}
	for (uint32_t line = lines->first; line <= lines->last; line++) {
		const char *text = comment_text(lesson, line, part, &len);

		text_print(out, text, len);
		fputc('\n', out);
	}
}

void lesson_print(FILE *out, const struct lesson *lesson, enum lesson_part part,
		  unsigned int columns)
{
	const struct lesson_lines *lines = &lesson->parts[part];

	if (part != LESSON_SCENARIO) {
		print_comment(out, lesson, part, columns);
		return;
	}
	for (uint32_t line = lines->first; line <= lines->last; line++) {
		uint32_t len;
		const char *text = source_line(lesson->source, line, &len);

		fprintf(out, "%5" PRIu32 " |%s", line, len ? " " : "");
		text_print(out, text, len);
		fputc('\n', out);
	}
}
