/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Guesses of carrier changes, now or as long ago as linkwatch may have delayed them. */
#ifndef LWSIM_SIM_EVIDENCE_GUESS_CARRIER_H
#define LWSIM_SIM_EVIDENCE_GUESS_CARRIER_H

#include "sim/evidence/guess_case.h"

/* The device, or what it follows, has lost its carrier or has it again. */
void guess_carrier(struct guess_case *at, bool is_on);
/* Only when linkwatch may have delayed it; nothing else. */
void guess_carrier_early(struct guess_case *at, bool is_on);
/*
 * Flaps that end in one message: as many as the counters say, or one. is_on: with carrier at the end.
 */
void guess_flaps(struct guess_case *at, bool is_on);
/* Adds the statement of the device's driver, or process. choice: 0, or 1 for another one. */
void guess_add_carrier(struct guess *guess, const struct guess_case *at, int64_t t_ns, bool is_on,
		       unsigned int choice, const char *comment);

#endif
