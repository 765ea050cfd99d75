/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run that can be played forward and back. Independent of wall clock and screen. */
#ifndef LWSIM_SIM_PLAY_PLAYER_H
#define LWSIM_SIM_PLAY_PLAYER_H

#include "sim/play/log.h"
#include "sim/play/state.h"
#include "sim/run/runner.h"

/* The goal that the player is moving to. */
enum play_goal {
	PLAY_STAY,
	PLAY_TO_TIME,	   /* goal_ns, or the end */
	PLAY_TO_POSITION,  /* goal_position, in the past: runs again from the start */
	PLAY_TO_HAPPENING, /* the next step that shows something, or the end */
	PLAY_TO_MESSAGE,   /* the next step that sends a message, or the end */
};

#define PLAY_PACE_MIN 0.001
#define PLAY_PACE_MAX 1e9

/* One decision within a step, and the state at that time. */
struct inside {
	size_t number; /* from 1; 0: the whole step is shown */
	size_t count;  /* decisions of the step */
	struct play_state state;
	char *sentence, *function;
	size_t log_count; /* log.count at that time */
};

/*
 * Runs are deterministic: to go back, the run is started again and played up to that point. Every
 * move takes as many calls of player_work() as it needs, so that the caller can do other things in
 * between.
 */
struct player {
	const struct scenario *scenario;
	struct run_options options;
	struct runner *runner;
	struct play_log log;
	size_t position; /* number of runner_step() calls */
	size_t steps;	 /* number of those that showed something */
	uint8_t *seen;	 /* [i]: what step i + 1 showed, if it was ever run */
	size_t seen_count, seen_capacity;
	int64_t now_ns; /* displayed time: between the runner's and the next step's */
	enum play_goal goal;
	int64_t goal_ns;
	size_t goal_position;
	struct inside inside;
	size_t inside_goal; /* number of the wanted decision; 0: none */
	size_t decisions;   /* decisions of all steps before the current one */
	bool is_paused;
	const char *remark;    /* result of the last key; NULL: none */
	double pace;	       /* virtual seconds per second */
	enum run_result worst; /* of all runs */
	/* messages of the run other than records */
	FILE *messages;
	char *messages_text;
	size_t messages_len, messages_shown;
};

/*
 * The options are a run's, except that the player sets writer and messages. False if there is
 * nothing to play, after printing why to messages. The scenario and everything the options point to
 * must outlive the player.
 */
bool player_init(struct player *player, const struct scenario *scenario,
		 const struct run_options *options, FILE *messages);
void player_free(struct player *player);

/* Takes a bounded number of steps towards the goal; true: not there yet. */
bool player_work(struct player *player);
bool player_is_over(const struct player *player);

/*
 * Each sets the goal; all except player_pass() and player_home() pause. False: the machine could
 * not be created again (see player->messages_text).
 */
bool player_home(struct player *player);
bool player_step_back(struct player *player);
bool player_message_back(struct player *player);
void player_step(struct player *player);
void player_message(struct player *player);
/*
 * Enters the next step at its first decision; within a step, moves to the next decision, and after
 * the last one leaves it.
 */
bool player_inside(struct player *player);
/* Advances by a wall-clock time, unless paused. Pauses at the end. */
void player_pass(struct player *player, double wall_s);

/* Does not resume at the end. */
void player_toggle(struct player *player);
/* Doubles or halves the pace. */
void player_pace(struct player *player, bool is_faster);

#endif
