/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Splits a lesson into its parts, by how its comments begin. */
#include "sim/language/lesson.h"

#include <string.h>

#include "sim/base/safe_text.h"
#include "sim/base/wrap.h"
#include "sim/language/diag.h"

static const char *const marks[LESSON_PART_COUNT] = {
	[LESSON_PARAGRAPH] = "#", [LESSON_SCENARIO] = "", [LESSON_QUESTION] = "#?",
	[LESSON_TASK] = "#>",	  [LESSON_ANSWER] = "#!",
};

static const char *const goal_mark = "#=";

static const char *const part_names[LESSON_PART_COUNT] = {
	[LESSON_PARAGRAPH] = "comment at its beginning",
	[LESSON_SCENARIO] = "scenario",
	[LESSON_QUESTION] = "question: lines that begin with `#? `",
	[LESSON_TASK] = "task: lines that begin with `#> `",
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
	if (begins(text, len, marks[LESSON_TASK]))
		return LESSON_TASK;
	if (begins(text, len, marks[LESSON_ANSWER]))
		return LESSON_ANSWER;
	if (before == LESSON_PARAGRAPH && !begins(text, len, marks[LESSON_PARAGRAPH]))
		return LESSON_SCENARIO;
	return before;
}

/* The next goal's text after this line of the scenario; NULL: none. */
static const char *next_goal(const struct lesson *lesson, uint32_t *line, uint32_t *ret_len)
{
	const struct lesson_lines *scenario = &lesson->parts[LESSON_SCENARIO];
	uint32_t mark = (uint32_t)strlen(goal_mark);

	for (*line = *line ? *line + 1 : scenario->first; *line && *line <= scenario->last;
	     (*line)++) {
		uint32_t len;
		const char *text = source_line(lesson->source, *line, &len);

		if (!begins(text, len, goal_mark))
			continue;
		*ret_len = len - mark;
		return text + mark;
	}
	return NULL;
}

static void complain(FILE *messages, const struct source *source, const char *lacks)
{
	diag_print(messages, NULL, SEVERITY_ERROR, NULL, "%s: a lesson has a %s", source->path,
		   lacks);
}

bool lesson_read(const struct source *source, FILE *messages, struct lesson *ret_lesson)
{
	enum lesson_part part = LESSON_PARAGRAPH;
	uint32_t goal = 0, goal_len;
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
		complain(messages, source, part_names[i]);
		is_whole = false;
	}
	if (!next_goal(ret_lesson, &goal, &goal_len)) {
		complain(messages, source, "goal: an expectation that begins with `#=`");
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

void lesson_print(FILE *out, const struct lesson *lesson, enum lesson_part part,
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

void lesson_write_copy(FILE *out, const struct lesson *lesson)
{
	for (uint32_t line = 1; line < lesson->parts[LESSON_ANSWER].first; line++) {
		uint32_t len, from = 0;
		const char *text = source_line(lesson->source, line, &len);

		if (begins(text, len, goal_mark)) {
			from = (uint32_t)strlen(goal_mark);
			fprintf(out, "%*s", (int)from, "");
		}
		fwrite(text + from, 1, len - from, out);
		fputc('\n', out);
	}
}

/* Moves text behind its first word, whose length is the result; 0: only a comment is left. */
static uint32_t next_word(const char **text, uint32_t *len)
{
	uint32_t word = 0;

	while (*len && (**text == ' ' || **text == '\t' || **text == '\r')) {
		(*text)++;
		(*len)--;
	}
	while (word < *len && (*text)[word] != ' ' && (*text)[word] != '\t' &&
	       (*text)[word] != '\r' && (*text)[word] != '#')
		word++;
	*text += word;
	*len -= word;
	return word;
}

static bool is_same_statement(const char *a, uint32_t a_len, const char *b, uint32_t b_len)
{
	for (;;) {
		uint32_t word = next_word(&a, &a_len);

		if (next_word(&b, &b_len) != word || memcmp(a - word, b - word, word) != 0)
			return false;
		if (!word)
			return true;
	}
}

static void complain_goal(FILE *messages, const struct source *copy, const char *goal, uint32_t len)
{
	size_t spaces = strspn(goal, " \t");

	text_line(
		messages,
		"lwsim: error: %s: `%.*s` is missing; put it back, or delete the file to start again",
		copy->path, (int)(len - spaces), goal + spaces);
}

bool lesson_has_goals(const struct lesson *lesson, const struct source *copy, FILE *messages)
{
	uint32_t goal = 0, line = 0, goal_len, len;
	const char *wanted, *text;

	while ((wanted = next_goal(lesson, &goal, &goal_len)) != NULL) {
		do {
			if (++line > copy->lines) {
				complain_goal(messages, copy, wanted, goal_len);
				return false;
			}
			text = source_line(copy, line, &len);
		} while (!is_same_statement(text, len, wanted, goal_len));
	}
	return true;
}
