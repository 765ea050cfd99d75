/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Collects the sentences of `lwsim explain`, and links marks to them. */
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/report/timeline.h"

static void marks_add(struct timeline_marks *marks, int64_t t_ns, bool is_urgent, size_t sentence)
{
	marks->items = xgrow(marks->items, marks->count, &marks->capacity, sizeof(marks->items[0]));
	marks->items[marks->count++] = (struct timeline_mark){ t_ns, is_urgent, sentence };
}

static void timeline_said(struct story_listener *listener, const struct story_sentence *sentence)
{
	struct timeline *timeline = container_of(listener, struct timeline, listener);
	struct story_sentence *added;

	timeline->sentences = xgrow(timeline->sentences, timeline->sentences_count,
				    &timeline->sentences_capacity, sizeof(timeline->sentences[0]));
	if (sentence->kind == STORY_ERROR)
		marks_add(&timeline->errors, sentence->t_ns, false, timeline->sentences_count);
	if (sentence->kind == STORY_EVENT || sentence->kind == STORY_URGENT_EVENT)
		marks_add(&timeline->events, sentence->t_ns, sentence->kind == STORY_URGENT_EVENT,
			  timeline->sentences_count);
	if (sentence->kind == STORY_RUN || sentence->kind == STORY_URGENT_RUN)
		marks_add(&timeline->runs, sentence->t_ns, sentence->kind == STORY_URGENT_RUN,
			  timeline->sentences_count);
	added = &timeline->sentences[timeline->sentences_count++];
	*added = *sentence;
	added->text = xstrdup(sentence->text);
}

static bool is_same(const struct story_sentence *a, const struct story_sentence *b)
{
	return a->t_ns == b->t_ns && a->kind == b->kind && a->line == b->line &&
	       a->function == b->function && a->is_derived == b->is_derived &&
	       strcmp(a->text, b->text) == 0;
}

static bool tell_the_same(const struct timeline *a, const struct timeline *b)
{
	size_t at = 0;

	if (a->sentences_count != b->sentences_count || a->end_ns != b->end_ns)
		return false;
	while (at < a->sentences_count && is_same(&a->sentences[at], &b->sentences[at]))
		at++;
	return at == a->sentences_count;
}

size_t timeline_told_by(struct timeline *const *timelines, size_t index)
{
	size_t first = 0;

	while (first < index && !tell_the_same(timelines[first], timelines[index]))
		first++;
	return first;
}

void timeline_story_start(struct timeline *timeline)
{
	timeline->listener.said = timeline_said;
	timeline->story = story_new(&timeline->listener, NULL);
}

/* The device's first message of this instant that has no sentence yet has this one. */
static void link_message(const struct timeline *timeline, struct timeline_device *device,
			 size_t sentence)
{
	while (device->linked < device->count &&
	       device->messages[device->linked].record.t_ns != timeline->now_ns)
		device->linked++;
	if (device->linked < device->count)
		device->messages[device->linked++].sentence = sentence;
}

/* A sentence may be of many devices, each of which has a message for it. */
static void link_messages(const struct timeline *timeline, size_t sentence)
{
	struct fold one = timeline->sentences[sentence].devices;
	uint32_t last = one.last;
	char label[FOLD_NAME_MAX_BYTES];
	const size_t *place;

	for (one.last = one.first; one.first <= last; one.last = ++one.first) {
		fold_name(&one, label);
		place = name_index_find(&timeline->by_label, label);
		if (place)
			link_message(timeline, &timeline->devices[*place], sentence);
	}
}

static size_t next_action(const struct timeline *timeline, size_t at)
{
	while (at < timeline->sentences_count && timeline->sentences[at].kind != STORY_ACTION)
		at++;
	return at;
}

/* Links each action to the sentence of its line; a repeat's later iteration may have none. */
static void link_actions(struct timeline *timeline)
{
	size_t at = next_action(timeline, timeline->told_from), first = timeline->actions_count;

	while (first > 0 && timeline->actions[first - 1].t_ns == timeline->now_ns)
		first--;
	for (size_t i = first; i < timeline->actions_count; i++) {
		if (at == timeline->sentences_count ||
		    timeline->sentences[at].line != timeline->actions[i].line)
			continue;
		timeline->actions[i].sentence = at;
		at = next_action(timeline, at + 1);
	}
}

/* At the end of an instant, links its marks to the sentences added since the last one. */
void timeline_story_link(struct timeline *timeline)
{
	if (timeline->told_from == timeline->sentences_count)
		return;
	for (size_t i = timeline->told_from; i < timeline->sentences_count; i++)
		if (timeline->sentences[i].kind == STORY_TOLD)
			link_messages(timeline, i);
	link_actions(timeline);
	timeline->told_from = timeline->sentences_count;
}

void timeline_story_free(struct timeline *timeline)
{
	timeline->story->free(timeline->story);
	for (size_t i = 0; i < timeline->sentences_count; i++)
		free((char *)(uintptr_t)timeline->sentences[i].text);
	free(timeline->sentences);
}
