/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all that writes JSON has in common. */
#ifndef LWSIM_SIM_BASE_JSON_H
#define LWSIM_SIM_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* text[0..len) as a JSON string; what is no UTF-8 (a path may hold anything) is replaced. */
void json_write_string(FILE *out, const char *text, size_t len);
/* Reads back what json_write_string() has written at *at, which moves behind it. False: there is something else. The
 * caller frees the text. */
bool json_read_string(const char **at, char **ret_text);

#endif
