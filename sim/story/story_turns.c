/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints a story, and the turns of a `repeat` that read the same only once. */
#include "sim/story/story_turns.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"

/* A turn with more statements than this is not recognized as repeated. */
#define TURN_GROUPS_MAX 16

/* A statement and what follows in its instant; or what happens in an instant without one. */
struct group {
	size_t first, count; /* sentences */
};

struct turns {
	struct story_listener listener;
	struct story_listener *printer;
	struct story_sentence *sentences; /* each owns its text */
	size_t count, capacity;
	struct group *groups;
	size_t groups_count, groups_capacity;
};

static void turns_said(struct story_listener *listener, const struct story_sentence *sentence)
{
	struct turns *turns = container_of(listener, struct turns, listener);
	struct story_sentence *kept;

	if (!turns->count || sentence->kind == STORY_ACTION ||
	    sentence->t_ns != turns->sentences[turns->count - 1].t_ns) {
		turns->groups = xgrow(turns->groups, turns->groups_count, &turns->groups_capacity,
				      sizeof(turns->groups[0]));
		turns->groups[turns->groups_count++] = (struct group){ .first = turns->count };
	}
	turns->sentences = xgrow(turns->sentences, turns->count, &turns->capacity,
				 sizeof(turns->sentences[0]));
	kept = &turns->sentences[turns->count++];
	*kept = *sentence;
	kept->text = xstrdup(sentence->text);
	turns->groups[turns->groups_count - 1].count++;
}

static bool sentence_is_same(const struct story_sentence *a, const struct story_sentence *b)
{
	if (a->kind != b->kind || a->line != b->line || a->function != b->function)
		return false;
	return a->turn && b->turn ? true : strcmp(a->text, b->text) == 0;
}

static bool group_is_same(const struct turns *turns, const struct group *a, const struct group *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!sentence_is_same(&turns->sentences[a->first + i],
				      &turns->sentences[b->first + i]))
			return false;
	return true;
}

/* How often the `length` groups from `at` on repeat, after the first time. */
static size_t repeats(const struct turns *turns, size_t at, size_t length)
{
	size_t same = 0;

	while (at + length + same < turns->groups_count &&
	       group_is_same(turns, &turns->groups[at + same], &turns->groups[at + length + same]))
		same++;
	return same / length;
}

static void print_groups(const struct turns *turns, size_t at, size_t count)
{
	for (size_t i = at; i < at + count; i++) {
		const struct group *group = &turns->groups[i];

		for (size_t j = 0; j < group->count; j++)
			turns->printer->said(turns->printer, &turns->sentences[group->first + j]);
	}
}

static void print_more(const struct turns *turns, size_t at, size_t length, size_t more)
{
	const struct group *first = &turns->groups[at], *last = first + length * more - 1;
	char until[FORMAT_MAX_BYTES], *text;
	struct story_sentence sentence = {
		.t_ns = turns->sentences[first->first].t_ns,
		.kind = STORY_DECISION,
	};

	format_seconds(turns->sentences[last->first].t_ns, until);
	text = xasprintf("repeated %zu more times, until %s", more, until);
	if (more == 1) {
		free(text);
		text = xstrdup("repeated once more");
	}
	sentence.text = text;
	turns->printer->said(turns->printer, &sentence);
	free(text);
}

static uint32_t turn_of(const struct turns *turns, size_t at)
{
	return turns->sentences[turns->groups[at].first].turn;
}

/* Prints the groups from `at` on that belong together; returns how many that were. */
static size_t print_next(const struct turns *turns, size_t at)
{
	uint32_t turn = turn_of(turns, at);
	bool is_first = turn && (!at || turn_of(turns, at - 1) != turn);

	for (size_t length = 1; is_first && length <= TURN_GROUPS_MAX; length++) {
		size_t more = repeats(turns, at, length);

		if (!more)
			continue;
		print_groups(turns, at, length);
		print_more(turns, at + length, length, more);
		return length * (more + 1);
	}
	print_groups(turns, at, 1);
	return 1;
}

static void turns_free(struct story_listener *listener)
{
	struct turns *turns = container_of(listener, struct turns, listener);

	for (size_t at = 0; at < turns->groups_count;)
		at += print_next(turns, at);
	for (size_t i = 0; i < turns->count; i++)
		free((char *)turns->sentences[i].text);
	turns->printer->free(turns->printer);
	free(turns->sentences);
	free(turns->groups);
	free(turns);
}

struct writer *story_turns_new(FILE *out, const char *device, unsigned int columns)
{
	struct turns *turns = xcalloc(1, sizeof(*turns));

	turns->listener.said = turns_said;
	turns->listener.free = turns_free;
	turns->printer = story_printer_new(out, columns);
	return story_new(&turns->listener, device);
}
