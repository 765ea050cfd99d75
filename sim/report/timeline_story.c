/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sentences of `lwsim explain`, and which of them tells of which mark. */
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/report/timeline.h"

static void marks_add(struct tale_marks *marks, int64_t t_ns, bool is_urgent, size_t sentence)
{
	marks->items = xgrow(marks->items, marks->count, &marks->capacity, sizeof(marks->items[0]));
	marks->items[marks->count++] = (struct tale_mark){ t_ns, is_urgent, sentence };
}

static void tale_said(struct story_listener *listener, const struct story_sentence *sentence)
{
	struct tale *tale = container_of(listener, struct tale, listener);
	struct story_sentence *added;

	tale->sentences = xgrow(tale->sentences, tale->sentences_count, &tale->sentences_capacity,
				sizeof(tale->sentences[0]));
	if (sentence->kind == STORY_ERROR)
		marks_add(&tale->errors, sentence->t_ns, false, tale->sentences_count);
	if (sentence->kind == STORY_EVENT || sentence->kind == STORY_URGENT_EVENT)
		marks_add(&tale->events, sentence->t_ns, sentence->kind == STORY_URGENT_EVENT,
			  tale->sentences_count);
	if (sentence->kind == STORY_RUN || sentence->kind == STORY_URGENT_RUN)
		marks_add(&tale->runs, sentence->t_ns, sentence->kind == STORY_URGENT_RUN,
			  tale->sentences_count);
	added = &tale->sentences[tale->sentences_count++];
	*added = *sentence;
	added->text = xstrdup(sentence->text);
}

static bool is_same(const struct story_sentence *a, const struct story_sentence *b)
{
	return a->t_ns == b->t_ns && a->kind == b->kind && a->line == b->line &&
	       a->function == b->function && a->is_derived == b->is_derived &&
	       strcmp(a->text, b->text) == 0;
}

static bool tell_the_same(const struct tale *a, const struct tale *b)
{
	size_t at = 0;

	if (a->sentences_count != b->sentences_count || a->end_ns != b->end_ns)
		return false;
	while (at < a->sentences_count && is_same(&a->sentences[at], &b->sentences[at]))
		at++;
	return at == a->sentences_count;
}

size_t tale_told_by(struct tale *const *tales, size_t index)
{
	size_t first = 0;

	while (first < index && !tell_the_same(tales[first], tales[index]))
		first++;
	return first;
}

void tale_story_start(struct tale *tale)
{
	tale->listener.said = tale_said;
	tale->story = story_new(&tale->listener, NULL);
}

/* The next sentence of that kind from at on, about the device if one is named. */
static size_t next_sentence(const struct tale *tale, size_t at, enum story_kind kind,
			    const char *label)
{
	for (; at < tale->sentences_count; at++)
		if (tale->sentences[at].kind == kind &&
		    (!label || story_is_about(&tale->sentences[at], label)))
			return at;
	return NO_SENTENCE;
}

static void link_messages(const struct tale *tale, struct tale_device *device)
{
	size_t at = tale->told_from, first = device->count;

	while (first > 0 && device->messages[first - 1].record.t_ns == tale->now_ns)
		first--;
	for (size_t i = first; i < device->count && at != NO_SENTENCE; i++) {
		at = next_sentence(tale, at, STORY_TOLD, device->label);
		device->messages[i].sentence = at;
		at = at == NO_SENTENCE ? at : at + 1;
	}
}

/* Each action's sentence is the one of its line; a repeat's later turn may have none. */
static void link_actions(struct tale *tale)
{
	size_t at = tale->told_from, first = tale->actions_count;

	while (first > 0 && tale->actions[first - 1].t_ns == tale->now_ns)
		first--;
	for (size_t i = first; i < tale->actions_count; i++) {
		struct tale_action *action = &tale->actions[i];
		size_t found = next_sentence(tale, at, STORY_ACTION, NULL);

		while (found != NO_SENTENCE && tale->sentences[found].line != action->line)
			found = next_sentence(tale, found + 1, STORY_ACTION, NULL);
		action->sentence = found;
		if (found != NO_SENTENCE)
			at = found + 1;
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
	tale->told_from = tale->sentences_count;
}

void tale_story_free(struct tale *tale)
{
	tale->story->free(tale->story);
	for (size_t i = 0; i < tale->sentences_count; i++)
		free((char *)(uintptr_t)tale->sentences[i].text);
	free(tale->sentences);
}
