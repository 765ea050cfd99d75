/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Draws a player on a screen. */
#ifndef LWSIM_SIM_PLAY_VIEW_H
#define LWSIM_SIM_PLAY_VIEW_H

#include "sim/play/player.h"
#include "sim/play/screen.h"
#include "sim/play/state.h"

/* Minimum size of the screen. */
#define VIEW_ROWS_MIN 20
#define VIEW_COLS_MIN 80

struct view {
	size_t top;	      /* index of the first device shown */
	size_t page, devices; /* as last drawn: devices shown, devices in total */
	struct play_state state;
};

/* Draws everything, or only an error if the screen is too small. */
void view_draw(struct view *view, const struct player *player, struct screen *screen, int rows,
	       int cols);
void view_free(struct view *view);

/* Scrolls the devices down, or up if negative. */
void view_scroll(struct view *view, long by);

#endif
