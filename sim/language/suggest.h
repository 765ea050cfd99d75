/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the intended word for a misspelt one. */
#ifndef LWSIM_SIM_LANGUAGE_SUGGEST_H
#define LWSIM_SIM_LANGUAGE_SUGGEST_H

#include <stddef.h>

/*
 * The nearest candidate within edit distance 2 of word (and less than word's length), of
 * equally near ones one that begins with the word, else the first; NULL if there is none. candidates ends with NULL.
 */
const char *suggest(const char *word, size_t len, const char *const *candidates);

#endif
