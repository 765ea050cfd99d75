/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prose for a terminal: filled into lines between words. */
#ifndef LWSIM_SIM_BASE_WRAP_H
#define LWSIM_SIM_BASE_WRAP_H

#include <stddef.h>
#include <stdio.h>

/* Zero all but out, columns and indent. */
struct wrap {
	FILE *out;
	unsigned int columns; /* of a line */
	unsigned int indent;  /* of all lines but the first, in columns */
	unsigned int column;  /* where the next word would come */
};

/* The columns of the terminal that standard output is; 0: it is none, or nobody knows. */
unsigned int wrap_terminal_columns(void);

/* The words of a text, one space between them. One that fits in no line has a line of its own. */
void wrap_words(struct wrap *wrap, const char *text, size_t len);
/* Ends the line, if one was begun. */
void wrap_end(struct wrap *wrap);

#endif
