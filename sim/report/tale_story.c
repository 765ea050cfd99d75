/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sentences of `lwsim explain`, and which of them tells of which mark. */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "../fold.h"
#include "../xalloc.h"
#include "tale.h"

#define TOLD "userspace is told: "
#define RUNS "linkwatch runs"

static uint32_t line_of(const char *text)
{
	const char *found = NULL;

	for (const char *at = text; (at = strstr(at, "line ")) != NULL; at++)
		found = at;
	return found ? (uint32_t)strtoul(found + strlen("line "), NULL, 10) : 0;
}

/* A line is its time, "  > " of a statement or "    " of a sentence, and text; somewhere near the end is "line N". */
static void add_sentence(struct tale *tale, const char *line, size_t len)
{
	size_t at = strspn(line, " ");
	struct tale_sentence *sentence;

	at += strcspn(line + at, " ");
	assert(at + strlen("  > ") <= len);
	tale->sentences = xgrow(tale->sentences, tale->sentences_count, &tale->sentences_capacity,
				sizeof(tale->sentences[0]));
	sentence = &tale->sentences[tale->sentences_count++];
	sentence->t_ns = tale->now_ns;
	sentence->is_action = line[at + 2] == '>';
	at += strlen("  > ");
	sentence->text = xstrndup(line + at, len - at);
	sentence->line = line_of(sentence->text);
}

void tale_story_start(struct tale *tale, const struct run_info *info)
{
	tale->story_out = xmemstream(&tale->story_text, &tale->story_len);
	tale->story = story_writer_new(tale->story_out, info, NULL);
	fflush(tale->story_out);
	tale->story_at = tale->story_len; /* the head is the report's own */
}

/* Takes what the story has told since. */
void tale_story_read(struct tale *tale)
{
	const char *end;

	fflush(tale->story_out);
	while (tale->story_at < tale->story_len) {
		const char *line = tale->story_text + tale->story_at;

		end = memchr(line, '\n', tale->story_len - tale->story_at);
		if (!end)
			return;
		add_sentence(tale, line, (size_t)(end - line));
		tale->story_at += (size_t)(end - line) + 1;
	}
}

/* Whether a sentence's device, which may be d{0..249}, is or has this one. */
static bool is_about(const char *name, const char *label)
{
	size_t name_len = strcspn(name, " "), base_len;
	const char *brace = memchr(name, '{', name_len);
	struct fold fold;
	unsigned long first, last;
	char *end;

	if (strlen(label) == name_len && memcmp(name, label, name_len) == 0)
		return true;
	fold_start(&fold, label);
	base_len = strlen(fold.base);
	if (!brace || !fold.has_number || (size_t)(brace - name) != base_len ||
	    memcmp(name, fold.base, base_len) != 0)
		return false;
	first = strtoul(brace + 1, &end, 10);
	last = strncmp(end, "..", 2) == 0 ? strtoul(end + 2, NULL, 10) : first;
	return fold.first >= first && fold.first <= last;
}

/* The next sentence from at on that begins so, and is about the device if one is named. */
static size_t next_sentence(const struct tale *tale, size_t at, const char *start,
			    const char *label)
{
	for (; at < tale->sentences_count; at++) {
		const char *text = tale->sentences[at].text;

		if (!tale->sentences[at].is_action && strncmp(text, start, strlen(start)) == 0 &&
		    (!label || is_about(text + strlen(start), label)))
			return at;
	}
	return NO_SENTENCE;
}

static void link_messages(const struct tale *tale, struct tale_device *device)
{
	size_t at = tale->told_from, first = device->count;

	while (first > 0 && device->messages[first - 1].record.t_ns == tale->now_ns)
		first--;
	for (size_t i = first; i < device->count && at != NO_SENTENCE; i++) {
		at = next_sentence(tale, at, TOLD, device->label);
		device->messages[i].sentence = at;
		at = at == NO_SENTENCE ? at : at + 1;
	}
}

/* Each action's sentence is the one of its line. */
static void link_actions(struct tale *tale)
{
	size_t at = tale->told_from, first = tale->actions_count;

	while (first > 0 && tale->actions[first - 1].t_ns == tale->now_ns)
		first--;
	for (size_t i = first; i < tale->actions_count; i++) {
		struct tale_action *action = &tale->actions[i];

		while (at < tale->sentences_count &&
		       !(tale->sentences[at].is_action && tale->sentences[at].line == action->line))
			at++;
		if (at < tale->sentences_count)
			action->sentence = at++;
	}
}

static void link_runs(struct tale *tale)
{
	size_t at = tale->told_from, first = tale->runs_count;

	while (first > 0 && tale->runs[first - 1].t_ns == tale->now_ns)
		first--;
	for (size_t i = first; i < tale->runs_count && at != NO_SENTENCE; i++) {
		at = next_sentence(tale, at, RUNS, NULL);
		tale->runs[i].sentence = at;
		at = at == NO_SENTENCE ? at : at + 1;
	}
}

/* An instant is over: whose sentences are those that came since the one before? */
void tale_story_link(struct tale *tale)
{
	if (tale->told_from == tale->sentences_count)
		return;
	for (size_t i = 0; i < tale->devices_count; i++)
		link_messages(tale, &tale->devices[i]);
	link_actions(tale);
	link_runs(tale);
	tale->told_from = tale->sentences_count;
}

void tale_story_free(struct tale *tale)
{
	tale->story->free(tale->story);
	fclose(tale->story_out);
	free(tale->story_text);
	for (size_t i = 0; i < tale->sentences_count; i++)
		free(tale->sentences[i].text);
	free(tale->sentences);
}
