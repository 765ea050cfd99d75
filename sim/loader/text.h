/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text of a link_watch.c, looked at as text. */
#ifndef LWSIM_SIM_LOADER_TEXT_H
#define LWSIM_SIM_LOADER_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* All of a file up to a NUL byte, which is there in any case (the caller frees); NULL: errno says why. */
char *text_read(const char *path, size_t *ret_len);

/* Whether a line that begins with `static ` declares a variable of that name. */
bool text_has_static(const char *text, const char *name);
bool text_has_word(const char *text, const char *name);

#endif
