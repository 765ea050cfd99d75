/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Error messages about the names of kernels. */
#ifndef LWSIM_SIM_LANGUAGE_KERNEL_WORDS_H
#define LWSIM_SIM_LANGUAGE_KERNEL_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What is wrong with a version or a change that kernel_parse() refuses, and the likely word: "no kernel '6.3', the nearest
 * are 6.2 and 6.8". The caller frees.
 */
char *kernel_unknown_text(const char *word, size_t len, bool is_change);

#endif
