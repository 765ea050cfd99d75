/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by everything that writes JSON. */
#ifndef LWSIM_SIM_BASE_JSON_H
#define LWSIM_SIM_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Writes text[0..len) as a JSON string. Invalid UTF-8, possible in a path, is replaced. */
void json_write_string(FILE *out, const char *text, size_t len);
/*
 * Reads a string written by json_write_string() at *at and moves *at past it. False if there is
 * something else. The caller frees the text.
 */
bool json_read_string(const char **at, char **ret_text);

#endif
