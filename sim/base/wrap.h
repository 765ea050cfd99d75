/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fills text into the lines of a terminal. */
#ifndef LWSIM_SIM_BASE_WRAP_H
#define LWSIM_SIM_BASE_WRAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define WRAP_COLUMNS 80 /* of a screen, where nothing else is known */

/* Zero all fields but out, columns and indent. */
struct wrap {
	FILE *out;
	unsigned int columns; /* width of a line */
	unsigned int indent;  /* columns, of all lines but the first */
	unsigned int column;  /* column of the next word */
	const char *color;    /* from sim/base/color.h, for each line anew; NULL: none */
	bool breaks_words;    /* breaks a word longer than a line, which else gets its own line */
	bool has_words;	      /* private: the line has some */
};

/* Width to fill prose to: $COLUMNS or the terminal's; WRAP_COLUMNS if there is no terminal. */
unsigned int wrap_terminal_columns(void);
/* The same for tables, which need WRAP_COLUMNS at least. */
unsigned int wrap_table_columns(void);

/*
 * Adds the words of text, separated by one space, behind what is there. Needs columns > indent if
 * it breaks words.
 */
void wrap_words(struct wrap *wrap, const char *text, size_t len);
/* Adds text as one word, with the blanks that are in it. */
void wrap_piece(struct wrap *wrap, const char *text);
/* Adds text as it is if it fits into the line, else its words. */
void wrap_text(struct wrap *wrap, const char *text);
/* Ends the current line, if one was begun. */
void wrap_end(struct wrap *wrap);

#endif
