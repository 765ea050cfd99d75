/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UTF-8: what a text is made of and what may go to a terminal. */
#ifndef LWSIM_SIM_BASE_UTF8_H
#define LWSIM_SIM_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of the character that text[0..len) begins with (len > 0), 0 if they are not UTF-8. */
size_t utf8_decode(const char *text, size_t len, uint32_t *ret_char);

/* Not a control character, nor one that is invisible or reorders what stands around it. */
bool utf8_is_visible(uint32_t character);

/* text[0..len), with '?' for each character that is not visible ASCII; the caller frees. */
char *ascii_of(const char *text, size_t len);

#endif
