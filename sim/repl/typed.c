/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keeps a growing scenario and its runs together. */
#include "sim/repl/typed.h"

void typed_init(struct typed *typed, const struct options *options)
{
	typed->growing = growing_new("repl", options->settings, options->settings_count);
	live_init(&typed->live, options, typed->growing);
	last_story_init(&typed->last_story, options, typed->growing);
}

void typed_free(struct typed *typed)
{
	live_free(&typed->live);
	last_story_free(&typed->last_story);
	growing_free(typed->growing);
}

/* Until there is a statement, the header may change, and with it the machine. */
static void drop_before_statements(struct typed *typed)
{
	if (growing_scenario(typed->growing)->statement_count)
		return;
	live_drop(&typed->live);
	last_story_drop(&typed->last_story);
}

bool typed_add(struct typed *typed, const char *lines, const char *more, FILE *messages)
{
	drop_before_statements(typed);
	return growing_add(typed->growing, lines, more, messages);
}

void typed_take_back(struct typed *typed)
{
	live_take_back(&typed->live);
	last_story_take_back(&typed->last_story);
	growing_undo(typed->growing);
	drop_before_statements(typed);
}
