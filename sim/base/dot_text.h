/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text in a Graphviz file. */
#ifndef LWSIM_SIM_BASE_DOT_TEXT_H
#define LWSIM_SIM_BASE_DOT_TEXT_H

#include <stddef.h>
#include <stdio.h>

/* Writes text[0..len) within a dot string: escapes dot's special characters, replaces invisible ones by '?'. */
void dot_text_write(FILE *out, const char *text, size_t len);

#endif
