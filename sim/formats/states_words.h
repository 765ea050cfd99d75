/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The operstates and their changes, in the words of a diagram; "\\n" is dot's. */
#ifndef LWSIM_SIM_FORMATS_STATES_WORDS_H
#define LWSIM_SIM_FORMATS_STATES_WORDS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "model/kernel.h"

/* Whether a kernel has a device in this state at all. */
bool state_is_possible(const struct kernel *kernel, uint8_t state);
/* Writes what a device is like in a state, and since when that is so. */
void state_write_meaning(const struct kernel *kernel, uint8_t state, FILE *out);
/* When rfc2863_policy() moves a device; NULL: never. */
const char *state_condition(const struct kernel *kernel, uint8_t from, uint8_t to);
/* Whether userspace may do it. */
bool state_is_for_userspace(uint8_t from, uint8_t to);

#endif
