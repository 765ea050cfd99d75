/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the intended word for a misspelt one, and words the error. */
#ifndef LWSIM_SIM_LANGUAGE_SUGGEST_H
#define LWSIM_SIM_LANGUAGE_SUGGEST_H

#include <stddef.h>

/*
 * The nearest candidate within edit distance 2 of word (and less than word's length). Among
 * equally near ones, one that starts with the word, else the first. If none is within 1, the only
 * candidate that starts with the word, of at least 3 bytes, is preferred. NULL if there is none.
 * candidates ends with NULL.
 */
const char *suggest(const char *word, size_t len, const char *const *candidates);

/* The only candidate that the word, of at least 3 bytes, begins; NULL: none, or several. */
const char *abbreviated(const char *word, size_t len, const char *const *candidates);

/* "a", "a or b", "one of a, b, c"; the caller frees. */
char *choices_text(const char *const *choices);

/* For "%.*s%s": how much of a word to quote, and the ellipsis for the rest. */
int quote_len(const char *text, size_t len);
const char *quote_rest(size_t len);

/*
 * "unknown WHAT 'WORD', did you mean 'NEAR'?", or, with near NULL, "..., expected HINT". A hint of
 * NULL: the choices. The caller frees.
 */
char *unknown_text(const char *what, const char *word, size_t len, const char *near,
		   const char *const *choices, const char *hint);

#endif
