/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Wraps prose for a terminal. */
#ifndef LWSIM_SIM_BASE_WRAP_H
#define LWSIM_SIM_BASE_WRAP_H

#include <stddef.h>
#include <stdio.h>

/* Zero all fields but out, columns and indent. */
struct wrap {
	FILE *out;
	unsigned int columns; /* width of a line */
	unsigned int indent;  /* columns, of all lines but the first */
	unsigned int column;  /* column of the next word */
};

/* Width of the terminal on standard output; 0: not a terminal, or unknown. */
unsigned int wrap_terminal_columns(void);

/* Adds the words of text, separated by one space. A word longer than a line gets its own line. */
void wrap_words(struct wrap *wrap, const char *text, size_t len);
/* Ends the current line, if one was begun. */
void wrap_end(struct wrap *wrap);

#endif
