/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Guesses of what happened before without a message. */
#ifndef LWSIM_SIM_EVIDENCE_GUESS_HIDDEN_H
#define LWSIM_SIM_EVIDENCE_GUESS_HIDDEN_H

#include "sim/evidence/guess_case.h"

/* The device is opened, and its carrier has changed while it was down. */
void guess_opening(struct guess_case *at);
/* The run sends the message earlier: something held rtnl. */
void guess_late(struct guess_case *at);
/* Two of the guesses together, of those from the first up to `end`. */
void guess_pairs(struct guess_case *at, size_t end);

#endif
