/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An off-screen grid of characters, so that a view can be drawn and tested without a terminal. */
#ifndef LWSIM_SIM_PLAY_SCREEN_H
#define LWSIM_SIM_PLAY_SCREEN_H

#include <stdint.h>
#include <stdio.h>
#include <wchar.h>

/* Emphasis only: nothing is lost without colours. */
enum screen_style {
	SCREEN_PLAIN,
	SCREEN_STRONG,
	SCREEN_BAR,  /* title and key lines */
	SCREEN_HEAD, /* heading of a section */
	SCREEN_GOOD,
	SCREEN_LACK,
	SCREEN_BAD,
	SCREEN_STYLE_COUNT
};

struct screen_cell {
	wchar_t character; /* 0: the right half of the character before */
	uint8_t style;
};

struct screen {
	int rows, cols;
	struct screen_cell *cells; /* row by row */
};

/* Blanks the screen. It must be zeroed before the first call. */
void screen_clear(struct screen *screen, int rows, int cols);
void screen_free(struct screen *screen);

/*
 * Writes text[0..len), UTF-8, into [col, end) of a row, truncated with '~'. Characters that are
 * unsafe for a terminal or not in the locale become '?'. Returns the column after it.
 */
int screen_put(struct screen *screen, int row, int col, int end, enum screen_style style,
	       const char *text, size_t len);
/* The same up to the end of the row, with printf() formatting. */
__attribute__((format(printf, 5, 6))) int screen_print(struct screen *screen, int row, int col,
						       enum screen_style style, const char *format,
						       ...);
/* Fills the rest of a row, from col, with a character and a style. */
void screen_fill(struct screen *screen, int row, int col, char character, enum screen_style style);

/*
 * Writes a row as text without trailing blanks; non-ASCII characters become '?'. The buffer needs
 * cols + 1 bytes.
 */
void screen_row_text(const struct screen *screen, int row, char *ret_text);

#endif
