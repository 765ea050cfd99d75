/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text that may hold anything, printed so that a terminal is safe: what is not visible becomes '?'. */
#ifndef LWSIM_SIM_BASE_SAFE_TEXT_H
#define LWSIM_SIM_BASE_SAFE_TEXT_H

#include <stddef.h>
#include <stdio.h>

/* One character of text[0..len), len > 0: returns its bytes; *ret_shown is what to print for it. */
size_t text_step(const char *text, size_t len, const char **ret_shown, size_t *ret_len);

void text_print(FILE *out, const char *text, size_t len);

/* One line, made safe as a whole; adds the newline. */
__attribute__((format(printf, 2, 3))) void text_line(FILE *out, const char *format, ...);

#endif
