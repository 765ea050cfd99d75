/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Maps keys to player commands. */
#ifndef LWSIM_SIM_PLAY_KEYS_H
#define LWSIM_SIM_PLAY_KEYS_H

#include "sim/play/player.h"
#include "sim/play/view.h"

enum play_key {
	PLAY_KEY_NONE, /* a key without a function */
	PLAY_KEY_TOGGLE,
	PLAY_KEY_STEP,
	PLAY_KEY_STEP_BACK,
	PLAY_KEY_INSIDE,
	PLAY_KEY_MESSAGE,
	PLAY_KEY_MESSAGE_BACK,
	PLAY_KEY_FASTER,
	PLAY_KEY_SLOWER,
	PLAY_KEY_HOME,
	PLAY_KEY_UP,
	PLAY_KEY_DOWN,
	PLAY_KEY_PAGE_UP,
	PLAY_KEY_PAGE_DOWN,
	PLAY_KEY_QUIT,
};

/* The key for a character; terminal.c translates function keys. */
enum play_key key_of_character(int character);

enum keys_answer {
	KEYS_GO_ON,
	KEYS_QUIT,
	KEYS_FAILED, /* the run could not be restarted: see player->messages_text */
};
enum keys_answer keys_take(enum play_key key, struct player *player, struct view *view);

/* The text of the screen's last line. */
#define KEYS_TEXT " space go/pause  n/p step  i inside  m/M message  +/- pace  home  arrows  q quit"

#endif
