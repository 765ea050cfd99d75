/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the page asks beside runs: memory, words, kernels, diagnostics, lessons. */
#include "sim/playground/page.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/json.h"
#include "sim/base/version.h"
#include "sim/base/xalloc.h"
#include "sim/language/lesson.h"
#include "sim/language/words.h"
#include "sim/playground/request.h"

char *page_alloc(size_t bytes)
{
	return xmalloc(bytes);
}

void page_free(char *text)
{
	free(text);
}

void page_file(const char *name)
{
	request_name_file(name);
}

const char *page_kernels(void)
{
	FILE *out = answer_begin();
	const struct kernel usual = kernel_default();
	const char *between = "";

	fprintf(out, "\"version\":\"%s\"", LWSIM_VERSION);
	answer_string(out, "kernel", kernel_version_info(usual.version)->name);
	fputs(",\"versions\":[", out);
	for (unsigned int row = 0; kernel_version_info(row); row++) {
		fprintf(out, "%s{\"name\":\"%s\"", row ? "," : "", kernel_version_info(row)->name);
		answer_string(out, "about", kernel_version_info(row)->package);
		fputc('}', out);
	}
	fputs("],\"changes\":[", out);
	for (unsigned int i = 0; kernel_switch_info(i); i++) {
		if (!kernel_switch_info(i)->is_change)
			continue;
		fprintf(out, "%s{\"name\":\"%s\"", between, kernel_switch_info(i)->name);
		answer_string(out, "about", kernel_switch_info(i)->effect);
		answer_string(out, "posted", kernel_switch_info(i)->commit);
		fputc('}', out);
		between = ",";
	}
	fputc(']', out);
	return answer_end(out);
}

const char *page_words(void)
{
	static const char *const names[WORDS_COUNT] = {
		[WORDS_HEADER] = "header",     [WORDS_STATEMENT] = "statement",
		[WORDS_LINK] = "link",	       [WORDS_KIND] = "kind",
		[WORDS_EXPECT] = "expect",     [WORDS_SYSFS] = "sysfs",
		[WORDS_OBSERVER] = "observer", [WORDS_OPERSTATE] = "operstate",
		[WORDS_FLAG] = "flag",	       [WORDS_UNIT] = "unit",
	};
	FILE *out = answer_begin();
	const char *word;

	for (unsigned int class = 0; class < WORDS_COUNT; class ++) {
		fprintf(out, "%s\"%s\":[", class ? "," : "", names[class]);
		for (size_t i = 0; (word = language_word((enum word_class) class, i)); i++) {
			fputs(i ? "," : "", out);
			json_write_string(out, word, strlen(word));
		}
		fputc(']', out);
	}
	return answer_end(out);
}

const char *page_check(const char *text)
{
	FILE *out = answer_begin();
	struct request request;

	request_open(text, NULL, "", &request, out);
	request_close(&request);
	return answer_end(out);
}

static void answer_part(FILE *out, const struct lesson *lesson, enum lesson_part part,
			const char *name)
{
	char *text;
	size_t len;
	FILE *lines = xmemstream(&text, &len);

	lesson_print(lines, lesson, part, 0);
	xclose_memstream(lines);
	answer_string(out, name, text);
	free(text);
}

static void answer_copy(FILE *out, const struct lesson *lesson)
{
	char *text;
	size_t len;
	FILE *lines = xmemstream(&text, &len);

	lesson_write_copy(lines, lesson);
	xclose_memstream(lines);
	answer_string(out, "scenario", text);
	free(text);
}

const char *page_lesson(const char *text)
{
	FILE *out = answer_begin();
	struct source *source = source_from_text("lesson.lw", text, strlen(text));
	struct lesson lesson;
	char *error;
	size_t len;
	FILE *messages = xmemstream(&error, &len);
	bool is_lesson = lesson_read(source, messages, &lesson);

	xclose_memstream(messages);
	fprintf(out, "\"is_lesson\":%s", is_lesson ? "true" : "false");
	if (is_lesson) {
		answer_part(out, &lesson, LESSON_PARAGRAPH, "paragraph");
		answer_copy(out, &lesson);
		answer_part(out, &lesson, LESSON_QUESTION, "question");
		answer_part(out, &lesson, LESSON_TASK, "task");
		answer_part(out, &lesson, LESSON_ANSWER, "answer");
	} else {
		answer_string(out, "error", error);
	}
	source_free(source);
	free(error);
	return answer_end(out);
}
