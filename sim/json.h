/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all that writes JSON has in common. */
#ifndef LWSIM_SIM_JSON_H
#define LWSIM_SIM_JSON_H

#include <stddef.h>
#include <stdio.h>

/* text[0..len) as a JSON string; what is no UTF-8 (a path may hold anything) is replaced. */
void json_write_string(FILE *out, const char *text, size_t len);

#endif
