/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run that can be gone through forward and back. Knows no wall clock and no screen. */
#ifndef LWSIM_SIM_PLAY_PLAYER_H
#define LWSIM_SIM_PLAY_PLAYER_H

#include "sim/play/log.h"
#include "sim/play/state.h"
#include "sim/run/runner.h"

/* Where the player is under way to. */
enum play_goal {
	PLAY_STAY,
	PLAY_TO_TIME,	   /* goal_ns, or the end */
	PLAY_TO_POSITION,  /* goal_position: the past, which is gone through anew */
	PLAY_TO_HAPPENING, /* the next step that shows, or the end */
	PLAY_TO_MESSAGE,   /* the next that sends one, or the end */
};

#define PLAY_PACE_MIN 0.001
#define PLAY_PACE_MAX 1e9

/* One of the decisions that a step consists of, and all as it was then. */
struct inside {
	size_t number; /* from 1; 0: all of the step is shown */
	size_t count;  /* of the step's decisions */
	struct play_state state;
	char *sentence, *function;
	size_t log_count; /* the log's, then */
};

/*
 * A run is the same each time: to go back it is begun anew and gone through up to there. All ways take as many calls
 * of player_work() as they need, so that who calls can do other things in between.
 */
struct player {
	const struct scenario *scenario;
	struct run_options options;
	struct runner *runner;
	struct play_log log;
	size_t position; /* runner_step()s done */
	size_t steps;	 /* those of them that brought something: what a step forward goes to */
	uint8_t *seen;	 /* [i]: what step i + 1 brings, for those that were done once */
	size_t seen_count, seen_capacity;
	int64_t now_ns; /* what is shown: not before the runner's, not beyond what is next */
	enum play_goal goal;
	int64_t goal_ns;
	size_t goal_position;
	struct inside inside;
	size_t inside_goal; /* the number that is wanted; 0: none */
	uint64_t decisions; /* of all steps before the one that is done */
	bool is_paused;
	const char *remark;    /* what the last key found; NULL: nothing to say */
	double pace;	       /* virtual seconds a second */
	enum run_result worst; /* of all that was run */
	/* what the run says besides its records */
	FILE *messages;
	char *messages_text;
	size_t messages_len, messages_shown;
};

/* The options are those of a run; writer and messages are the player's own. False after saying to messages why
 * there is nothing to play. The scenario and what the options point to have to outlive the player. */
bool player_init(struct player *player, const struct scenario *scenario,
		 const struct run_options *options, FILE *messages);
void player_free(struct player *player);

/* Goes on towards the goal, a bounded number of steps; true: it is not there yet. */
bool player_work(struct player *player);
bool player_is_over(const struct player *player);

/* Each sets the goal; all but player_pass() and player_home() pause. False: there is no machine to be had
 * any more (player->messages_text says why). */
bool player_home(struct player *player);
bool player_step_back(struct player *player);
bool player_message_back(struct player *player);
void player_step(struct player *player);
void player_message(struct player *player);
/* Into the next step, to its first decision; inside of one to the next decision, and behind the last out of it. */
bool player_inside(struct player *player);
/* So much of the wall clock has passed; nothing while it is paused. The end pauses. */
void player_pass(struct player *player, double wall_s);

/* At the end there is nothing to go on to. */
void player_toggle(struct player *player);
/* Doubles or halves the pace. */
void player_pace(struct player *player, bool is_faster);

#endif
