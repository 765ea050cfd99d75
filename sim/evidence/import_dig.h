/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Explains a record by something earlier that sends no message. */
#ifndef LWSIM_SIM_EVIDENCE_IMPORT_DIG_H
#define LWSIM_SIM_EVIDENCE_IMPORT_DIG_H

#include "sim/evidence/import.h"
#include "sim/evidence/import_match.h"

/*
 * Tries an event that uses up linkwatch's second, or a late worker, and explains anew what comes
 * behind it. now: how well the scenario explains what comes before the record. False: nothing was
 * found, and nothing is changed.
 */
bool import_dig(struct import *import, size_t record, const struct import_match *now);

#endif
