/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Maps keys to player commands. */
#include "sim/play/keys.h"

enum play_key key_of_character(int character)
{
	switch (character) {
	case ' ':
		return PLAY_KEY_TOGGLE;
	case 'n':
		return PLAY_KEY_STEP;
	case 'p':
		return PLAY_KEY_STEP_BACK;
	case 'i':
		return PLAY_KEY_INSIDE;
	case 'm':
		return PLAY_KEY_MESSAGE;
	case 'M':
		return PLAY_KEY_MESSAGE_BACK;
	case '+':
	case '=': /* the same key, unshifted */
		return PLAY_KEY_FASTER;
	case '-':
		return PLAY_KEY_SLOWER;
	case 'q':
	case 'Q':
		return PLAY_KEY_QUIT;
	default:
		return PLAY_KEY_NONE;
	}
}

enum keys_answer keys_take(enum play_key key, struct player *player, struct view *view)
{
	bool is_good = true;

	player->remark = NULL;
	switch (key) {
	case PLAY_KEY_NONE:
		break;
	case PLAY_KEY_TOGGLE:
		player_toggle(player);
		break;
	case PLAY_KEY_STEP:
		player_step(player);
		break;
	case PLAY_KEY_STEP_BACK:
		is_good = player_step_back(player);
		break;
	case PLAY_KEY_INSIDE:
		is_good = player_inside(player);
		break;
	case PLAY_KEY_MESSAGE:
		player_message(player);
		break;
	case PLAY_KEY_MESSAGE_BACK:
		is_good = player_message_back(player);
		break;
	case PLAY_KEY_FASTER:
	case PLAY_KEY_SLOWER:
		player_pace(player, key == PLAY_KEY_FASTER);
		break;
	case PLAY_KEY_HOME:
		is_good = player_home(player);
		break;
	case PLAY_KEY_UP:
		view_scroll(view, -1);
		break;
	case PLAY_KEY_DOWN:
		view_scroll(view, 1);
		break;
	case PLAY_KEY_PAGE_UP:
		view_scroll(view, -(long)view->page);
		break;
	case PLAY_KEY_PAGE_DOWN:
		view_scroll(view, (long)view->page);
		break;
	case PLAY_KEY_QUIT:
		return KEYS_QUIT;
	}
	return is_good ? KEYS_GO_ON : KEYS_FAILED;
}
