/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A player on a scenario's text. */
#ifndef LWSIM_TESTS_PLAY_FIXTURE_H
#define LWSIM_TESTS_PLAY_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "sim/play/player.h"

struct play_fixture {
	struct source *source;
	struct scenario *scenario;
	struct player player;
};

static inline void play_start(struct play_fixture *fixture, const char *text)
{
	struct run_options options = { .until_ns = -1 };
	struct diags diags;

	fixture->source = source_from_text("test.lw", text, strlen(text));
	diags_init(&diags, fixture->source);
	fixture->scenario = scenario_parse(fixture->source, NULL, 0, &diags);
	assert_int_equal(diags.errors, 0);
	diags_free(&diags);
	options.kernel = fixture->scenario->kernel;
	assert_true(player_init(&fixture->player, fixture->scenario, &options, stderr));
	fixture->player.is_paused = true;
}

static inline void play_end(struct play_fixture *fixture)
{
	player_free(&fixture->player);
	scenario_free(fixture->scenario);
	source_free(fixture->source);
}

/* Works until the goal is reached. */
static inline void play_work(struct player *player)
{
	while (player_work(player))
		;
}

static inline void play_step(struct player *player)
{
	player_step(player);
	play_work(player);
}

static inline void play_message(struct player *player)
{
	player_message(player);
	play_work(player);
}

#endif
