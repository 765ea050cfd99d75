/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Formats times and flags as text, for all output. */
#ifndef LWSIM_SIM_LANGUAGE_FORMAT_H
#define LWSIM_SIM_LANGUAGE_FORMAT_H

#include <stdint.h>
#include <stdio.h>

#define FORMAT_MAX_BYTES 128

/* "1.405000": seconds, truncated to six decimals. */
void format_seconds(int64_t ns, char ret_text[FORMAT_MAX_BYTES]);
/* "1.405", "1.0045": the same, without trailing zeros after the ms. */
void format_moment(int64_t ns, char ret_text[FORMAT_MAX_BYTES]);
/* "614ms", "1.5s", "14.25ms": a duration, as short as possible, exact to the us. */
void format_duration(int64_t ns, char ret_text[FORMAT_MAX_BYTES]);
/* "UP,LOWER_UP" of UP RUNNING LOWER_UP DORMANT; "" if none. */
void format_link_flags(uint32_t flags, char ret_text[FORMAT_MAX_BYTES]);
/* Writes the JSON key `flags` with the names of all of them, after a comma. */
void format_flags_json(FILE *out, uint32_t flags);

#endif
