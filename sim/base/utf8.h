/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decodes UTF-8 and decides which characters are safe on a terminal. */
#ifndef LWSIM_SIM_BASE_UTF8_H
#define LWSIM_SIM_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of the first character in text[0..len), len > 0; 0 if it is not valid UTF-8. */
size_t utf8_decode(const char *text, size_t len, uint32_t *ret_char);

/* False for control characters and for those that are invisible or reorder the text around them. */
bool utf8_is_visible(uint32_t character);

/* Columns that a visible character takes on a terminal: 0 if it combines, 2 if it is wide. */
unsigned int utf8_columns(uint32_t character);

/* text[0..len) with '?' for each character that is not visible ASCII; the caller frees it. */
char *ascii_of(const char *text, size_t len);

#endif
