/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The word that a misspelt one was meant to be. */
#ifndef LWSIM_SIM_LANGUAGE_SUGGEST_H
#define LWSIM_SIM_LANGUAGE_SUGGEST_H

#include <stddef.h>

/*
 * The candidate within edit distance 2 of word (and nearer than word's length), the nearest
 * first, NULL if there is none. candidates ends with NULL.
 */
const char *suggest(const char *word, size_t len, const char *const *candidates);

#endif
