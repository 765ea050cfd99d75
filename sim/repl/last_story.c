/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes the story of the last addition. */
#include "sim/repl/last_story.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/repl/common_lines.h"
#include "sim/story/story.h"

void last_story_init(struct last_story *last, const struct options *options,
		     const struct growing *growing)
{
	memset(last, 0, sizeof(*last));
	live_init(&last->live, options, growing);
}

void last_story_drop(struct last_story *last)
{
	live_drop(&last->live);
	free(last->answer);
	last->answer = NULL;
	if (!last->story)
		return;
	last->story->free(last->story);
	last->story = NULL;
	xclose_memstream(last->out);
	free(last->text);
}

void last_story_take_back(struct last_story *last)
{
	if (last->live.count == growing_count(last->live.growing))
		last_story_drop(last);
}

void last_story_free(struct last_story *last)
{
	last_story_drop(last);
	live_free(&last->live);
}

static void begin(struct last_story *last, unsigned int columns)
{
	last_story_drop(last);
	last->columns = columns;
	last->out = xmemstream(&last->text, &last->len);
	last->story = story_writer_new(last->out, NULL, columns);
}

/* Returns what was written since the last call; the caller frees. */
static char *take(struct last_story *last)
{
	char *text;

	fflush(last->out);
	text = xstrndup(last->text, last->len);
	rewind(last->out);
	return text;
}

/* The same, plus what would be written if the run ended now. */
static char *take_to_the_end(struct last_story *last)
{
	char *said = take(last), *end, *both;

	story_look(last->story);
	end = take(last);
	both = xasprintf("%s%s", said, end);
	free(said);
	free(end);
	return both;
}

/*
 * False: the run was interrupted. Omits sentences that the end of the run before the last
 * addition has already written.
 */
static bool run_last(struct last_story *last, size_t count)
{
	char *end, *whole;

	if (live_go(&last->live, count - 1, last->story) > EXIT_FAILED)
		return false;
	free(take(last));
	end = take_to_the_end(last);
	if (live_go(&last->live, count, last->story) > EXIT_FAILED) {
		free(end);
		return false;
	}
	whole = take_to_the_end(last);
	last->answer = xstrdup(whole + common_lines(end, whole));
	free(end);
	free(whole);
	return true;
}

const char *last_story_text(struct last_story *last)
{
	size_t count = growing_count(last->live.growing);
	unsigned int columns = wrap_terminal_columns();

	if (!count)
		return "";
	if (last->answer && last->live.count == count && last->columns == columns)
		return last->answer;
	free(last->answer);
	last->answer = NULL;
	if (!last->story || !live_goes_on(&last->live, count - 1) || last->columns != columns)
		begin(last, columns);
	if (!run_last(last, count)) {
		last_story_drop(last);
		return "";
	}
	return last->answer;
}
