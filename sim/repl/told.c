/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tells the story of the last addition. */
#include "sim/repl/told.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/repl/common_lines.h"
#include "sim/story/story.h"

void told_init(struct told *told, const struct options *options, const struct growing *growing)
{
	memset(told, 0, sizeof(*told));
	live_init(&told->live, options, growing);
}

void told_drop(struct told *told)
{
	live_drop(&told->live);
	free(told->last);
	told->last = NULL;
	if (!told->story)
		return;
	told->story->free(told->story);
	told->story = NULL;
	xclose_memstream(told->out);
	free(told->text);
}

void told_take_back(struct told *told)
{
	if (told->live.count == growing_count(told->live.growing))
		told_drop(told);
}

void told_free(struct told *told)
{
	told_drop(told);
	live_free(&told->live);
}

static void begin(struct told *told, unsigned int columns)
{
	told_drop(told);
	told->columns = columns;
	told->out = xmemstream(&told->text, &told->len);
	told->story = story_writer_new(told->out, NULL, columns);
}

/* What was written since the last call; the caller frees. */
static char *take(struct told *told)
{
	char *text;

	fflush(told->out);
	text = xstrndup(told->text, told->len);
	rewind(told->out);
	return text;
}

/* The same, with what would be written if the run were to end here. */
static char *take_to_the_end(struct told *told)
{
	char *said = take(told), *end, *both;

	story_look(told->story);
	end = take(told);
	both = xasprintf("%s%s", said, end);
	free(said);
	free(end);
	return both;
}

/*
 * False: the run was interrupted. The end of the run up to the last addition may already have told
 * of something that goes on.
 */
static bool tell(struct told *told, size_t count)
{
	char *end, *last;

	if (live_go(&told->live, count - 1, told->story) > EXIT_FAILED)
		return false;
	free(take(told));
	end = take_to_the_end(told);
	if (live_go(&told->live, count, told->story) > EXIT_FAILED) {
		free(end);
		return false;
	}
	last = take_to_the_end(told);
	told->last = xstrdup(last + common_lines(end, last));
	free(end);
	free(last);
	return true;
}

const char *told_why(struct told *told)
{
	size_t count = growing_count(told->live.growing);
	unsigned int columns = wrap_terminal_columns();

	if (!count)
		return "";
	if (told->last && told->live.count == count && told->columns == columns)
		return told->last;
	free(told->last);
	told->last = NULL;
	if (!told->story || !live_goes_on(&told->live, count - 1) || told->columns != columns)
		begin(told, columns);
	if (!tell(told, count)) {
		told_drop(told);
		return "";
	}
	return told->last;
}
