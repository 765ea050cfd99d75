/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Guesses of how a device was created, deleted or changed. */
#ifndef LWSIM_SIM_EVIDENCE_GUESS_DEVICE_H
#define LWSIM_SIM_EVIDENCE_GUESS_DEVICE_H

#include "sim/evidence/guess_case.h"

void guess_creation(struct guess_case *at);
void guess_deletion(struct guess_case *at);
/* Attributes that differ from the device's previous message. */
void guess_attributes(struct guess_case *at);
/* A process opens or closes a tap or tun, or keeps it. */
void guess_tun(struct guess_case *at);

#endif
