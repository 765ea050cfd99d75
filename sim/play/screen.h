/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A screen's characters before they are on one, so that what is shown can be made, and tested, without a terminal. */
#ifndef LWSIM_SIM_PLAY_SCREEN_H
#define LWSIM_SIM_PLAY_SCREEN_H

#include <stdint.h>
#include <stdio.h>
#include <wchar.h>

/* Emphasis, never meaning: without colours nothing is lost. */
enum screen_style {
	SCREEN_PLAIN,
	SCREEN_STRONG,
	SCREEN_BAR,  /* title and key lines */
	SCREEN_HEAD, /* of a section */
	SCREEN_GOOD,
	SCREEN_LACK,
	SCREEN_BAD,
	SCREEN_STYLE_COUNT
};

struct screen_cell {
	wchar_t character; /* 0: the right half of the one before */
	uint8_t style;
};

struct screen {
	int rows, cols;
	struct screen_cell *cells; /* row by row */
};

/* All blanks. A screen is zeroed before its first time. */
void screen_clear(struct screen *screen, int rows, int cols);
void screen_free(struct screen *screen);

/*
 * Writes text[0..len), UTF-8, into [col, end) of a row, cut there with a '~'. What no terminal should get, or the
 * locale cannot show, is a '?'. Returns the column behind it.
 */
int screen_put(struct screen *screen, int row, int col, int end, enum screen_style style,
	       const char *text, size_t len);
/* The same up to the end of the row, of what printf() makes. */
__attribute__((format(printf, 5, 6))) int screen_print(struct screen *screen, int row, int col,
						       enum screen_style style, const char *format,
						       ...);
/* Gives the rest of a row, from col, a style. */
void screen_fill(struct screen *screen, int row, int col, char character, enum screen_style style);

/* A row as text, without the blanks at its end; what is not ASCII is a '?'. Of cols + 1 bytes at least. */
void screen_row_text(const struct screen *screen, int row, char *ret_text);

#endif
