/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sets up the devices that are there before a capture begins. */
#ifndef LWSIM_SIM_EVIDENCE_IMPORT_SETUP_H
#define LWSIM_SIM_EVIDENCE_IMPORT_SETUP_H

#include "sim/evidence/import.h"

/* Adds the statements to the sketch, those that the model accepts, and sets there_ns. */
void import_set_up(struct import *import);

#endif
