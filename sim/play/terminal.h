/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The terminal: ncurses, and nothing else knows of it. */
#ifndef LWSIM_SIM_PLAY_TERMINAL_H
#define LWSIM_SIM_PLAY_TERMINAL_H

#include <stdbool.h>

#include "sim/play/keys.h"
#include "sim/play/screen.h"

/* A process has one. False after saying to stderr why there is none, or that it is too small. */
bool terminal_open(void);
/* As it was before. Also done when the program exits, or crashes; it may be closed already. */
void terminal_close(void);

/* Where keys come from. */
int terminal_fd(void);
/* The next key that was pressed; false: none. */
bool terminal_key(enum play_key *ret_key);
/* Nobody sits there any more. */
bool terminal_is_gone(void);

/* Takes in the size as it is now; all of the screen is drawn anew with the next terminal_paint(). */
void terminal_resize(void);
void terminal_size(int *ret_rows, int *ret_cols);
void terminal_paint(const struct screen *screen);

#endif
