/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Folds lines that repeat word for word for consecutively numbered devices. */
#include "sim/story/story_lines.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/fold.h"

/* Longest sequence of lines per device that is recognized as repeated. */
#define CYCLE_MAX 8

void story_lines_add(struct story_lines *lines, const struct story_sentence *sentence, char *text,
		     const char *label)
{
	struct story_line *line;

	lines->lines = xgrow(lines->lines, lines->count, &lines->capacity, sizeof(lines->lines[0]));
	line = &lines->lines[lines->count++];
	line->sentence = *sentence;
	line->text = text;
	line->more = 0;
	strcpy(line->label, label);
}

void story_lines_copy(struct story_lines *ret_lines, const struct story_lines *lines)
{
	memset(ret_lines, 0, sizeof(*ret_lines));
	for (size_t i = 0; i < lines->count; i++) {
		const struct story_line *line = &lines->lines[i];

		story_lines_add(ret_lines, &line->sentence, xstrdup(line->text), line->label);
		ret_lines->lines[i].more = line->more;
	}
}

void story_lines_move(struct story_lines *lines, struct story_lines *from)
{
	for (size_t i = 0; i < from->count; i++) {
		story_lines_add(lines, &from->lines[i].sentence, from->lines[i].text,
				from->lines[i].label);
		lines->lines[lines->count - 1].more = from->lines[i].more;
	}
	from->count = 0;
}

static bool sentence_is_same(const struct story_sentence *a, const struct story_sentence *b)
{
	return a->t_ns == b->t_ns && a->line == b->line && a->function == b->function &&
	       a->is_derived == b->is_derived;
}

static void fold_line(const struct story_line *line, struct fold *ret_fold)
{
	fold_start(ret_fold, line->label);
	ret_fold->last += line->more;
}

bool story_lines_extend(struct story_lines *lines, const struct story_sentence *sentence,
			const char *text, const char *label)
{
	struct story_line *last = lines->count ? &lines->lines[lines->count - 1] : NULL;
	struct fold fold;

	if (!last || !*last->label || !sentence_is_same(&last->sentence, sentence) ||
	    strcmp(last->text, text) != 0)
		return false;
	fold_line(last, &fold);
	if (!fold_add(&fold, label))
		return false;
	last->more++;
	return true;
}

/* Whether `length` lines from b on say of one device what those from a on say of another. */
static bool is_same(const struct story_line *a, const struct story_line *b, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (strcmp(a[i].text, b[i].text) != 0 || !*a[i].label != !*b[i].label ||
		    !sentence_is_same(&a[i].sentence, &b[i].sentence))
			return false;
	return true;
}

/* The device that the lines are about; NULL: none, or more than one. */
static const char *label_of(const struct story_line *line, size_t length)
{
	const char *label = NULL;

	for (size_t i = 0; i < length; i++) {
		if (!*line[i].label)
			continue;
		if ((label && strcmp(label, line[i].label) != 0) || (line[i].more && length > 1))
			return NULL;
		label = line[i].label;
	}
	return label;
}

/*
 * How often the first `length` lines repeat, once per device; *ret_fold is set if more than once.
 */
static size_t times(const struct story_line *line, size_t left, size_t length,
		    struct fold *ret_fold)
{
	const char *label = left >= 2 * length ? label_of(line, length) : NULL;
	size_t count = 1;

	if (!label)
		return 1;
	fold_line(line, ret_fold);
	while ((count + 1) * length <= left) {
		const struct story_line *next = line + count * length;

		label = label_of(next, length);
		if (!label || !is_same(line, next, length) || !fold_add(ret_fold, label))
			break;
		ret_fold->last += next->more;
		count++;
	}
	return count;
}

static void report_line(const struct story_line *line, const struct fold *devices,
			struct story_listener *listener)
{
	struct story_sentence sentence = line->sentence;
	char name[FOLD_NAME_MAX_BYTES] = "", *text;
	const char *at = line->text, *mark;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	sentence.has_devices = *line->label != '\0';
	if (sentence.has_devices) {
		sentence.devices = *devices;
		fold_name(devices, name);
	}
	while ((mark = strstr(at, STORY_DEVICE)) != NULL) {
		fwrite(at, 1, (size_t)(mark - at), out);
		fputs(name, out);
		at = mark + strlen(STORY_DEVICE);
	}
	fputs(at, out);
	xclose_memstream(out);
	sentence.text = text;
	listener->said(listener, &sentence);
	free(text);
}

/* Reports the first line, or a repeated sequence once; returns how many lines that covers. */
static size_t report_next(const struct story_line *line, size_t left,
			  struct story_listener *listener)
{
	struct fold fold;

	for (size_t length = 1; length <= CYCLE_MAX; length++) {
		size_t count = times(line, left, length, &fold);

		if (count == 1)
			continue;
		for (size_t i = 0; i < length; i++)
			report_line(&line[i], &fold, listener);
		return count * length;
	}
	fold_line(line, &fold);
	report_line(line, &fold, listener);
	return 1;
}

void story_lines_tell(struct story_lines *lines, struct story_listener *listener)
{
	for (size_t at = 0; at < lines->count;)
		at += report_next(&lines->lines[at], lines->count - at, listener);
	story_lines_drop(lines);
}

void story_lines_drop(struct story_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		free(lines->lines[i].text);
	lines->count = 0;
}

void story_lines_free(struct story_lines *lines)
{
	story_lines_drop(lines);
	free(lines->lines);
}
