/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The terminal; the only user of ncurses. */
#ifndef LWSIM_SIM_PLAY_TERMINAL_H
#define LWSIM_SIM_PLAY_TERMINAL_H

#include <stdbool.h>

#include "sim/play/keys.h"
#include "sim/play/screen.h"

/* One per process. False if there is none or it is too small, after printing why to stderr. */
bool terminal_open(void);
/* Restores the terminal. Also called when the program exits or crashes; may be called twice. */
void terminal_close(void);

/* The descriptor that keys are read from. */
int terminal_fd(void);
/* Gets the next pressed key; false: none. */
bool terminal_key(enum play_key *ret_key);
/* Whether the terminal has hung up. */
bool terminal_is_gone(void);

/* Reads the current size; the next terminal_paint() redraws the whole screen. */
void terminal_resize(void);
void terminal_size(int *ret_rows, int *ret_cols);
void terminal_paint(const struct screen *screen);

#endif
