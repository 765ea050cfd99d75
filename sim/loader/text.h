/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Searches the text of a link_watch.c. */
#ifndef LWSIM_SIM_LOADER_TEXT_H
#define LWSIM_SIM_LOADER_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Reads a file up to its first NUL byte; the result always ends with a NUL (the caller frees).
 * NULL: see errno.
 */
char *text_read(const char *path, size_t *ret_len);

/* Whether a line that starts with `static ` declares a variable of that name. */
bool text_has_static(const char *text, const char *name);
bool text_has_word(const char *text, const char *name);

#endif
