/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The diagram's words for operstates and transitions; "\\n" is dot's line break. */
#ifndef LWSIM_SIM_FORMATS_STATES_WORDS_H
#define LWSIM_SIM_FORMATS_STATES_WORDS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "model/kernel.h"

/* Whether a device can be in this state on this kernel. */
bool state_is_possible(const struct kernel *kernel, uint8_t state);
/* Writes the state's meaning, and since which version the kernel has it. */
void state_write_meaning(const struct kernel *kernel, uint8_t state, FILE *out);
/* The condition under which rfc2863_policy() takes the transition; NULL: never. */
const char *state_condition(const struct kernel *kernel, uint8_t from, uint8_t to);
/* Whether userspace may take the transition. */
bool state_is_for_userspace(uint8_t from, uint8_t to);

#endif
