/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints untrusted text safely on a terminal: invisible characters become '?'. */
#ifndef LWSIM_SIM_BASE_SAFE_TEXT_H
#define LWSIM_SIM_BASE_SAFE_TEXT_H

#include <stddef.h>
#include <stdio.h>

/*
 * Decodes one character of text[0..len), len > 0. Returns its length in bytes; *ret_shown is the
 * text to print for it.
 */
size_t text_step(const char *text, size_t len, const char **ret_shown, size_t *ret_len);

void text_print(FILE *out, const char *text, size_t len);

/* Columns on a terminal of what text_print() prints; a tab counts as one. */
unsigned int text_columns(const char *text, size_t len);
/* Length in bytes of the longest start of text[0..len) that fits into `columns`. */
size_t text_fit_columns(const char *text, size_t len, unsigned int columns);

/* Prints one line, all of it made safe, and a newline. */
__attribute__((format(printf, 2, 3))) void text_line(FILE *out, const char *format, ...);

#endif
