/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plays a run: forward in steps, back by running it again from the start. */
#include "sim/play/player.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/run/runner.h"

#define STEPS_A_CALL 256
/*
 * The wall clock may jump if the machine slept or the program was stopped; virtual time must not.
 */
#define WALL_MAX_S .25

#define SEEN_HAPPENING 1
#define SEEN_MESSAGE 2

static void open_messages(struct player *player)
{
	player->messages = xmemstream(&player->messages_text, &player->messages_len);
	player->messages_shown = 0;
}

static void close_messages(struct player *player)
{
	xclose_memstream(player->messages);
	free(player->messages_text);
}

static struct runner *runner_begin(struct player *player)
{
	struct run_options options = player->options;
	struct runner *runner;

	player->log.user = player;
	options.writer = &player->log.writer;
	options.messages = player->messages;
	runner = runner_new(player->scenario, &options);
	fflush(player->messages);
	return runner;
}

bool player_init(struct player *player, const struct scenario *scenario,
		 const struct run_options *options, FILE *messages)
{
	memset(player, 0, sizeof(*player));
	player->scenario = scenario;
	player->options = *options;
	player->pace = 1.;
	play_log_init(&player->log);
	open_messages(player);
	player->runner = runner_begin(player);
	if (player->runner)
		return true;
	fputs(player->messages_text, messages);
	player_free(player);
	return false;
}

void player_free(struct player *player)
{
	runner_free(player->runner);
	play_log_free(&player->log);
	close_messages(player);
	free(player->seen);
	play_state_free(&player->inside.state);
	free(player->inside.sentence);
	free(player->inside.function);
}

bool player_is_over(const struct player *player)
{
	return runner_next_ns(player->runner) == INT64_MAX;
}

static void leave_inside(struct player *player)
{
	player->inside.number = 0;
	player->inside_goal = 0;
}

/* Restarts the run from its beginning. */
static bool restart(struct player *player)
{
	struct runner *runner;

	runner_free(player->runner);
	player->runner = NULL;
	play_log_free(&player->log);
	close_messages(player);
	open_messages(player);
	runner = runner_begin(player);
	if (!runner)
		return false;
	player->runner = runner;
	player->position = 0;
	player->steps = 0;
	player->now_ns = 0;
	return true;
}

/* Adds messages other than records, such as the kernel's printk(), to the log. */
static void show_messages(struct player *player)
{
	fflush(player->messages);
	while (player->messages_shown < player->messages_len) {
		const char *text = player->messages_text + player->messages_shown;
		size_t len = strcspn(text, "\n");

		/* a failed command already has its record; skip its source excerpt */
		if (strncmp(text, "note: ", 6) == 0 || strncmp(text, "error: ", 7) == 0)
			play_log_add(&player->log, PLAY_LOG_NOTE, player->now_ns, text, len);
		player->messages_shown += len + (text[len] == '\n');
	}
}

/* Saves the state at the wanted decision; the step itself goes on. */
static void take_decision(void *user, const char *sentence, const char *function, bool is_derived)
{
	struct player *player = user;
	struct inside *inside = &player->inside;

	if (player->log.decisions - player->decisions != player->inside_goal)
		return;
	free(inside->sentence);
	free(inside->function);
	inside->sentence = xstrdup(sentence);
	inside->function = xasprintf("%s%s", function, is_derived ? ", derived" : "");
	inside->log_count = player->log.count;
	play_state_fill(&inside->state, player->runner, runner_now_ns(player->runner));
}

/* Whether the next step is, or may be, the one whose decisions are shown. */
static bool is_inside_wanted(const struct player *player)
{
	return player->inside_goal &&
	       (player->goal != PLAY_TO_POSITION || player->position + 1 == player->goal_position);
}

static uint8_t one_step(struct player *player)
{
	size_t happenings = player->log.happenings, messages = player->log.messages;
	uint8_t seen;

	player->decisions = player->log.decisions;
	player->log.decided = is_inside_wanted(player) ? take_decision : NULL;
	runner_step(player->runner);
	player->now_ns = runner_now_ns(player->runner);
	show_messages(player);
	seen = player->log.happenings > happenings ? SEEN_HAPPENING : 0;
	if (player->log.messages > messages)
		seen |= SEEN_MESSAGE;
	player->seen = xgrow(player->seen, player->position, &player->seen_capacity, 1);
	player->seen[player->position++] = seen;
	player->steps += seen != 0;
	if (player->position > player->seen_count)
		player->seen_count = player->position;
	player->inside.count = player->log.decisions - player->decisions;
	player->inside.number = player->log.decided && player->inside_goal <= player->inside.count
					? player->inside_goal
					: 0;
	if (runner_result(player->runner) > player->worst)
		player->worst = runner_result(player->runner);
	return seen;
}

