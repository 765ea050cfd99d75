/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Wraps text to a terminal's width. */
#ifndef LWSIM_SIM_BASE_WRAP_H
#define LWSIM_SIM_BASE_WRAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define WRAP_COLUMNS 80 /* of a screen of unknown width */

/* Zero all fields but out, columns and indent. */
struct wrap {
	FILE *out;
	unsigned int columns; /* width of a line */
	unsigned int indent;  /* columns, of all lines but the first */
	unsigned int column;  /* column of the next word */
	const char *color;    /* from sim/base/color.h, set again for each line; NULL: none */
	bool breaks_words;    /* break a word longer than a line; otherwise it gets its own line */
	bool has_words;	      /* private: the line is not empty */
};

/* Width for prose: $COLUMNS or the terminal's; WRAP_COLUMNS without a terminal. */
unsigned int wrap_terminal_columns(void);
/* The same for tables: at least WRAP_COLUMNS. */
unsigned int wrap_table_columns(void);

/*
 * Adds the words of text, separated by one space, to the current line. Needs columns > indent if it
 * breaks words.
 */
void wrap_words(struct wrap *wrap, const char *text, size_t len);
/* Adds text as one word, including its blanks. */
void wrap_piece(struct wrap *wrap, const char *text);
/* Adds text unchanged if it fits in the line, else its words. */
void wrap_text(struct wrap *wrap, const char *text);
/* Ends the current line, if one was begun. */
void wrap_end(struct wrap *wrap);

#define WRAP_MESSAGE_INDENT 8 /* of a message's later lines: where quoted source lines begin */

/*
 * Prints a message, made safe, in lines of at most WRAP_COLUMNS: also if it goes to a pipe or a file,
 * so that its lines are the same everywhere. A longer word, as a path, is not broken.
 */
__attribute__((format(printf, 2, 3))) void wrap_message(FILE *out, const char *format, ...);

#endif
