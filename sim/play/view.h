/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a player looks on a screen. */
#ifndef LWSIM_SIM_PLAY_VIEW_H
#define LWSIM_SIM_PLAY_VIEW_H

#include "sim/play/player.h"
#include "sim/play/screen.h"
#include "sim/play/state.h"

/* What all of it needs. */
#define VIEW_ROWS_MIN 20
#define VIEW_COLS_MIN 80

struct view {
	size_t top;	      /* the first device shown */
	size_t page, devices; /* how many are shown, of how many: as drawn last */
	struct play_state state;
};

/* On a screen that is too small: says so on it. */
void view_draw(struct view *view, const struct player *player, struct screen *screen, int rows,
	       int cols);
void view_free(struct view *view);

/* So many devices down, or up. */
void view_scroll(struct view *view, long by);

#endif