/* Whether the goal is reached, so that the next step must not be taken. */
static bool is_there(const struct player *player)
{
	switch (player->goal) {
	case PLAY_STAY:
		return true;
	case PLAY_TO_TIME:
		return runner_next_ns(player->runner) > player->goal_ns;
	case PLAY_TO_POSITION:
		return player->position >= player->goal_position;
	case PLAY_TO_HAPPENING:
	case PLAY_TO_MESSAGE:
		break;
	}
	return false;
}

bool player_work(struct player *player)
{
	for (int i = 0; i < STEPS_A_CALL && player->goal != PLAY_STAY; i++) {
		uint8_t seen;

		if (player_is_over(player))
			break;
		if (is_there(player)) {
			if (player->goal == PLAY_TO_TIME)
				player->now_ns = player->goal_ns;
			player->goal = PLAY_STAY;
		} else {
			seen = one_step(player);
			if ((player->goal == PLAY_TO_HAPPENING && seen) ||
			    (player->goal == PLAY_TO_MESSAGE && seen & SEEN_MESSAGE))
				player->goal = PLAY_STAY;
		}
	}
	if (player_is_over(player)) {
		if (player->goal == PLAY_TO_MESSAGE)
			player->remark = "no more messages";
		player->goal = PLAY_STAY;
		player->is_paused = true;
	}
	return player->goal != PLAY_STAY;
}

bool player_home(struct player *player)
{
	leave_inside(player);
	player->goal = PLAY_STAY;
	return restart(player);
}

/* Goes back to the last earlier position whose step brought `wanted`, or to the beginning. */
static bool go_back(struct player *player, uint8_t wanted)
{
	size_t position = player->position;

	leave_inside(player);
	player->is_paused = true;
	/* unless time has passed since the last step, that step is where we are: go before it */
	if (position && player->now_ns == runner_now_ns(player->runner))
		position--;
	while (position && !(player->seen[position - 1] & wanted))
		position--;
	if (!restart(player))
		return false;
	player->goal = PLAY_TO_POSITION;
	player->goal_position = position;
	return true;
}

bool player_step_back(struct player *player)
{
	return go_back(player, SEEN_HAPPENING);
}

bool player_message_back(struct player *player)
{
	return go_back(player, SEEN_MESSAGE);
}

/* Sets the remark for keys that go forward, if the run is over. */
static void remark_end(struct player *player)
{
	if (player_is_over(player))
		player->remark = "it is over";
}

void player_step(struct player *player)
{
	bool was_inside = player->inside.number;

	leave_inside(player);
	player->is_paused = true;
	if (was_inside) /* finish this step */
		return;
	remark_end(player);
	player->goal = PLAY_TO_HAPPENING;
}

bool player_inside(struct player *player)
{
	const struct inside *inside = &player->inside;

	player->is_paused = true;
	if (inside->number && inside->number == inside->count) {
		leave_inside(player);
		return true;
	}
	player->inside_goal = inside->number + 1;
	if (!inside->number) {
		remark_end(player);
		player->goal = PLAY_TO_HAPPENING;
		return true;
	}
	player->goal_position = player->position;
	player->goal = PLAY_TO_POSITION;
	return restart(player);
}

void player_message(struct player *player)
{
	leave_inside(player);
	player->is_paused = true;
	player->goal = PLAY_TO_MESSAGE;
}

void player_pass(struct player *player, double wall_s)
{
	if (player->is_paused || wall_s <= 0.)
		return;
	if (wall_s > WALL_MAX_S)
		wall_s = WALL_MAX_S;
	leave_inside(player);
	player->goal = PLAY_TO_TIME;
	player->goal_ns = player->now_ns + (int64_t)(wall_s * player->pace * (double)NSEC_PER_SEC);
}

void player_toggle(struct player *player)
{
	leave_inside(player);
	remark_end(player);
	player->is_paused = player_is_over(player) || !player->is_paused;
}

void player_pace(struct player *player, bool is_faster)
{
	double pace = is_faster ? player->pace * 2. : player->pace / 2.;

	if (pace >= PLAY_PACE_MIN && pace <= PLAY_PACE_MAX)
		player->pace = pace;
}
